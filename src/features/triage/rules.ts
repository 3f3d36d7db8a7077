/** What may be done with a concern now, and what each step brings about. Pure. */
import type { AdultId, ChildId, ClockId, EntryId } from '../../kernel/ids.ts'
import { localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { type Choice, clocksMetBy } from '../../policy/clocks.ts'
import { findStep } from '../../policy/pathways.ts'
import type { Level, LevelFramework, Profile } from '../../policy/profile.ts'
import { type ConcernState, mayBecome } from '../concerns/model.ts'
import type { KeptStep } from '../pathways/model.ts'
import type {
  Citation,
  ConcernChange,
  ConcernChild,
  ConcernFacts,
  EntryToWrite,
  LatestTriage,
  NewClosure,
  NewDecision,
  NotReferred,
  Obstacle,
  RunningClock,
  StepRefusal,
} from './model.ts'

/** The steps that a concern's page offers. */
export type Step = 'acknowledge' | 'triage' | 'decide' | 'close' | 'reopen'

/** What a form was filled in against: another's triage, decision or closing changes it. */
export function revisionOf(facts: Pick<ConcernFacts, 'state' | 'triages' | 'decisions' | 'closures'>): string {
  return `${facts.state}.${facts.triages}.${facts.decisions}.${facts.closures}`
}

/** Whoever judges a concern has seen it, so triage acknowledges what nobody had acknowledged. */
function reachable(from: ConcernState, to: ConcernState): boolean {
  return mayBecome(from, to) || (mayBecome(from, 'acknowledged') && mayBecome('acknowledged', to))
}

/** Whether a step can be taken in the state that the concern is in. */
export function mayDo(step: Step, state: ConcernState): boolean {
  switch (step) {
    case 'acknowledge':
      return mayBecome(state, 'acknowledged')
    case 'triage':
      return reachable(state, 'triaged')
    case 'decide':
      return state !== 'closed' && mayBecome(state, 'open')
    case 'close':
      return mayBecome(state, 'closed')
    case 'reopen':
      return state === 'closed' && mayBecome(state, 'open')
  }
}

/** Nobody has judged it, so a decision is taken together with triage. */
export function isUnjudged({ state }: Pick<ConcernFacts, 'state'>): boolean {
  return !mayDo('decide', state) && mayDo('triage', state)
}

/** What acting on a concern changes where nobody had acknowledged it: whoever rings for the child, or speaks with its parents, has seen it. */
export function takingUp(
  facts: Pick<ConcernFacts, 'state' | 'ownerId'>,
  by: AdultId,
  now: Instant,
): Pick<ConcernChange, 'state' | 'acknowledges' | 'ownerId' | 'meets'> {
  if (!mayDo('acknowledge', facts.state)) return facts.ownerId ? {} : { ownerId: by }
  return {
    state: 'acknowledged',
    acknowledges: true,
    ownerId: by,
    meets: clocksMetBy({ event: 'concern.acknowledged', at: now }),
  }
}

/** Refuses a step that has no place now, or that was prepared before somebody else changed the concern. */
export function checkStep(step: Step, facts: ConcernFacts, seenRevision: string): Result<true, StepRefusal> {
  const revision = revisionOf(facts)
  if (seenRevision !== revision) return refused({ code: 'changed-meanwhile', state: facts.state, revision })
  return mayDo(step, facts.state) ? ok(true) : refused({ code: 'not-in-this-state', state: facts.state })
}

/** Children in it now: those from whom it was moved away keep a trace and nothing else. */
export function childrenNow(facts: Pick<ConcernFacts, 'children'>): readonly ConcernChild[] {
  return facts.children.filter(child => child.movedTo === null)
}

/** The children whom it is about; where it is about none, and no adult is at risk instead, everybody in it. */
export function subjectsOf(facts: Pick<ConcernFacts, 'children' | 'adultsAtRisk'>): readonly ConcernChild[] {
  const present = childrenNow(facts)
  const subjects = present.filter(child => child.involvement === 'subject')
  return subjects.length > 0 || facts.adultsAtRisk.length > 0 ? subjects : present
}

/** It is for an adult alone: no parents are spoken with, and no agency is asked for a child. */
export function isForAdultsOnly(facts: Pick<ConcernFacts, 'children' | 'adultsAtRisk'>): boolean {
  return facts.adultsAtRisk.length > 0 && subjectsOf(facts).length === 0
}

/** The frameworks that may be judged against: the school's own, and that of each child's home authority. */
export function frameworksFor(profile: Profile, facts: Pick<ConcernFacts, 'children'>): readonly LevelFramework[] {
  const homes = new Set(childrenNow(facts).flatMap(child => (child.homeAuthority ? [child.homeAuthority] : [])))
  const elsewhere = profile.otherLevels.filter(({ authority }) => homes.has(authority) && authority !== profile.levels.authority)
  const isOwnHome = homes.size === 0 || homes.has(profile.levels.authority)
  // The level is judged where the child lives, so the home authority's words come first.
  return isOwnHome ? [profile.levels, ...elsewhere] : [...elsewhere, profile.levels]
}

export function levelOf(profile: Profile, framework: string, levelId: string): Level | undefined {
  const found = [profile.levels, ...profile.otherLevels].find(({ authority }) => authority === framework)
  return found?.levels.find(({ id }) => id === levelId)
}

/** Danger that is answered by a telephone, before anything else is typed. */
export function isDangerous(triage: Pick<LatestTriage, 'immediateRisk' | 'safeToGoHome' | 'medical' | 'police'>): boolean {
  return triage.immediateRisk === 'yes' || triage.safeToGoHome === 'no' || triage.medical === 'yes' || triage.police === 'yes'
}

/** The school's events of which others are told, for a decision. */
export function toldOn(choice: Choice, statutory: Level['statutory'] | undefined): readonly Profile['alsoTold'][number]['on'][] {
  if (choice === 'police') return ['police']
  if (choice === 'refer') return statutory === 'child-protection' ? ['referral', 'section-47'] : ['referral']
  return []
}

/** A triage that names something online tells those whom the policy names for it. */
export function isOnline(categories: readonly string[]): boolean {
  return categories.some(category => category === 'online' || category.startsWith('online-'))
}

/** Not referring is a decision too; it says why. */
export function isReferring(choice: Choice): boolean {
  return choice === 'refer' || choice === 'police'
}

/** Everybody to whom a decision does not refer: the one reason that every decision asks for is about social care. */
export function allNotReferred(decision: Pick<NewDecision, 'notReferringBecause' | 'notReferred'>): readonly NotReferred[] {
  const { notReferringBecause: reason, notReferred = [] } = decision
  return [...(reason === '' ? [] : [{ agency: 'social-care', reason } as const]), ...notReferred]
}

/** The routes that a decision chooses between: support in school, early help, a statutory referral. */
export const routesToConsider = ['pastoral', 'early-help', 'refer'] as const satisfies readonly Choice[]

/** What was weighed, with what was chosen. */
export function consideredWith(decision: Pick<NewDecision, 'choice' | 'considered'>): readonly Choice[] {
  return [...new Set([...(decision.considered ?? []), decision.choice])]
}

export function frameworkOf(profile: Profile, framework: string): LevelFramework | undefined {
  return [profile.levels, ...profile.otherLevels].find(({ authority }) => authority === framework)
}

/** What a decision of today cites: the level of the latest triage, and the edition that holds. */
export function citationOf(profile: Profile, triage: Pick<LatestTriage, 'framework' | 'levelId'> | null): Citation | undefined {
  if (!triage) return undefined
  return {
    framework: triage.framework,
    levelId: triage.levelId,
    threshold: frameworkOf(profile, triage.framework)?.threshold ?? null,
  }
}

/** The editions that hold now, by whose levels they are. */
export function editionsNow(profile: Profile): readonly { readonly framework: string; readonly edition: string }[] {
  return [profile.levels, ...profile.otherLevels].flatMap(({ authority, threshold }) =>
    threshold ? [{ framework: authority, edition: threshold.edition }] : [],
  )
}

/** The first moment of the school day on which somebody looks again. */
export function lookAt(profile: Profile, on: PlainDate): Instant {
  return toInstant(on, profile.calendar.dayStarts)
}

export interface EntryWords {
  readonly kind: EntryToWrite['kind']
  /** For the file of a child whom the concern is about. */
  readonly subject: string
  /** For the file of a child said to have harmed: what is judged there is another child's need. */
  readonly alleged?: string
  readonly categories?: readonly string[]
}

/** The entries of a step. A witness's or a sibling's file says nothing of what was judged about somebody else. */
export function entriesFor(
  facts: Pick<ConcernFacts, 'children' | 'adultsAtRisk'>,
  words: EntryWords,
  now: Instant,
  newId: () => EntryId,
): EntryToWrite[] {
  const subjects = subjectsOf(facts)
  const { date, time } = toLocal(now)
  return childrenNow(facts).flatMap(child => {
    const isSubject = subjects.includes(child)
    const heading = isSubject ? words.subject : child.involvement === 'alleged' ? words.alleged : undefined
    if (heading === undefined) return []
    return [
      {
        id: newId(),
        childId: child.childId,
        kind: words.kind,
        heading,
        happenedOn: date,
        happenedAtTime: time,
        referralId: null,
        noteId: null,
        involvement: child.involvement,
        categories: isSubject ? (words.categories ?? []) : [],
      },
    ]
  })
}

/** One entry in one child's file. */
export function entryFor(
  child: Pick<ConcernChild, 'childId' | 'involvement'>,
  kind: EntryToWrite['kind'],
  heading: string,
  now: Instant,
  newId: () => EntryId,
): EntryToWrite {
  return {
    id: newId(),
    childId: child.childId,
    kind,
    heading,
    happenedOn: localDate(now),
    happenedAtTime: toLocal(now).time,
    referralId: null,
    noteId: null,
    involvement: child.involvement,
    categories: [],
  }
}

/** The children whose parents have been neither told nor, with a reason, not told. */
export function parentsUnanswered(facts: ConcernFacts, justAnswered?: ChildId): readonly ChildId[] {
  return subjectsOf(facts)
    .map(child => child.childId)
    .filter(id => id !== justAnswered && !facts.parentsAnswered.includes(id))
}

function isRunning(facts: ConcernFacts, name: string): boolean {
  return facts.clocks.some(clock => clock.name === name)
}

/** Clocks that the closer may end. What parents know and what a child heard back is recorded instead, and an open referral is concluded. */
export function endableClocks(facts: ConcernFacts): readonly RunningClock[] {
  return facts.clocks.filter(
    clock => !['parent-informed', 'challenge-reply', 'child-feedback'].includes(clock.name) && clock.referralId === null,
  )
}

/** What must be dealt with before it closes. Clocks that the closer ends, with the summary saying why, are no obstacle. */
export function obstaclesTo(facts: ConcernFacts, endedClocks: readonly ClockId[]): readonly Obstacle[] {
  const unanswered = parentsUnanswered(facts)
  const choice = facts.latestDecision?.choice
  return [
    ...facts.openActions.map((action): Obstacle => ({ kind: 'action', action })),
    ...facts.openReferrals.map((referral): Obstacle => ({ kind: 'referral', referral })),
    ...(choice && isReferring(choice) && facts.referrals === 0 && !isForAdultsOnly(facts)
      ? [{ kind: 'referral-not-made', choice } as const]
      : []),
    ...(isRunning(facts, 'parent-informed') && unanswered.length > 0 ? [{ kind: 'parents', childIds: unanswered } as const] : []),
    ...(isRunning(facts, 'challenge-reply') ? [{ kind: 'challenge' } as const] : []),
    ...(isRunning(facts, 'child-feedback') ? [{ kind: 'child-feedback' } as const] : []),
    ...facts.steps.filter(step => step.settledAt === null).map((step): Obstacle => ({ kind: 'pathway-step', step })),
    ...endableClocks(facts)
      .filter(clock => !endedClocks.includes(clock.id))
      .map((clock): Obstacle => ({ kind: 'clock', clock })),
  ]
}

/** Closing needs every loose end tied. */
export function checkClosing(facts: ConcernFacts, closure: NewClosure, seenRevision: string): Result<true, StepRefusal> {
  const step = checkStep('close', facts, seenRevision)
  if (!step.ok) return step
  const obstacles = obstaclesTo(facts, closure.endedClocks)
  return obstacles.length > 0 ? refused({ code: 'stands-in-the-way', obstacles }) : ok(true)
}

/** Steps of the policy that come before a decision which does not turn to their agency. */
export function stepsBefore(profile: Profile, facts: Pick<ConcernFacts, 'steps'>, choice: Choice): readonly KeptStep[] {
  const turnedTo = choice === 'refer' ? 'social-care' : choice === 'police' ? 'police' : undefined
  return facts.steps.filter(
    step =>
      step.settledAt === null &&
      step.agency !== turnedTo &&
      (findStep(profile, step.pathway, step.step)?.step.beforeDecision ?? false),
  )
}

/** The move of a concern from one child's file to another's. */
export function checkMove(facts: ConcernFacts, from: ChildId, to: ChildId): Result<ConcernChild, StepRefusal> {
  const present = childrenNow(facts)
  const child = present.find(({ childId }) => childId === from)
  if (!child) return refused({ code: 'child-not-in-concern' })
  if (from === to || present.some(({ childId }) => childId === to)) return refused({ code: 'same-child' })
  return ok(child)
}

/** Adults who become outside a concern because of the child it is moved to. */
export function newlyOutside(facts: Pick<ConcernFacts, 'excluded'>, tied: readonly AdultId[]): readonly AdultId[] {
  return tied.filter(adult => !facts.excluded.includes(adult))
}
