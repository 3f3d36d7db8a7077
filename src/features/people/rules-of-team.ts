/** Changes of the safeguarding team. Pure. */
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import type { TeamChange, TeamChangeKind } from './model.ts'

/** A fortnight, so that a half-term does not let a proposal lapse before anybody was back. */
const teamProposalDays = 14

export function lapsesAt(now: Instant): Instant {
  return instantOf(epochInMs(now) + teamProposalDays * 86_400_000)
}

interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant | null
}

/** What a change does: whoever has more time in a role by it, at either end, is given something. */
export function changeKind(before: Span | undefined, asked: Span): Exclude<TeamChangeKind, 'end-now'> | 'same' {
  if (!before) return 'give'
  if (before.startsAt === asked.startsAt && before.endsAt === asked.endsAt) return 'same'
  const isLater = before.endsAt !== null && (asked.endsAt === null || asked.endsAt > before.endsAt)
  return isLater || asked.startsAt < before.startsAt ? 'lengthen' : 'shorten'
}

/** Waits for a second person: one that is past its time does not, though no look round has marked it yet. */
export function isWaiting({ state, lapsesAt: until }: Pick<TeamChange, 'state' | 'lapsesAt'>, now: Instant): boolean {
  return state === 'to-review' || (state === 'open' && (until === null || until > now))
}
