import { type ReferralStep, referralSteps } from '../../src/features/referrals/model.ts'
import { referenceOf } from '../../src/kernel/reference.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { type Fields, hiddenFields } from '../support/app.ts'
import { presentation } from '../support/triage.ts'
import { type GuardedSchool, type Params, recordAbout } from './guarded-school.ts'
import { anExplanation, date, faultsOn, ofChild, ofConcern, offered, own, personal, type Way } from './way.ts'

const aTriage = (_school: GuardedSchool, page: string): Fields => ({
  'immediate-risk': 'no',
  'safe-to-go-home': 'yes',
  medical: 'no',
  police: 'no',
  categories: offered(page, 'categories'),
  level: offered(page, 'level'),
  ...presentation,
  rationale: 'One mark, explained; no other worry on file.',
})
const aDecision = {
  choice: 'no-further-action',
  rationale: 'Explained by a fall that a colleague saw.',
  'not-referring': 'Below the threshold.',
}
const aParentContact = { outcome: 'told', who: 'Mother', says: 'She saw the fall too.' }
const aClosure = { summary: 'A mark on the wrist.', outcome: 'No harm found.', rationale: 'Explained and seen.' }

/** Something shared about the child of the paths. */
async function aShare({ at, school, ids }: GuardedSchool): Promise<Params> {
  const shareId = newId<string>()
  await at.people.query(
    `insert into share (school_id, id, child_id, says, because, until_at, made_at, made_by, salt, excluded)
     select school_id, $2, child_id, says, because, until_at, made_at, made_by, salt, excluded from share where school_id = $1 and id = $3`,
    [school.id, shareId, ids['shareId']],
  )
  return { shareId }
}

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

/** A concern whose recording holds back speaking with the parents. */
async function heldConcern(school: GuardedSchool): Promise<Params> {
  const concernId = await recordAbout(school.at, school.school.pupils.amina.childId)
  await school.at.people.query(
    `insert into parent_hold (school_id, id, concern_id, question, option, set_at) values ($1, $2, $3, 'x', 'x', $4)`,
    [school.school.id, newId<string>(), concernId, school.at.clock.now()],
  )
  return { concernId }
}

/** A step that the policy asks for, in the concern that stands in every path. */
async function aStep(school: GuardedSchool): Promise<Params> {
  const params = school.paramsOf({ path: '/concerns/:concernId' })
  const stepId = newId<string>()
  await school.at.people.query(
    `insert into pathway_step (school_id, id, concern_id, pathway, step, does, rule, source, standing, agency, opened_at, excluded)
      select school_id, $2, id, $3, 'prevent', 'Decide on a referral', 'x', 'x', 'stated', 'prevent', $4, excluded from concern where id = $1`,
    [params['concernId'], stepId, stepId, school.at.clock.now()],
  )
  return { ...params, stepId }
}

/** The concern that stands in every path, as one that a child told us of. */
async function toldByAChild(school: GuardedSchool): Promise<Params> {
  const params = school.paramsOf({ path: '/concerns/:concernId' })
  await school.at.people.query(
    `insert into concern_source (school_id, concern_id, came, excluded) select school_id, id, 'child', excluded from concern where id = $1 on conflict do nothing`,
    [params['concernId']],
  )
  return { ...params, whom: 'child' }
}

