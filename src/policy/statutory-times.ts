import type { LayerFile } from './language.ts'
import { latest, sourced, type View } from './layer-values.ts'
import type { Layer } from './parse-layer.ts'
import type { ClockRule, Profile, Sourced, StatutoryTime } from './profile.ts'
import { conditionOf } from './resolve-clocks.ts'

type Within = Exclude<NonNullable<LayerFile['clocks']>[number]['within'], readonly unknown[]>
type Series = NonNullable<LayerFile['clocks']>[number]['within']

/** What national texts in force ask, the newest of each; a setting or an unverified value binds nobody. */
export function statutoryTimes({ chain, on }: View): readonly StatutoryTime[] {
  const times = chain.filter(layer => layer.kind === 'national' && !layer.decided).flatMap(layer => timesOf(layer, on))
  return [...new Map(times.map(time => [keyOf(time), time])).values()]
}

function keyOf({ part, name, roles, when }: StatutoryTime): string {
  return JSON.stringify([part, name, part === 'clocks' ? when : roles])
}

function timesOf(layer: Layer, on: View['on']): readonly StatutoryTime[] {
  const binding = (series: Series | undefined): Sourced<Within['value']> | undefined => {
    const value = latest<Within>(series, on)
    return !value || value.setting || value.unverified ? undefined : sourced(layer, value)
  }
  const duty = (
    part: StatutoryTime['part'],
    name: string,
    entry: Pick<NonNullable<LayerFile['reviews']>[number], 'says' | 'within' | 'every'> &
      Partial<Pick<StatutoryTime, 'clock' | 'roles' | 'when'>>,
  ): readonly StatutoryTime[] => {
    const duration = binding(entry.within)
    const every = binding(entry.every)
    if (!duration) return []
    const { says, clock, roles, when } = entry
    return [
      {
        ...{ part, name, says, duration },
        ...(every ? { every } : {}),
        ...(clock ? { clock } : {}),
        ...(roles ? { roles } : {}),
        ...(when ? { when } : {}),
      },
    ]
  }
  const { clocks = [], training = [], reading = [], reviews = [] } = layer.data
  return [
    ...clocks.flatMap(({ when, ...entry }) =>
      duty('clocks', entry.clock, { ...entry, ...(when ? { when: conditionOf(when) } : {}) }),
    ),
    ...training.flatMap(({ clock, ...entry }) => duty('training', entry.course, { ...entry, ...(clock ? { clock } : {}) })),
    ...reading.flatMap(entry => duty('reading', entry.document, entry)),
    ...reviews.flatMap(entry => duty('reviews', entry.clock, entry)),
  ]
}

type When = ClockRule['when']

/** Whether both may hold at once. */
function meet(one: When, other: When): boolean {
  const share = (a: readonly unknown[] | undefined, b: readonly unknown[] | undefined) => !a || !b || a.some(of => b.includes(of))
  return (
    (one?.moment === undefined || other?.moment === undefined || one.moment === other.moment) &&
    share(one?.believed, other?.believed) &&
    share(one?.roles, other?.roles) &&
    share(one?.prompts, other?.prompts)
  )
}

/** What statute says of what this rule of the profile is about; undefined where no text in hand does. */
export function statutoryFor(
  { statutory, duties }: Pick<Profile, 'statutory' | 'duties'>,
  rule: Pick<ClockRule, 'clock' | 'rule' | 'when'>,
): StatutoryTime | undefined {
  const course = duties.training.find(duty => duty.rule === rule.rule)?.course
  const document = duties.reading.find(duty => duty.rule === rule.rule)?.document
  return statutory.find(
    time =>
      time.clock === rule.clock &&
      (course === undefined || time.name === course) &&
      (document === undefined || time.name === document) &&
      meet(time.part === 'clocks' ? time.when : { ...(time.roles ? { roles: time.roles } : {}) }, rule.when),
  )
}
