import type { AdultId, ClockId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { type ClockFacts, startedClock } from '../../policy/clocks.ts'
import type { ClockName, Profile } from '../../policy/profile.ts'
import type { ClockToStart } from '../concerns/model.ts'
import { clockToStart } from '../concerns/rules.ts'

/** A clock of the policy as it starts now for this owner; none where the policy has no such duty. */
export function clockStarting(
  profile: Profile,
  clock: ClockName,
  start: { readonly at: Instant; readonly ownerId: AdultId | null; readonly facts?: ClockFacts },
  newId: <Id extends string = ClockId>() => Id,
): readonly ClockToStart[] {
  const started = startedClock(profile, clock, start.at, start.facts)
  return started ? [clockToStart(profile, started, start.ownerId, null, newId)] : []
}
