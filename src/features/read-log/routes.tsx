import type { Actor } from '../../access/index.ts'
import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import { countedTry, page, type Reply } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { readLogFilters } from './filters.ts'
import type { LogSubject } from './model.ts'
import { WhoLookedPage } from './pages/log-page.tsx'
import { findLog, findLogChild, findLogConcern } from './store.ts'

type ChildRequest = Request<'read-log.child', Actor>
type ConcernRequest = Request<'read-log.concern', Actor>

const linesOnScreen = 50
const linesOnPaper = 1000

async function aboutChild(request: ChildRequest) {
  request.permit()
  const about = await findLogChild(request, request.params['childId'] as ChildId)
  if (!about) throw new NotFound()
  return { about, permit: request.permit({ schoolId: request.school.id, id: about.id, excluded: about.tied }) }
}

async function aboutConcern(request: ConcernRequest) {
  request.permit()
  const about = await findLogConcern(request, request.params['concernId'] as ConcernId)
  if (!about) throw new NotFound()
  return { about, permit: request.permit({ schoolId: request.school.id, id: about.id, excluded: about.excluded }) }
}

type Opened = Awaited<ReturnType<typeof aboutChild>> | Awaited<ReturnType<typeof aboutConcern>>

function backFrom(about: LogSubject, coarse: boolean) {
  if (coarse) return { href: '/children/find', text: 'Find a child' }
  return about.kind === 'child'
    ? { href: `/children/${about.id}`, text: 'The file' }
    : { href: `/concerns/${about.id}`, text: 'The concern' }
}

async function show(request: ChildRequest | ConcernRequest, { about, permit }: Opened, onPaper: boolean): Promise<Reply> {
  const read = readLogFilters(request.query)
  const linesEachPage = onPaper ? linesOnPaper : linesOnScreen
  const filters = onPaper ? { ...read.filters, page: 1 } : read.filters
  const log = await findLog(request, permit, about, filters, linesEachPage)
  if (!log) throw new NotFound()
  request.note({
    event: onPaper ? 'read-log.printed' : 'read-log.opened',
    subjectKind: about.kind,
    subject: about.id,
    facts: { lines: log.lines.length, who: filters.who ?? undefined, from: filters.from, to: filters.to },
  })
  const coarse = !mayOpen(request.someone, 'file.read')
  const html = pageFor(
    request,
    {
      title: about.kind === 'child' ? 'Who looked at this child' : 'Who looked at this concern',
      errors: read.errors,
      back: backFrom(about, coarse),
      quickExit: true,
      printedAbout: about.name,
    },
    <WhoLookedPage
      about={about}
      log={log}
      read={read}
      profile={request.profile}
      linesEachPage={linesEachPage}
      coarse={coarse}
      onPaper={onPaper}
    />,
  )
  return read.errors.length > 0 ? countedTry(html, 422) : page(html)
}

const child = route({
  method: 'GET',
  path: '/children/:childId/who-looked',
  action: 'read-log.child',
  audit: 'read-log.opened',
  handle: async request => show(request, await aboutChild(request), false),
})

const childOnPaper = route({
  method: 'GET',
  path: '/children/:childId/who-looked/print',
  action: 'read-log.child',
  audit: 'read-log.printed',
  handle: async request => show(request, await aboutChild(request), true),
})

const concern = route({
  method: 'GET',
  path: '/concerns/:concernId/who-looked',
  action: 'read-log.concern',
  audit: 'read-log.opened',
  handle: async request => show(request, await aboutConcern(request), false),
})

const concernOnPaper = route({
  method: 'GET',
  path: '/concerns/:concernId/who-looked/print',
  action: 'read-log.concern',
  audit: 'read-log.printed',
  handle: async request => show(request, await aboutConcern(request), true),
})

/** Who looked at a child, or at one concern. */
export const readLogRoutes: readonly Route[] = [child, childOnPaper, concern, concernOnPaper]
