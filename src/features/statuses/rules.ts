/** What a status of a child owes. Pure. */
import type { ClockName } from '../../policy/profile.ts'

/** The clocks that a status may start, where the policy has a rule for it. */
export const statusClocks = ['status-review', 'conference-report', 'core-group'] as const satisfies readonly ClockName[]
export type StatusClock = (typeof statusClocks)[number]
