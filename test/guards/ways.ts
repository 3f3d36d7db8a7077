import { referenceOf } from '../../src/features/concerns/reference.ts'
import { type ReferralStep, referralSteps } from '../../src/features/referrals/model.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { type Answer, type Fields, hiddenFields } from '../support/app.ts'
import { type CastName, cast, type GuardedSchool, keptFormOf, type Params, recordAbout, sessionOf } from './guarded-school.ts'

/** What a page says is wrong with a form. */
export function faultsOn(answer: Answer): string {
  const list = /govuk-error-summary__list[\s\S]*?<\/ul>/.exec(answer.html)?.[0] ?? ''
  const text = list
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text === '' ? '' : ` (${text})`
}

/** What a guard asks of every route; a row may be excused from one, with the reason. */
export type Check =
  | 'closed when signed out'
  | 'an invented id finds nothing'
  | 'closed to whoever is outside the record'
  | 'closed without the right'
  | 'opens to whoever may'
  | 'done once however often it is pressed'

/** How the guards walk one route. */
export interface Way {
  /** Somebody who may; a visitor needs no name. */
  readonly by: CastName | 'visitor'
  /** Somebody of the school who may not; `nobody` where every adult of the school may. */
  readonly notBy: CastName | 'nobody'
  /** Where the guarded school's own ids do not fit. */
  readonly params?: (school: GuardedSchool) => Promise<Params> | Params
  /** What the one who may is given to use up: a concern in the right state, a draft that is ready. */
  readonly fresh?: (school: GuardedSchool) => Promise<Params>
  /** Behind the question mark. */
  readonly query?: string
  /** What is typed into the form so that it is taken, over the hidden fields of its page; `page` is empty until it has been opened. */
  readonly sends?: Fields | ((school: GuardedSchool, page: string) => Fields)
  /** What the one who may is answered, where it is not 200 for a page and 303 for a form. */
  readonly answers?: number
  /** Those outside the record: related to the child, named in the concern. Named where a path leads to one. */
  readonly outside?: readonly CastName[]
  /** What opening the page for the first time changes, and not the second. */
  readonly firstOpening?: string
  readonly excused?: Partial<Record<Check, string>>
}

const own = (by: CastName): Pick<Way, 'by' | 'notBy'> => ({ by, notBy: 'nobody' })

// Theirs alone: a colleague of the same rights finds nothing there.
const personal = { by: 'reporter', notBy: 'teacher' } as const
const draftIsNamedByItsForm = {
  'an invented id finds nothing': 'the id is chosen by the form: with another, somebody saves a draft of their own',
}

const identityWays: Record<string, Way> = {
  'GET /code': own('reporter'),
  // Without an authenticator: the secret that the form carries is not one that was shown, so it is shown anew.
  'POST /code': { ...own('reporter'), sends: { code: '000000', secret: 'none' } },
  'GET /account': own('reporter'),
  'GET /account/authenticator': own('reporter'),
  'POST /account/authenticator': { ...own('reporter'), sends: { code: '000000', secret: 'none' } },
  'GET /account/password': own('reporter'),
  'POST /account/password': {
    ...own('reporter'),
    sends: { 'current-password': 'not this one', 'new-password': 'seven herons by the weir' },
    answers: 422,
  },
  'POST /account/sessions/end-others': own('reporter'),
  'POST /account/sessions/:sessionId/end': {
    ...personal,
    params: async ({ at }) => ({ sessionId: await sessionOf(at, 'reporter') }),
  },
  'POST /sign-out': {
    ...own('reporter'),
    excused: { 'done once however often it is pressed': 'the session that would be asked is over' },
  },
  'GET /kept-forms/:keptFormId': {
    ...personal,
    params: async ({ at }) => ({ keptFormId: await keptFormOf(at, 'reporter') }),
  },
  'POST /kept-forms/:keptFormId/discard': {
    ...personal,
    params: async ({ at }) => ({ keptFormId: await keptFormOf(at, 'reporter') }),
  },
}

