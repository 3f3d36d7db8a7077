import type { AdultId, AlertId, ChildId, ClockId, ConcernId, EntryId } from '../../kernel/ids.ts'
import { localDate, toLocal } from '../../kernel/london-time.ts'
import type { Instant, LocalTime } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { type ClockEvent, clocksMetBy, clocksStartedBy, type StartedClock } from '../../policy/clocks.ts'
import type { ClockName, Profile, Source, WayItCame } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import { type Routing, whoIsTold } from '../../policy/routing.ts'
import type {
  ActionToStart,
  AlertToSend,
  ClockToStart,
  ConcernState,
  EntryToAdd,
  HoldToSet,
  NewConcern,
  RecordingFacts,
  RecordingRefusal,
} from './model.ts'
import { actionsOfAnswers, clocksOfAnswers, holdOfAnswers } from './rules-answers.ts'

export interface RecordingDecision {
  readonly state: ConcernState
  readonly ownerId: AdultId | null
  readonly nextLookAt: Instant | null
  readonly excluded: readonly AdultId[]
  readonly alerts: readonly AlertToSend[]
  /** Whoever has it without opening files otherwise: they stand in, and owe the DSL a note of what was done. */
  readonly standsIn: AdultId | null
  readonly clocks: readonly ClockToStart[]
  readonly entries: readonly EntryToAdd[]
  /** What the answers to the policy's questions set. */
  readonly actions: readonly ActionToStart[]
  readonly hold: HoldToSet | null
}

/** Ids are made outside, so that the decision itself is a pure function. */
export type NewId = <Id extends string>() => Id

export function sourceText(profile: Profile, source: Source): string {
  return `${profile.documents[source.document]?.title ?? source.document}, ${source.section}`
}

/** Adults of the school named as having harmed or as part of the worry. */
export function allegedIn(concern: Pick<NewConcern, 'adults'>): AdultId[] {
  return concern.adults.flatMap(adult => (adult.involvement === 'alleged' && adult.adultId ? [adult.adultId] : []))
}

/**
 * Adults of the school who are outside it with their relatives: those said to have harmed, and those for whom it is a worry.
 * Whoever exploits an adult is often of their family, and whoever is watched at home is told by the safeguarding lead, not by a screen.
 */
export function namedApart(concern: Pick<NewConcern, 'adults'>): AdultId[] {
  return concern.adults.flatMap(({ adultId, involvement }) =>
    adultId && (involvement === 'alleged' || involvement === 'at-risk') ? [adultId] : [],
  )
}

/** Adults named as having harmed, as part of the worry or as at risk, their relatives here, and everybody tied to a child in it. */
export function whoIsOutside(concern: NewConcern, facts: RecordingFacts): AdultId[] {
  const tied = facts.children.flatMap(child => child.tied)
  return [...new Set([...namedApart(concern), ...facts.relativesOfNamed, ...tied])]
}

/** Whether what was chosen may, by the policy, be a worry for an adult. */
export function mayBeForAdults({ concern }: Pick<Profile, 'concern'>, prompts: readonly string[]): boolean {
  return concern.prompts.some(({ id, adults }) => adults && prompts.includes(id))
}

/** A worry for an adult in which no child is the one at risk: nobody's parents are spoken with, and no child is to be seen. */
export function isForAdultsOnly({ adults, children }: Pick<NewConcern, 'adults' | 'children'>): boolean {
  return adults.some(({ involvement }) => involvement === 'at-risk') && children.every(child => child.involvement !== 'subject')
}

/** Clocks that run for a child whom a concern is about. */
export const clocksOfChildren: readonly ClockName[] = ['parent-informed', 'child-seen']

/** Who is told of a concern by the school's route, passing over whoever is outside it or away. */
export function routeOf(
  profile: Profile,
  facts: Pick<RecordingFacts, 'holders'>,
  excluded: readonly AdultId[],
  after?: { fromStep: number; alreadyTold: readonly AdultId[] },
): Routing {
  return whoIsTold(profile.routes.welfare, {
    holders: facts.holders.map(holder => ({
      personId: holder.adultId,
      role: holder.role,
      absent: holder.absent,
      excluded: excluded.includes(holder.adultId),
    })),
    ...after,
  })
}

export function alertsOf(profile: Profile, routing: Routing, kind: AlertToSend['kind'], newId: NewId): AlertToSend[] {
  return routing.tells.map(tell => ({
    id: newId<AlertId>(),
    adultId: tell.personId as AdultId,
    role: tell.role,
    kind,
    step: routing.stepIndex ?? 0,
    rule: tell.rule,
    says: tell.says,
    source: sourceText(profile, tell.source),
  }))
}

/** What whoever leads finds when they are back: one for each of the team who was passed over because they are out. */
function alertsForReturn(profile: Profile, routing: Routing, fileRoles: readonly RoleId[], newId: NewId): AlertToSend[] {
  const step = profile.routes.welfare.steps[0]
  const out = routing.passedOver.filter(
    ({ personId, role, because }, index) =>
      because === 'absent' &&
      fileRoles.includes(role) &&
      !routing.tells.some(tell => tell.personId === personId) &&
      routing.passedOver.findIndex(other => other.personId === personId) === index,
  )
  return out.map(({ personId, role }) => ({
    id: newId<AlertId>(),
    adultId: personId as AdultId,
    role,
    kind: 'for-return',
    step: 0,
    rule: 'routing.for-return',
    says: 'Recorded while you were away.',
    source: step ? sourceText(profile, step.source) : '',
  }))
}

