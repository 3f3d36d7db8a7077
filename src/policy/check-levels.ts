/** Whether the levels of need can be used, and whether what a school's file says of levels and categories names any that there are. */
import type { FieldFault, FieldPath } from './faults.ts'
import { chainOf, type Layers, type SchoolLayer } from './layers.ts'
import type { Layer } from './parse-layer.ts'

/** The faults of a file's levels, and of what it says of levels and categories. */
export function levelFaults(layer: Layer, layers: Layers): FieldFault[] {
  return [...scaleFaults(layer), ...(layer.kind === 'schools' ? [...beyondFaults(layer, layers), ...categoryFaults(layer)] : [])]
}

/** Positions count from 1 without a hole, and the highest is where a child is protected. */
function scaleFaults({ data }: Layer): FieldFault[] {
  const levels = 'levels' in data ? (data.levels?.levels ?? []) : []
  if (levels.length === 0) return []
  const positions = levels.map(({ position }) => position)
  const hole = positions.find((_, index) => !positions.includes(index + 1))
  const missing = positions.findIndex((_, index) => !positions.includes(index + 1)) + 1
  const scale: FieldFault[] =
    hole === undefined || new Set(positions).size < positions.length
      ? []
      : [
          {
            path: ['levels', 'levels'],
            on: 'key',
            says: `No level stands at position ${missing}.`,
            remedy: 'Count the positions from 1, the lowest level, upwards without leaving one out.',
          },
        ]
  if (levels.some(({ statutory }) => statutory === 'child-protection')) return scale
  return [
    ...scale,
    {
      path: ['levels', 'levels'],
      on: 'key',
      says: 'None of the levels is that of child protection.',
      remedy: 'Write `statutory: child-protection` at the level from which a child is referred as being harmed.',
    },
  ]
}

function beyondFaults(school: SchoolLayer, layers: Layers): FieldFault[] {
  const near = [school.data.school.authority, ...(school.data.school.other_authorities ?? [])]
  const files: readonly Layer[] = [...chainOf(school, layers), ...layers.authorities.filter(({ key }) => near.includes(key))]
  const positions = files.flatMap(({ data }) =>
    'levels' in data ? (data.levels?.levels ?? []).map(level => level.position) : [],
  )
  const highest = Math.max(0, ...positions)
  const named: readonly (readonly [FieldPath, number | undefined])[] = [
    ...(school.data.clocks ?? []).map(
      ({ when }, at) => [['clocks', at, 'when', 'level_at_least'], when?.level_at_least] as const,
    ),
    ...(school.data.pathways ?? []).map(
      (one, at) => [['pathways', at, 'for', 'level_at_least'], one.for.level_at_least] as const,
    ),
  ]
  return named.flatMap(([path, level]): FieldFault[] =>
    level !== undefined && highest > 0 && level > highest
      ? [{ path, on: 'value', says: `There is no level ${level}.`, remedy: `The highest level here is ${highest}.` }]
      : [],
  )
}

/** What a school's own file asks or does for a category that the school never gives would be silently left out. */
function categoryFaults({ data }: SchoolLayer): FieldFault[] {
  const options = data.concern?.triage_categories?.options
  if (!options) return []
  const known = options.map(({ id }) => id)
  const lists: readonly (readonly [FieldPath, readonly string[] | undefined])[] = [
    ...(data.questions ?? []).map((one, at) => [['questions', at, 'categories'], one.categories] as const),
    ...(data.questions ?? []).flatMap((one, at) =>
      (one.options ?? []).map(({ adds }, index) => [['questions', at, 'options', index, 'adds'], adds] as const),
    ),
    ...(data.pathways ?? []).map((one, at) => [['pathways', at, 'for', 'categories'], one.for.categories] as const),
    ...(data.internal_reviews ?? []).map((one, at) => [['internal_reviews', at, 'categories'], one.categories] as const),
  ]
  return lists.flatMap(([path, names = []]) =>
    names.flatMap((name, index): FieldFault[] =>
      known.includes(name)
        ? []
        : [
            {
              path: [...path, index],
              on: 'value',
              says: `No category "${name}" is given at triage.`,
              remedy: `Add it under concern.triage_categories, or use one of: ${known.join(', ')}.`,
            },
          ],
    ),
  )
}
