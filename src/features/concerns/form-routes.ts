import type { Actor, Permit } from '../../access/index.ts'
import { isUuid } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { compressedPage, conflict, countedTry, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, route } from '../../web/http/route.ts'
import { findOnDutyNow } from '../cover/index.ts'
import { adviceOn } from './coach/index.ts'
import { recordConcern, rolesOnRoute } from './commands.ts'
import { type DraftRefusal, discardDraft, findOwnDraft, isTyped, type OpenDraft, saveDraft } from './drafts.ts'
import { askingOf, chosenIds, type FormContext, forDraft, settled } from './form-reading.ts'
import { parseConcernForm, parseStubForm } from './form-schema.ts'
import { getFormFacts } from './form-store.ts'
import { type NewConcern, onBehalfReasons, type RecordingRefusal } from './model.ts'
import { checkPage } from './pages/check-page.tsx'
import { alreadyRecordedPage, ChangedElsewhere, discardPage } from './pages/draft-pages.tsx'
import { formPage } from './pages/form-page.tsx'
import { roleTitle } from './pages/ringing.tsx'
import { urgentPage } from './pages/urgent-page.tsx'
import { namedApart, routeOf, whoIsOutside } from './rules.ts'
import { getRecordingFacts } from './store.ts'

type FormRequest = Request<'concern.record' | 'draft.own', Actor>
type FormPermit = Permit<'concern.record'> | Permit<'draft.own'>

const draftPath = (id: string) => `/concerns/drafts/${id}`
const recordedPath = (id: string) => `/concerns/${id}/recorded`

/** What the form is drawn and read with; who is on the route and who can be reached now is asked only where it matters. */
async function contextOf(
  request: FormRequest,
  permit: FormPermit,
  draftId: string,
  form: FormValues,
  use: 'to-draw' | 'to-read' = 'to-draw',
): Promise<FormContext> {
  const question = askingOf(form, request.profile, 'colleague')
  const asked = use === 'to-draw' || chosenIds(form, 'told').length > 0 ? question : { ...question, roles: [] }
  return {
    draftId,
    form,
    facts: await getFormFacts(request, permit, asked),
    onDuty: use === 'to-draw' ? await findOnDutyNow(request) : [],
    profile: request.profile,
    now: request.now,
    writer: 'colleague',
    adviceHref: '/worried-about-an-adult',
    helpHref: '/help',
  }
}

const newForm = route({
  method: 'GET',
  path: '/concerns/new',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: async request => {
    const permit = request.permit()
    // From a child's page the form opens with the child chosen; an id of elsewhere finds nothing.
    const child = request.query.get('child') ?? ''
    // From a note on a call or a letter it opens as written for whoever called or wrote.
    const behalf = onBehalfReasons.find(reason => reason === request.query.get('behalf'))
    const form = FormValues.of([
      ...(isUuid(child) ? ([['child', child]] as const) : []),
      ...(behalf
        ? ([
            ['behalf', 'yes'],
            ['behalf-reason', behalf],
          ] as const)
        : []),
    ])
    const context = await contextOf(request, permit, newId<string>(), form)
    return compressedPage(formPage(request, { context, errors: [], tab: newId<string>(), version: 0 }))
  },
})

const openDraft = route({
  method: 'GET',
  path: '/concerns/drafts/:draftId',
  action: 'draft.own',
  audit: 'draft.opened',
  handle: async request => {
    const permit = request.permit()
    const id = request.params['draftId'] ?? ''
    const { draft, recorded } = await findOwnDraft(request, permit, id)
    if (recorded) return redirect(recordedPath(recorded))
    if (!draft) throw new NotFound()
    const context = await contextOf(request, permit, id, draft.form)
    const justSaved = request.query.has('saved')
    return compressedPage(
      formPage(request, { context, errors: [], tab: newId<string>(), version: draft.version, savedAt: draft.savedAt, justSaved }),
    )
  },
})

/** What to answer where the draft could not be saved; both versions stay in sight. */
async function refusedSave(request: FormRequest, permit: FormPermit, form: FormValues, refusal: DraftRefusal): Promise<Reply> {
  const id = request.params['draftId'] ?? ''
  switch (refusal.code) {
    case 'not-yours':
      throw new NotFound()
    case 'already-recorded':
      return isTyped(form)
        ? conflict(alreadyRecordedPage(request, refusal.concernId, form))
        : redirect(recordedPath(refusal.concernId))
    case 'changed-elsewhere': {
      const { draft } = refusal
      const context = await contextOf(request, permit, id, form)
      const notice = ChangedElsewhere({ draft, form })
      return conflict(
        formPage(request, { context, errors: [], tab: newId<string>(), version: draft.version, savedAt: draft.savedAt, notice }),
      )
    }
  }
}

interface Sent {
  readonly permit: FormPermit
  /** The id under which it is saved: another than the address has where that one is somebody else's. */
  readonly id: string
  readonly form: FormValues
  readonly version: number
}