/** Working on a concern. */
export const triageWays: Record<string, Way> = {
  'GET /concerns/:concernId': { ...ofConcern, firstOpening: 'the alert that led here counts as seen' },
  'POST /concerns/:concernId/acknowledge': { ...ofConcern, fresh: concernBefore('acknowledge') },
  'GET /concerns/:concernId/attachments/:attachmentId': ofConcern,
  'GET /concerns/:concernId/triage': ofConcern,
  'POST /concerns/:concernId/triage': { ...ofConcern, fresh: concernBefore('triage'), sends: aTriage },
  'GET /concerns/:concernId/decision': ofConcern,
  'POST /concerns/:concernId/decision': { ...ofConcern, fresh: concernBefore('decision'), sends: aDecision },
  'GET /concerns/:concernId/parents': ofConcern,
  'POST /concerns/:concernId/parents': { ...ofConcern, fresh: concernBefore('parents'), sends: aParentContact },
  'GET /concerns/:concernId/parent-hold': ofConcern,
  'POST /concerns/:concernId/parent-hold': { ...ofConcern, fresh: heldConcern, sends: { because: 'The aunt is with them now.' } },
  'GET /concerns/:concernId/child-seen': ofConcern,
  'POST /concerns/:concernId/child-seen': {
    ...ofConcern,
    fresh: concernBefore('triage'),
    sends: { by: 'The deputy', ...date('seen', '2', '11', '2026'), time: '9:40am', says: 'Calm, and will stay until three.' },
  },
  'GET /concerns/:concernId/replies/:whom': { ...ofConcern, params: toldByAChild },
  'POST /concerns/:concernId/replies/:whom': {
    ...ofConcern,
    params: toldByAChild,
    fresh: toldByAChild,
    sends: { kind: 'none', because: 'Nobody knows who wrote it.' },
  },
  'GET /concerns/:concernId/close': ofConcern,
  'POST /concerns/:concernId/close': { ...ofConcern, fresh: concernBefore('close'), sends: aClosure },
  'GET /concerns/:concernId/reopen': ofConcern,
  'POST /concerns/:concernId/reopen': { ...ofConcern, fresh: concernBefore('reopen'), sends: { because: 'A second mark.' } },
  'GET /concerns/:concernId/addenda/new': ofConcern,
  'POST /concerns/:concernId/addenda/new': { ...ofConcern, sends: { says: 'Seen again at lunch.' } },
  'GET /concerns/:concernId/explanations/new': ofConcern,
  'POST /concerns/:concernId/explanations/new': { ...ofConcern, sends: anExplanation },
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
  'GET /concerns/:concernId/amendments/new': ofConcern,
  'POST /concerns/:concernId/amendments/new': {
    ...ofConcern,
    fresh: concernBefore('parents'),
    sends: (_school, page) => ({ of: offered(page, 'of'), says: 'It was the left wrist.', because: 'Misread.' }),
  },
  'GET /help/checks': { by: 'dsl', notBy: 'teacher' },
  'POST /help/checks': { by: 'dsl', notBy: 'teacher', sends: { right: 'police' } },
  'GET /help/checks/:contact': { by: 'dsl', notBy: 'teacher', params: () => ({ contact: 'police' }) },
  'POST /help/checks/:contact': {
    by: 'dsl',
    notBy: 'teacher',
    params: () => ({ contact: 'police' }),
    sends: { outcome: 'wrong', says: 'It rings out.' },
  },
  'GET /second-looks': { by: 'dsl', notBy: 'teacher' },
  'GET /concerns/:concernId/second-look': ofConcern,
  'POST /concerns/:concernId/second-look': {
    ...ofConcern,
    fresh: concernBefore('parents'),
    sends: (_school, page) => ({ decision: offered(page, 'decision'), outcome: 'unchanged', because: 'The words are the same.' }),
  },
  'GET /not-referred': { by: 'dsl', notBy: 'teacher' },
  'GET /without-file': { by: 'dsl', notBy: 'teacher' },
  'GET /referral-times': { by: 'dsl', notBy: 'teacher' },
  'GET /concerns/:concernId/steps/:stepId': { ...ofConcern, params: aStep },
  'POST /concerns/:concernId/steps/:stepId': {
    ...ofConcern,
    params: aStep,
    fresh: aStep,
    sends: { kind: 'not-done', says: 'Below what they take.' },
  },
  'GET /concerns/:concernId/pathways': ofConcern,
  'POST /concerns/:concernId/pathways': {
    ...ofConcern,
    fresh: concernBefore('triage'),
    sends: (_school, page) => ({ pathway: offered(page, 'pathway') }),
  },
  'GET /concerns/:concernId/link': ofConcern,
  'POST /concerns/:concernId/link': {
    ...ofConcern,
    fresh: concernBefore('acknowledge'),
    sends: ({ concernId }) => ({ reference: referenceOf(concernId), reason: 'Two accounts of one event.' }),
  },
}

