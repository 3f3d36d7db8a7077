import { type Actor, check, type Permit } from '../../access/index.ts'
import type { EntryId } from '../../kernel/ids.ts'
import { endOfDay, localDate } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { latestReview } from '../../policy/between-children.ts'
import { type ClockEvent, clocksMetBy } from '../../policy/clocks.ts'
import { isUrgentByPathway } from '../../policy/pathways.ts'
import type { Work } from '../../work/work.ts'
import { type ClockToStart, clocksOfChildren, openHandBack } from '../concerns/index.ts'
import { openAtDecision, openAtTriage, openReferrals, stepsBeforeTriage } from '../pathways/index.ts'
import { type Answer, findUnanswered, insertAnswers } from '../questions/index.ts'
import { listColleagues } from './filing-commands.ts'
import { linkHouseholdOf } from './household-commands.ts'
import type { ConcernFacts, NewClosure, NewDecision, NewParentContact, NewTriage, StepRefusal } from './model.ts'
import { insertNotReferred } from './not-referred-store.ts'
import { insertWithheldHold, listStandingHolds } from './parent-hold-store.ts'
import { liftByDecision } from './parents-held.ts'
import {
  allNotReferred,
  checkClosing,
  checkStep,
  childrenNow,
  citationOf,
  consideredWith,
  entriesFor,
  entryFor,
  isDangerous,
  isForAdultsOnly,
  isOnline,
  isReferring,
  levelOf,
  lookAt,
  mayDo,
  parentsUnanswered,
  revisionOf,
  stepsBefore,
  subjectsOf,
  takingUp,
  toldOn,
} from './rules.ts'
import { insertClosure, insertDecision, insertParentContact, insertTriage, markReopened, saveConcernChange } from './store.ts'
import { alertsForReturn, alertsOn, clockFactsOf, clocksFor, noteAlerts } from './telling.ts'
import { checkWithheld } from './withheld.ts'
import { agencyNames, choiceNames, parentOutcomeNames } from './words.ts'

const newEntryId = () => newId<EntryId>()

/** What a command about a concern is given: the concern is locked, and the permit was asked about it. */
export type Step<T> = Promise<Result<T, StepRefusal>>

function editionOf(work: Work): string {
  return `${work.profile.edition.title}, ${work.profile.edition.date}`
}

/** Answers with the day to which they belong: where a sign has none of its own, that of what happened. */
function answersOn(concern: ConcernFacts, answers: readonly Answer[], work: Work): readonly Answer[] {
  const dated = new Set(work.profile.questions.filter(question => question.dated).map(question => question.id))
  const happenedOn = concern.happenedOn ?? localDate(concern.recordedAt)
  return answers.map(answer => (dated.has(answer.question) ? { ...answer, on: answer.on ?? happenedOn } : answer))
}

/** Whoever takes it up without being of the team stands in, and owes the DSL a note. */
export async function standIn(work: Work<Actor>, concern: ConcernFacts): Promise<void> {
  if (!check(work.someone, 'file.read', { schoolId: work.school.id }).allowed)
    await openHandBack(work, concern.id, work.someone.adultId)
}

/** Shows that somebody of the team has seen it and has it now. */
export async function acknowledge(work: Work<Actor>, permit: Permit<'concern.acknowledge'>, concern: ConcernFacts): Step<true> {
  if (!mayDo('acknowledge', concern.state))
    return refused(
      concern.acknowledgedAt
        ? { code: 'changed-meanwhile', state: concern.state, revision: revisionOf(concern) }
        : { code: 'not-in-this-state', state: concern.state },
    )
  await saveConcernChange(work, permit, concern, {
    state: 'acknowledged',
    acknowledges: true,
    ownerId: work.someone.adultId,
    meets: clocksMetBy({ event: 'concern.acknowledged', at: work.now }),
  })
  await standIn(work, concern)
  work.note({ event: 'concern.acknowledged', subjectKind: 'concern', subject: concern.id, facts: { from: concern.state } })
  return ok(true)
}