const policyWays: Record<string, Way> = {
  'GET /policy': own('teacher'),
}

const date = (name: string, day: string, month: string, year: string): Fields => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})
const aChild = {
  given: 'Rosa',
  family: 'Winter',
  standing: 'on-roll',
  year: '7',
  class: '7A',
  ...date('born', '27', '3', '2015'),
}
const aContact = { name: 'Marta Nowak', relation: 'Aunt', priority: '2' }
const aStatus = { status: 'child-in-need', ...date('starts', '1', '9', '2026') }
const ofChild = { by: 'dsl', notBy: 'teacher', outside: ['tied'] } as const
const ofAdult = { by: 'head', notBy: 'teacher' } as const

const peopleWays: Record<string, Way> = {
  'GET /children': { by: 'dsl', notBy: 'teacher', query: 'q=now' },
  'GET /children/find': { ...own('teacher'), query: 'q=ami' },
  'GET /children/new': { by: 'dsl', notBy: 'teacher' },
  'POST /children/new': { by: 'dsl', notBy: 'teacher', sends: aChild },
  'GET /children/:childId/details': ofChild,
  'GET /children/:childId/details/edit': ofChild,
  'POST /children/:childId/details/edit': { ...ofChild, sends: { ...aChild, family: 'Summer' } },
  'GET /children/:childId/contacts/new': ofChild,
  'POST /children/:childId/contacts/new': { ...ofChild, sends: aContact },
  'GET /children/:childId/contacts/:contactId': ofChild,
  'POST /children/:childId/contacts/:contactId': { ...ofChild, sends: aContact },
  'GET /children/:childId/contacts/:contactId/end': ofChild,
  'POST /children/:childId/contacts/:contactId/end': ofChild,
  'GET /children/:childId/addresses/new': ofChild,
  'POST /children/:childId/addresses/new': {
    ...ofChild,
    sends: { address: '9 Moss Green', ...date('starts', '1', '9', '2026') },
  },
  'POST /children/:childId/addresses/:addressId/end': ofChild,
  'GET /children/:childId/statuses/new': ofChild,
  'POST /children/:childId/statuses/new': { ...ofChild, sends: aStatus },
  'GET /children/:childId/statuses/:statusId': ofChild,
  'POST /children/:childId/statuses/:statusId': { ...ofChild, sends: aStatus },
  'GET /children/:childId/siblings/new': { ...ofChild, query: 'q=lily' },
  'POST /children/:childId/siblings/new': { ...ofChild, sends: ({ school }) => ({ sibling: school.pupils.lily.childId }) },
  'POST /children/:childId/siblings/:siblingId/remove': ofChild,
  'GET /people': ofAdult,
  'GET /people/new': ofAdult,
  'POST /people/new': { ...ofAdult, sends: { name: 'Rowan Ashby', kind: 'staff' } },
  'GET /people/:adultId': ofAdult,
  'GET /people/:adultId/edit': ofAdult,
  'POST /people/:adultId/edit': { ...ofAdult, sends: { name: 'Rhodri Bevan', kind: 'staff' } },
  'GET /people/:adultId/appointments/new': ofAdult,
  'POST /people/:adultId/appointments/new': { ...ofAdult, sends: { role: 'senco', from: 'now' } },
  'GET /people/:adultId/appointments/:appointmentId': ofAdult,
  'POST /people/:adultId/appointments/:appointmentId': { ...ofAdult, sends: date('starts', '1', '9', '2024') },
  'POST /people/:adultId/appointments/:appointmentId/end': ofAdult,
  'GET /people/:adultId/ties/new': { ...ofAdult, query: 'q=lily' },
  'POST /people/:adultId/ties/new': {
    ...ofAdult,
    sends: ({ school }) => ({ to: `child/${school.pupils.lily.childId}`, kind: 'relative' }),
  },
  'POST /people/:adultId/ties/:tieId/end': ofAdult,
}

