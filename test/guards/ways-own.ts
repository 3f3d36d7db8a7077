import { sealProviderSecret } from '../../src/features/identity/provider.ts'
import { newId } from '../../src/platform/identifiers.ts'
import type { Fields } from '../support/app.ts'
import { cast, type GuardedSchool, keptFormOf, type Params, recordAbout, sessionOf } from './guarded-school.ts'
import { anExplanation, date, faultsOn, outside, own, personal, type Way } from './way.ts'

const noWorryBox = {
  'opens to whoever may': 'the policy of the guarded school has no worry box',
  'done once however often it is pressed': 'the policy of the guarded school has no worry box',
} as const

/** A passkey of this person that opens nothing. */
async function passkeyOf(at: GuardedSchool['at'], name: keyof typeof cast): Promise<Params> {
  const passkeyId = newId<string>()
  await at.people.query(
    `insert into passkey (account_id, id, credential_id, public_key, sign_count, name, synced, made_at)
     select account_id, $2, $3, $3, 0, 'Old laptop', false, $4 from adult where id = $1`,
    [cast[name].adultId, passkeyId, Buffer.from(passkeyId), at.clock.now()],
  )
  return { passkeyId }
}

/** A provider of the school that is away, and this person's account there. */
async function aProvider(school: GuardedSchool, name: keyof typeof cast): Promise<Params> {
  const { at } = school
  const issuer = 'http://127.0.0.1:1'
  const sealed = sealProviderSecret(at.tools.sealing, school.school.id, 'a secret')
  await at.people.query(
    `insert into sign_in_provider (school_id, name, issuer, client_id, sealed, changed_at, changed_by)
     values ($1, 'Microsoft 365', $2, 'client', $3, $4, $5) on conflict do nothing`,
    [school.school.id, issuer, sealed, at.clock.now(), cast[name].adultId],
  )
  await at.people.query(
    `insert into outside_identity (school_id, issuer, subject, account_id, shown, bound_at)
     select school_id, $2, id::text, account_id, 'them', $3 from adult where id = $1 on conflict do nothing`,
    [cast[name].adultId, issuer, at.clock.now()],
  )
  return {}
}

const ofProvider: Way = {
  ...{ by: 'administrator', notBy: 'teacher' },
  params: (school: GuardedSchool) => aProvider(school, 'administrator'),
  fresh: (school: GuardedSchool) => aProvider(school, 'administrator'),
}

const ofOwnProvider: Way = {
  ...own('dsl'),
  params: (school: GuardedSchool) => aProvider(school, 'dsl'),
  fresh: (school: GuardedSchool) => aProvider(school, 'dsl'),
}

