import { assertNever } from '../kernel/exhaustive.ts'
import { durationInWords } from './duration.ts'
import type { Fault } from './faults.ts'
import type { LayerFile } from './language.ts'
import type { Layers } from './layers.ts'
import type { Layer } from './parse-layer.ts'
import type { Duration } from './profile.ts'

type ClockEntry = NonNullable<LayerFile['clocks']>[number]
type Within = Exclude<ClockEntry['within'], readonly unknown[]>

/** A nearer layer may be stricter than statute, never laxer: every clock that gives more time than a national text does is a fault. */
export function statuteFaults(layers: Layers): Fault[] {
  const nearer: readonly Layer[] = [...layers.authorities, ...layers.trusts, ...layers.schools, ...(layers.decided ?? [])]
  return nearer.flatMap(layer =>
    (layer.data.clocks ?? []).flatMap((entry, index) =>
      [entry.within].flat().flatMap((within): Fault[] => {
        const limit = statutoryLimit(layers, entry, within)
        if (!limit || roughHours(within.value) <= roughHours(limit.value)) return []
        return [
          layer.locate({
            path: ['clocks', index, 'within'],
            on: 'key',
            says: `${entry.clock} (${durationInWords(within.value)}) gives more time than statutory guidance does (${durationInWords(limit.value)}).`,
            remedy: 'A school may be stricter than statute, not laxer: shorten the time or leave it to the national file.',
          }),
        ]
      }),
    ),
  )
}

/** Whether a duration gives more time than a text does, on an ordinary day in mid-week. */
export function givesMoreTime(duration: Duration, limit: Duration): boolean {
  return roughHours(duration) > roughHours(limit)
}

/** Whether both rules may hold at once: those for other moments of the year, or for other beliefs, never meet. */
function mayMeet(one: ClockEntry['when'], other: ClockEntry['when']): boolean {
  const moments = one?.moment === undefined || other?.moment === undefined || one.moment === other.moment
  const beliefs =
    one?.believed === undefined || other?.believed === undefined || one.believed.some(of => other.believed?.includes(of))
  return moments && beliefs
}

/** What a national text says of the clock while the value holds; settings and unverified values bind nobody. */
function statutoryLimit(layers: Layers, { clock, when }: ClockEntry, value: Within): Within | undefined {
  return layers.national
    .flatMap(layer =>
      (layer.data.clocks ?? [])
        .filter(entry => entry.clock === clock && mayMeet(entry.when, when))
        .flatMap(entry => [entry.within].flat()),
    )
    .filter(
      limit =>
        !limit.setting &&
        !limit.unverified &&
        (value.until === undefined || limit.from === undefined || limit.from <= value.until),
    )
    .at(-1)
}

/** Only for comparing texts: how many hours a duration is on an ordinary day in mid-week. */
function roughHours(duration: Duration): number {
  switch (duration.unit) {
    case 'immediately':
      return 0
    case 'minutes':
      return duration.count / 60
    case 'hours':
      return duration.count
    case 'calendar-days':
    case 'working-days':
    case 'school-days':
      return duration.count * 24
    case 'weeks':
      return duration.count * 24 * 7
    case 'months':
      return duration.count * 24 * 30
    case 'terms':
      return duration.count * 24 * 91
    case 'years':
      return duration.count * 24 * 365
    case 'end-of-term':
      return 24 * 91
    case 'end-of-autumn-term':
    case 'end-of-next-autumn-term':
    case 'before-autumn-term':
    case 'before-next-autumn-term':
      return 24 * 365
    case 'before-child-leaves':
    case 'end-of-school-day':
      return 8
    case 'minutes-before-child-leaves':
      return 8 - duration.count / 60
    case 'before-child-arrives':
      return 16
    case 'minutes-before-child-arrives':
      return 16 - duration.count / 60
    case 'minute-of-day':
    case 'same-day':
      return 16
    case 'close-of-next-working-day':
      return 24
    case 'no-time-given':
      return Number.POSITIVE_INFINITY
    default:
      return assertNever(duration)
  }
}
