import { assertNever } from '../kernel/exhaustive.ts'
import { byText } from '../kernel/ordering.ts'
import { durationAsWritten, durationInWords } from './duration.ts'
import type { Fault, FieldFault, FieldPath } from './faults.ts'
import type { LayerFile } from './language.ts'
import { editionsOf, type Layers } from './layers.ts'
import type { Layer } from './parse-layer.ts'
import type { Duration } from './profile.ts'
import { floorFaults } from './route-floors.ts'

type ClockEntry = NonNullable<LayerFile['clocks']>[number]
type Within = Exclude<ClockEntry['within'], readonly unknown[]>
type DutyPart = 'training' | 'reading' | 'reviews'
type DutyEntry = NonNullable<LayerFile[DutyPart]>[number]

/**
 * A nearer layer may be stricter than statute, never laxer: every clock, training, reading or review that gives more time than a
 * national text does, or that does not come back where a national text has it come back, is a fault.
 */
export function statuteFaults(layers: Layers): Fault[] {
  const nearer: readonly Layer[] = [...layers.authorities, ...layers.trusts, ...layers.schools, ...(layers.decided ?? [])]
  return nearer.flatMap(layer =>
    [
      ...(layer.data.clocks ?? []).flatMap((entry, index) => {
        const limits = nationalOf(layers, data =>
          (data.clocks ?? []).flatMap(one => (one.clock === entry.clock && mayMeet(one.when, entry.when) ? [one.within] : [])),
        )
        return laxer(['clocks', index, 'within'], entry.clock, entry.within, limits)
      }),
      ...dutyParts.flatMap(part => dutiesLaxer(layer, layers, part)),
      ...routesLaxer(layer, layers),
    ].map(layer.locate),
  )
}

/** Routes that leave out of their first step everybody whom a national text has told first. */
function routesLaxer({ data }: Layer, layers: Layers): FieldFault[] {
  const floors = layers.national.flatMap(national =>
    (national.data.route_floors ?? []).map(({ one_of, source, ...floor }) => ({
      ...floor,
      oneOf: one_of,
      cites: `${national.data.documents[source.document]?.title ?? source.document}, ${source.section}`,
    })),
  )
  const { welfare } = data.routes ?? {}
  const conduct = (data.conduct?.chains ?? []).findIndex(chain => chain.id === 'conduct')
  const chain = data.conduct?.chains?.[conduct]
  return [
    ...(welfare ? floorFaults({ id: 'welfare', steps: welfare.steps }, floors, ['routes', 'welfare', 'steps']) : []),
    ...(chain ? floorFaults(chain, floors, ['conduct', 'chains', conduct, 'steps']) : []),
  ]
}

const dutyParts = ['training', 'reading', 'reviews'] as const satisfies readonly DutyPart[]

/** What makes two entries of two layers the same duty. */
function dutyName(part: DutyPart, entry: DutyEntry): string {
  if (part === 'training' && 'course' in entry) return entry.course
  return part === 'reading' && 'document' in entry ? entry.document : String(entry.clock)
}

/** Whether both bind somebody; what a school reviews has no roles of its own. */
function sharesRoles(one: DutyEntry, other: DutyEntry): boolean {
  return !('roles' in one) || !('roles' in other) || one.roles.some(role => other.roles.includes(role))
}

function dutiesLaxer(layer: Layer, layers: Layers, part: DutyPart): FieldFault[] {
  return (layer.data[part] ?? []).flatMap((entry: DutyEntry, index: number): FieldFault[] => {
    const same = (data: LayerFile) =>
      (data[part] ?? []).filter((one: DutyEntry) => dutyName(part, one) === dutyName(part, entry) && sharesRoles(one, entry))
    const every = nationalOf(layers, data => same(data).flatMap(one => one.every ?? []))
    const limit = every.at(-1)
    return [
      ...laxer(
        [part, index, 'within'],
        entry.rule,
        entry.within,
        nationalOf(layers, data => same(data).map(one => one.within)),
      ),
      ...(entry.every !== undefined
        ? laxer([part, index, 'every'], entry.rule, entry.every, every)
        : limit === undefined
          ? []
          : [
              {
                path: [part, index],
                on: 'key' as const,
                says: `${entry.rule} is done once; statutory guidance has it done again ${durationInWords(limit.value)} (${cite(limit)}).`,
                remedy: `Write every beside within, such as \`every: { value: ${durationAsWritten(limit.value)}, source: ... }\`, or leave the entry to the national file.`,
              },
            ]),
    ]
  })
}