const aConcern = (school: GuardedSchool): Fields => ({
  _tab: 'a',
  category: 'neglect',
  prompt: 'appearance',
  seen: 'Came in wet shoes for the third day.',
  happened: '2026-11-18',
  child: school.ids['childId'],
})

/** A draft that is ready to be sent, saved as the form saves it. */
async function readyDraft(school: GuardedSchool): Promise<Params> {
  const draftId = newId<string>()
  const reporter = await school.agent('reporter')
  const saved = await reporter.post(`/concerns/drafts/${draftId}/save`, { ...aConcern(school), _version: '0' })
  if (saved.status !== 303) throw new Error(`the draft was not saved: ${saved.status}`)
  return { draftId }
}

const concernWays: Record<string, Way> = {
  'GET /concerns/new': own('teacher'),
  'GET /concerns/drafts/:draftId': personal,
  'POST /concerns/drafts/:draftId': {
    ...personal,
    fresh: readyDraft,
    sends: school => ({ ...aConcern(school), _do: 'check' }),
    excused: draftIsNamedByItsForm,
  },
  'POST /concerns/drafts/:draftId/save': {
    ...personal,
    fresh: readyDraft,
    sends: school => ({ ...aConcern(school), _version: '1' }),
    excused: draftIsNamedByItsForm,
  },
  'GET /concerns/drafts/:draftId/check': { ...personal, fresh: readyDraft },
  'POST /concerns/drafts/:draftId/submit': { ...personal, fresh: readyDraft, sends: { _version: '1' } },
  'GET /concerns/drafts/:draftId/discard': personal,
  'POST /concerns/drafts/:draftId/discard': { ...personal, fresh: readyDraft },
  'GET /concerns/urgent': own('teacher'),
  'POST /concerns/urgent': { ...own('teacher'), sends: { seen: '' }, answers: 422 },
  'GET /concerns/:concernId/recorded': { by: 'reporter', notBy: 'teacher', outside: ['named', 'tied'] },
  'GET /concerns/:concernId/evidence': { by: 'reporter', notBy: 'teacher', outside: ['named', 'tied'] },
  'POST /concerns/:concernId/evidence': {
    by: 'reporter',
    notBy: 'teacher',
    outside: ['named', 'tied'],
    sends: { kind: 'letter' },
    answers: 422,
  },
  'GET /concerns/:concernId/evidence/:attachmentId': { by: 'reporter', notBy: 'teacher', outside: ['named', 'tied'] },
  'GET /concerns/:concernId/evidence/:attachmentId/team': { by: 'dsl', notBy: 'teacher', outside: ['named', 'tied'] },
  'GET /worried-about-an-adult': own('teacher'),
  'GET /report/:visitorToken': { by: 'visitor', notBy: 'nobody' },
  'POST /report/:visitorToken': { by: 'visitor', notBy: 'nobody', sends: { _do: 'check' }, answers: 422 },
  'GET /report/:visitorToken/done/:reference': { by: 'visitor', notBy: 'nobody' },
  'GET /report/:visitorToken/about-an-adult': { by: 'visitor', notBy: 'nobody' },
}

const outside = ['named', 'tied'] as const
const ofConcern = { by: 'dsl', notBy: 'teacher', outside } as const

/** The first value that a page offers under a name. */
function offered(page: string, name: string): string {
  const tags = page.match(/<(?:input|select|option|\/select)\b[^>]*>/g) ?? []
  const at = tags.findIndex(tag => tag.includes(`name="${name}"`) && !tag.includes('type="hidden"'))
  const here = tags[at]?.startsWith('<select') ? tags.slice(at + 1) : tags.slice(at, at + 1)
  return here.map(tag => /value="([^"]+)"/.exec(tag)?.[1]).find(value => value !== undefined) ?? ''
}