/** One's own account. */
export const identityWays: Record<string, Way> = {
  'GET /code': own('reporter'),
  // Without an authenticator: the secret that the form carries is not one that was shown, so it is shown anew.
  'POST /code': { ...own('reporter'), sends: { code: '000000', secret: 'none' } },
  'GET /account': own('reporter'),
  'GET /account/authenticator': own('reporter'),
  'POST /account/authenticator': { ...own('reporter'), sends: { code: '000000', secret: 'none' } },
  'GET /account/recovery-codes': own('dsl'),
  // The codes are on the answer itself, and nowhere to be fetched from.
  'POST /account/recovery-codes': { ...own('dsl'), answers: 200 },
  'GET /account/passkeys': own('dsl'),
  'POST /account/passkeys': { ...own('dsl'), sends: { name: 'School laptop', response: '{}' }, answers: 422 },
  'POST /account/passkeys/:passkeyId/remove': {
    by: 'dsl',
    notBy: 'teacher',
    params: ({ at }) => passkeyOf(at, 'dsl'),
    fresh: ({ at }) => passkeyOf(at, 'dsl'),
  },
  'POST /code/passkey': { ...own('dsl'), sends: { response: '{}' }, answers: 422 },
  'GET /code/recovery': own('reporter'),
  'POST /code/recovery': { ...own('reporter'), sends: { code: '0000-0000-0000-0000' }, answers: 422 },
  'GET /account/single-sign-on': ofOwnProvider,
  'POST /account/single-sign-on': { ...ofOwnProvider, answers: 422 },
  'POST /account/single-sign-on/remove': ofOwnProvider,
  'GET /single-sign-on': ofProvider,
  'POST /single-sign-on': {
    ...ofProvider,
    sends: { name: 'Google', issuer: 'https://accounts.example', client: 'client', secret: 'another secret' },
  },
  'POST /single-sign-on/try': { ...ofProvider, answers: 422 },
  'POST /single-sign-on/remove': ofProvider,
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

const aChange: Fields = {
  ...{ what: 'settings/cover.deputies_min', value: '2', because: 'Two sites.', section: 'Governors, minute 4', checked: 'yes' },
  ...date('from', '1', '12', '2026'),
}

/** A change that the DSL has proposed and nobody has decided on. */
async function proposedChange(school: GuardedSchool): Promise<Params> {
  const answer = await (await school.agent('dsl')).post('/policy/changes/new', aChange)
  const changeId = answer.location?.split('/').at(-1)
  if (!changeId) throw new Error(`the change was not proposed: ${answer.status} ${faultsOn(answer)}`)
  return { changeId }
}

export const policyWays: Record<string, Way> = {
  'GET /policy': own('teacher'),
  'GET /policy/rules/:rule': { ...own('teacher'), params: () => ({ rule: 'policy.not-laxer' }) },
  'GET /clocks': { by: 'dsl', notBy: 'teacher' },
  'GET /rehearsals': { by: 'dsl', notBy: 'teacher' },
  'GET /rehearsals/compose': { by: 'dsl', notBy: 'teacher' },
  'POST /rehearsals/compose': {
    by: 'dsl',
    notBy: 'teacher',
    sends: { _do: 'add person', 'person-0': 'yes', 'person-0-name': 'Teacher', 'person-0-role': 'teacher' },
    answers: 200,
  },
  'GET /policy/compare': { by: 'dsl', notBy: 'teacher', query: 'with=westacre' },
  'GET /policy/open': { by: 'dsl', notBy: 'teacher' },
  'GET /policy/changes': { by: 'dsl', notBy: 'teacher' },
  'GET /policy/changes/new': { by: 'dsl', notBy: 'teacher', query: 'what=steps%2Frouting.welfare-1' },
  'POST /policy/changes/new': { by: 'dsl', notBy: 'teacher', sends: aChange },
  'GET /policy/changes/:changeId': { by: 'dsl', notBy: 'teacher', params: proposedChange },
  'POST /policy/changes/:changeId/approve': { by: 'head', notBy: 'teacher', params: proposedChange, fresh: proposedChange },
  'POST /policy/changes/:changeId/reject': {
    ...{ by: 'head', notBy: 'teacher', params: proposedChange, fresh: proposedChange },
    sends: { because: 'Not in this term.' },
  },
  'POST /policy/changes/:changeId/withdraw': { by: 'dsl', notBy: 'teacher', params: proposedChange, fresh: proposedChange },
}

const draftIsNamedByItsForm = {
  'an invented id finds nothing': 'the id is chosen by the form: with another, somebody saves a draft of their own',
  'closed without the right':
    'what somebody types under another’s id is kept as a draft of their own, and the other’s stays as it is',
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

/** Recording a concern. */
export const concernWays: Record<string, Way> = {
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
  'GET /help': own('teacher'),
  'GET /report/:visitorToken': { by: 'visitor', notBy: 'nobody' },
  'POST /report/:visitorToken': { by: 'visitor', notBy: 'nobody', sends: { _do: 'check' }, answers: 422 },
  'GET /report/:visitorToken/done/:reference': { by: 'visitor', notBy: 'nobody' },
  'GET /worry/:visitorToken': { by: 'visitor', notBy: 'nobody', excused: noWorryBox },
  'POST /worry/:visitorToken': { by: 'visitor', notBy: 'nobody', excused: noWorryBox },
  'GET /worry/:visitorToken/done/:reference': { by: 'visitor', notBy: 'nobody', excused: noWorryBox },
  'GET /report/:visitorToken/about-an-adult': { by: 'visitor', notBy: 'nobody' },
  'GET /report/:visitorToken/help': { by: 'visitor', notBy: 'nobody' },
}

const withoutDsl = { 'with-whom': 'The front door', at: '9:30', says: 'They ring back.' }

const aCall = { ...date('on', '18', '11', '2026'), at: '9:30', 'rang-by': 'The office', service: 'police', incident: '44' }
const someAdvice = {
  of: 'police-101',
  at: '9am',
  ...date('on', '2', '11', '2026'),
  'with-whom': 'The duty officer',
  named: 'not-named',
  asked: 'Is it for us?',
  says: 'Speak with the family first.',
}
const aTalk = { ...date('on', '18', '11', '2026'), at: '9:30', who: 'Her mother', how: 'telephone', says: 'She saw it too.' }

const aConcernOfTheirs = async ({ at, school }: GuardedSchool): Promise<Params> => ({
  concernId: await recordAbout(at, school.pupils.lily.childId),
})

/** A concern about which its reporter is still worried. */
async function aChallenge(school: GuardedSchool): Promise<Params> {
  const params = await aConcernOfTheirs(school)
  const reporter = await school.agent('reporter')
  const sent = await reporter.post(`/my-concerns/${params['concernId']}/still-worried`, { says: 'He limps again.' })
  if (sent.status !== 303) throw new Error(`the challenge was not taken: ${sent.status}`)
  return params
}

const challengeOn = (page: string) => /name="challenge" value="([^"]+)"/.exec(page)?.[1] ?? ''