/** A concern about harm in the household of a child with a sister here. */
async function householdConcern(school: GuardedSchool): Promise<Params> {
  const { childId } = school.school.pupils.amina
  return { concernId: await recordAbout(school.at, childId, { prompts: ['domestic-abuse'] }) }
}

/** The other children of a household. */
export const householdWays: Record<string, Way> = {
  'GET /concerns/:concernId/household': ofConcern,
  'POST /concerns/:concernId/household': {
    ...ofConcern,
    fresh: householdConcern,
    sends: (_school, page) => ({
      child: /name="child" value="([^"]+)"/.exec(page)?.[1],
      state: offered(page, 'state'),
      reason: 'Seen and asked: not at home then.',
    }),
  },
}

/** Attendance, and what records together may point to. */
/** A question about how somebody looked at files. */
async function aQuestion({ at, school }: GuardedSchool): Promise<Params> {
  const questionId = newId<string>()
  const looker = school.adults.attendanceOfficer.adultId
  await at.people.query(
    `insert into looking_question (school_id, id, kind, adult_id, times, usual, first_at, last_at, raised_at, audience, excluded)
      values ($1, $2, 'many-children', $3, 20, 2, $4, $4, $4, 'team', array[$3::uuid])`,
    [school.id, questionId, looker, at.clock.now()],
  )
  return { questionId }
}

/** The trust's lead on safeguarding, who opens one case. */
const byLead = { by: 'lead', notBy: 'teacher' } as const
const brokenGlass = { reason: 'His father is at the gate.', hours: '1' }

/** A file that the head has opened by breaking the glass. */
async function aGlass(school: GuardedSchool): Promise<Params> {
  const answer = await (await school.agent('head')).post(`/children/${school.ids['childId']}/break-glass`, brokenGlass)
  const glassId = answer.location?.split('/').at(-1)
  if (!glassId) throw new Error(`the glass was not broken: ${answer.status} ${faultsOn(answer)}`)
  return { glassId }
}