const aTriage = (_school: GuardedSchool, page: string): Fields => ({
  'immediate-risk': 'no',
  'safe-to-go-home': 'yes',
  medical: 'no',
  police: 'no',
  categories: offered(page, 'categories'),
  level: offered(page, 'level'),
  rationale: 'One mark, explained; no other worry on file.',
})
const aDecision = {
  choice: 'no-further-action',
  rationale: 'Explained by a fall that a colleague saw.',
  'not-referring': 'Below the threshold.',
}
const aParentContact = { outcome: 'told', who: 'Mother', says: 'She saw the fall too.' }
const aClosure = { summary: 'A mark on the wrist.', outcome: 'No harm found.', rationale: 'Explained and seen.' }

/** The steps that the team takes with a concern, in order. */
const steps: readonly { readonly path: string; readonly sends: Fields | typeof aTriage }[] = [
  { path: 'acknowledge', sends: {} },
  { path: 'triage', sends: aTriage },
  { path: 'decision', sends: aDecision },
  { path: 'parents', sends: aParentContact },
  { path: 'close', sends: aClosure },
]

/** A concern of its own, after the steps before this one. */
function concernBefore(step: string): (school: GuardedSchool) => Promise<Params> {
  return async school => {
    const { childId } = school.school.pupils.lily
    const concernId = await recordAbout(school.at, childId)
    const dsl = await school.agent('dsl')
    const end = steps.findIndex(({ path }) => path === step)
    for (const { path, sends } of steps.slice(0, end < 0 ? steps.length : end)) {
      const action = `/concerns/${concernId}/${path}`
      const page = path === 'acknowledge' ? '' : (await dsl.get(action)).html
      const typed = typeof sends === 'function' ? sends(school, page) : sends
      const hidden = page === '' ? {} : hiddenFields(page, action)
      const answer = await dsl.post(action, { ...hidden, ...typed })
      if (answer.status !== 303) throw new Error(`${action}: ${answer.status} ${faultsOn(answer)}`)
    }
    return { concernId }
  }
}

const triageWays: Record<string, Way> = {
  'GET /concerns/:concernId': { ...ofConcern, firstOpening: 'the alert that led here counts as seen' },
  'POST /concerns/:concernId/acknowledge': { ...ofConcern, fresh: concernBefore('acknowledge') },
  'GET /concerns/:concernId/attachments/:attachmentId': ofConcern,
  'GET /concerns/:concernId/triage': ofConcern,
  'POST /concerns/:concernId/triage': { ...ofConcern, fresh: concernBefore('triage'), sends: aTriage },
  'GET /concerns/:concernId/decision': ofConcern,
  'POST /concerns/:concernId/decision': { ...ofConcern, fresh: concernBefore('decision'), sends: aDecision },
  'GET /concerns/:concernId/parents': ofConcern,
  'POST /concerns/:concernId/parents': { ...ofConcern, fresh: concernBefore('parents'), sends: aParentContact },
  'GET /concerns/:concernId/close': ofConcern,
  'POST /concerns/:concernId/close': { ...ofConcern, fresh: concernBefore('close'), sends: aClosure },
  'GET /concerns/:concernId/reopen': ofConcern,
  'POST /concerns/:concernId/reopen': { ...ofConcern, fresh: concernBefore('reopen'), sends: { because: 'A second mark.' } },
  'GET /concerns/:concernId/addenda/new': ofConcern,
  'POST /concerns/:concernId/addenda/new': { ...ofConcern, sends: { says: 'Seen again at lunch.' } },
  'GET /concerns/:concernId/tell-reporter': ofConcern,
  'POST /concerns/:concernId/tell-reporter': { ...ofConcern, sends: { says: 'Thank you: it is being looked at.' } },
  'GET /concerns/:concernId/hand-over': ofConcern,
  'POST /concerns/:concernId/hand-over': {
    ...ofConcern,
    fresh: concernBefore('triage'),
    sends: (_school, page) => ({ to: offered(page, 'to'), says: 'Please go on with it.' }),
  },
  'GET /concerns/:concernId/move': { ...ofConcern, query: 'q=ellie' },
  'POST /concerns/:concernId/move': {
    ...ofConcern,
    fresh: concernBefore('triage'),
    sends: ({ school }) => ({
      from: school.pupils.lily.childId,
      to: school.pupils.ellie.childId,
      reason: 'Filed on the wrong child.',
    }),
  },
  'GET /concerns/:concernId/link': ofConcern,
  'POST /concerns/:concernId/link': {
    ...ofConcern,
    fresh: concernBefore('acknowledge'),
    sends: ({ concernId }) => ({ reference: referenceOf(concernId), reason: 'Two accounts of one event.' }),
  },
}

