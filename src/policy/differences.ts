/** What differs between two profiles: two schools, or one school on two days. Pure. */
import type { Profile } from './profile.ts'
import { type PolicyValue, routeLines, type ValueKind, valueKinds, valuesOf } from './profile-values.ts'
import { caseTitle, conductCases, type RouteCase } from './route-cases.ts'

export interface Difference {
  readonly kind: ValueKind
  readonly what: string
  /** What each says; nothing where only the other has it. A route says several things, in their order. */
  readonly left: readonly PolicyValue[]
  readonly right: readonly PolicyValue[]
}

/** Every value that the two do not share, in the order in which a policy is read. Where a value comes from is no difference. */
export function differencesBetween(left: Profile, right: Profile): readonly Difference[] {
  const lefts = byKey(valuesOf(left).filter(isOfOneKey))
  const rights = byKey(valuesOf(right).filter(isOfOneKey))
  const keys = [...new Set([...lefts.keys(), ...rights.keys()])]
  const differences = keys.flatMap((key): Difference[] => {
    const one = lefts.get(key)
    const other = rights.get(key)
    const either = one ?? other
    if (!either || (one && other && one.says === other.says)) return []
    return [{ kind: either.kind, what: either.what, left: one ? [one] : [], right: other ? [other] : [] }]
  })
  return [...routeDifferences(left, right), ...differences].toSorted(
    (a, b) => valueKinds.indexOf(a.kind) - valueKinds.indexOf(b.kind),
  )
}

/** Chains are named by what they ask: another school has the same case under another name, and is asked for the case. */
function isOfOneKey({ kind, key }: PolicyValue): boolean {
  return kind !== 'routes' && !(kind === 'listeners' && /^(chosen|shared) /.test(key))
}

function routeDifferences(left: Profile, right: Profile): readonly Difference[] {
  const cases: readonly RouteCase[] = [
    { left: left.routes.welfare, right: right.routes.welfare },
    ...conductCases(left.conduct, right.conduct),
  ]
  return cases.flatMap((one): Difference[] => {
    const [ours, theirs] = [routeLines(left, one.left, one.chain?.about), routeLines(right, one.right, one.chain?.about)]
    if (saysOf(ours) === saysOf(theirs)) return []
    return [{ kind: 'routes', what: caseTitle(one, left, right), left: ours, right: theirs }]
  })
}

function saysOf(lines: readonly PolicyValue[]): string {
  return lines.map(({ says }) => says).join('\n')
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