/** What triage starts: of children alone where it is about a child. */
function clocksOfTriage(work: Work<Actor>, concern: ConcernFacts, event: ClockEvent, level: number): readonly ClockToStart[] {
  const clocks = clocksFor(work, event, { ...clockFactsOf(concern), level })
  return isForAdultsOnly(concern) ? clocks.filter(({ name }) => !clocksOfChildren.some(known => known === name)) : clocks
}

/** Records the urgent answers, the categories and the level of need, with the reasons. */
export async function triageConcern(
  work: Work<Actor>,
  permit: Permit<'concern.triage'>,
  concern: ConcernFacts,
  triage: NewTriage,
  seenRevision: string,
): Step<true> {
  const allowed = checkStep('triage', concern, seenRevision)
  if (!allowed.ok) return allowed
  const about = { categories: triage.categories, prompts: concern.prompts }
  const unanswered = findUnanswered(work.profile, 'triage', about, triage.answers ?? [])
  if (unanswered) return refused({ code: 'question-unanswered', question: unanswered })
  // Nobody waits for a colleague while a child is in danger: the answer that says so is the reason, and the step stays open.
  const before = isDangerous(triage) ? [] : stepsBeforeTriage(work.profile, concern.steps)
  if (before.length > 0) return refused({ code: 'confer-first', says: before.map(step => step.does) })
  const level = levelOf(work.profile, triage.framework, triage.levelId)
  if (!level) throw new Error(`the form let a level through that the profile does not have: ${triage.levelId}`)
  const event = { event: 'concern.triaged', at: work.now } as const
  const raises = !concern.urgent && isUrgentByPathway(work.profile, [], [], triage.categories)
  const id = newId<string>()
  const alerts =
    isOnline(triage.categories) && !isOnline(concern.triage?.categories ?? []) ? await alertsOn(work, concern, ['online']) : []
  await insertTriage(work, permit, concern, {
    id,
    by: work.someone.adultId,
    ...triage,
    levelPosition: level.position,
    edition: editionOf(work),
  })
  insertAnswers(work, permit, concern, { triageId: id }, answersOn(concern, triage.answers ?? [], work))
  await saveConcernChange(work, permit, concern, {
    state: 'triaged',
    acknowledges: true,
    ownerId: work.someone.adultId,
    // Judged and not decided: somebody looks at it today.
    nextLookAt: endOfDay(localDate(work.now)),
    meets: clocksMetBy(event),
    raises,
    starts:
      concern.triages > 0 ? [] : clocksOfTriage(work, { ...concern, urgent: concern.urgent || raises }, event, level.position),
    alerts,
    entries: entriesFor(
      concern,
      { kind: 'triage', subject: `Triage: ${level.name}`, alleged: 'Concern triaged', categories: triage.categories },
      work.now,
      newEntryId,
    ),
  })
  const subjects = subjectsOf(concern).map(({ childId }) => childId)
  await openAtTriage(
    work,
    permit,
    { ...concern, subjects },
    {
      ...about,
      answers: (triage.answers ?? []).map(({ question, option }) => `${question}.${option}`),
      adultAlleged: concern.adultAlleged,
      danger: triage.immediateRisk === 'yes',
      level: level.position,
    },
  )
  await linkHouseholdOf(work, permit, concern, triage)
  await standIn(work, concern)
  work.note({
    event: 'concern.triaged',
    subjectKind: 'concern',
    subject: concern.id,
    facts: {
      triage: id,
      level: `${triage.framework}.${triage.levelId}`,
      categories: [...triage.categories],
      immediateRisk: triage.immediateRisk,
      safeToGoHome: triage.safeToGoHome,
      medical: triage.medical,
      police: triage.police,
      from: concern.state,
      edition: work.profile.edition.date,
      ...(raises ? { urgent: true } : {}),
    },
  })
  noteAlerts(work, concern, alerts)
  return ok(true)
}

