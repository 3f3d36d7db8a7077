import { type Actor, authorise, Denied, type Permit, type Visitor } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { AuditEvent } from '../../audit/events.ts'
import type { AdultId, CaseId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { chainFor } from '../../policy/conduct.ts'
import type { ClockName, Contact } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { type ClockSubject, endClocks, meetClocks, startClocks } from '../clocks/index.ts'
import type {
  BesideConcern,
  CaseFacts,
  ConductAlertToSend,
  ConductRefusal,
  ConductReporter,
  ConductSchoolFacts,
  ConductWords,
  LimbAnswers,
  NewAssessment,
  NewConclusion,
  NewConduct,
  NewContact,
  RecordedCase,
} from './model.ts'
import { findHireReview } from './premises-store.ts'
import {
  assessmentRefusal,
  type ConductDecision,
  caseReference,
  choosingFacts,
  clocksOfAssessment,
  clocksOfCase,
  conclusionRefusal,
  contactRefusal,
  decideConduct,
  giveBy,
  ladoOf,
  lateSince,
  notHandledWell,
  outsideOf,
  rolesOfSubject,
  rolesOnConduct,
  sharedWith,
  suggestedLimbs,
} from './rules.ts'
import {
  findCaseFacts,
  findOwnFacts,
  getSchoolFacts,
  insertAssessment,
  insertCase,
  insertConclusion,
  insertContact,
  insertWords,
  listEarlier,
  listHistory,
  listOriginals,
  listWaiting,
  listWords,
  lockCase,
  type OwnConduct,
  type SealedReport,
  saveChallenge,
  saveOpened,
  savePass,
  saveSubject,
  type WordsPart,
} from './store.ts'

type Facts = Parameters<Work['note']>[0]['facts']

/** Everything about a case goes onto the trail of its own: the main one gives nothing away. */
export function noteCase(work: Work, event: AuditEvent, caseId: CaseId, facts: Facts = {}): void {
  work.note({ chain: 'conduct', event, subjectKind: 'case', subject: caseId, facts })
}

export function noteAlerts(work: Work, caseId: CaseId, alerts: readonly ConductAlertToSend[]): void {
  for (const alert of alerts) noteCase(work, 'conduct.told', caseId, { adult: alert.adultId, kind: alert.kind, rule: alert.rule })
}

/** What the case's clocks watch, and who sees them. */
export function clockSubject(caseId: CaseId, of: Pick<ClockSubject, 'readers' | 'excluded'> = {}): ClockSubject {
  return { kind: 'case', id: caseId, area: 'conduct', ...of }
}

function authors(reporter: ConductReporter, actor: AdultId | null): { reporterId: AdultId | null; writtenBy: AdultId | null } {
  if (reporter.kind === 'self') return { reporterId: actor, writtenBy: actor }
  if (reporter.kind === 'on-behalf') return { reporterId: reporter.adultId, writtenBy: actor }
  return { reporterId: null, writtenBy: null }
}

function reportOf({ words, reporter }: NewConduct): SealedReport {
  if (reporter.kind === 'on-behalf') return { words, onBehalfOf: reporter.name, onBehalfReason: reporter.reason }
  if (reporter.kind === 'visitor') return { words, outsideReporter: reporter.name, outsideContact: reporter.contact }
  return { words }
}

function save(
  work: Work,
  permit: Permit<'conduct.record' | 'concern.record'>,
  conduct: NewConduct,
  decision: ConductDecision,
  facts: ConductSchoolFacts,
  by: { reporterId: AdultId | null; writtenBy: AdultId | null; besideConcern: ConcernId | null },
): RecordedCase {
  const salt = newSalt()
  const reference = caseReference(conduct.id)
  insertCase(work, permit, {
    conduct,
    report: reportOf(conduct),
    reference,
    chain: decision.chain.key,
    step: decision.step,
    state: decision.state,
    selfReport: decision.selfReport,
    ...by,
    managerId: decision.managerId,
    excluded: decision.excluded,
    roles: new Map(facts.subjects.map(subject => [subject.adultId, rolesOfSubject(subject)])),
    readers: decision.readers,
    alerts: decision.alerts,
    salt,
  })
  const readers = decision.readers.map(({ adultId }) => adultId)
  startClocks(work, clockSubject(conduct.id, { readers, excluded: decision.excluded }), decision.clocks)
  const { seen, said, opinion, done } = conduct.words
  noteCase(work, 'conduct.recorded', conduct.id, {
    kind: conduct.kind,
    chain: decision.chain.key,
    believed: conduct.believed,
    about: conduct.about.map(({ adultId }) => adultId),
    beside: by.besideConcern ?? undefined,
    words: saltedDigest(salt, seen, said, opinion, done),
    edition: work.profile.edition.date,
    clocks: decision.clocks.map(({ rule, dueAt }) => ({ rule, due: dueAt })),
  })
  noteAlerts(work, conduct.id, decision.alerts)
  if (decision.state === 'unreached') noteCase(work, 'conduct.unreached', conduct.id)
  return {
    caseId: conduct.id,
    reference,
    unreached: decision.state === 'unreached',
    outside: decision.state === 'unreached' ? decision.chain.outside : [],
  }
}

const adultsIn = (conduct: Pick<NewConduct, 'about'>) => conduct.about.flatMap(({ adultId }) => adultId ?? [])

/**
 * Records a concern about adults, or about how the school works: kept, given by the policy's chain, clocked, in one transaction and
 * in a store of its own. Whoever it is about, their relatives and whoever is tied to it are outside it from then on.
 */
export async function recordConduct(
  work: Work<Actor | Visitor>,
  conduct: NewConduct,
): Promise<Result<RecordedCase, ConductRefusal>> {
  const permit = authorise(work.someone, 'conduct.record', { schoolId: work.school.id })
  const by = authors(conduct.reporter, work.someone.kind === 'adult' ? work.someone.adultId : null)
  const facts = await getSchoolFacts(work, conduct.id, rolesOnConduct(work.profile), adultsIn(conduct))
  const decided = decideConduct(work.profile, facts, conduct, by, work.now, newId)
  if (!decided.ok) return decided
  return ok(save(work, permit, conduct, decided.value, facts, { ...by, besideConcern: null }))
}

/**
 * Opens a case beside a concern about a child that names an adult of the school, in the same transaction. The child's concern knows
 * nothing of it; whoever is outside the one is outside the other.
 */
export async function openConductBeside(
  work: Work<Actor | Visitor>,
  permit: Permit<'concern.record'>,
  conduct: Pick<NewConduct, 'id' | 'reporter' | 'about' | 'happenedOn' | 'happenedAtTime' | 'words'>,
  beside: BesideConcern,
): Promise<void> {
  const whole: NewConduct = { ...conduct, kind: 'conduct', believed: 'unsure', source: 'concern' }
  const by = authors(whole.reporter, work.someone.kind === 'adult' ? work.someone.adultId : null)
  const facts = await getSchoolFacts(work, whole.id, rolesOnConduct(work.profile), adultsIn(whole))
  // A parent or a visitor who is known here by name is no adult of the school.
  if (facts.subjects.every(({ kind }) => kind === 'parent' || kind === 'visitor' || kind === 'professional')) return
  const { words: _words, ...about } = whole
  const decided = decideConduct(work.profile, facts, about, { ...by, besides: beside.excluded }, work.now, newId)
  // Whoever is named was found to be of this school before, and the id is new.
  if (!decided.ok) throw new Error(`the concern about the adult: ${decided.refusal.code}`)
  save(work, permit, whole, decided.value, facts, { ...by, besideConcern: beside.concernId })
}

/** What the access rules ask about a case. */
export function subjectOfCase(work: Work, found: CaseFacts) {
  return {
    schoolId: work.school.id,
    id: found.id,
    excluded: found.excluded,
    reporterId: found.reporterId ?? undefined,
    writtenBy: found.writtenBy ?? undefined,
    caseReaders: found.readers.map(({ adultId }) => adultId),
  }
}

/** The case, for somebody to whom it was given; for everybody else it does not exist. */
async function getCase<A extends 'conduct.read' | 'conduct.manage'>(
  work: Work<Actor>,
  action: A,
  caseId: CaseId,
): Promise<{ readonly found: CaseFacts; readonly permit: Permit<A> }> {
  await lockCase(work, caseId)
  const found = await findCaseFacts(work, caseId)
  if (!found) throw new Denied(action, 'no-ground')
  return { found, permit: authorise(work.someone, action, subjectOfCase(work, found)) }
}

export interface OpenedCase {
  readonly found: CaseFacts
  readonly words: readonly WordsPart[]
  readonly earlier: Awaited<ReturnType<typeof listEarlier>>
  readonly history: Awaited<ReturnType<typeof listHistory>>
  /** Concerns with which it was looked at together. */
  readonly originals: readonly CaseId[]
  /** Whom to contact: the designated officer (LADO) of the authority where the school is. */
  readonly lado: Contact | undefined
  /** Answers that what was reported suggests, to be confirmed. */
  readonly suggested: Partial<LimbAnswers>
  /** Told later than the policy allows: when it would have had to be. */
  readonly lateSince: Instant | null
}

/** Opens a case: its facts, its words, and other cases about the same adults that this reader reads. The first to open it has seen it for the school. */
export async function openCase(work: Work<Actor>, caseId: CaseId): Promise<OpenedCase> {
  const { found, permit } = await getCase(work, 'conduct.read', caseId)
  const words = await listWords(work, permit, caseId)
  await saveOpened(work, permit, caseId, work.someone.adultId)
  await meetClocks(work, clockSubject(caseId), meetsSharing(found, work.someone.adultId))
  noteCase(work, 'conduct.opened', caseId)
  const rest = {
    earlier: await listEarlier(work, permit, caseId),
    history: await listHistory(work, permit, caseId),
    originals: await listOriginals(work, permit, caseId),
    lado: ladoOf(work.profile),
    suggested: suggestedLimbs(found),
    lateSince: lateSince(work.profile, found),
  }
  if (!found.anonymous) return { found, words, ...rest }
  return { found: { ...found, reporterId: null, writtenBy: null }, words: words.map(withoutReporter), ...rest }
}

/** Opened, it has been seen; and somebody with whom it is to be shared has it. */
function meetsSharing(found: CaseFacts, by: AdultId): readonly ClockName[] {
  const isShared = found.readers.some(({ adultId, because }) => adultId === by && because === 'shared')
  return [...(isShared ? (['conduct-shared-upward'] as const) : []), 'acknowledge']
}

function withoutReporter(part: WordsPart): WordsPart {
  const { onBehalfOf: _name, outsideReporter: _reporter, outsideContact: _contact, ...report } = part.report
  return { ...part, authorId: null, report }
}

/** What whoever reported a case sees of it: their own words and that it is kept. */
export async function openOwnConduct(
  work: Work<Actor>,
  caseId: CaseId,
): Promise<{ readonly own: OwnConduct; readonly words: readonly WordsPart[] }> {
  const own = await findOwnFacts(work, caseId)
  if (!own) throw new Denied('conduct.own', 'no-ground')
  const permit = authorise(work.someone, 'conduct.own', { schoolId: work.school.id, reporterId: work.someone.adultId })
  const words = (await listWords(work, permit, caseId)).filter(({ authorId }) => authorId === work.someone.adultId)
  noteCase(work, 'conduct.own-opened', caseId)
  return { own, words }
}

/** Adds to a case what was not written before: by a reader, or by whoever reported it to their own words. */
export async function addToConduct(work: Work<Actor>, caseId: CaseId, words: ConductWords): Promise<void> {
  const found = await findCaseFacts(work, caseId)
  const salt = newSalt()
  const by = work.someone.adultId
  if (found) {
    const permit = authorise(work.someone, 'conduct.manage', subjectOfCase(work, found))
    await insertWords(work, permit, caseId, { by, own: false, words, salt })
  } else {
    if (!(await findOwnFacts(work, caseId))) throw new Denied('conduct.own', 'no-ground')
    const permit = authorise(work.someone, 'conduct.own', { schoolId: work.school.id, reporterId: by })
    await insertWords(work, permit, caseId, { by, own: true, words, salt })
  }
  noteCase(work, 'conduct.added-to', caseId, { words: saltedDigest(salt, words.seen, words.said, words.opinion, words.done) })
}

async function subjectsNow(work: Work, found: CaseFacts): Promise<ConductSchoolFacts> {
  return getSchoolFacts(
    work,
    found.id,
    rolesOnConduct(work.profile),
    found.subjects.flatMap(id => id ?? []),
  )
}

/**
 * Judges whether a case may meet the harm threshold. One that may, and that lies with somebody whose chain is for low-level
 * concerns, goes to the person to whom the policy gives such cases.
 */
export async function assessConduct(
  work: Work<Actor>,
  caseId: CaseId,
  assessment: NewAssessment,
): Promise<Result<void, ConductRefusal>> {
  const { found, permit } = await getCase(work, 'conduct.manage', caseId)
  const refusal = assessmentRefusal(found, assessment)
  if (refusal) return refused(refusal)
  const { outcome } = assessment
  await insertAssessment(work, permit, caseId, work.someone.adultId, assessment)
  await saveOpened(work, authorise(work.someone, 'conduct.read', subjectOfCase(work, found)), caseId, work.someone.adultId)
  noteCase(work, 'conduct.assessed', caseId, { outcome, limbs: { ...assessment.limbs } })

  const facts = await subjectsNow(work, found)
  await shareUpward(work, permit, found, facts)
  const managerId = outcome === 'harm-threshold' ? await giveToThreshold(work, permit, found, facts) : found.managerId
  const roles = facts.subjects.flatMap(rolesOfSubject)
  const { starts, ends } = clocksOfAssessment(found, outcome, roles)
  if (ends.length > 0) await endClocks(work, clockSubject(caseId), ends)
  const readers = (await findCaseFacts(work, caseId))?.readers.map(({ adultId }) => adultId) ?? []
  startClocks(
    work,
    clockSubject(caseId, { readers, excluded: found.excluded }),
    clocksOfCase(work.profile, { names: starts, ownerId: managerId, believed: outcome, roles, sharing: 'none' }, work.now, newId),
  )
  return ok(undefined)
}

/** Whoever received it passes it on to those with whom the policy has every such concern shared, before anything is judged. */
export async function shareConduct(work: Work<Actor>, caseId: CaseId): Promise<void> {
  const { found, permit } = await getCase(work, 'conduct.manage', caseId)
  await shareUpward(work, permit, found, await subjectsNow(work, found))
}

/** Whoever received it has put it on record: those with whom the policy has it shared have it from this moment. */
async function shareUpward(
  work: Work<Actor>,
  permit: Permit<'conduct.manage'>,
  found: CaseFacts,
  facts: ConductSchoolFacts,
): Promise<void> {
  const chain = work.profile.conduct.chains.find(({ key }) => key === found.chain)
  if (!chain || !found.runningClocks.includes('conduct-shared-upward')) return
  const has = found.readers.map(({ adultId }) => adultId)
  const { alerts, sharing } = sharedWith(work.profile, chain, facts, found.excluded, has, newId)
  if (alerts.length > 0) {
    const readers = alerts.map(({ adultId, role, rule }) => ({ adultId, role, because: 'shared' as const, rule }))
    await savePass(work, permit, found.id, { readers, alerts })
    noteAlerts(work, found.id, alerts)
  }
  if (sharing !== 'owed') await meetClocks(work, clockSubject(found.id), ['conduct-shared-upward'])
}

/** Who has it once it may meet the threshold: whoever has it now, or the first of the chain for such cases. */
async function giveToThreshold(
  work: Work<Actor>,
  permit: Permit<'conduct.manage'>,
  found: CaseFacts,
  facts: ConductSchoolFacts,
): Promise<AdultId | null> {
  const chain = chainFor(
    work.profile.conduct,
    choosingFacts(facts, { kind: found.kind, believed: 'harm-threshold', conflict: found.conflict }),
  )
  if (chain.key === found.chain) return found.managerId
  const given = giveBy(work.profile, chain, facts, found.excluded, 'handed-over', newId)
  const leads = given.readers.filter(({ because }) => because === 'chain')
  // Where the other chain leads to nobody, or to whoever has it, it stays where it is.
  if (leads.length === 0 || leads.some(({ adultId }) => adultId === found.managerId)) return found.managerId
  await savePass(work, permit, found.id, { ...given, chain: chain.key, state: 'open' })
  noteCase(work, 'conduct.passed-on', found.id, { chain: chain.key, to: given.managerId })
  noteAlerts(work, found.id, given.alerts)
  return given.managerId
}

const metBy: Partial<Record<NewContact['kind'], readonly ClockName[]>> = {
  lado: ['lado-contact'],
  employer: ['conduct-employer-told'],
}

/** Keeps that somebody outside, or the adult, was spoken with. It meets a clock only for those who can discharge it. */
export async function recordConductContact(
  work: Work<Actor>,
  caseId: CaseId,
  made: NewContact,
): Promise<Result<void, ConductRefusal>> {
  const by = work.someone.adultId
  const found = await findCaseFacts(work, caseId)
  if (found) {
    const permit = authorise(work.someone, 'conduct.manage', subjectOfCase(work, found))
    const refusal = contactRefusal(found, made.kind)
    if (refusal) return refused(refusal)
    await insertContact(work, permit, caseId, { ...made, by, own: false })
  } else {
    if (!(await findOwnFacts(work, caseId))) throw new Denied('conduct.manage', 'no-ground')
    const permit = authorise(work.someone, 'conduct.own', { schoolId: work.school.id, reporterId: by })
    await insertContact(work, permit, caseId, { ...made, by, own: true })
  }
  // Anybody may ring; a clock is met where the database lets this person change it: the case manager, a reader, its owner.
  const met = await meetClocks(work, clockSubject(caseId), metBy[made.kind] ?? [])
  noteCase(work, 'conduct.contacted', caseId, { with: made.kind, how: made.how, met: [...met] })
  return ok(undefined)
}

/** The LADO was told, or asked. */
export function contactLado(
  work: Work<Actor>,
  caseId: CaseId,
  made: Omit<NewContact, 'kind'>,
): Promise<Result<void, ConductRefusal>> {
  return recordConductContact(work, caseId, { ...made, kind: 'lado' })
}

/** Ends a case, once everything that the policy asks for is written and nothing is owed. */
export async function concludeConduct(
  work: Work<Actor>,
  caseId: CaseId,
  conclusion: NewConclusion,
): Promise<Result<void, ConductRefusal>> {
  const { found, permit } = await getCase(work, 'conduct.manage', caseId)
  const refusal = conclusionRefusal(work.profile, found, conclusion, await findHireReview(work, caseId))
  if (refusal) return refused(refusal)
  await shareUpward(work, permit, found, await subjectsNow(work, found))
  await insertConclusion(work, permit, caseId, work.someone.adultId, conclusion)
  await endClocks(work, clockSubject(caseId))
  noteCase(work, 'conduct.concluded', caseId, { outcome: conclusion.outcome })
  return ok(undefined)
}

/** A further adult is named: outside from this moment, with their relatives. Where that leaves nobody, the chain is walked again. */
export async function addConductSubject(
  work: Work<Actor>,
  caseId: CaseId,
  adultId: AdultId,
): Promise<Result<void, ConductRefusal>> {
  const { found, permit } = await getCase(work, 'conduct.manage', caseId)
  if (found.state === 'concluded') return refused({ code: 'concluded' })
  if (found.subjects.includes(adultId)) return refused({ code: 'already-subject' })
  const about = [...found.subjects.flatMap(id => id ?? []), adultId]
  const facts = await getSchoolFacts(work, caseId, rolesOnConduct(work.profile), about)
  const added = facts.subjects.find(subject => subject.adultId === adultId)
  if (!added) return refused({ code: 'adult-not-known', adultIds: [adultId] })
  const excluded = [...new Set([...found.excluded, ...outsideOf(facts)])]
  const believed = found.level === 'low-level' ? 'low-level' : found.level === 'harm-threshold' ? found.level : found.believed
  const chain = chainFor(work.profile.conduct, choosingFacts(facts, { kind: found.kind, believed, conflict: found.conflict }))
  const given = giveBy(work.profile, chain, facts, excluded, 'handed-over', newId)
  const stays = found.managerId !== null && !excluded.includes(found.managerId) && chain.key === found.chain
  // Whoever adds may be shut out by it: the case is given on first, then closed to them.
  if (!stays) {
    await savePass(work, permit, caseId, { ...given, chain: chain.key })
    noteAlerts(work, caseId, given.alerts)
  }
  await saveSubject(work, permit, caseId, { adultId, roles: rolesOfSubject(added), excluded })
  noteCase(work, 'conduct.subject-added', caseId, { adult: adultId, chain: chain.key })
  return ok(undefined)
}

/** Takes over a case that nobody has opened: by somebody whom the policy has asked because of that. */
export async function takeOverConduct(work: Work<Actor>, caseId: CaseId): Promise<void> {
  const by = work.someone.adultId
  const [waits] = await listWaiting(work, by, caseId)
  if (!waits) throw new Denied('conduct.take-over', 'no-ground')
  const permit = authorise(work.someone, 'conduct.take-over', { schoolId: work.school.id, ownerId: by })
  const role = work.someone.roles.find(one => work.profile.conduct.unanswered.some(({ tell }) => tell.includes(one)))
  if (!role) throw new Denied('conduct.take-over', 'no-ground')
  await savePass(work, permit, caseId, {
    managerId: by,
    readers: [{ adultId: by, role, because: 'taken-over', rule: 'conduct.taken-over' }],
    alerts: [],
  })
  noteCase(work, 'conduct.taken-over', caseId, { role })
}

/** Whoever reported a case feels that it was not handled well: it is given to those whom the policy names for that, with what was done. */
export async function challengeConduct(
  work: Work<Actor>,
  caseId: CaseId,
  words: ConductWords,
): Promise<Result<{ readonly given: number }, { readonly code: 'policy-does-not-say' }>> {
  const permit = authorise(work.someone, 'conduct.own', { schoolId: work.school.id, reporterId: work.someone.adultId })
  if (!(await findOwnFacts(work, caseId))) throw new Denied('conduct.own', 'no-ground')
  const facts = await getSchoolFacts(work, caseId, rolesOnConduct(work.profile), [])
  const to = notHandledWell(work.profile, facts, newId)
  if (!to) return refused({ code: 'policy-does-not-say' })
  await addToConduct(work, caseId, words)
  const given = (await saveChallenge(work, permit, caseId, to)) ?? 0
  noteAlerts(work, caseId, to.alerts)
  return ok({ given })
}
