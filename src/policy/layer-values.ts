/** How values are picked out of layers: what holds on a date, what the nearest layer says, with which authority. */
import { byText } from '../kernel/ordering.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { LayerFile, Standing } from './language.ts'
import type { Layers, SchoolLayer } from './layers.ts'
import { editionsOf, findContactName, qualifiedSource } from './layers.ts'
import type { Layer } from './parse-layer.ts'
import type { Cited, Sourced } from './profile.ts'

/** One school's layers as they stand on a date. */
export interface View {
  readonly on: PlainDate
  readonly layers: Layers
  readonly school: SchoolLayer
  /** Farthest first. */
  readonly chain: readonly Layer[]
}

type DatedValue<T> = (Standing & { value: T }) | readonly (Standing & { value: T })[]

/** Whether an entry holds on the date: it has begun and not yet ended. */
export function holds(entry: Standing, on: PlainDate): boolean {
  return (entry.from === undefined || entry.from <= on) && (entry.until === undefined || entry.until >= on)
}

/** The entries that hold on the date. */
export function holding<T extends Standing>(entries: readonly T[] | undefined, on: PlainDate): readonly T[] {
  return (entries ?? []).filter(entry => holds(entry, on))
}

function isSeries<T>(series: T | readonly T[]): series is readonly T[] {
  return Array.isArray(series)
}

/** Of a series the value that began last. */
export function latest<T extends Standing>(series: T | readonly T[] | undefined, on: PlainDate): T | undefined {
  if (series === undefined) return undefined
  if (!isSeries(series)) return holds(series, on) ? series : undefined
  const begun = holding(series, on)
  return begun.toSorted((a, b) => byText(a.from ?? '', b.from ?? '')).at(-1)
}

/** What the nearest layer that has it gives. */
export function nearest<T>(view: View, pick: (layer: Layer) => T | undefined): T | undefined {
  for (let index = view.chain.length - 1; index >= 0; index--) {
    const layer = view.chain[index]
    const found = layer && pick(layer)
    if (found !== undefined) return found
  }
  return undefined
}

/** The dated value of the nearest layer that has one in force. */
export function nearestValue<T>(view: View, pick: (data: LayerFile) => DatedValue<T> | undefined): Sourced<T> | undefined {
  return nearest(view, layer => {
    const found = latest<Standing & { value: T }>(pick(layer.data), view.on)
    return found && sourced(layer, found)
  })
}

/** A value with its authority, as a profile holds it. */
export function sourced<T>(layer: Layer, entry: Standing & { value: T }): Sourced<T> {
  return {
    value: entry.value,
    ...cited(layer, entry),
    from: entry.from ?? editionsOf(layer.data)[0]?.date ?? ('' as PlainDate),
  }
}

/** How far an entry may be trusted. */
export function standingOf(entry: Pick<Standing, 'setting' | 'unverified' | 'reading'>): Sourced<unknown>['standing'] {
  if (entry.setting) return 'setting'
  if (entry.unverified) return 'unverified'
  return entry.reading === undefined ? 'stated' : 'read'
}

/** The name under which a profile knows the contact that a file means. */
export function resolved(layer: Layer, key: string, layers: Layers): string {
  return findContactName(layer, key, layers) ?? key
}

/** The list, unless it is empty. */
export function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

/** Source and standing of an entry, as a profile holds them. */
export function cited(layer: Layer, entry: Standing): Required<Pick<Cited, 'source' | 'standing'>> & Cited {
  return {
    source: qualifiedSource(layer, entry.source),
    standing: standingOf(entry),
    ...(entry.reading === undefined ? {} : { reading: entry.reading }),
  }
}
