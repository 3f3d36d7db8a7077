/** How a school keeps its safeguarding team in reach: the parts of the layers, the nearer before the farther, field by field. */
import { cited, holding, nearest, nearestValue, resolved, someOf, sourced, type View } from './layer-values.ts'
import type { CoverRules, MailboxRules } from './profile.ts'

/** What is done when nobody of the team is there; undefined while a part is missing. */
export function coverOf(view: View): CoverRules | undefined {
  const gapTold = nearestValue(view, data => data.cover?.gap_told)
  const standIn = nearest(view, layer => {
    const [entry] = holding(layer.data.cover?.stand_in ? [layer.data.cover.stand_in] : [], view.on)
    return entry && { ...sourced(layer, entry), says: entry.says }
  })
  const deputiesMin = nearestValue(view, data => data.cover?.deputies_min)
  return gapTold && standIn && deputiesMin ? { gapTold, standIn, deputiesMin } : undefined
}

/** How the safeguarding mailbox is looked at; undefined while a part is missing. */
export function mailboxOf(view: View): MailboxRules | undefined {
  const contact = nearest(view, layer => layer.data.mailbox?.contact && resolved(layer, layer.data.mailbox.contact, view.layers))
  const readersMin = nearestValue(view, data => data.mailbox?.readers_min)
  const checkedBy = nearestValue(view, data => data.mailbox?.checked_by)
  const headToldAt = nearestValue(view, data => data.mailbox?.head_told_at)
  const closedTold = nearestValue(view, data => data.mailbox?.closed_told)
  const rules = nearest(view, layer =>
    someOf(
      holding(layer.data.mailbox?.rules, view.on).map(rule => ({
        id: rule.id,
        watched: rule.watched,
        says: rule.says,
        ...cited(layer, rule),
      })),
    ),
  )
  return readersMin && checkedBy && headToldAt && closedTold && rules
    ? { ...(contact === undefined ? {} : { contact }), readersMin, checkedBy, headToldAt, closedTold, rules }
    : undefined
}