const fileWays: Record<string, Way> = {
  'GET /children/:childId': ofChild,
  'GET /children/:childId/print': ofChild,
  'GET /notes/:noteId': ofChild,
}

const theirs = { by: 'reporter', notBy: 'teacher', outside } as const

const ownConcernWays: Record<string, Way> = {
  'GET /': own('teacher'),
  'GET /my-concerns': own('reporter'),
  'GET /my-concerns/:concernId': { ...theirs, firstOpening: 'what the team told them counts as seen' },
  'POST /my-concerns/:concernId/addenda': { ...theirs, sends: { says: 'He said it again today.' } },
  'GET /concerns/:concernId/finish': { ...theirs, fresh: aStub },
  'POST /concerns/:concernId/finish': {
    ...theirs,
    fresh: aStub,
    sends: { 'child-words': 'none', seen: 'A red mark.', opinion: 'A grip.', done: 'Told the DSL.', _do: 'finish' },
  },
  'GET /concerns/:concernId/direct-referral': theirs,
  'POST /concerns/:concernId/direct-referral': {
    ...theirs,
    sends: {
      ...{ rang: 'other', 'rang-other': 'The police', 'with-whom': 'PC Hale', said: 'They come today.', at: '10:15' },
      ...date('on', '18', '11', '2026'),
    },
  },
  'GET /alerts': own('dsl'),
  'GET /alerts/:alertId': { by: 'dsl', notBy: 'teacher', answers: 303, firstOpening: 'opening an alert is seeing it' },
}

async function aStub(school: GuardedSchool): Promise<Params> {
  return { concernId: await recordAbout(school.at, school.school.pupils.lily.childId, { stub: true, urgent: true }) }
}

const stepFields = (_school: GuardedSchool, page: string): Fields => ({
  'with-whom': 'A duty worker',
  says: 'Told and answered.',
  outcome: 'They assess.',
  agrees: 'no',
  stage: offered(page, 'stage'),
})
const aReferral = { agency: 'other', destination: 'A clinic', consent: 'given', asks: 'Please see him.' }

/** The steps that a referral has taken before it can take this one. */
const stepsBefore: Readonly<Record<ReferralStep, readonly ReferralStep[]>> = {
  phoned: [],
  written: ['phoned'],
  chased: ['phoned', 'written'],
  answered: ['phoned', 'written'],
  escalated: ['phoned', 'written', 'answered'],
  concluded: ['phoned', 'written', 'answered'],
}

function referralBefore(step: ReferralStep): (school: GuardedSchool) => Promise<Params> {
  return async school => {
    const { concernId = '' } = await concernBefore('parents')(school)
    const dsl = await school.agent('dsl')
    const make = `/concerns/${concernId}/referrals/new`
    const made = await dsl.post(make, { ...hiddenFields((await dsl.get(make)).html, make), ...aReferral })
    const referralId = /^\/referrals\/([0-9a-f-]{36})/.exec(made.location ?? '')?.[1]
    if (!referralId) throw new Error(`${make}: ${made.status}${faultsOn(made)}`)
    for (const earlier of stepsBefore[step]) {
      const action = `/referrals/${referralId}/${earlier}`
      const { html } = await dsl.get(action)
      const answer = await dsl.post(action, { ...hiddenFields(html, action), ...stepFields(school, html) })
      if (answer.status !== 303) throw new Error(`${action}: ${answer.status}${faultsOn(answer)}`)
    }
    return { referralId }
  }
}

