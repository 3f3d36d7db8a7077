/** Which steps open, when they are late and what settles them. Pure. */
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, LocalTime } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { Agency } from '../../policy/clocks.ts'
import type { Pathway, PathwayStep } from '../../policy/pathways.ts'
import { findStep } from '../../policy/pathways.ts'
import type { Profile } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { AnswerRefusal, KeptStep, StepAnswer, StepToOpen } from './model.ts'

export interface Opening {
  readonly at: Instant
  /** Whoever recorded the concern, at its recording only: later nobody is given a duty in person. */
  readonly recorder?: { readonly adultId: AdultId; readonly roles: readonly RoleId[] }
  readonly isReferring?: boolean
  readonly childLeavesAt?: LocalTime
  /** Whoever of these roles is brought in, and about which children. */
  readonly consulted?: (roles: readonly RoleId[]) => AdultId | null
  readonly childIds?: readonly ChildId[]
  /** `pathway.step` of those that stand in the concern already. */
  readonly standing?: readonly string[]
}

type NewId = <Id extends string>() => Id

export function stepKey({ pathway, step }: { readonly pathway: string; readonly step: string }): string {
  return `${pathway}.${step}`
}

/** The document and the section of a source, in words. */
function sourceInWords(profile: Profile, { document, section }: PathwayStep['source']): string {
  return `${profile.documents[document]?.title ?? document}, ${section}`
}

function personOf(step: PathwayStep, { recorder }: Opening): AdultId | undefined {
  if (!recorder) return undefined
  return step.roles.length === 0 || step.roles.some(role => recorder.roles.includes(role)) ? recorder.adultId : undefined
}

function opens(step: PathwayStep, opening: Opening): boolean {
  if (step.by === 'recorder') return personOf(step, opening) !== undefined
  switch (step.opens) {
    case 'at-once':
      return true
    case 'on-referring':
      return opening.isReferring ?? false
    case 'after-tries':
      return false
  }
}

function opened(profile: Profile, pathway: Pathway, step: PathwayStep, opening: Opening, newId: NewId): StepToOpen {
  const { at, childLeavesAt } = opening
  const facts = childLeavesAt ? { childLeavesAt } : {}
  const due = step.within ? dueAt(step.within.value, at, profile.calendar, facts) : null
  const late = step.late && (step.late.after ? dueAt(step.late.after, at, profile.calendar, facts) : due)
  return {
    id: newId<string>(),
    pathway: pathway.id,
    step: step.id,
    does: step.does,
    rule: `pathways.${pathway.id}-${step.id}`,
    source: sourceInWords(profile, step.source),
    standing: step.standing ?? 'stated',
    agency: step.agency ?? null,
    personalTo: step.by === 'recorder' ? (personOf(step, opening) ?? null) : null,
    consultedId: step.consults.length > 0 ? (opening.consulted?.(step.consults) ?? null) : null,
    childIds: step.consults.length > 0 ? (opening.childIds ?? []) : [],
    openedAt: at,
    dueAt: due,
    lateAt: late ?? null,
  }
}

/** The steps that these pathways open now, each once in a concern. */
export function stepsToOpen(
  profile: Profile,
  pathways: readonly Pathway[],
  opening: Opening,
  newId: NewId,
): readonly StepToOpen[] {
  return pathways.flatMap(pathway =>
    pathway.steps
      .filter(step => opens(step, opening) && !opening.standing?.includes(stepKey({ pathway: pathway.id, step: step.id })))
      .map(step => opened(profile, pathway, step, opening, newId)),
  )
}

/** The step that opens because this one was tried in vain so often; undefined while there is none. */
export function stepAfterTries(
  profile: Profile,
  step: Pick<KeptStep, 'pathway' | 'step'>,
  tries: number,
  opening: Opening,
  newId: NewId,
): readonly StepToOpen[] {
  const pathway = profile.pathways.find(({ id }) => id === step.pathway)
  if (!pathway) return []
  return pathway.steps
    .filter(
      ({ after, id }) => after?.step === step.step && tries >= after.tries && !opening.standing?.includes(`${pathway.id}.${id}`),
    )
    .map(next => opened(profile, pathway, next, opening, newId))
}

