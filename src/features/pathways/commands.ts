import type { Actor, Permit, Visitor } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, LocalTime } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Agency } from '../../policy/clocks.ts'
import { isReceiptOnly, type Pathway, type PathwayClock, type PathwayFacts, pathwaysFor } from '../../policy/pathways.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { consultingOf, statusesOf, tellConsulted } from './consulting.ts'
import type { AnswerRefusal, KeptStep, StepAnswer, SteppedConcern } from './model.ts'
import { areQuestionsHeld, checkAnswer, isSettledBy, mayBePicked, stepAfterTries, stepKey, stepsToOpen } from './rules.ts'
import {
  insertFlags,
  insertPathwayHold,
  insertStepEvent,
  insertSteps,
  keepReceipt,
  listHolders,
  listInvolved,
  listSteps,
  meetClock,
  saveLocked,
} from './store.ts'

type Recorder = { readonly adultId: AdultId; readonly roles: readonly RoleId[] }

function holdBack(
  work: Work,
  permit: Permit<'concern.record'> | Permit<'concern.triage'>,
  concern: SteppedConcern & { readonly reporterId: AdultId | null },
  pathways: readonly Pathway[],
): void {
  const holding = pathways.find(pathway => pathway.parents !== undefined)
  if (!holding) return
  const id = newId<string>()
  insertPathwayHold(work, permit, concern, { id, pathway: holding.id })
  work.note({
    event: 'parents.held',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { hold: id, because: `pathway: ${holding.id}` },
  })
}

function noteOpened(work: Work, concern: SteppedConcern, steps: readonly { readonly rule: string }[]): void {
  if (steps.length > 0)
    work.note({
      event: 'pathway.opened',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { steps: steps.map(({ rule }) => rule) },
    })
}

/** The records of the children in it are marked where the policy keeps them longer for what it is about. */
function flagRecords(
  work: Work,
  permit: Permit<'concern.record'> | Permit<'concern.triage'>,
  concern: SteppedConcern,
  pathways: readonly Pathway[],
): void {
  const [bearsOn] = pathways.flatMap(pathway => pathway.keeps ?? [])
  if (!bearsOn || !work.profile.retention.some(rule => rule.of === bearsOn)) return
  insertFlags(work, permit, concern, bearsOn)
  work.note({ event: 'retention.flagged', subjectKind: 'concern', subject: concern.id, facts: { bearsOn } })
}

/** Nothing is attached to a concern about images that nobody keeps. */
function lockAttachments(
  work: Work,
  permit: Permit<'concern.record'> | Permit<'concern.triage'>,
  concern: SteppedConcern,
  pathways: readonly Pathway[],
): void {
  if (pathways.some(pathway => pathway.locksAttachments)) saveLocked(work, permit, concern.id)
}

/** What the policy asks for because of what was reported: its steps are opened with the concern. */
export async function openAtRecording(
  work: Work<Actor | Visitor>,
  permit: Permit<'concern.record'>,
  concern: SteppedConcern & {
    readonly prompts: readonly string[]
    readonly answers: readonly string[]
    readonly subjects: readonly ChildId[]
    readonly adultAlleged: boolean
    readonly writtenBy: AdultId | null
    readonly isOwn: boolean
  },
  leavesAt: LocalTime | null,
): Promise<void> {
  const { prompts, answers, subjects, adultAlleged } = concern
  const pathways = pathwaysFor(work.profile, { prompts, answers, adultAlleged, statuses: await statusesOf(work, subjects) })
  if (pathways.length === 0) return
  const consulting = await consultingOf(work, pathways, concern.excluded)
  const { someone } = work
  const recorder: Recorder | undefined =
    someone.kind === 'adult' && concern.isOwn ? { adultId: someone.adultId, roles: someone.roles } : undefined
  const steps = stepsToOpen(
    work.profile,
    pathways,
    {
      at: work.now,
      ...(recorder ? { recorder } : {}),
      ...(leavesAt ? { childLeavesAt: leavesAt } : {}),
      ...(consulting ? { consulted: consulting.pick, childIds: subjects } : {}),
    },
    newId,
  )
  const row = { id: concern.id, excluded: concern.excluded, reporterId: concern.writtenBy }
  insertSteps(work, permit, row, steps)
  if (consulting) tellConsulted(work, permit, steps, consulting)
  holdBack(work, permit, row, pathways)
  flagRecords(work, permit, concern, pathways)
  lockAttachments(work, permit, concern, pathways)
  noteOpened(work, concern, steps)
}

/** Where the policy has it dealt with by the safeguarding team alone, whoever wrote it keeps a receipt and no words. Comes last. */
export function keepReceiptOnly(
  work: Work<Actor | Visitor>,
  permit: Permit<'concern.record'>,
  concern: SteppedConcern & { readonly prompts: readonly string[] },
): void {
  if (work.someone.kind === 'adult' && isReceiptOnly(work.profile, concern.prompts)) keepReceipt(work, permit, concern.id)
}

