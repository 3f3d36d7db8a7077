/** How the account of whoever saw or heard it is chased: the nearer layer before the farther, field by field. */
import { nearestValue, type View } from './layer-values.ts'
import type { AccountRules } from './profile.ts'

/** By when and how a missing account is chased; undefined while a part is missing. */
export function accountsOf(view: View): AccountRules | undefined {
  const within = nearestValue(view, data => data.accounts?.within)
  const chasedAt = nearestValue(view, data => data.accounts?.chased_at)
  const beforeLeaving = nearestValue(view, data => data.accounts?.before_leaving)
  const writeUpWithin = nearestValue(view, data => data.accounts?.write_up_within)
  return within && chasedAt && beforeLeaving && writeUpWithin ? { within, chasedAt, beforeLeaving, writeUpWithin } : undefined
}
