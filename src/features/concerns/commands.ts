import { type Actor, authorise, type Permit, type Visitor } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { referenceOf } from '../../kernel/reference.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { isUrgentByPathway } from '../../policy/pathways.ts'
import type { Profile } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { awaitAccounts } from '../accounts/index.ts'
import { openConductBeside } from '../conduct/index.ts'
import { isHouseholdHarm, linkHousehold } from '../household/index.ts'
import { keepReceiptOnly, openAtRecording } from '../pathways/index.ts'
import { insertAnswers } from '../questions/index.ts'
import { insertHold, insertStartedActions } from './answers-store.ts'
import { conductBeside } from './beside.ts'
import { explanationsIn } from './explanations/rules.ts'
import { keepExplanations, keepWayItCame } from './explanations/store.ts'
import type { NewConcern, Recorded, RecordingRefusal } from './model.ts'
import {
  allegedIn,
  decideRecording,
  firstToLeave,
  namedApart,
  ownAccountsOf,
  type RecordingDecision,
  underFreshId,
} from './rules.ts'
import { deleteDraft, getRecordingFacts, insertConcern, insertDisclosureTime } from './store.ts'

/** The roles that a route can lead to. */
export function rolesOnRoute(profile: Profile): RoleId[] {
  return [...new Set(profile.routes.welfare.steps.flatMap(step => step.roles))]
}

/** Answers as pathways name them: `question.option`. */
function namesOf(answers: NewConcern['answers'] = []): readonly string[] {
  return answers.flatMap(({ question, option }) => (option === null ? [] : [`${question}.${option}`]))
}

/** Who reported it and who typed it: the same person, two people, or somebody without an account. */
function authorsOf(concern: NewConcern, actor: AdultId | null): { reporterId: AdultId | null; writtenBy: AdultId | null } {
  switch (concern.reporter.kind) {
    case 'self':
      return { reporterId: actor, writtenBy: actor }
    case 'on-behalf':
      return { reporterId: concern.reporter.adultId, writtenBy: actor }
    case 'visitor':
      return { reporterId: null, writtenBy: null }
  }
}

function noteRecording(work: Work, concern: NewConcern, decision: RecordingDecision, digest: string) {
  work.note({
    event: 'concern.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: {
      children: concern.children.map(child => child.childId),
      stub: concern.stub,
      urgent: concern.urgent,
      words: digest,
      edition: work.profile.edition.date,
      clocks: decision.clocks.map(clock => ({ rule: clock.rule, due: clock.dueAt })),
      answers: (concern.answers ?? []).map(answer => `${answer.question}${answer.option === null ? '' : `: ${answer.option}`}`),
    },
  })
  for (const action of decision.actions)
    work.note({
      event: 'action.set',
      subjectKind: 'action',
      subject: action.id,
      facts: { concern: concern.id, child: action.childId, owner: action.ownerId, due: action.dueOn },
    })
  if (decision.hold)
    work.note({
      event: 'parents.held',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { hold: decision.hold.id, because: `${decision.hold.question}: ${decision.hold.option}` },
    })
  for (const alert of decision.alerts) {
    work.note({
      event: 'alert.told',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { adult: alert.adultId, rule: alert.rule },
    })
    // Whoever is out finds it when they are back, and is not written to meanwhile.
    if (alert.kind !== 'for-return') work.send({ kind: 'alert-mail', adultId: alert.adultId, concernId: concern.id })
  }
  if (decision.state === 'unreached') work.note({ event: 'concern.unreached', subjectKind: 'concern', subject: concern.id })
}

/**
 * Records a concern: kept, told, clocked and entered in each child's file in one transaction. The draft it came from is gone
 * afterwards, and its id is the concern's, so that pressing twice, in one tab or two, records once. Where somebody else's concern
 * has that id, this one gets another.
 */
