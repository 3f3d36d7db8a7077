import type { Actor, Permit } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { localDate, toLocal } from '../../kernel/london-time.ts'
import { partsOf } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { FormReader, listStandingHolds, parentsHeld, type StandingHold } from '../triage/index.ts'
import { writeNote } from './commands.ts'
import { type NewNote, type NotedChild, noteKinds } from './model.ts'
import { NoteFormPage } from './pages/note-form-page.tsx'
import { findNotedChild } from './store.ts'

type NoteRequest = Request<'note.write', Actor>

interface Noted {
  readonly child: NotedChild
  readonly permit: Permit<'note.write'>
  /** Holds on speaking with the child's parents. */
  readonly holds: readonly StandingHold[]
}

async function openChild(request: NoteRequest): Promise<Noted> {
  const child = await findNotedChild(request, request.params['childId'] as ChildId)
  if (!child) throw new NotFound()
  const permit = request.permit({ schoolId: request.school.id, excluded: child.tied })
  return { child, permit, holds: await listStandingHolds(request, permit, { childIds: [child.childId] }) }
}

function formPage(request: NoteRequest, { child, holds }: Noted, form: FormValues, errors: FieldErrors): string {
  return pageFor(
    request,
    {
      title: 'Write a note or a contact',
      errors,
      back: { href: `/children/${child.childId}`, text: 'The child’s file' },
      quickExit: true,
    },
    <NoteFormPage
      action={`/children/${child.childId}/notes/new`}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      child={child}
      heldBy={holds.map(hold => hold.concernId)}
    />,
  )
}

function readNote(request: NoteRequest, isHeld: boolean): Result<NewNote, FieldErrors> {
  const reader = new FormReader(request.form, request.now)
  const kind = reader.choice('kind', noteKinds, 'Select what it is.')
  const isContact = kind !== undefined && kind !== 'note'
  const withParent =
    isHeld && isContact ? reader.choice('with-parent', ['yes', 'no'], 'Say whether this is with a parent or carer.') : undefined
  if (withParent === 'yes') reader.wrong('with-parent', parentsHeld)
  const withWhom = reader.line('with-whom', 'The name', kind && kind !== 'note' ? 'Enter with whom.' : undefined)
  const agency = reader.line('agency', 'The agency')
  const happenedOn = reader.date('happened', 'The day', 'past', 'Enter the day on which it was.')
  const time = reader.time('time')
  const now = toLocal(request.now)
  if (time && happenedOn === now.date && time > now.time) reader.wrong('time', 'The time must be in the past.')
  const says = reader.words('says', 'The note', 'Write what was said or noticed.')
  if (reader.errors.length > 0 || !kind || !happenedOn) return refused(reader.errors)
  return ok({
    kind,
    withWhom,
    agency,
    happenedOn,
    happenedAtTime: time ?? null,
    says,
    withParent: withParent === undefined ? null : withParent === 'yes',
  })
}

const askNote = route({
  method: 'GET',
  path: '/children/:childId/notes/new',
  action: 'note.write',
  audit: 'child.opened',
  handle: async request => {
    const noted = await openChild(request)
    const { child } = noted
    request.note({ event: 'child.opened', subjectKind: 'child', subject: child.childId })
    const today = partsOf(localDate(request.now))
    const form = FormValues.of(Object.entries(today).map(([part, value]) => [`happened-${part}`, String(value)]))
    return page(formPage(request, noted, form, []))
  },
})

const addNote = route({
  method: 'POST',
  path: '/children/:childId/notes/new',
  action: 'note.write',
  audit: 'note.written',
  handle: async request => {
    const noted = await openChild(request)
    const { child, permit, holds } = noted
    const read = readNote(request, holds.length > 0)
    if (!read.ok) return invalid(formPage(request, noted, request.form, read.refusal))
    const written = await writeNote(request, permit, child, read.value)
    if (!written.ok) return invalid(formPage(request, noted, request.form, [{ field: 'with-parent', says: parentsHeld }]))
    return redirect(`/children/${child.childId}`)
  },
})

/** Notes and contacts in a child's file. */
export const noteRoutes: readonly Route[] = [askNote, addNote]