/** A duty in person of whoever recorded the concern. */
async function aDuty(school: GuardedSchool): Promise<Params> {
  const params = school.paramsOf({ path: '/concerns/:concernId' })
  const stepId = newId<string>()
  await school.at.people.query(
    `insert into pathway_step (school_id, id, concern_id, pathway, step, does, rule, source, standing, agency, personal_to, opened_at, reporter_id, excluded)
      select school_id, $2, id, $3, 'police-report', 'Tell the police yourself', 'x', 'x', 'stated', 'police', reporter_id, $4, reporter_id, excluded from concern where id = $1`,
    [params['concernId'], stepId, stepId, school.at.clock.now()],
  )
  return { stepId }
}

/** What a colleague is asked who is brought in about the child, and is no part of the concern. */
async function aConsultation(school: GuardedSchool): Promise<Params> {
  const params = school.paramsOf({ path: '/concerns/:concernId' })
  const stepId = newId<string>()
  await school.at.people.query(
    `insert into pathway_step (school_id, id, concern_id, pathway, step, does, rule, source, standing, consulted_id, opened_at, excluded)
      select school_id, $2, id, $3, 'confer', 'Confer', 'x', 'x', 'stated', $5, $4, excluded from concern where id = $1`,
    [params['concernId'], stepId, stepId, school.at.clock.now(), cast.teacher.adultId],
  )
  return { stepId }
}

const theirs = { by: 'reporter', notBy: 'teacher', outside } as const

