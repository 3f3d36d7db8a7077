/** What becomes of a referral once it is made: the nearer layer before the farther, agency by agency. */
import type { LayerFile } from './language.ts'
import { holding, nearest, nearestValue, sourced, type View } from './layer-values.ts'
import { agencyIds, type ReferringRules } from './profile.ts'

type ChasedEntry = NonNullable<NonNullable<LayerFile['referring']>['chased']>[number]

export function referringOf(view: View): ReferringRules {
  const chased = agencyIds.flatMap(agency => {
    const found = nearest(view, layer => {
      const entry = holding<ChasedEntry>(layer.data.referring?.chased, view.on).find(({ agencies }) => agencies.includes(agency))
      return entry && { ...sourced(layer, entry), agencies: [agency] }
    })
    return found ? [found] : []
  })
  const stageAnswered = nearestValue(view, data => data.referring?.stage_answered)
  return { chased, ...(stageAnswered ? { stageAnswered } : {}) }
}