/** The form again after a step or with its errors. What was typed is saved by now: a fault in it loses nothing. */
async function again(request: FormRequest, sent: Sent, findErrors: (context: FormContext) => FieldErrors): Promise<Reply> {
  const context = await contextOf(request, sent.permit, sent.id, sent.form)
  const errors = findErrors(context)
  const html = formPage(request, {
    context,
    errors,
    tab: sent.form.text('_tab') || newId<string>(),
    version: sent.version,
    savedAt: sent.version > 0 ? request.now : undefined,
  })
  return errors.length > 0 ? countedTry(html, 422) : page(html)
}

async function checked(request: FormRequest, sent: Sent): Promise<Reply> {
  const context = await contextOf(request, sent.permit, sent.id, sent.form)
  const parsed = parseConcernForm(context)
  return parsed.ok ? redirect(`${draftPath(context.draftId)}/check`) : again(request, sent, () => parsed.refusal)
}

/** What was typed, saved; then the step that was asked for. Where the id is somebody else's, it is kept under another. */
async function sent(request: FormRequest, permit: FormPermit): Promise<Reply> {
  const given = { id: request.params['draftId'] ?? '', form: settled(request.form) }
  const saved = await save(request, permit, given)
  if (saved.ok || saved.refusal.code !== 'not-yours') return afterSaving(request, permit, given, saved)
  const fresh = newId<string>()
  const moved = { id: fresh, form: forDraft(given.form, given.id, fresh) }
  return afterSaving(request, permit, moved, await save(request, permit, moved))
}

interface Given {
  readonly id: string
  readonly form: FormValues
}

type Saved = Result<{ readonly version: number }, DraftRefusal>

async function save(request: FormRequest, permit: FormPermit, { id, form }: Given): Promise<Saved> {
  return isTyped(form) ? saveDraft(request, permit, id, form) : { ok: true, value: { version: 0 } }
}

async function afterSaving(request: FormRequest, permit: FormPermit, { id, form }: Given, saved: Saved): Promise<Reply> {
  if (!saved.ok) return refusedSave(request, permit, form, saved.refusal)
  const typed = { permit, id, form, version: saved.value.version }
  const step = form.text('_do')
  if (step === 'check') return checked(request, typed)
  // A form that was kept while its writer was signed out comes without a step: it is saved, and shown with everything in it.
  if ((step === 'save' || step === '') && typed.version > 0) return redirect(`${draftPath(id)}?saved`)
  return again(request, typed, () => [])
}

const sendDraft = route({
  method: 'POST',
  path: '/concerns/drafts/:draftId',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: request => sent(request, request.permit()),
})

/** For the page's script while somebody types: `{saved_at, version, advice}`, and 409 where another tab has saved since. */
const saveDraftQuietly = route({
  method: 'POST',
  path: '/concerns/drafts/:draftId/save',
  action: 'draft.own',
  audit: 'draft.saved',
  // The same words from the same tab, kept once more as the next version.
  harmlessTwice: true,
  handle: async request => {
    const permit = request.permit()
    // Saved by the script after the session had ended, and kept: now it comes back in a page of its own.
    if (!request.form.has('_quiet')) return sent(request, permit)
    const form = settled(request.form)
    if (!isTyped(form)) return { kind: 'json', value: { saved_at: null, version: 0 } }
    const saved = await saveDraft(request, permit, request.params['draftId'] ?? '', form)
    if (saved.ok) return { kind: 'json', value: { saved_at: request.now, version: saved.value.version, advice: adviceOn(form) } }
    switch (saved.refusal.code) {
      case 'not-yours':
        throw new NotFound()
      case 'already-recorded':
        return { kind: 'json', status: 409, value: { recorded: recordedPath(saved.refusal.concernId) } }
      case 'changed-elsewhere':
        return {
          kind: 'json',
          status: 409,
          value: { saved_at: saved.refusal.draft.savedAt, version: saved.refusal.draft.version },
        }
    }
  },
})

/** The draft as a concern ready to be sent, or the answer where there is none. */
async function readyDraft(
  request: FormRequest,
  permit: FormPermit,
): Promise<
  { readonly reply: Reply } | { readonly draft: OpenDraft; readonly context: FormContext; readonly concern: NewConcern }
> {
  const id = request.params['draftId'] ?? ''
  const { draft, recorded } = await findOwnDraft(request, permit, id)
  if (recorded) return { reply: redirect(recordedPath(recorded)) }
  if (!draft) throw new NotFound()
  const context = await contextOf(request, permit, id, draft.form, 'to-read')
  const parsed = parseConcernForm(context)
  if (parsed.ok) return { draft, context, concern: parsed.value }
  const html = formPage(request, {
    context: await contextOf(request, permit, id, draft.form),
    errors: parsed.refusal,
    tab: newId<string>(),
    version: draft.version,
    savedAt: draft.savedAt,
  })
  return { reply: invalid(html) }
}

