/** What holds from when: one thing has one value on each day, and nothing ends before it begins. */
import type { FieldFault, FieldPath } from './faults.ts'
import { editionsOf } from './layers.ts'
import type { Layer } from './parse-layer.ts'

export type Entry = readonly [Readonly<Record<string, unknown>>, FieldPath]
export type List = readonly [readonly unknown[], FieldPath]

/** Lists whose entries hold side by side although each is a value with a source. */
const together: ReadonlySet<unknown> = new Set(['required', 'before_concluding'])

const ofOneValue: ReadonlySet<string> = new Set(['value', 'source', 'from', 'until', 'reading', 'unverified', 'setting'])

/** Two values for one date, and ends before their beginnings, wherever in the file. */
export function seriesFaults(layer: Layer, entries: readonly Entry[], lists: readonly List[]): FieldFault[] {
  const base = editionsOf(layer.data)[0]?.date ?? ''
  const doubled = lists
    .filter(([list, path]) => isSeries(list, path))
    .flatMap(([list, path]) =>
      doublesOf(list.map(value => String((value as { from?: string }).from ?? base))).map(
        ([index, from]): FieldFault => ({
          path: [...path, index],
          on: 'value',
          says: `Two values are given for ${from}.`,
          remedy: 'Give each value its own from, or remove one.',
        }),
      ),
    )
  const editions = doublesOf([layer.data.edition].flat().map(edition => edition.date)).map(
    ([index, date]): FieldFault => ({
      path: ['edition', index],
      on: 'value',
      says: `Two editions are dated ${date}.`,
      remedy: 'Date each edition by the day it took effect.',
    }),
  )
  return [...doubled, ...editions, ...entries.flatMap(([entry, path]) => endFaults(entry, path, 'until'))]
}

/** A value, a contact or a threshold document that follows another in time. */
function isSeries(list: readonly unknown[], path: FieldPath): boolean {
  const name = path.at(-1)
  if (list.length < 2 || together.has(name)) return false
  if (path[0] === 'contacts' && path.length === 2) return true
  if (name === 'threshold') return true
  // Whatever says more of itself than a value and where it comes from is another thing on the same day.
  return list.every(
    value =>
      typeof value === 'object' && value !== null && 'value' in value && Object.keys(value).every(key => ofOneValue.has(key)),
  )
}

/** The values that an earlier one already holds, with their positions. */
function doublesOf(values: readonly string[]): [number, string][] {
  return values.flatMap((value, index): [number, string][] => (values.indexOf(value) < index ? [[index, value]] : []))
}

/** An end before the beginning. */
export function endFaults(entry: Readonly<Record<string, unknown>>, path: FieldPath, field: 'to' | 'until'): FieldFault[] {
  const { from } = entry
  const end = entry[field]
  if (typeof from !== 'string' || typeof end !== 'string' || from <= end) return []
  return [
    {
      path: [...path, field],
      on: 'value',
      says: `It ends on ${end}, before it begins on ${from}.`,
      remedy: 'Correct one of the two dates.',
    },
  ]
}