export const patternWays: Record<string, Way> = {
  'GET /attendance': { by: 'administrator', notBy: 'teacher' },
  'POST /attendance': {
    by: 'administrator',
    notBy: 'teacher',
    sends: ({ school }) => {
      const [given = '', ...family] = school.pupils.jayden.name.split(' ')
      return { lines: `${family.join(' ')}, ${given}, , 10, 9`, ...date('week', '16', '11', '2026') }
    },
  },
  'GET /children/:childId/attendance': ofChild,
  'POST /children/:childId/attendance': {
    ...ofChild,
    sends: { possible: '10', attended: '8', ...date('week', '9', '11', '2026') },
  },
  'GET /attendance/today': { by: 'administrator', notBy: 'teacher' },
  'POST /attendance/today': {
    by: 'administrator',
    notBy: 'teacher',
    sends: ({ school }) => {
      const [given = '', ...family] = school.pupils.jayden.name.split(' ')
      return { lines: `${family.join(' ')}, ${given}, , present, 08:40` }
    },
  },
  'POST /children/:childId/attendance/mark': { ...ofChild, sends: { mark: 'late', 'at-time': '9:05am' } },
  'GET /children/:childId/shares': ofChild,
  'POST /children/:childId/shares': {
    ...ofChild,
    sends: ({ school }) => ({
      says: 'His grandmother collects him.',
      'with-1': school.adults.teacher.adultId,
      because: 'She is at the gate.',
      ...date('until', '30', '11', '2026'),
    }),
  },
  'GET /shares/:shareId/end': ofChild,
  'POST /shares/:shareId/end': { ...ofChild, fresh: aShare, sends: { because: 'He is collected by his mother again.' } },
  'GET /shared': own('teacher'),
  'GET /shared/:shareId': { ...personal, firstOpening: 'opening it is kept with it' },
  'POST /shared/:shareId': { ...personal },
  'GET /trusted-adults': { by: 'dsl', notBy: 'teacher' },
  'POST /trusted-adults': {
    by: 'dsl',
    notBy: 'teacher',
    sends: ({ school }) => {
      const [given = '', ...family] = school.pupils.jayden.name.split(' ')
      return { lines: `${family.join(' ')}, ${given}, , ${school.adults.teacher.name}` }
    },
  },
  'GET /children/:childId/who-looked': ofChild,
  'GET /children/:childId/who-looked/print': ofChild,
  'GET /concerns/:concernId/who-looked': ofConcern,
  'GET /concerns/:concernId/who-looked/print': ofConcern,
  'GET /children/:childId/oversight': { ...byLead, outside: ['tied'] },
  'POST /children/:childId/oversight': { ...byLead, outside: ['tied'], sends: { reason: 'Sample of November', hours: '1' } },
  'GET /children/:childId/ask-the-trust': ofChild,
  'POST /children/:childId/ask-the-trust': {
    ...ofChild,
    sends: { reason: 'What do you think?', hours: '1' },
  },
  'GET /looking': { by: 'dsl', notBy: 'teacher' },
  'POST /looking/:questionId': {
    by: 'dsl',
    notBy: 'teacher',
    params: aQuestion,
    fresh: aQuestion,
    sends: { says: 'He stood in for me.' },
  },
  'GET /break-glass': own('teacher'),
  // The teacher is given a post that may, on the way through the routes.
  'GET /children/:childId/break-glass': { by: 'head', notBy: 'governor', outside: ['tied'] },
  'POST /children/:childId/break-glass': { by: 'head', notBy: 'governor', outside: ['tied'], sends: brokenGlass },
  'GET /break-glass/:glassId': { by: 'head', notBy: 'dsl', params: aGlass, outside: ['tied'] },
  'GET /break-glass/:glassId/review': { by: 'dsl', notBy: 'teacher', params: aGlass, outside: ['tied'] },
  'POST /break-glass/:glassId/review': {
    ...{ by: 'dsl', notBy: 'teacher', params: aGlass, fresh: aGlass, outside: ['tied'] },
    sends: { outcome: 'justified', says: 'He could not wait.' },
  },
  'GET /signs': { by: 'dsl', notBy: 'teacher' },
  'GET /trends': { by: 'dsl', notBy: 'teacher' },
  'GET /late-records': { by: 'dsl', notBy: 'teacher' },
  'GET /early-help': { by: 'dsl', notBy: 'teacher' },
  'GET /children/:childId/indicators': ofChild,
}

/** The child's file. */
export const fileWays: Record<string, Way> = {
  'GET /children/:childId': ofChild,
  'GET /children/:childId/print': ofChild,
  'GET /notes/:noteId': ofChild,
}

const stepFields = (_school: GuardedSchool, page: string): Fields => ({
  'with-whom': 'A duty worker',
  role: 'Duty social worker',
  says: 'Told and answered.',
  outcome: 'They assess.',
  reference: 'SC-4471',
  'place-risks': 'None known',
  attached: 'None held',
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

/** Today, referrals, actions and notes. */
export const teamWays: Record<string, Way> = {
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
  'GET /concerns/:concernId/arrangements': ofConcern,
  'POST /concerns/:concernId/arrangements': {
    ...ofConcern,
    sends: { kind: 'class-move', says: 'To 5A for maths.', ...date('begins', '25', '11', '2026') },
  },
  'GET /concerns/:concernId/family-meetings': ofConcern,
  'POST /concerns/:concernId/family-meetings': { ...ofConcern, sends: { 'with-whom': 'His mother', present: 'yes' } },
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
