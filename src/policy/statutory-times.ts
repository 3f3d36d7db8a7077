import type { LayerFile } from './language.ts'
import { latest, sourced, type View } from './layer-values.ts'
import type { StatutoryTime } from './profile.ts'

type Within = Exclude<NonNullable<LayerFile['clocks']>[number]['within'], readonly unknown[]>

/** What national texts in force say of clocks, the newest of each; a setting or an unverified value binds nobody. */
export function statutoryTimes({ chain, on }: View): readonly StatutoryTime[] {
  const times = chain
    .filter(layer => layer.kind === 'national' && !layer.decided)
    .flatMap(layer =>
      (layer.data.clocks ?? []).flatMap(({ clock, says, within, when }): StatutoryTime[] => {
        const value = latest<Within>(within, on)
        return when || !value || value.setting || value.unverified ? [] : [{ clock, says, duration: sourced(layer, value) }]
      }),
    )
  return [...new Map(times.map(time => [time.clock, time])).values()]
}
