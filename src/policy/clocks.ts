/** Which clocks an event starts and meets, and what a decision would start. Pure; times come from the profile. */
import { assertNever } from '../kernel/exhaustive.ts'
import { byText } from '../kernel/ordering.ts'
import type { Instant, LocalTime } from '../kernel/plain-date.ts'
import { dueAt } from './clock-time.ts'
import type { Belief } from './conduct.ts'
import {
  type Agency,
  type AnswerClock,
  type ClockName,
  type ClockRule,
  clockNames,
  type Duration,
  type Profile,
  type Sourced,
  type WayItCame,
} from './profile.ts'
import type { RoleId } from './roles.ts'

/** What bears on a clock besides the event itself. */
export interface ClockFacts {
  readonly urgent?: boolean
  readonly prompts?: readonly string[]
  /** Position in the framework of levels, once it is known. */
  readonly level?: number
  /** The authority where the child lives, once it is known. */
  readonly homeAuthority?: string
  readonly childLeavesAt?: LocalTime
  readonly roles?: readonly RoleId[]
  readonly statuses?: readonly string[]
  readonly plan?: string
  readonly moment?: 'in-year' | 'new-term'
  readonly believed?: Belief
  readonly authorised?: boolean
  readonly extended?: boolean
  readonly absentDays?: number
  readonly came?: WayItCame
}

export type { Agency } from './profile.ts'
export type Choice = 'no-further-action' | 'monitor' | 'pastoral' | 'early-help' | 'refer' | 'police'

export type ClockEvent =
  /** `toldByVoiceAt` where somebody was told first; `stub` where only the first lines are written yet. */
  | {
      readonly event: 'concern.recorded'
      readonly at: Instant
      readonly toldByVoiceAt?: Instant
      readonly stub?: boolean
      /** Clocks that the answers given with it start. */
      readonly answersStart?: readonly AnswerClock[]
    }
  | { readonly event: 'child.seen'; readonly at: Instant }
  | { readonly event: 'concern.completed'; readonly at: Instant }
  | { readonly event: 'concern.acknowledged'; readonly at: Instant }
  /** Whoever reported it is still worried. */
  | { readonly event: 'concern.challenged'; readonly at: Instant }
  | { readonly event: 'concern.triaged'; readonly at: Instant }
  | { readonly event: 'decision.made'; readonly at: Instant; readonly choice: Choice }
  | { readonly event: 'parents.informed' | 'parents.not-informed'; readonly at: Instant }
  | { readonly event: 'referral.phoned'; readonly at: Instant; readonly to: Agency }
  /** `phoned` where the same referral was made by telephone before. */
  | { readonly event: 'referral.written'; readonly at: Instant; readonly to: Agency; readonly phoned?: boolean }
  | { readonly event: 'referral.answered'; readonly at: Instant; readonly disagreed?: boolean }
  /** The answer's time has passed. */
  | { readonly event: 'referral.unanswered'; readonly at: Instant }
  | { readonly event: 'referral.escalated'; readonly at: Instant }

/** Who has to meet the clock: the person who recorded, whoever is given the concern, or whoever referred. */
export type ClockOwner =
  | 'reporter'
  | 'safeguarding-lead'
  | 'referrer'
  /** Whoever the feature that starts it says. */
  | 'assigned'

export interface StartedClock {
  readonly clock: ClockName
  readonly rule: string
  readonly says: string
  readonly source: Sourced<Duration>['source']
  readonly startedAt: Instant
  readonly duration: Duration
  readonly due: Instant | null
  readonly standing: Sourced<Duration>['standing']
  readonly owner: ClockOwner
  readonly reading?: string
}

const owners: Readonly<Partial<Record<ClockName, ClockOwner>>> = {
  'urgent-alert': 'reporter',
  'record-written': 'reporter',
  acknowledge: 'safeguarding-lead',
  triage: 'safeguarding-lead',
  'parent-informed': 'safeguarding-lead',
  'referral-written': 'referrer',
  'referral-answer': 'referrer',
  'referral-escalation': 'referrer',
  'challenge-reply': 'safeguarding-lead',
  'child-seen': 'safeguarding-lead',
  'fgm-police-report': 'reporter',
  'risk-assessment': 'safeguarding-lead',
  'child-response': 'safeguarding-lead',
  'child-feedback': 'safeguarding-lead',
  'parent-reply': 'safeguarding-lead',
}

