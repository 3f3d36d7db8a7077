import { type Action, type Actor, check } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import { isUuid } from '../../kernel/ids.ts'
import type { Choice } from '../../policy/clocks.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import { conflict, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { notOpenedPage, openScan } from '../concerns/index.ts'
import { amendmentRoutes } from './amendment-routes.tsx'
import { judgeAndDecide } from './at-once.ts'
import { childSeenRoutes } from './child-seen-routes.tsx'
import { acknowledge, closeConcern, decide, recordParents, reopenConcern, triageConcern } from './commands.ts'
import { explanationRoutes } from './explanation-routes.tsx'
import { addForTeam, handOver, linkConcerns, listColleagues, moveConcern, reporterOf, tellReporter } from './filing-commands.ts'
import { backTo, formRoutes, type Opened, openConcern, revisionSeen, submitted } from './form-route.ts'
import { readAtOnce, readClosure, readDecision, readParents, readTriage } from './forms.ts'
import { householdRoutes } from './household-routes.tsx'
import { getMeanwhile } from './meanwhile-store.ts'
import type { ConcernFacts } from './model.ts'
import {
  findChildTied,
  findConcernIdByReference,
  findSealedAttachment,
  getConcernContent,
  listChildrenByName,
  listChildrenKnown,
  listLinkCandidates,
} from './page-store.ts'
import { ClosingPage } from './pages/closing-page.tsx'
import { ConcernPage, concernTitle } from './pages/concern-page.tsx'
import { DecisionPage } from './pages/decision-page.tsx'
import { HandOverPage, LinkPage, MovePage } from './pages/filing-pages.tsx'
import { withActing } from './pages/meanwhile.tsx'
import { OneBoxPage } from './pages/one-box-page.tsx'
import { ParentsPage } from './pages/parents-page.tsx'
import { TriagePage } from './pages/triage-page.tsx'
import { getHoldsAndColleagues } from './parent-hold-store.ts'
import { liftHold } from './parents-held.ts'
import { refusalInWords } from './refusals.ts'
import { registerRoutes } from './register-routes.tsx'
import { replyRoutes } from './replies-routes.tsx'
import { childrenNow, isReferring, isUnjudged, revisionOf, subjectsOf } from './rules.ts'
import { secondLookRoutes } from './second-look-routes.tsx'
import { stepRoutes } from './step-routes.tsx'
import { findConcernFacts, lockConcerns, subjectOf } from './store.ts'
import { clockFactsOf } from './telling.ts'

function childIds(concern: ConcernFacts): ChildId[] {
  return childrenNow(concern).map(child => child.childId)
}

function at(concern: ConcernFacts, done: string): string {
  return `/concerns/${concern.id}?done=${done}`
}

const doneNames: Readonly<Record<string, string>> = {
  acknowledged: 'You have it now. The reporter can see that it was seen.',
  decided: 'The decision is recorded.',
  parents: 'What parents know is recorded.',
  closed: 'The concern is closed.',
  reopened: 'The concern is open again.',
  added: 'The note is kept with the concern.',
  replied: 'It is kept with the concern.',
  explained: 'It is kept with the injury.',
  told: 'The reporter is told that there is something to read.',
  moved: 'The concern is moved; both files keep the trace.',
  linked: 'The two concerns are linked.',
  'handed-over': 'It is handed over.',
  action: 'The action is set.',
  seen: 'It is kept that the child was seen.',
  lifted: 'The hold is lifted: the parents may be spoken with.',
  acted: 'What you did is kept with the concern, and the safeguarding team is told.',
  amended: 'The correction stands beside what was written first.',
  countersigned: 'Countersigned.',
  step: 'It stands with what the policy asks for.',
  contact: 'It is written down, and stands in the chronology.',
}