/** What the policy asks for because of how it was judged. What stands already is not opened again. */
export async function openAtTriage(
  work: Work<Actor>,
  permit: Permit<'concern.triage'>,
  concern: SteppedConcern & { readonly subjects: readonly ChildId[] },
  facts: PathwayFacts,
): Promise<void> {
  const pathways = pathwaysFor(work.profile, { ...facts, statuses: await statusesOf(work, concern.subjects) })
  if (pathways.length === 0) return
  const standing = (await listSteps(work, permit, concern.id)).map(stepKey)
  const consulting = await consultingOf(work, pathways, concern.excluded)
  const brings = consulting ? { consulted: consulting.pick, childIds: concern.subjects } : {}
  const steps = stepsToOpen(work.profile, pathways, { at: work.now, standing, ...brings }, newId)
  const row = { ...concern, reporterId: null }
  insertSteps(work, permit, row, steps)
  if (consulting) tellConsulted(work, permit, steps, consulting)
  holdBack(work, permit, row, pathways)
  flagRecords(work, permit, concern, pathways)
  lockAttachments(work, permit, concern, pathways)
  noteOpened(work, concern, steps)
}

/** What the policy asks for because it is referred, and what the reasons of a decision settle. */
export async function openAtDecision(
  work: Work<Actor>,
  permit: Permit<'concern.decide'>,
  concern: SteppedConcern,
  facts: PathwayFacts,
  decision: {
    readonly isReferring: boolean
    readonly notReferred: readonly { readonly agency: Agency; readonly reason: string }[]
  },
): Promise<void> {
  const standing = await listSteps(work, permit, concern.id)
  const pathways = pathwaysFor(work.profile, facts)
  if (decision.isReferring) {
    const steps = stepsToOpen(work.profile, pathways, { at: work.now, isReferring: true, standing: standing.map(stepKey) }, newId)
    insertSteps(work, permit, { ...concern, reporterId: null }, steps)
    noteOpened(work, concern, steps)
  }
  for (const { agency, reason } of decision.notReferred) {
    const settled = standing.filter(
      step => step.settledAt === null && step.personalTo === null && step.agency === agency && !needsSecond(work, step),
    )
    for (const step of settled)
      await insertStepEvent(work, permit, concern, step, {
        ...nothing(work.now),
        kind: 'not-done',
        says: reason,
        settles: 'not-done',
      })
  }
  function nothing(at: Instant) {
    return {
      id: newId<string>(),
      by: work.someone.adultId,
      at,
      withWhom: '',
      reference: '',
      adultId: null,
      holds: false,
    }
  }
}

function needsSecond(work: Work, step: Pick<KeptStep, 'pathway' | 'step'>): boolean {
  return work.profile.pathways.find(({ id }) => id === step.pathway)?.steps.find(({ id }) => id === step.step)?.second ?? false
}

/** A call or a letter to an agency does what the open steps with it ask for. */
export async function settleByReferral(
  work: Work<Actor>,
  permit: Permit<'referral.make'> | Permit<'referral.direct'> | Permit<'agency-call.own'> | Permit<'agency-call.record'>,
  concern: SteppedConcern,
  call: { readonly agency: Agency; readonly at: Instant; readonly withWhom: string; readonly reference: string },
): Promise<void> {
  const steps = (await listSteps(work, permit, concern.id)).filter(
    step => step.settledAt === null && isSettledBy(work.profile, step, call.agency),
  )
  for (const step of steps)
    await insertStepEvent(work, permit, concern, step, {
      id: newId<string>(),
      kind: 'done',
      by: work.someone.adultId,
      at: call.at,
      withWhom: call.withWhom,
      reference: call.reference,
      says: '',
      adultId: null,
      holds: false,
      settles: 'done',
    })
}

/** Whoever owes the police a report in person has made it. */
export async function settleOwnReport(
  work: Work<Actor>,
  permit: Permit<'agency-call.own'> | Permit<'agency-call.record'>,
  concern: SteppedConcern,
  report: { readonly at: Instant; readonly incident: string; readonly says: string },
): Promise<void> {
  const by = work.someone.adultId
  const owed = (await listSteps(work, permit, concern.id)).filter(
    step => step.settledAt === null && step.personalTo === by && step.agency === 'police',
  )
  for (const step of owed)
    await insertStepEvent(work, permit, concern, step, {
      id: newId<string>(),
      kind: 'done',
      by,
      at: report.at,
      withWhom: '',
      reference: report.incident,
      says: report.says,
      adultId: null,
      holds: false,
      settles: 'done',
    })
}

/** Posts of the leadership, from whom an appropriate adult is taken. */
const leaders = ['headteacher', 'deputy-headteacher', 'senior-leader'] as const satisfies readonly RoleId[]

/** Who may take a step on: of the leadership, and no part of the matter. */
export async function listEligible(
  work: Work<Actor>,
  permit: Permit<'pathway.answer'>,
  concern: SteppedConcern,
): Promise<readonly { readonly adultId: AdultId; readonly name: string }[]> {
  const [holders, involved] = [await listHolders(work, permit, leaders), await listInvolved(work, permit, concern.id)]
  return holders.filter(holder => mayBePicked(holder, leaders, [...involved, ...concern.excluded]))
}