/** What only whoever recorded can do: it stays theirs, whoever has the concern. */
export const clocksOfReporter = clockNames.filter(clock => owners[clock] === 'reporter')

/** The clocks that the event starts under the profile, each once, with the strictest of the rules that apply. */
export function clocksStartedBy(profile: Profile, event: ClockEvent, facts: ClockFacts = {}): readonly StartedClock[] {
  const starts = startsOf(event, facts)
  const moved = parentsToldAtOnce(profile, facts) ? withParentsFrom(event, starts) : starts
  return moved.flatMap(({ clock, at }) => startedClock(profile, clock, at, facts) ?? [])
}

/** Whether the policy has the parents told at once for what was reported. */
function parentsToldAtOnce(profile: Profile, facts: ClockFacts): boolean {
  return rulesFor(profile, 'parent-informed', facts).some(
    ({ when, duration }) => when?.prompts !== undefined && duration.value.unit === 'immediately',
  )
}

/** What is to be done at once runs from the recording and waits for nobody's judgement. */
function withParentsFrom(event: ClockEvent, starts: readonly Start[]): readonly Start[] {
  if (event.event === 'concern.recorded') return [...starts, { clock: 'parent-informed', at: event.at }]
  return event.event === 'concern.triaged' ? starts.filter(({ clock }) => clock !== 'parent-informed') : starts
}

/** One clock as it starts at this moment, under the strictest of the rules that apply; undefined where the policy has none. */
export function startedClock(profile: Profile, clock: ClockName, at: Instant, facts: ClockFacts = {}): StartedClock | undefined {
  return strictest(rulesFor(profile, clock, facts).map(rule => started(rule, at, profile, facts)))[0]
}

/** A recurring clock as it starts anew once it was met at this moment; undefined where no rule that applies recurs. */
export function renewedClock(
  profile: Profile,
  clock: ClockName,
  metAt: Instant,
  facts: ClockFacts = {},
): StartedClock | undefined {
  const recurring = rulesFor(profile, clock, facts).flatMap(rule => (rule.every ? [{ ...rule, duration: rule.every }] : []))
  return strictest(recurring.map(rule => started(rule, metAt, profile, facts)))[0]
}

/** A duty as it starts at this moment under the strictest of these rules. */
export function startedUnder(
  profile: Profile,
  rules: readonly Pick<ClockRule, 'clock' | 'rule' | 'says' | 'duration'>[],
  at: Instant,
): StartedClock | undefined {
  return strictest(rules.map(rule => started(rule, at, profile, {})))[0]
}

/** Every rule for the clock that applies to these facts. */
export function rulesFor(profile: Profile, clock: ClockName, facts: ClockFacts): readonly ClockRule[] {
  return profile.clocks.filter(rule => rule.clock === clock && applies(rule, facts))
}

/** The clocks that the event meets where they run. */
export function clocksMetBy(event: ClockEvent): readonly ClockName[] {
  switch (event.event) {
    case 'concern.recorded':
      return [...(event.stub ? [] : (['record-written'] as const)), ...(event.toldByVoiceAt ? (['urgent-alert'] as const) : [])]
    case 'concern.completed':
      return ['record-written']
    case 'concern.acknowledged':
      return ['urgent-alert', 'acknowledge']
    case 'concern.triaged':
      // Whoever has judged it has seen it.
      return ['urgent-alert', 'acknowledge', 'triage']
    case 'concern.challenged':
    case 'decision.made':
    case 'referral.phoned':
    case 'referral.unanswered':
      return []
    case 'parents.informed':
    case 'parents.not-informed':
      // Not telling is a decision too; with its reason written down the question is answered.
      return ['parent-informed']
    case 'referral.written':
      return event.to === 'social-care' ? ['referral-written'] : []
    case 'referral.answered':
      return ['referral-answer']
    case 'referral.escalated':
      return ['referral-escalation']
    case 'child.seen':
      return ['child-seen']
    default:
      return assertNever(event)
  }
}