/** Records a choice with its rationale; tells those whom the policy tells of it. */
export async function decide(
  work: Work<Actor>,
  permit: Permit<'concern.decide'>,
  concern: ConcernFacts,
  decision: NewDecision,
  seenRevision: string,
): Step<true> {
  const allowed = checkStep('decide', concern, seenRevision)
  if (!allowed.ok) return allowed
  const about = { categories: concern.triage?.categories ?? [], prompts: concern.prompts }
  const unanswered = findUnanswered(work.profile, 'decision', about, decision.answers ?? [])
  if (unanswered) return refused({ code: 'question-unanswered', question: unanswered })
  const before = stepsBefore(work.profile, concern, decision.choice)
  if (before.length > 0) return refused({ code: 'step-first', says: before.map(step => step.does) })
  const review = latestReview(work.profile, about.categories, decision.choice, work.now)
  if (review && decision.nextLookOn && decision.nextLookOn > review.on)
    return refused({ code: 'review-too-late', by: review.on, says: review.rule.says })
  const nextLookOn = decision.nextLookOn ?? review?.on ?? null
  const level = concern.triage && levelOf(work.profile, concern.triage.framework, concern.triage.levelId)
  const alerts = await alertsOn(work, concern, toldOn(decision.choice, level?.statutory))
  const forReturn = await alertsForReturn(work, concern, 'Decided')
  const id = newId<string>()
  await insertDecision(work, permit, concern, {
    id,
    by: work.someone.adultId,
    ...decision,
    considered: consideredWith(decision),
    edition: editionOf(work),
    citation: citationOf(work.profile, concern.triage),
  })
  insertAnswers(work, permit, concern, { decisionId: id }, decision.answers ?? [])
  const notReferred = allNotReferred(decision)
  insertNotReferred(work, permit, concern, { decisionId: id }, notReferred)
  await openAtDecision(work, permit, concern, about, { isReferring: isReferring(decision.choice), notReferred })
  if (decision.choice === 'refer')
    await openReferrals(work, permit, concern, subjectsOf(concern), {
      facts: { ...about, danger: concern.triage?.immediateRisk === 'yes', level: concern.triage?.levelPosition ?? 0 },
      notReferred: notReferred.map(({ agency }) => agency),
      names: agencyNames,
    })
  await liftByDecision(work, permit, concern, decision.rationale)
  await saveConcernChange(work, permit, concern, {
    state: 'open',
    ...(concern.ownerId ? {} : { ownerId: work.someone.adultId }),
    nextLookAt: nextLookOn ? lookAt(work.profile, nextLookOn) : endOfDay(localDate(work.now)),
    meets: clocksMetBy({ event: 'decision.made', at: work.now, choice: decision.choice }),
    alerts: [...alerts, ...forReturn],
    entries: entriesFor(
      concern,
      { kind: 'decision', subject: `Decision: ${choiceNames[decision.choice].toLowerCase()}`, alleged: 'Decision on a concern' },
      work.now,
      newEntryId,
    ),
  })
  work.note({
    event: 'concern.decided',
    subjectKind: 'concern',
    subject: concern.id,
    facts: {
      decision: id,
      choice: decision.choice,
      edition: work.profile.edition.date,
      advice: decision.adviceFrom !== '',
      notReferredTo: notReferred.map(({ agency }) => agency),
    },
  })
  noteAlerts(work, concern, alerts)
  return ok(true)
}