/** Clocks as they are stored, with the basis from which they can be computed again. */
export function clockToStart(
  profile: Profile,
  started: StartedClock,
  ownerId: AdultId | null,
  metAt: Instant | null,
  newId: NewId,
): ClockToStart {
  return {
    id: newId<ClockId>(),
    name: started.clock,
    rule: started.rule,
    says: started.says,
    source: sourceText(profile, started.source),
    standing: started.standing,
    ownerId,
    basisAt: started.startedAt,
    durationUnit: started.duration.unit,
    durationCount: 'count' in started.duration ? started.duration.count : null,
    dueAt: started.due,
    metAt,
  }
}

/** What the chronology calls a concern: what prompted it, in the profile's words, and never a word of the account. */
export function headingOf(profile: Profile, concern: Pick<NewConcern, 'prompts' | 'category' | 'urgent'>): string {
  const names = concern.prompts.flatMap(id =>
    profile.concern.prompts.filter(prompt => prompt.id === id).map(prompt => prompt.name),
  )
  const category = profile.concern.reporterCategories.find(option => option.id === concern.category)?.name
  const what = [...(category ? [category] : []), ...names]
  return `${concern.urgent ? 'Urgent concern' : 'Concern'}${what.length > 0 ? `: ${what.join(', ')}` : ''}`
}

/** What the file of a child who told us calls it: neither who may be harmed nor what prompted it. */
export const sourceHeading = 'Told the school about another child'

/** What one child's file calls a concern, by that child's own part in it. */
export function headingFor(
  profile: Profile,
  concern: Pick<NewConcern, 'prompts' | 'category' | 'urgent'>,
  involvement: string,
): string {
  return involvement === 'source' ? sourceHeading : headingOf(profile, concern)
}

function entriesOf(profile: Profile, concern: NewConcern, now: Instant, newId: NewId): EntryToAdd[] {
  return concern.children.map(child => ({
    id: newId<EntryId>(),
    childId: child.childId,
    heading: headingFor(profile, concern, child.involvement),
    happenedOn: concern.happenedOn ?? localDate(now),
    happenedAtTime: concern.happenedAtTime,
    involvement: child.involvement,
  }))
}

/** Whether somebody on the route opens files anyway; then they stand in for nobody. */
function opensFiles(facts: Pick<RecordingFacts, 'holders'>, adultId: AdultId, fileRoles: readonly RoleId[]): boolean {
  return facts.holders.some(holder => holder.adultId === adultId && fileRoles.includes(holder.role))
}

/** Telling a colleague who is not on the route, or who may not know of it, is not telling the team. */
function isTeamTold({ adultId }: NewConcern['adults'][number], facts: RecordingFacts, excluded: readonly AdultId[]): boolean {
  return adultId === null || (facts.holders.some(holder => holder.adultId === adultId) && !excluded.includes(adultId))
}

function recordedEvent(
  profile: Profile,
  concern: NewConcern,
  facts: RecordingFacts,
  { excluded, knows, now }: { readonly excluded: readonly AdultId[]; readonly knows: boolean; readonly now: Instant },
): ClockEvent & { readonly event: 'concern.recorded' } {
  const told = concern.adults.filter(adult => adult.involvement === 'told' && isTeamTold(adult, facts, excluded))
  // Whoever it is given to and who writes it down need not be found first.
  const toldAt = told.flatMap(adult => adult.toldAt ?? []).sort()[0] ?? (knows ? now : undefined)
  return {
    event: 'concern.recorded',
    at: now,
    stub: concern.stub,
    ...(toldAt ? { toldByVoiceAt: toldAt } : {}),
    answersStart: clocksOfAnswers(profile, concern),
  }
}

/** The same concern under an id of its own, with every child that was described in it: its browser chose one that is taken. */
export function underFreshId(concern: NewConcern, newId: NewId): NewConcern {
  const fresh = new Map(concern.newChildren.map(child => [child.childId, newId<ChildId>()]))
  const renewed = <Row extends { readonly childId: ChildId }>(row: Row): Row => ({
    ...row,
    childId: fresh.get(row.childId) ?? row.childId,
  })
  return {
    ...concern,
    id: newId<ConcernId>(),
    children: concern.children.map(renewed),
    newChildren: concern.newChildren.map(renewed),
    marks: concern.marks.map(renewed),
  }
}

/** When the event meets a clock: telling somebody by voice met the alert at the time of telling, not of writing. */
function momentsMet(event: ClockEvent & { readonly event: 'concern.recorded' }): (clock: ClockName) => Instant | null {
  const met = clocksMetBy(event)
  return clock => (!met.includes(clock) ? null : clock === 'urgent-alert' ? (event.toldByVoiceAt ?? event.at) : event.at)
}