export async function recordConcern(work: Work<Actor | Visitor>, sent: NewConcern): Promise<Result<Recorded, RecordingRefusal>> {
  const permit: Permit<'concern.record'> = authorise(work.someone, 'concern.record', { schoolId: work.school.id })
  const actor = work.someone.kind === 'adult' ? work.someone.adultId : null
  const adultIds = [
    ...sent.adults.flatMap(adult => (adult.adultId ? [adult.adultId] : [])),
    ...(sent.reporter.kind === 'on-behalf' && sent.reporter.adultId ? [sent.reporter.adultId] : []),
    ...ownAccountsOf(sent),
  ]
  const facts = await getRecordingFacts(
    work,
    sent.id,
    sent.children.map(child => child.childId),
    { ids: adultIds, apart: namedApart(sent) },
    rolesOnRoute(work.profile),
    sent.account,
  )
  const own = facts.idStanding === 'taken' ? underFreshId(sent, newId) : sent
  const concern = { ...own, urgent: own.urgent || isUrgentByPathway(work.profile, own.prompts, namesOf(own.answers)) }
  const authors = authorsOf(concern, actor)
  const roles = work.someone.kind === 'adult' ? work.someone.roles : []
  const decided = decideRecording(work.profile, facts, concern, authors.writtenBy, work.now, newId, work.school.fileRoles, roles)
  if (!decided.ok) return decided
  const decision = decided.value
  const salt = newSalt()
  const reference = referenceOf(concern.id)
  await insertConcern(work, permit, {
    concern,
    reference,
    ...authors,
    state: decision.state,
    ownerId: decision.ownerId,
    nextLookAt: decision.nextLookAt,
    policyEdition: `${work.profile.edition.title}, ${work.profile.edition.date}`,
    excluded: decision.excluded,
    salt,
    alerts: decision.alerts,
    handBack: decision.standsIn && { id: newId<string>(), byId: decision.standsIn },
    clocks: decision.clocks,
    entries: decision.entries,
  })
  const answered = { id: concern.id, excluded: decision.excluded, writtenBy: authors.writtenBy }
  insertAnswers(work, permit, answered, 'recording', concern.answers ?? [])
  insertStartedActions(work, permit, answered, decision.actions)
  insertHold(work, permit, answered, decision.hold)
  await openAtRecording(
    work,
    permit,
    {
      ...answered,
      prompts: concern.prompts,
      answers: namesOf(concern.answers),
      subjects: concern.children.filter(child => child.involvement === 'subject').map(child => child.childId),
      isOwn: concern.reporter.kind === 'self',
      adultAlleged: allegedIn(concern).length > 0,
    },
    firstToLeave(facts, concern, work.now),
  )
  const kept = { concernId: concern.id, excluded: decision.excluded, reporterId: authors.writtenBy, by: authors.writtenBy }
  keepExplanations(work, permit, kept, explanationsIn(concern.marks))
  keepWayItCame(work, permit, kept, concern.came)
  awaitAccounts(work, permit, concern, {
    writtenBy: authors.writtenBy,
    excluded: decision.excluded,
    leavesAt: firstToLeave(facts, concern, work.now),
  })
  if (actor && concern.disclosureEndedAt)
    insertDisclosureTime(
      work,
      permit,
      { id: concern.id, draftId: sent.id, excluded: decision.excluded },
      actor,
      concern.disclosureEndedAt,
    )
  if (isHouseholdHarm(work.profile, { categories: [], prompts: concern.prompts }))
    await linkHousehold(work, permit, {
      id: concern.id,
      excluded: decision.excluded,
      subjects: concern.children.filter(child => child.involvement === 'subject').map(child => child.childId),
      inConcern: concern.children.map(child => child.childId),
    })
  const alleged = allegedIn(concern)
  if (alleged.length > 0)
    await openConductBeside(work, permit, conductBeside(concern, alleged), { concernId: concern.id, excluded: decision.excluded })
  if (actor) await deleteDraft(work, sent.id)
  keepReceiptOnly(work, permit, { ...answered, prompts: concern.prompts })
  const words = concern.account
  noteRecording(work, concern, decision, saltedDigest(salt, words.childWords, words.seen, words.opinion, words.done))
  return ok({ concernId: concern.id satisfies ConcernId, reference, unreached: decision.state === 'unreached' })
}