/** Writes what was done about a step: that it was, that it was tried in vain, or why it is not. */
export async function answerStep(
  work: Work<Actor>,
  permit: Permit<'pathway.answer'> | Permit<'pathway.answer-own'> | Permit<'consultation.answer'>,
  concern: SteppedConcern,
  step: KeptStep,
  answer: StepAnswer,
): Promise<Result<'done' | 'not-done' | 'proposed' | 'tried' | 'asked', AnswerRefusal>> {
  const by = work.someone.adultId
  const checked = checkAnswer(work.profile, step, answer, by)
  if (!checked.ok) return checked
  if (answer.adultId !== null && permit.action === 'pathway.answer') {
    const eligible = await listEligible(work, permit as Permit<'pathway.answer'>, concern)
    if (!eligible.some(({ adultId }) => adultId === answer.adultId)) return refused({ code: 'not-eligible' })
  }
  const kind = checked.value
  const settles = kind === 'done' || kind === 'not-done' ? kind : null
  const id = newId<string>()
  await insertStepEvent(work, permit, concern, step, { ...answer, id, kind, by, settles })
  const clock = settles === 'done' ? clockOf(work, step) : undefined
  if (clock) await meetClock(work, permit, concern.id, clock, step.personalTo, answer.at)
  if (kind === 'tried') {
    const tries = step.events.filter(event => event.kind === 'tried').length + 1
    const standing = (await listSteps(work, permit, concern.id)).map(stepKey)
    const next = stepAfterTries(work.profile, step, tries, { at: work.now, standing }, newId)
    insertSteps(work, permit, { ...concern, reporterId: null }, next)
    noteOpened(work, concern, next)
  }
  work.note({
    event: 'pathway.answered',
    subjectKind: 'concern',
    subject: concern.id,
    facts: {
      step: stepKey(step),
      kind,
      at: answer.at,
      reference: answer.reference !== '',
      words: saltedDigest(newSalt(), answer.withWhom, answer.says),
    },
  })
  return ok(kind)
}

/** The policy's clock that doing it meets. */
function clockOf(work: Work, { pathway, step }: Pick<KeptStep, 'pathway' | 'step'>): PathwayClock | undefined {
  return work.profile.pathways.find(({ id }) => id === pathway)?.steps.find(({ id }) => id === step)?.clock
}

/** A second of the team agrees that a step is not done. */
export async function agreeNotDone(
  work: Work<Actor>,
  permit: Permit<'pathway.answer'>,
  concern: SteppedConcern,
  step: KeptStep,
  says: string,
): Promise<Result<true, AnswerRefusal>> {
  if (step.settledAt !== null) return refused({ code: 'settled-already' })
  const proposed = step.events.findLast(event => event.kind === 'proposed')
  if (!proposed) return refused({ code: 'nothing-proposed' })
  if (proposed.byId === work.someone.adultId) return refused({ code: 'second-is-the-same' })
  await insertStepEvent(work, permit, concern, step, {
    id: newId<string>(),
    kind: 'agreed',
    by: work.someone.adultId,
    at: work.now,
    withWhom: '',
    reference: '',
    says,
    adultId: null,
    holds: false,
    settles: 'not-done',
  })
  work.note({
    event: 'pathway.answered',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { step: stepKey(step), kind: 'agreed' },
  })
  return ok(true)
}

/** The agency has said that the children may be questioned again. */
export async function releaseQuestions(
  work: Work<Actor>,
  permit: Permit<'pathway.answer'>,
  concern: SteppedConcern,
  step: KeptStep,
  answer: Pick<StepAnswer, 'at' | 'withWhom' | 'says'>,
): Promise<Result<true, AnswerRefusal>> {
  if (!areQuestionsHeld(await listSteps(work, permit, concern.id))) return refused({ code: 'not-held' })
  if (answer.withWhom === '') return refused({ code: 'needed', what: 'with-whom' })
  if (answer.says === '') return refused({ code: 'needed', what: 'words' })
  await insertStepEvent(work, permit, concern, step, {
    ...answer,
    id: newId<string>(),
    kind: 'released',
    by: work.someone.adultId,
    reference: '',
    adultId: null,
    holds: false,
    settles: null,
  })
  work.note({
    event: 'pathway.answered',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { step: stepKey(step), kind: 'released', at: answer.at },
  })
  return ok(true)
}

/** Starts what the policy does where the team says that it has come to that: the police at the door. */
export async function startByHand(
  work: Work<Actor>,
  permit: Permit<'pathway.answer'>,
  concern: SteppedConcern,
  pathwayId: string,
): Promise<Result<number, AnswerRefusal>> {
  const pathway = work.profile.pathways.find(({ id, when }) => id === pathwayId && when.byHand)
  if (!pathway) return refused({ code: 'not-open-yet' })
  const standing = (await listSteps(work, permit, concern.id)).map(stepKey)
  const steps = stepsToOpen(work.profile, [pathway], { at: work.now, standing }, newId)
  insertSteps(work, permit, { ...concern, reporterId: null }, steps)
  noteOpened(work, concern, steps)
  return ok(steps.length)
}