/** Home, alerts and what one reported. */
export const ownConcernWays: Record<string, Way> = {
  'GET /': own('teacher'),
  'GET /whom-to-ring': own('teacher'),
  'GET /my-concerns': own('reporter'),
  'GET /my-concerns/:concernId': { ...theirs, firstOpening: 'what the team told them counts as seen' },
  'POST /my-concerns/:concernId/addenda': { ...theirs, sends: { says: 'He said it again today.' } },
  'GET /my-concerns/:concernId/explanations/new': theirs,
  'POST /my-concerns/:concernId/explanations/new': { ...theirs, sends: anExplanation },
  'GET /concerns/:concernId/finish': { ...theirs, fresh: aStub },
  'POST /concerns/:concernId/finish': {
    ...theirs,
    fresh: aStub,
    sends: { 'child-words': 'none', seen: 'A red mark.', opinion: 'A grip.', done: 'Told the DSL.', _do: 'finish' },
  },
  'GET /my-steps/:stepId': { ...theirs, params: aDuty },
  'POST /my-steps/:stepId': { ...theirs, params: aDuty, fresh: aDuty, sends: { reference: 'CAD 7' } },
  'GET /consultations/:stepId': { by: 'teacher', notBy: 'reporter', outside, params: aConsultation },
  'POST /consultations/:stepId': {
    ...{ by: 'teacher', notBy: 'reporter', outside, params: aConsultation, fresh: aConsultation },
    sends: { says: 'Agreed with the DSL.' },
  },
  'GET /concerns/:concernId/direct-referral': theirs,
  'POST /concerns/:concernId/direct-referral': {
    ...theirs,
    sends: {
      ...{
        rang: 'other',
        'rang-other': 'The police',
        'with-whom': 'PC Hale',
        said: 'They come today.',
        at: '10:15',
        consent: 'given',
      },
      ...date('on', '18', '11', '2026'),
    },
  },
  'GET /my-concerns/:concernId/still-worried': theirs,
  'POST /my-concerns/:concernId/still-worried': { ...theirs, fresh: aConcernOfTheirs, sends: { says: 'He limps again.' } },
  'GET /concerns/:concernId/challenges': { by: 'dsl', notBy: 'teacher', outside },
  'POST /concerns/:concernId/challenges': {
    by: 'dsl',
    notBy: 'teacher',
    outside,
    fresh: aChallenge,
    sends: (_school, page) => ({ challenge: challengeOn(page), says: 'A clinic sees him tomorrow.' }),
  },
  'GET /my-concerns/:concernId/emergency-call': theirs,
  'POST /my-concerns/:concernId/emergency-call': { ...theirs, sends: aCall },
  'GET /concerns/:concernId/emergency-call': { by: 'dsl', notBy: 'teacher', outside },
  'POST /concerns/:concernId/emergency-call': { by: 'dsl', notBy: 'teacher', outside, sends: aCall },
  'GET /my-concerns/:concernId/advice': theirs,
  'POST /my-concerns/:concernId/advice': { ...theirs, sends: someAdvice },
  'GET /concerns/:concernId/advice': { by: 'dsl', notBy: 'teacher', outside },
  'POST /concerns/:concernId/advice': {
    by: 'dsl',
    notBy: 'teacher',
    outside,
    sends: { ...someAdvice, decided: 'Wait for the talk', because: 'They see no risk today.', followed: 'yes' },
  },
  'GET /my-concerns/:concernId/family-contact': theirs,
  'POST /my-concerns/:concernId/family-contact': { ...theirs, sends: aTalk },
  'GET /concerns/:concernId/family-contact': { by: 'dsl', notBy: 'teacher', outside },
  'POST /concerns/:concernId/family-contact': { by: 'dsl', notBy: 'teacher', outside, sends: aTalk },
  'POST /concerns/:concernId/cannot-reach': theirs,
  'GET /concerns/:concernId/without-dsl': theirs,
  'POST /concerns/:concernId/without-dsl': { ...theirs, sends: withoutDsl },
  'GET /concerns/:concernId/acted': { by: 'dsl', notBy: 'teacher', outside },
  'POST /concerns/:concernId/acted': { by: 'dsl', notBy: 'teacher', outside, sends: withoutDsl },
  'POST /concerns/:concernId/countersign': { by: 'dsl', notBy: 'teacher', outside },
  'GET /hand-backs/:handBackId': { by: 'head', notBy: 'teacher', params: aHandBack },
  'POST /hand-backs/:handBackId': {
    by: 'head',
    notBy: 'teacher',
    params: aHandBack,
    fresh: aHandBack,
    sends: { concerns: 'A mark on the wrist.', actions: 'Rang the mother.' },
  },
  'GET /concerns/:concernId/first-hand': { by: 'teacher', notBy: 'governor', outside, params: anAskedAccount },
  'POST /concerns/:concernId/first-hand': {
    by: 'teacher',
    notBy: 'governor',
    outside,
    params: anAskedAccount,
    fresh: anAskedAccount,
    sends: { seen: 'He told me that his arm hurt.' },
  },
  'GET /alerts': own('dsl'),
  'GET /notices/:noticeId': { by: 'dsl', notBy: 'teacher', firstOpening: 'opening a notice is seeing it' },
  'GET /alerts/:alertId': { by: 'dsl', notBy: 'teacher', answers: 303, firstOpening: 'opening an alert is seeing it' },
}

async function aHandBack(school: GuardedSchool): Promise<Params> {
  const handBackId = newId<string>()
  const concernId = await recordAbout(school.at, school.school.pupils.lily.childId)
  await school.at.people.query(
    `insert into hand_back (school_id, id, concern_id, reference, by_id, opened_at) select school_id, $2, id, reference, $3, recorded_at from concern where id = $1`,
    [concernId, handBackId, cast.head.adultId],
  )
  return { handBackId }
}

/** A concern that the reporter wrote and the teacher heard. */
async function anAskedAccount(school: GuardedSchool): Promise<Params> {
  const { adultId, name } = cast.teacher
  const concernId = await recordAbout(school.at, school.school.pupils.amina.childId, { firstHand: { adultId, name } })
  await school.at.people.query('update alert set seen_at = told_at where concern_id = $1', [concernId])
  return { concernId }
}

async function aStub(school: GuardedSchool): Promise<Params> {
  return { concernId: await recordAbout(school.at, school.school.pupils.lily.childId, { stub: true, urgent: true }) }
}