/** What national texts say, the oldest edition first; settings and unverified values bind nobody. */
function nationalOf(layers: Layers, pick: (data: LayerFile) => readonly (Within | readonly Within[])[]): readonly Limit[] {
  return layers.national.flatMap(layer =>
    pick(layer.data)
      .flat()
      .filter(limit => !limit.setting && !limit.unverified)
      .map(limit => ({ ...limit, holdsFrom: limit.from ?? editionsOf(layer.data)[0]?.date ?? '', layer })),
  )
}

type Limit = Within & { readonly holdsFrom: string; readonly layer: Layer }

function cite({ layer, source }: Limit): string {
  return `${layer.data.documents[source.document]?.title ?? source.document}, ${source.section}`
}

/** Those values of a series that give more time than the newest national text that begins before they end. */
function laxer(path: FieldPath, name: string, series: Within | readonly Within[], limits: readonly Limit[]): FieldFault[] {
  const values = [series].flat().toSorted((a, b) => byText(a.from ?? '', b.from ?? ''))
  return values.flatMap((value, index): FieldFault[] => {
    const next = values[index + 1]?.from
    const limit = limits.findLast(
      ({ holdsFrom }) => (value.until === undefined || holdsFrom <= value.until) && (next === undefined || holdsFrom < next),
    )
    if (!limit || !givesMoreTime(value.value, limit.value)) return []
    return [
      {
        path,
        on: 'key',
        says: `${name} (${durationInWords(value.value)}) gives more time than statutory guidance does (${durationInWords(limit.value)}; ${cite(limit)}).`,
        remedy: 'A school may be stricter than statute, not laxer: shorten the time or leave it to the national file.',
      },
    ]
  })
}

/**
 * Whether a duration gives more time than a text does. Days of the same kind are counted; of different kinds it is asked whether
 * there is an ordinary week in which the one ends later. Anything else is compared on a day in mid-week.
 */
export function givesMoreTime(duration: Duration, limit: Duration): boolean {
  if (duration.unit === limit.unit) return roughHours(duration) > roughHours(limit)
  if (isOfOpenDays(duration))
    return 24 * longestSpan(duration) > (isOfOpenDays(limit) ? 24 * shortestSpan(limit) : roughHours(limit))
  return roughHours(duration) > (isOfOpenDays(limit) ? 24 * shortestSpan(limit) : roughHours(limit))
}

type OfOpenDays = Extract<Duration, { count: number }> & { readonly unit: 'working-days' | 'school-days' }

/** Working and school days skip weekends. */
function isOfOpenDays(duration: Duration): duration is OfOpenDays {
  return duration.unit === 'working-days' || duration.unit === 'school-days'
}

/** As calendar days, begun on a Friday: a weekend in front of every five. */
function longestSpan({ count }: OfOpenDays): number {
  return count + 2 * Math.ceil(count / 5)
}

/** As calendar days, begun on a Sunday. */
function shortestSpan({ count }: OfOpenDays): number {
  return count + 2 * Math.floor((count - 1) / 5)
}

/** Whether both rules may hold at once: those for other moments of the year, or for other beliefs, never meet. */
function mayMeet(one: ClockEntry['when'], other: ClockEntry['when']): boolean {
  const moments = one?.moment === undefined || other?.moment === undefined || one.moment === other.moment
  const beliefs =
    one?.believed === undefined || other?.believed === undefined || one.believed.some(of => other.believed?.includes(of))
  const extensions = one?.extended === undefined || other?.extended === undefined || one.extended === other.extended
  return moments && beliefs && extensions
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
    case 'months-to-working-day':
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