/** Parents told, not told and why, or advice sought first: for one child. */
export async function recordParents(
  work: Work<Actor>,
  permit: Permit<'parents.record'>,
  concern: ConcernFacts,
  contact: NewParentContact,
): Step<true> {
  const child = childrenNow(concern).find(({ childId }) => childId === contact.childId)
  if (!child) return refused({ code: 'child-not-in-concern' })
  // A hold of another concern of this child holds here too: they are the same parents.
  const held = { concernId: concern.id, childIds: [contact.childId] }
  if (contact.outcome === 'told' && (await listStandingHolds(work, permit, held)).length > 0)
    return refused({ code: 'parents-held' })
  const colleagues = contact.approvedBy ? await listColleagues(work, concern) : []
  const checked = checkWithheld(
    work.profile,
    concern,
    contact,
    work.someone.adultId,
    colleagues.map(({ adultId }) => adultId),
  )
  if (!checked.ok) return checked
  const isAnswer = contact.outcome !== 'advice-sought'
  const isLast = isAnswer && parentsUnanswered(concern, contact.childId).length === 0
  const id = newId<string>()
  await insertParentContact(work, permit, concern, { id, by: work.someone.adultId, ...contact })
  if (checked.value === 'withheld') {
    const hold = newId<string>()
    insertWithheldHold(work, permit, concern, { id: hold, childId: contact.childId })
    work.note({
      event: 'parents.held',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { hold, child: contact.childId, because: 'parents: withheld', approvedBy: contact.approvedBy ?? null },
    })
  }
  const { meets = [], ...takenUp } = takingUp(concern, work.someone.adultId, work.now)
  const event = contact.outcome === 'told' ? 'parents.informed' : 'parents.not-informed'
  await saveConcernChange(work, permit, concern, {
    ...takenUp,
    meets: [...meets, ...(isLast ? clocksMetBy({ event, at: work.now }) : [])],
    entries: [entryFor(child, 'parents', `Parents: ${parentOutcomeNames[contact.outcome].toLowerCase()}`, work.now, newEntryId)],
  })
  if (takenUp.acknowledges) await standIn(work, concern)
  work.note({
    event: 'parents.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { contact: id, child: contact.childId, outcome: contact.outcome },
  })
  return ok(true)
}

/** Closes it, once every loose end is tied; clocks that the closer ends stop with it. */
export async function closeConcern(
  work: Work<Actor>,
  permit: Permit<'concern.close'>,
  concern: ConcernFacts,
  closure: NewClosure,
  seenRevision: string,
): Step<true> {
  const allowed = checkClosing(concern, closure, seenRevision)
  if (!allowed.ok) return allowed
  const forReturn = await alertsForReturn(work, concern, 'Closed')
  const id = newId<string>()
  await insertClosure(work, permit, concern, { id, by: work.someone.adultId, ...closure })
  insertNotReferred(work, permit, concern, { closureId: id }, closure.notReferred ?? [])
  await saveConcernChange(work, permit, concern, {
    state: 'closed',
    nextLookAt: null,
    // What still runs was either ended by the closer or answered already for the children whom it is about.
    ends: concern.clocks.map(clock => clock.id),
    alerts: forReturn,
    entries: entriesFor(concern, { kind: 'closure', subject: 'Concern closed', alleged: 'Concern closed' }, work.now, newEntryId),
  })
  work.note({
    event: 'concern.closed',
    subjectKind: 'concern',
    subject: concern.id,
    facts: {
      closure: id,
      notReferredTo: (closure.notReferred ?? []).map(({ agency }) => agency),
      endedClocks: [...closure.endedClocks],
      actingFor: work.someone.roles.includes('dsl') ? [] : forReturn.map(alert => alert.adultId),
    },
  })
  return ok(true)
}

/** Opens a closed concern again; the closing stays on record with the reason for opening it. */
export async function reopenConcern(
  work: Work<Actor>,
  permit: Permit<'concern.reopen'>,
  concern: ConcernFacts,
  because: string,
  seenRevision: string,
): Step<true> {
  const allowed = checkStep('reopen', concern, seenRevision)
  if (!allowed.ok) return allowed
  await markReopened(work, permit, concern, work.someone.adultId, because)
  await saveConcernChange(work, permit, concern, {
    state: 'open',
    ownerId: work.someone.adultId,
    nextLookAt: endOfDay(localDate(work.now)),
    entries: entriesFor(
      concern,
      { kind: 'reopening', subject: 'Concern opened again', alleged: 'Concern opened again' },
      work.now,
      newEntryId,
    ),
  })
  work.note({ event: 'concern.reopened', subjectKind: 'concern', subject: concern.id })
  return ok(true)
}