async function concernPage(
  { request, permit, concern }: Opened<'concern.read' | 'concern.acknowledge'>,
  notice: { readonly says: string; readonly isSuccess: boolean } | undefined,
): Promise<string> {
  const { content, alertsSeen } = await getConcernContent(request, permit, concern.id)
  if (alertsSeen > 0)
    request.note({ event: 'alert.seen', subjectKind: 'concern', subject: concern.id, facts: { alerts: alertsSeen } })
  const meanwhile = await getMeanwhile(request, permit, concern.id)
  if (meanwhile.newlySeen.length > 0)
    request.note({
      event: 'fallback.seen',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { steps: [...meanwhile.newlySeen] },
    })
  return pageFor(
    request,
    { title: concernTitle(concern), wide: true, quickExit: true },
    <ConcernPage
      profile={request.profile}
      now={request.now}
      {...withActing({ concern, content }, meanwhile.acting)}
      meanwhile={meanwhile}
      may={action => check(request.someone, action, subjectOf(request, concern)).allowed}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      countersignKey={request.newCommandKey()}
      notice={notice}
    />,
  )
}

const readConcern = route({
  method: 'GET',
  path: '/concerns/:concernId',
  action: 'concern.read',
  audit: 'concern.opened',
  handle: async request => {
    const opened = await openConcern(request)
    request.note({ event: 'concern.opened', subjectKind: 'concern', subject: opened.concern.id })
    const done = doneNames[request.query.get('done') ?? '']
    return page(await concernPage(opened, done ? { says: done, isSuccess: true } : undefined))
  },
})

const acknowledgeConcern = route({
  method: 'POST',
  path: '/concerns/:concernId/acknowledge',
  action: 'concern.acknowledge',
  audit: 'concern.acknowledged',
  handle: async request => {
    const opened = await openConcern(request, { lock: true })
    const result = await acknowledge(request, opened.permit, opened.concern)
    if (result.ok) return redirect(at(opened.concern, 'acknowledged'))
    const { says } = refusalInWords(result.refusal, opened.concern)
    return {
      kind: 'refused',
      status: 409,
      html: await concernPage(opened, { says: says.replace(/ What you typed.*$/, ''), isSuccess: false }),
    }
  },
})

