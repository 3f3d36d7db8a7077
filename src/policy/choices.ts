import { assertNever } from '../kernel/exhaustive.ts'
import type { Instant } from '../kernel/plain-date.ts'
import { type Choice, type ClockFacts, clocksStartedBy, type StartedClock } from './clocks.ts'
import type { Profile, Source } from './profile.ts'
import { type Destination, referralDestination } from './referral-destination.ts'
import type { RoleId } from './roles.ts'

export interface ChoiceFacts extends ClockFacts {
  readonly at: Instant
  readonly locality?: string
}

/** What follows a choice, told before it is made. */
export interface ChoiceConsequences {
  /** Each clock with the event that will start it, as if that happened now. */
  readonly clocks: readonly (StartedClock & { readonly upon: 'telephoning' | 'no-answer' })[]
  readonly alsoTold: readonly { readonly roles: readonly RoleId[]; readonly says: string; readonly source: Source }[]
  readonly destination?: Destination
  /** What the choice asks of the person who makes it. */
  readonly asks: readonly string[]
}

const alwaysAsked = 'Write why: the rationale stands in the record beside the choice.'

/** What the choice will start, whom it will tell and what it will ask, under this profile. */
export function whatChoiceStarts(profile: Profile, choice: Choice, facts: ChoiceFacts): ChoiceConsequences {
  switch (choice) {
    case 'no-further-action':
      return { clocks: [], alsoTold: [], asks: [alwaysAsked, 'Not referring is a decision too: say what was considered.'] }
    case 'monitor':
      return { clocks: [], alsoTold: [], asks: [alwaysAsked, 'Say what is watched, by whom, and when you look again.'] }
    case 'pastoral':
      return { clocks: [], alsoTold: [], asks: [alwaysAsked, 'Say who supports the child and when you look again.'] }
    case 'early-help':
      return { clocks: [], alsoTold: [], asks: [alwaysAsked, 'Ask the parents for their agreement, or say why not.'] }
    case 'police':
      return {
        clocks: [],
        alsoTold: toldOn(profile, ['police']),
        asks: [alwaysAsked, 'Note the reference that the police give.'],
      }
    case 'refer':
      return referring(profile, facts)
    default:
      return assertNever(choice)
  }
}

function referring(profile: Profile, facts: ChoiceFacts): ChoiceConsequences {
  const { at } = facts
  const phoned = clocksStartedBy(profile, { event: 'referral.phoned', at, to: 'social-care' }, facts)
  // What the missing answer starts is counted from when the answer would be due.
  const answerDue = phoned.find(({ clock }) => clock === 'referral-answer')?.due ?? at
  const unanswered = clocksStartedBy(profile, { event: 'referral.unanswered', at: answerDue }, facts)
  const level = profile.levels.levels.find(({ position }) => position === facts.level)
  return {
    clocks: [
      ...phoned.map(clock => ({ ...clock, upon: 'telephoning' as const })),
      ...unanswered.map(clock => ({ ...clock, upon: 'no-answer' as const })),
    ],
    alsoTold: toldOn(profile, level?.statutory === 'child-protection' ? ['referral', 'section-47'] : ['referral']),
    destination: referralDestination(profile, facts.homeAuthority, facts.locality),
    asks: [alwaysAsked, 'Say whether the parents know of the referral and agree to it, or why they were not asked.'],
  }
}

function toldOn(profile: Profile, events: readonly string[]): ChoiceConsequences['alsoTold'] {
  return profile.alsoTold.filter(({ on }) => events.includes(on)).map(({ roles, says, source }) => ({ roles, says, source }))
}
