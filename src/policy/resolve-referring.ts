/** What becomes of a referral once it is made: the nearer layer before the farther, agency by agency. */
import type { LayerFile } from './language.ts'
import { latest, nearest, nearestValue, sourced, type View } from './layer-values.ts'
import { agencyIds, type ReferringRules } from './profile.ts'

type Within = Exclude<NonNullable<NonNullable<LayerFile['referring']>['chased']>[number]['within'], readonly unknown[]>

export function referringOf(view: View): ReferringRules {
  const chased = agencyIds.flatMap(agency => {
    const found = nearest(view, layer => {
      const entry = layer.data.referring?.chased?.find(({ agencies }) => agencies.includes(agency))
      const within = entry && latest<Within>(entry.within, view.on)
      return within && { ...sourced(layer, within), agencies: [agency] }
    })
    return found ? [found] : []
  })
  const stageAnswered = nearestValue(view, data => data.referring?.stage_answered)
  return { chased, ...(stageAnswered ? { stageAnswered } : {}) }
}