/** Those to whom the concern would go if it were sent now, by name and title. */
async function whoWouldGetIt(request: FormRequest, concern: NewConcern): Promise<readonly string[]> {
  const facts = await getRecordingFacts(
    request,
    concern.id,
    concern.children.map(child => child.childId),
    { ids: concern.adults.flatMap(adult => (adult.adultId ? [adult.adultId] : [])), apart: namedApart(concern) },
    rolesOnRoute(request.profile),
    concern.account,
    'with-names',
  )
  const routing = routeOf(request.profile, facts, whoIsOutside(concern, facts))
  if (routing.unreached) return []
  return routing.tells.map(tell => {
    const name = facts.holders.find(holder => holder.adultId === tell.personId)?.name ?? ''
    return `${name} (${roleTitle(request.profile, tell.role)})`
  })
}

const checkDraft = route({
  method: 'GET',
  path: '/concerns/drafts/:draftId/check',
  action: 'draft.own',
  audit: 'draft.opened',
  handle: async request => {
    const ready = await readyDraft(request, request.permit())
    if ('reply' in ready) return ready.reply
    const { context, concern, draft } = ready
    return page(checkPage(request, { context, concern, version: draft.version, goesTo: await whoWouldGetIt(request, concern) }))
  },
})

function faultOf(refusal: RecordingRefusal): FieldErrors {
  switch (refusal.code) {
    case 'already-recorded':
      return []
    case 'child-not-known':
      return [{ field: 'find-child', says: 'Choose the child from the list again.' }]
    case 'adult-not-known':
      return [{ field: 'find-staff', says: 'Choose the adult from the list again.' }]
    case 'not-for-adults':
      return [{ field: 'prompt', says: 'Select what made you worried for the adult.' }]
  }
}

const submitDraft = route({
  method: 'POST',
  path: '/concerns/drafts/:draftId/submit',
  action: 'concern.record',
  audit: 'concern.recorded',
  handle: async request => {
    const permit = request.permit()
    const ready = await readyDraft(request, permit)
    if ('reply' in ready) return ready.reply
    const { context, concern, draft } = ready
    if (draft.version !== Number(request.form.text('_version'))) {
      const goesTo = await whoWouldGetIt(request, concern)
      return conflict(checkPage(request, { context, concern, version: draft.version, goesTo, wasChanged: true }))
    }
    const recorded = await recordConcern(request, concern)
    if (recorded.ok) return redirect(recordedPath(recorded.value.concernId))
    if (recorded.refusal.code === 'already-recorded') return redirect(recordedPath(recorded.refusal.concernId))
    const errors = faultOf(recorded.refusal)
    const drawn = await contextOf(request, permit, context.draftId, draft.form)
    return invalid(
      formPage(request, { context: drawn, errors, tab: newId<string>(), version: draft.version, savedAt: draft.savedAt }),
    )
  },
})

const askDiscard = route({
  method: 'GET',
  path: '/concerns/drafts/:draftId/discard',
  action: 'draft.own',
  audit: 'draft.opened',
  handle: async request => {
    const { draft } = await findOwnDraft(request, request.permit(), request.params['draftId'] ?? '')
    if (!draft) throw new NotFound()
    return page(discardPage(request, draft))
  },
})

const discard = route({
  method: 'POST',
  path: '/concerns/drafts/:draftId/discard',
  action: 'draft.own',
  audit: 'draft.discarded',
  handle: async request => {
    if (!(await discardDraft(request, request.permit(), request.params['draftId'] ?? ''))) throw new NotFound()
    return redirect('/')
  },
})

const urgentForm = route({
  method: 'GET',
  path: '/concerns/urgent',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: async request => {
    const context = await contextOf(request, request.permit(), newId<string>(), FormValues.empty())
    return page(urgentPage(request, context, []))
  },
})

const sendUrgent = route({
  method: 'POST',
  path: '/concerns/urgent',
  action: 'concern.record',
  audit: 'concern.recorded',
  handle: async request => {
    const permit = request.permit()
    const given = request.form.text('concern-id')
    const context = await contextOf(request, permit, isUuid(given) ? given : newId<string>(), request.form)
    const parsed = parseStubForm(context)
    if (!parsed.ok) return invalid(urgentPage(request, context, parsed.refusal))
    const recorded = await recordConcern(request, parsed.value)
    if (recorded.ok) return redirect(recordedPath(recorded.value.concernId))
    if (recorded.refusal.code === 'already-recorded') return redirect(recordedPath(recorded.refusal.concernId))
    return invalid(urgentPage(request, context, faultOf(recorded.refusal)))
  },
})

/** The form on which a colleague records a concern, its drafts, and the two lines under urgency. */
export const formRoutes = [
  newForm,
  openDraft,
  sendDraft,
  saveDraftQuietly,
  checkDraft,
  submitDraft,
  askDiscard,
  discard,
  urgentForm,
  sendUrgent,
]