function unknownChildren(concern: NewConcern, facts: RecordingFacts): ChildId[] {
  const known = new Set([...facts.children.map(child => child.childId), ...concern.newChildren.map(child => child.childId)])
  return concern.children.map(child => child.childId).filter(id => !known.has(id))
}

/** Colleagues who are to write themselves what somebody else wrote down. */
export function ownAccountsOf({ firstHand, reporter }: Pick<NewConcern, 'firstHand' | 'reporter'>): AdultId[] {
  const told = reporter.kind === 'on-behalf' ? reporter.ownAccountBy : null
  return [firstHand?.adultId, told].flatMap(id => id ?? [])
}

/**
 * When the first of the children whom it is about, and who is not gone yet, goes home; null where none has a time of their own.
 * A sister who went home at noon does not take the time away that is there for her brother.
 */
export function firstToLeave(
  facts: Pick<RecordingFacts, 'children'>,
  concern: Pick<NewConcern, 'children'>,
  now: Instant,
): LocalTime | null {
  const subjects = concern.children.filter(child => child.involvement === 'subject').map(child => child.childId)
  const times = facts.children
    .flatMap(({ childId, leavesAt }) => (leavesAt && subjects.includes(childId) ? [leavesAt] : []))
    .toSorted()
  return times.find(time => time >= toLocal(now).time) ?? times[0] ?? null
}

function unknownAdults(concern: NewConcern, facts: RecordingFacts): AdultId[] {
  const named = concern.adults.flatMap(adult => adult.adultId ?? [])
  return [...named, ...ownAccountsOf(concern)].filter(id => !facts.adultsOfSchool.includes(id))
}

/** How it reached the school, as far as somebody said. */
function cameBy({ came, reporter }: Pick<NewConcern, 'came' | 'reporter'>): { readonly came?: WayItCame } {
  if (came) return { came }
  return reporter.kind === 'on-behalf' && reporter.reason === 'parent' ? { came: 'parent' } : {}
}

/**
 * What recording a concern brings about: who is told, who is outside, which clocks run, what the chronology gains.
 * A concern that nobody inside can be given is kept as unreached; recording is refused only for what cannot be true.
 */
export function decideRecording(
  profile: Profile,
  facts: RecordingFacts,
  concern: NewConcern,
  writtenBy: AdultId | null,
  now: Instant,
  newId: NewId,
  fileRoles: readonly RoleId[],
  writerRoles: readonly RoleId[] = [],
): Result<RecordingDecision, RecordingRefusal> {
  if (facts.idStanding === 'own') return refused({ code: 'already-recorded', concernId: concern.id })
  const childIds = unknownChildren(concern, facts)
  if (childIds.length > 0) return refused({ code: 'child-not-known', childIds })
  const adultIds = unknownAdults(concern, facts)
  if (adultIds.length > 0) return refused({ code: 'adult-not-known', adultIds })
  const isForAdults = concern.adults.some(({ involvement }) => involvement === 'at-risk')
  if (isForAdults && !mayBeForAdults(profile, concern.prompts)) return refused({ code: 'not-for-adults' })

  const excluded = whoIsOutside(concern, facts)
  const routing = routeOf(profile, facts, excluded)
  const alerts = alertsOf(profile, routing, concern.urgent ? 'urgent' : 'told', newId)
  const [first] = alerts
  const ownerId = first?.adultId ?? null
  const knows = alerts.some(({ adultId }) => adultId === writtenBy)
  const event = recordedEvent(profile, concern, facts, { excluded, knows, now })
  const metAt = momentsMet(event)
  const leavesAt = firstToLeave(facts, concern, now)
  const clocks = clocksStartedBy(profile, event, {
    urgent: concern.urgent,
    prompts: concern.prompts,
    // A duty in person is that of whoever learnt of it, not of whoever typed it for somebody.
    roles: concern.reporter.kind === 'self' ? writerRoles : [],
    ...cameBy(concern),
    ...(leavesAt ? { childLeavesAt: leavesAt } : {}),
  })
    .filter(({ clock }) => !(isForAdultsOnly(concern) && clocksOfChildren.includes(clock)))
    .map(started =>
      clockToStart(
        profile,
        started,
        started.owner === 'reporter' ? (writtenBy ?? ownerId) : ownerId,
        metAt(started.clock),
        newId,
      ),
    )
  const dues = clocks.flatMap(clock => (clock.dueAt && !clock.metAt ? [clock.dueAt] : [])).sort()
  return ok({
    state: routing.unreached ? 'unreached' : 'new',
    ownerId,
    nextLookAt: dues[0] ?? null,
    excluded,
    alerts: [...alerts, ...alertsForReturn(profile, routing, fileRoles, newId)],
    standsIn: first && !routing.unreached && !opensFiles(facts, first.adultId, fileRoles) ? first.adultId : null,
    clocks,
    entries: entriesOf(profile, concern, now, newId),
    actions: actionsOfAnswers(profile, concern, facts, { ownerId, excluded }, now, newId),
    hold: holdOfAnswers(profile, concern, newId),
  })
}
