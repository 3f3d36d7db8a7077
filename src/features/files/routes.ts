import type { Actor } from '../../access/index.ts'
import { countedTry, page } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { readFilters } from './filters.ts'
import type { FileFilters } from './model.ts'
import { childPage } from './pages/child-page.tsx'
import { notePage } from './pages/note-page.tsx'
import { printPage } from './pages/print-page.tsx'
import { getFile, getFileForPrint } from './queries.ts'
import { findFileAccessFacts, findNoteAccessFacts, getNote } from './store.ts'

/** Asks for the role first, so that whoever opens no files learns nothing of any child; then for the child. */
async function fileOf<A extends 'file.read' | 'file.print'>(request: Request<A, Actor>) {
  request.permit()
  const childId = request.params['childId'] ?? ''
  const facts = await findFileAccessFacts(request, childId)
  if (!facts) throw new NotFound()
  return { childId, permit: request.permit(facts) }
}

function factsOf(filters: FileFilters, entries: number) {
  return {
    entries,
    kinds: [...filters.kinds],
    category: filters.category !== null,
    from: filters.from,
    to: filters.to,
    words: filters.words,
    page: filters.page,
  }
}

const readChild = route({
  method: 'GET',
  path: '/children/:childId',
  action: 'file.read',
  audit: 'file.opened',
  handle: async request => {
    const { childId, permit } = await fileOf(request)
    const read = readFilters(request.query)
    const file = await getFile(request, permit, childId, read.filters)
    request.note({
      event: 'file.opened',
      subjectKind: 'child',
      subject: childId,
      facts: factsOf(read.filters, file.chronology.entries.length),
    })
    const html = childPage(request, file, read)
    return read.errors.length > 0 ? countedTry(html, 422) : page(html)
  },
})

const printChild = route({
  method: 'GET',
  path: '/children/:childId/print',
  action: 'file.print',
  audit: 'file.printed',
  handle: async request => {
    const { childId, permit } = await fileOf(request)
    const read = readFilters(request.query)
    const others = request.query.get('others') === 'named' ? 'named' : 'left-out'
    const file = await getFileForPrint(request, permit, childId, read.filters, others)
    request.note({
      event: 'file.printed',
      subjectKind: 'child',
      subject: childId,
      facts: { ...factsOf(read.filters, file.chronology.entries.length), others },
    })
    return page(printPage(request, file, read, others))
  },
})

const readNote = route({
  method: 'GET',
  path: '/notes/:noteId',
  action: 'file.read',
  audit: 'note.opened',
  handle: async request => {
    request.permit()
    const noteId = request.params['noteId'] ?? ''
    const facts = await findNoteAccessFacts(request, noteId)
    if (!facts) throw new NotFound()
    const note = await getNote(request, request.permit(facts), noteId)
    request.note({ event: 'note.opened', subjectKind: 'note', subject: noteId, facts: { child: note.childId } })
    return page(notePage(request, note))
  },
})

export const fileRoutes: readonly Route[] = [readChild, printChild, readNote]
