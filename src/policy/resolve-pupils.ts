/** What a policy says of pupils besides concerns: who is told of what happens to them, and how long records are kept. */
import type { LayerFile } from './language.ts'
import { cited, holding, nearest, type View } from './layer-values.ts'
import type { LastKnownRule, Profile, PupilRule, RetentionRule } from './profile.ts'

type EventEntry = NonNullable<LayerFile['pupil_events']>[number]

/** All layers together; a nearer rule of the same name takes the place of the farther. */
export function pupilEventsOf(view: View): readonly PupilRule[] {
  const rules = new Map<string, PupilRule>()
  for (const layer of view.chain)
    for (const entry of holding(layer.data.pupil_events, view.on))
      rules.set(entry.rule, {
        on: entry.on,
        rule: entry.rule,
        says: entry.says,
        ...(entry.when ? { when: conditionOf(entry.when) } : {}),
        ...(entry.unsettled ? { unsettled: entry.unsettled } : {}),
        ...(entry.tell ? { tell: entry.tell } : {}),
        ...(entry.asks === undefined ? {} : { asks: entry.asks }),
        ...cited(layer, entry),
      })
  return [...rules.values()]
}

function conditionOf(when: NonNullable<EventEntry['when']>): NonNullable<PupilRule['when']> {
  return {
    ...(when.statuses === undefined ? {} : { statuses: when.statuses }),
    ...(when.plans === undefined ? {} : { plans: when.plans }),
    ...(when.moment === undefined ? {} : { moment: when.moment }),
    ...(when.authorised === undefined ? {} : { authorised: when.authorised }),
    ...(when.absent_days === undefined ? {} : { absentDays: when.absent_days }),
  }
}

/** How long the records of children are kept, of the nearest layer that says so. */
export function retentionOf(view: View): Pick<Profile, 'retention' | 'lastKnown'> {
  const retention = nearest(view, (layer): readonly RetentionRule[] | undefined =>
    layer.data.retention?.length
      ? holding(layer.data.retention, view.on).map(({ id, says, years, counted_from: from, of, ...entry }) => ({
          id,
          says,
          years,
          from,
          of,
          ...cited(layer, entry),
        }))
      : undefined,
  )
  const lastKnown = nearest(view, (layer): LastKnownRule | undefined => {
    const [entry] = holding(layer.data.last_known ? [layer.data.last_known] : [], view.on)
    return entry && { destinations: entry.destinations, says: entry.says, ...cited(layer, entry) }
  })
  return { retention: retention ?? [], ...(lastKnown ? { lastKnown } : {}) }
}