const triageForm = formRoutes<'concern.triage'>({
  path: '/triage',
  action: 'concern.triage',
  opens: 'concern.triage-opened',
  does: 'concern.triaged',
  draw: async drawn => {
    const { request, permit, concern } = drawn
    const { content } = await getConcernContent(request, permit, concern.id)
    const known = await listChildrenKnown(request, permit, concern.id, childIds(concern))
    return pageFor(
      request,
      { title: 'Triage', errors: drawn.errors, back: backTo(concern), wide: true, quickExit: true },
      <TriagePage
        {...drawn.frame}
        profile={request.profile}
        now={request.now}
        concern={concern}
        content={content}
        known={known}
        opensFiles={mayOpen(request.someone, 'file.read')}
      />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const read = readTriage({ form: request.form, profile: request.profile, concern, now: request.now })
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    const result = await triageConcern(request, permit, concern, read.value, revisionSeen(request))
    return submitted(result, `/concerns/${concern.id}/decision`)
  },
})

/** Where a decision leads: to the referral that it asks for, to the closing, or back. */
function afterDecision(concern: ConcernFacts, choice: Choice): string {
  if (isReferring(choice)) return `/concerns/${concern.id}/referrals/new?agency=${choice === 'police' ? 'police' : 'social-care'}`
  return choice === 'no-further-action' ? `/concerns/${concern.id}/close` : at(concern, 'decided')
}

/** What the policy has done before a decision stands on the concern’s page only once it is triaged. */
function triageBefore(says: readonly string[]) {
  return {
    field: 'choice',
    says: `Before this is decided, the policy asks: ${says.join('; ')}. Triage it first: then what is asked stands on the concern’s page. Only a child in danger does not wait.`,
  }
}

const decisionForm = formRoutes<'concern.decide'>({
  path: '/decision',
  action: 'concern.decide',
  opens: 'concern.opened',
  does: 'concern.decided',
  draw: async drawn => {
    const { request, permit, concern } = drawn
    const known = await listChildrenKnown(request, permit, concern.id, childIds(concern))
    const [subject] = subjectsOf(concern)
    const unjudged = isUnjudged(concern) ? (await getConcernContent(request, permit, concern.id)).content : undefined
    return pageFor(
      request,
      { title: 'Decision', errors: drawn.errors, back: backTo(concern), wide: true, quickExit: true },
      <DecisionPage
        {...drawn.frame}
        profile={request.profile}
        now={request.now}
        concern={concern}
        known={known}
        clockFacts={clockFactsOf(concern, subject?.childId)}
        unjudged={unjudged}
      />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const context = { form: request.form, profile: request.profile, concern, now: request.now }
    if (isUnjudged(concern)) {
      const both = readAtOnce(context)
      if (!both.ok) return { kind: 'invalid', errors: both.refusal }
      const done = await judgeAndDecide(request, permit, concern, both.value, revisionSeen(request))
      if (!done.ok && done.refusal.code === 'step-first') return { kind: 'invalid', errors: [triageBefore(done.refusal.says)] }
      return submitted(done, afterDecision(concern, both.value.decision.choice))
    }
    const read = readDecision(context)
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    return submitted(
      await decide(request, permit, concern, read.value, revisionSeen(request)),
      afterDecision(concern, read.value.choice),
    )
  },
})

const parentsForm = formRoutes<'parents.record'>({
  path: '/parents',
  action: 'parents.record',
  opens: 'concern.opened',
  does: 'parents.recorded',
  draw: async drawn => {
    const { request, permit, concern } = drawn
    const known = await listChildrenKnown(request, permit, concern.id, childIds(concern))
    const { holds, colleagues } = await getHoldsAndColleagues(request, permit, {
      concernId: concern.id,
      childIds: childIds(concern),
      excluded: concern.excluded,
    })
    return pageFor(
      request,
      { title: 'What parents know', errors: drawn.errors, back: backTo(concern), quickExit: true },
      <ParentsPage
        {...drawn.frame}
        profile={request.profile}
        now={request.now}
        concern={concern}
        known={known}
        heldBy={holds.map(hold => hold.concernId)}
        colleagues={colleagues.filter(({ adultId }) => adultId !== request.someone.adultId)}
      />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const read = readParents({ form: request.form, profile: request.profile, concern, now: request.now })
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    return submitted(await recordParents(request, permit, concern, read.value), at(concern, 'parents'))
  },
})

const closingForm = formRoutes<'concern.close'>({
  path: '/close',
  action: 'concern.close',
  opens: 'concern.opened',
  does: 'concern.closed',
  draw: async drawn => {
    const { request, concern } = drawn
    return pageFor(
      request,
      { title: 'Close this concern', errors: drawn.errors, back: backTo(concern), quickExit: true },
      <ClosingPage {...drawn.frame} profile={request.profile} now={request.now} concern={concern} />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const read = readClosure({ form: request.form, profile: request.profile, concern, now: request.now })
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    return submitted(await closeConcern(request, permit, concern, read.value, revisionSeen(request)), at(concern, 'closed'))
  },
})

interface OneBox<A extends Action> {
  readonly path: string
  readonly field: string
  readonly title: string
  readonly label: string
  readonly hint?: string
  readonly save: string
  readonly missing: string
  readonly guarded?: true
  before?(concern: ConcernFacts): string | undefined
  readonly action: A
  readonly does: 'concern.reopened' | 'concern.added-to' | 'concern.reporter-told' | 'parents.hold-lifted'
  readonly done: string
  command(opened: Opened<A>, says: string): ReturnType<typeof acknowledge>
}

function oneBoxForm<A extends Action>(box: OneBox<A>): readonly Route[] {
  return formRoutes<A>({
    path: box.path,
    action: box.action,
    opens: 'concern.opened',
    does: box.does,
    draw: async drawn => {
      const { request, concern } = drawn
      const before = box.before?.(concern)
      return pageFor(
        request as Request<Action, Actor>,
        { title: box.title, errors: drawn.errors, back: backTo(concern), quickExit: true },
        <OneBoxPage
          {...drawn.frame}
          concern={concern}
          title={box.title}
          field={box.field}
          label={box.label}
          {...(box.hint ? { hint: box.hint } : {})}
          save={box.save}
          revision={box.guarded && revisionOf(concern)}
          before={before && <p class="govuk-body">{before}</p>}
        />,
      )
    },
    submit: async opened => {
      const reader = new FormReader(opened.request.form, opened.request.now)
      const says = reader.words(box.field, 'The text', box.missing)
      if (reader.errors.length > 0) return { kind: 'invalid', errors: reader.errors }
      return submitted(await box.command(opened, says), at(opened.concern, box.done))
    },
  })
}

const reopenForm = oneBoxForm<'concern.reopen'>({
  path: '/reopen',
  field: 'because',
  title: 'Open this concern again',
  label: 'Why it is opened again',
  hint: 'The closing stays on record.',
  save: 'Open it again',
  missing: 'Write why it is opened again.',
  guarded: true,
  action: 'concern.reopen',
  does: 'concern.reopened',
  done: 'reopened',
  command: ({ request, permit, concern }, says) => reopenConcern(request, permit, concern, says, revisionSeen(request)),
})

const liftHoldForm = oneBoxForm<'parents.lift-hold'>({
  path: '/parent-hold',
  field: 'because',
  title: 'Lift the hold on speaking with the parents',
  label: 'Why the parents may be spoken with now',
  hint: 'It stays with the concern. Everybody who opens it can read it.',
  save: 'Lift the hold',
  missing: 'Write why the parents may be spoken with now.',
  action: 'parents.lift-hold',
  does: 'parents.hold-lifted',
  done: 'lifted',
  command: ({ request, permit, concern }, says) => liftHold(request, permit, concern, says),
})

const addendumForm = oneBoxForm<'concern.add-to'>({
  path: '/addenda/new',
  field: 'says',
  title: 'Add a note for the team',
  label: 'Note',
  hint: 'Only the safeguarding team sees it. It cannot be changed afterwards.',
  save: 'Add the note',
  missing: 'Write the note.',
  action: 'concern.add-to',
  does: 'concern.added-to',
  done: 'added',
  command: ({ request, permit, concern }, says) => addForTeam(request, permit, concern, says),
})

const feedbackForm = oneBoxForm<'concern.tell-reporter'>({
  path: '/tell-reporter',
  field: 'says',
  title: 'Tell the reporter something',
  label: 'What they may know',
  hint: 'They see these words and nothing else: no category, no level, no note of yours.',
  save: 'Tell them',
  missing: 'Write what the reporter may know.',
  before: concern =>
    reporterOf(concern) === null
      ? 'Whoever reported this has no account, so nobody reads this in Holdfast. Tell them in another way and write here what you told them.'
      : undefined,
  action: 'concern.tell-reporter',
  does: 'concern.reporter-told',
  done: 'told',
  command: ({ request, permit, concern }, says) => tellReporter(request, permit, concern, says),
})

const handOverForm = formRoutes<'concern.add-to'>({
  path: '/hand-over',
  action: 'concern.add-to',
  opens: 'concern.opened',
  does: 'owner.moved',
  draw: async drawn => {
    const { request, concern } = drawn
    return pageFor(
      request,
      { title: 'Hand it to a colleague', errors: drawn.errors, back: backTo(concern), quickExit: true },
      <HandOverPage {...drawn.frame} concern={concern} colleagues={await listColleagues(request, concern)} />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const reader = new FormReader(request.form, request.now)
    const colleagues = await listColleagues(request, concern)
    const to = reader.choice(
      'to',
      colleagues.map(colleague => colleague.adultId),
      'Select a colleague.',
    )
    const says = reader.words('says', 'The text', 'Write what they should know or do next.')
    const colleague = colleagues.find(({ adultId }) => adultId === to)
    if (reader.errors.length > 0 || !colleague) return { kind: 'invalid', errors: reader.errors }
    return submitted(await handOver(request, permit, concern, colleague, says), at(concern, 'handed-over'))
  },
})

function beginningsOf(typed: string): string[] {
  return typed
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
    .slice(0, 6)
}

const moveForm = formRoutes<'concern.move'>({
  path: '/move',
  action: 'concern.move',
  opens: 'concern.opened',
  does: 'concern.moved',
  draw: async drawn => {
    const { request, permit, concern, form } = drawn
    const search = form.text('q').slice(0, 100)
    const beginnings = beginningsOf(search)
    const found = beginnings.length > 0 ? await listChildrenByName(request, permit, beginnings) : []
    return pageFor(
      request,
      { title: 'Move it to the right child', errors: drawn.errors, back: backTo(concern), quickExit: true },
      <MovePage {...drawn.frame} concern={concern} search={search} found={found} />,
    )
  },
  submit: async ({ request, permit, concern }) => {
    const reader = new FormReader(request.form, request.now)
    const from = reader.choice('from', childIds(concern), 'Select the child on whom it was filed by mistake.')
    const typed = request.form.text('to')
    const child = isUuid(typed) ? await findChildTied(request, permit, typed as ChildId) : undefined
    if (!child) reader.wrong('to', 'Select the child whom it is about.')
    const reason = reader.words('reason', 'The reason', 'Write why it is moved.')
    if (reader.errors.length > 0 || !from || !child) return { kind: 'invalid', errors: reader.errors }
    const tied = child.tied as AdultId[]
    const result = await moveConcern(request, permit, concern, { from, to: typed as ChildId, tied, reason })
    // Whoever is tied to that child has just shut themselves out, rightly.
    return submitted(result, tied.includes(request.someone.adultId) ? '/today' : at(concern, 'moved'))
  },
})

async function otherConcern({ request, permit }: Opened<'concern.link'>): Promise<ConcernFacts | undefined> {
  const chosen = request.form.text('other')
  const reference = request.form.text('reference').trim().toUpperCase()
  const id =
    reference === ''
      ? isUuid(chosen)
        ? (chosen as ConcernId)
        : undefined
      : await findConcernIdByReference(request, permit, reference)
  if (!id) return undefined
  await lockConcerns(request, [id])
  const other = await findConcernFacts(request, id)
  if (!other) return undefined
  try {
    request.permit(subjectOf(request, other))
  } catch {
    return undefined
  }
  return other
}

const linkForm = formRoutes<'concern.link'>({
  path: '/link',
  action: 'concern.link',
  opens: 'concern.opened',
  does: 'concern.linked',
  draw: async drawn => {
    const { request, permit, concern } = drawn
    const candidates = await listLinkCandidates(request, permit, concern.id, childIds(concern))
    return pageFor(
      request,
      { title: 'Link another report', errors: drawn.errors, back: backTo(concern), quickExit: true },
      <LinkPage {...drawn.frame} profile={request.profile} now={request.now} concern={concern} candidates={candidates} />,
    )
  },
  submit: async opened => {
    const { request, permit, concern } = opened
    const reader = new FormReader(request.form, request.now)
    const reason = reader.words('reason', 'The reason', 'Write why they belong together.')
    if (request.form.text('other') === '' && request.form.text('reference').trim() === '')
      reader.wrong('reference', 'Select another concern or enter its reference.')
    if (reader.errors.length > 0) return { kind: 'invalid', errors: reader.errors }
    const other = await otherConcern(opened)
    if (!other) return { kind: 'refused', refusal: { code: 'no-such-concern' } }
    return submitted(await linkConcerns(request, permit, concern, other, reason), at(concern, 'linked'))
  },
})

const attachmentFile = route({
  method: 'GET',
  path: '/concerns/:concernId/attachments/:attachmentId',
  action: 'concern.read',
  audit: 'attachment.opened',
  handle: async request => {
    const { permit, concern } = await openConcern(request)
    const id = request.params['attachmentId'] ?? ''
    const found = await findSealedAttachment(request, permit, concern.id, id)
    if (!found) throw new NotFound()
    const file = openScan(request, permit, { id, ...found }, `${concern.reference}-${found.kind}`)
    if (!file) return conflict(notOpenedPage(request, found))
    request.note({ event: 'attachment.opened', subjectKind: 'concern', subject: concern.id, facts: { attachment: id } })
    return file
  },
})

/** The pages and commands by which the safeguarding team works on a concern. */
export const triageRoutes: readonly Route[] = [
  readConcern,
  acknowledgeConcern,
  attachmentFile,
  ...triageForm,
  ...decisionForm,
  ...parentsForm,
  ...closingForm,
  ...reopenForm,
  ...liftHoldForm,
  ...childSeenRoutes,
  ...replyRoutes,
  ...addendumForm,
  ...feedbackForm,
  ...handOverForm,
  ...moveForm,
  ...linkForm,
  ...householdRoutes,
  ...amendmentRoutes,
  ...registerRoutes,
  ...secondLookRoutes,
  ...explanationRoutes,
  ...stepRoutes,
]