/** Whether a call or a letter to this agency does what the step asks for. */
export function isSettledBy(
  profile: Profile,
  step: Pick<KeptStep, 'pathway' | 'step' | 'agency' | 'personalTo'>,
  agency: Agency,
): boolean {
  if (step.personalTo) return false
  if (step.agency === agency) return true
  const found = findStep(profile, step.pathway, step.step)
  // In danger either of them is the call that is asked for.
  return (found?.pathway.when.danger ?? false) && (agency === 'social-care' || agency === 'police')
}

export function mayBePicked(
  adult: { readonly adultId: AdultId; readonly roles: readonly RoleId[] },
  leaders: readonly RoleId[],
  involved: readonly AdultId[],
): boolean {
  return !involved.includes(adult.adultId) && adult.roles.some(role => leaders.includes(role))
}

/** Refuses an answer that somebody else owes in person, that lacks what the policy asks for, or that gives no reason. */
export function checkAnswer(
  profile: Profile,
  step: KeptStep,
  answer: StepAnswer,
  by: AdultId,
): Result<'done' | 'not-done' | 'proposed' | 'tried' | 'asked', AnswerRefusal> {
  if (step.settledAt !== null) return refused({ code: 'settled-already' })
  if (step.personalTo !== null && step.personalTo !== by) return refused({ code: 'in-person' })
  const rule = findStep(profile, step.pathway, step.step)?.step
  if (answer.kind === 'not-done') {
    if (answer.says === '') return refused({ code: 'reason-needed' })
    return ok(rule?.second ? 'proposed' : 'not-done')
  }
  if (answer.kind === 'tried' || answer.kind === 'asked')
    return answer.withWhom === '' ? refused({ code: 'needed', what: 'with-whom' }) : ok(answer.kind)
  for (const need of rule?.needs ?? []) {
    const isGiven = {
      'with-whom': answer.withWhom !== '',
      reference: answer.reference !== '',
      words: answer.says !== '',
      adult: answer.adultId !== null,
    }[need]
    if (!isGiven) return refused({ code: 'needed', what: need })
  }
  return ok('done')
}

/** Whether an agency has asked that nobody questions the children, and has not let it go on since. */
export function areQuestionsHeld(steps: readonly Pick<KeptStep, 'events'>[]): boolean {
  const said = steps.flatMap(step => step.events).filter(event => event.holds || event.kind === 'released')
  // Each step's events are in the order of their writing; across steps the moment of the talk decides.
  return said.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).at(-1)?.holds ?? false
}

/** Whether the time that the policy gives for it is over, and nothing has settled it. */
export function isStepLate({ settledAt, dueAt: due }: Pick<KeptStep, 'settledAt' | 'dueAt'>, now: Instant): boolean {
  return settledAt === null && due !== null && now > due
}

/** When those who hear of a late step are told again; null where they are told once. */
export function nextTelling(profile: Profile, step: Pick<KeptStep, 'pathway' | 'step'>, now: Instant): Instant | null {
  const again = findStep(profile, step.pathway, step.step)?.step.late?.again
  return again ? dueAt(again, now, profile.calendar) : null
}

/** Who is brought in: the first holder in the order of the roles who is no part of the matter, somebody who is there before somebody who is out. */
export function consultedOf(
  roles: readonly RoleId[],
  holders: readonly { readonly adultId: AdultId; readonly role: RoleId; readonly absent: boolean }[],
  excluded: readonly AdultId[],
): AdultId | null {
  const eligible = roles.flatMap(role => holders.filter(holder => holder.role === role && !excluded.includes(holder.adultId)))
  return (eligible.find(({ absent }) => !absent) ?? eligible[0])?.adultId ?? null
}

/** What has to be settled before triage is complete. */
export function stepsBeforeTriage(profile: Profile, steps: readonly KeptStep[]): readonly KeptStep[] {
  return steps.filter(
    ({ settledAt, pathway, step }) => settledAt === null && (findStep(profile, pathway, step)?.step.beforeTriage ?? false),
  )
}