interface Start {
  readonly clock: ClockName
  readonly at: Instant
}

function startsOf(event: ClockEvent, facts: ClockFacts): readonly Start[] {
  const { at } = event
  switch (event.event) {
    case 'concern.recorded': {
      // Told by voice first, the worry was known from then on: the time to write it down has been running since.
      const known = event.toldByVoiceAt !== undefined && event.toldByVoiceAt < at ? event.toldByVoiceAt : at
      return [
        ...(facts.urgent ? [{ clock: 'urgent-alert' as const, at: known }] : []),
        { clock: 'record-written', at: known },
        { clock: 'acknowledge', at },
        { clock: 'triage', at },
        { clock: 'risk-assessment', at: known },
        // It has a rule only where the policy lays the duty on whoever writes this.
        { clock: 'fgm-police-report', at },
        // Whoever told us waits from when it was written: they have a rule only for the ways that it names.
        ...(['child-response', 'child-feedback', 'parent-reply'] as const).map(clock => ({ clock, at })),
        ...(event.answersStart ?? []).map(clock => ({ clock, at })),
      ]
    }
    case 'concern.triaged':
      return [{ clock: 'parent-informed', at }]
    case 'referral.phoned':
      return event.to === 'social-care'
        ? [
            { clock: 'referral-written', at },
            { clock: 'referral-answer', at },
          ]
        : []
    case 'referral.written':
      return event.to === 'social-care' && !event.phoned ? [{ clock: 'referral-answer', at }] : []
    case 'referral.answered':
      return event.disagreed ? [{ clock: 'referral-escalation', at }] : []
    case 'referral.unanswered':
      return [{ clock: 'referral-escalation', at }]
    case 'concern.challenged':
      return [{ clock: 'challenge-reply', at }]
    case 'concern.completed':
    case 'concern.acknowledged':
    case 'decision.made':
    case 'parents.informed':
    case 'parents.not-informed':
    case 'referral.escalated':
    case 'child.seen':
      return []
    default:
      return assertNever(event)
  }
}

/** Whether a rule's conditions hold for these facts. */
export function applies({ when }: Pick<ClockRule, 'when'>, facts: ClockFacts): boolean {
  if (!when) return true
  return (
    (when.urgent === undefined || when.urgent === (facts.urgent ?? false)) &&
    (when.prompts === undefined || when.prompts.some(prompt => facts.prompts?.includes(prompt))) &&
    (when.levelAtLeast === undefined || (facts.level ?? 0) >= when.levelAtLeast) &&
    (when.authority === undefined || when.authority === facts.homeAuthority) &&
    (when.roles === undefined || when.roles.some(role => facts.roles?.includes(role))) &&
    (when.statuses === undefined || when.statuses.some(status => facts.statuses?.includes(status))) &&
    (when.plans === undefined || (facts.plan !== undefined && when.plans.includes(facts.plan))) &&
    (when.moment === undefined || when.moment === facts.moment) &&
    (when.believed === undefined || (facts.believed !== undefined && when.believed.includes(facts.believed))) &&
    (when.authorised === undefined || when.authorised === facts.authorised) &&
    (when.extended === undefined || when.extended === (facts.extended ?? false)) &&
    (when.absentDays === undefined || (facts.absentDays ?? 0) >= when.absentDays) &&
    (when.came === undefined || (facts.came !== undefined && when.came.includes(facts.came)))
  )
}

function started(rule: ClockRule, at: Instant, profile: Profile, facts: ClockFacts): StartedClock {
  const { value, source, standing, reading } = rule.duration
  return {
    clock: rule.clock,
    rule: rule.rule,
    says: rule.says,
    source,
    startedAt: at,
    duration: value,
    due: dueAt(value, at, profile.calendar, facts),
    standing,
    owner: owners[rule.clock] ?? 'assigned',
    ...(reading === undefined ? {} : { reading }),
  }
}

/** The one due first; one without a time only where none has one. */
function strictest(clocks: readonly StartedClock[]): readonly StartedClock[] {
  const [first] = clocks.toSorted((a, b) => byText(a.due ?? '9', b.due ?? '9'))
  return first ? [first] : []
}