async function anAction(school: GuardedSchool): Promise<Params> {
  const { concernId = '' } = await concernBefore('triage')(school)
  const dsl = await school.agent('dsl')
  const path = `/concerns/${concernId}/actions/new`
  const { html } = await dsl.get(path)
  const owner = offered(html, 'owner')
  const typed = { says: 'Ring his mother.', owner, ...date('due', '25', '11', '2026') }
  const answer = await dsl.post(path, { ...hiddenFields(html, path), ...typed })
  const [row] = await school.at.people.query<{ id: string }>('select id from action where concern_id = $1', [concernId])
  if (!row) throw new Error(`${path}: ${answer.status}${faultsOn(answer)}`)
  return { actionId: row.id }
}

const teamWays: Record<string, Way> = {
  'GET /today': { by: 'dsl', notBy: 'teacher' },
  'GET /concerns/:concernId/referrals/new': { ...ofConcern, query: 'agency=social-care' },
  'POST /concerns/:concernId/referrals/new': { ...ofConcern, fresh: concernBefore('parents'), sends: aReferral },
  'GET /referrals/:referralId': ofConcern,
  ...Object.fromEntries(
    referralSteps.flatMap((step): [string, Way][] => [
      [`GET /referrals/:referralId/${step}`, ofConcern],
      [`POST /referrals/:referralId/${step}`, { ...ofConcern, fresh: referralBefore(step), sends: stepFields }],
    ]),
  ),
  'GET /concerns/:concernId/actions/new': ofConcern,
  'POST /concerns/:concernId/actions/new': {
    ...ofConcern,
    sends: (_school, page) => ({ says: 'Ring his mother.', owner: offered(page, 'owner'), ...date('due', '25', '11', '2026') }),
  },
  'GET /actions': {
    ...own('teacher'),
    excused: { 'closed without the right': 'the list of one’s own, which is empty for whoever was given nothing' },
  },
  'GET /actions/:actionId': ofConcern,
  'POST /actions/:actionId/finish': { ...ofConcern, fresh: anAction, sends: { how: 'done', outcome: 'She knows.' } },
  'GET /actions/:actionId/give': ofConcern,
  'POST /actions/:actionId/give': {
    ...ofConcern,
    fresh: anAction,
    sends: (_school, page) => ({ owner: offered(page, 'owner') }),
  },
  'GET /children/:childId/notes/new': ofChild,
  'POST /children/:childId/notes/new': {
    ...ofChild,
    sends: { kind: 'note', says: 'Quiet all day.', ...date('happened', '18', '11', '2026') },
  },
}

const ofCover = { by: 'dsl', notBy: 'teacher' } as const

const coverWays: Record<string, Way> = {
  'GET /cover': ofCover,
  'GET /cover/duties/new': ofCover,
  'POST /cover/duties/new': {
    ...ofCover,
    sends: { adult: cast.tied.adultId, kind: 'trip', from: '09:00', to: '15:00', ...date('starts', '5', '12', '2026') },
  },
  'POST /cover/duties/:dutyId/remove': ofCover,
  'GET /cover/out': own('teacher'),
  'POST /cover/out': { ...own('teacher'), sends: { reason: 'out', from: 'now', until: 'today' } },
  'POST /cover/out/:absenceId/end': personal,
}

/** One row for each route, by method and path. A route without a row fails `every-route.pg.test.ts`, and so does a row without a route. */
export const ways: Readonly<Record<string, Way>> = {
  ...identityWays,
  ...policyWays,
  ...peopleWays,
  ...concernWays,
  ...triageWays,
  ...fileWays,
  ...ownConcernWays,
  ...teamWays,
  ...coverWays,
}
