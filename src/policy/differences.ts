/** What differs between two profiles: two schools, or one school on two days. Pure. */
import type { Profile } from './profile.ts'
import { type PolicyValue, type ValueKind, valueKinds, valuesOf } from './profile-values.ts'

export interface Difference {
  readonly kind: ValueKind
  readonly what: string
  /** Absent where only the other has it. */
  readonly left?: PolicyValue
  readonly right?: PolicyValue
}

/** Every value that the two do not share, in the order in which a policy is read. Where a value comes from is no difference. */
export function differencesBetween(left: Profile, right: Profile): readonly Difference[] {
  const lefts = byKey(valuesOf(left))
  const rights = byKey(valuesOf(right))
  const keys = [...new Set([...lefts.keys(), ...rights.keys()])]
  const differences = keys.flatMap((key): Difference[] => {
    const one = lefts.get(key)
    const other = rights.get(key)
    const either = one ?? other
    if (!either || (one && other && one.says === other.says)) return []
    return [{ kind: either.kind, what: either.what, ...(one ? { left: one } : {}), ...(other ? { right: other } : {}) }]
  })
  return differences.toSorted((a, b) => valueKinds.indexOf(a.kind) - valueKinds.indexOf(b.kind))
}

/** One of several values of one key is told from the others by their order. */
function byKey(values: readonly PolicyValue[]): ReadonlyMap<string, PolicyValue> {
  const seen = new Map<string, number>()
  return new Map(
    values.map(value => {
      const key = `${value.kind} ${value.key}`
      const times = seen.get(key) ?? 0
      seen.set(key, times + 1)
      return [`${key} ${times}`, value]
    }),
  )
}
