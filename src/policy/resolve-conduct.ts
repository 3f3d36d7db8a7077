/** Lays the chains of the layers over one another: a nearer file replaces a farther one's chain of the same id. */
import type { ConductChain, ConductRules, ConductUnanswered } from './conduct.ts'
import { faultyThen } from './conduct-chains.ts'
import type { LayerFile } from './language.ts'
import { cited, holding, nearest, nearestValue, resolved, sourced, type View } from './layer-values.ts'
import type { Layer } from './parse-layer.ts'
import type { RouteStep } from './profile.ts'

type ChainEntry = NonNullable<NonNullable<LayerFile['conduct']>['chains']>[number]
interface Placed {
  readonly layer: Layer
  readonly entry: ChainEntry
}

/** Conditions come before the rule for everybody else; among them what is written of those above a head comes first. */
function rank({ entry }: Placed): number {
  return entry.about ? 0 : entry.believed ? 1 : 2
}

/** The chains of a school on a date, in the order in which they are tried; undefined where one of the two kinds has none for everybody. */
export function conductOf(view: View): ConductRules | undefined {
  const all: Placed[] = []
  for (const layer of view.chain)
    for (const entry of holding(layer.data.conduct?.chains, view.on)) {
      const farther = all.findIndex(placed => placed.entry.id === entry.id)
      if (farther < 0) all.push({ layer, entry })
      else all[farther] = { layer, entry }
    }
  const chains = all.toSorted((a, b) => rank(a) - rank(b)).map(placed => chainOf(placed, all, view))
  const whole = (kind: ConductChain['kind']) => chains.some(chain => chain.kind === kind && !chain.about && !chain.believed)
  return whole('conduct') && whole('practice')
    ? { chains, unanswered: unansweredOf(view), ...demandsOf(view), ...afterwardsOf(view) }
    : undefined
}

function chainOf({ layer, entry }: Placed, all: readonly Placed[], view: View): ConductChain {
  const { steps, outside } = unrolled({ layer, entry }, all, view)
  const { about, believed } = entry
  return {
    key: entry.id,
    id: entry.id.startsWith('conduct') || entry.id.startsWith('practice') ? entry.id : `conduct-${entry.id}`,
    kind: entry.kind ?? 'conduct',
    steps,
    outside,
    ...(about
      ? {
          about: {
            holds: about.holds ?? [],
            relativeOf: about.relative_of ?? [],
            conflictOfInterest: about.conflict_of_interest ?? false,
          },
        }
      : {}),
    ...(believed ? { believed } : {}),
    ...cited(layer, entry),
    handsBack: entry.hands_back ?? false,
    shared: holding(entry.shared_with, view.on).map(one => ({ roles: one.roles, says: one.says, ...cited(layer, one) })),
  }
}

/** The steps of a chain and of the chain with which it goes on; a cycle is a fault of the files and ends here. */
function unrolled(
  { layer, entry }: Placed,
  all: readonly Placed[],
  view: View,
  seen: readonly string[] = [],
): Pick<ConductChain, 'steps' | 'outside'> {
  const steps = holding(entry.steps, view.on).map(
    (step): RouteStep => ({ tell: step.tell, roles: step.roles, says: step.says, ...cited(layer, step) }),
  )
  const outside = (entry.outside ?? []).map(key => resolved(layer, key, view.layers))
  const next = all.find(placed => placed.entry.id === entry.goes_on_with)
  if (!next || faultyThen(entry.id, seen)) return { steps, outside }
  const rest = unrolled(next, all, view, [...seen, entry.id])
  return { steps: [...steps, ...rest.steps], outside: outside.length > 0 ? outside : rest.outside }
}

/** Everything that any layer demands of a record and of its end. */
function demandsOf(view: View): Pick<ConductRules, 'required' | 'beforeConcluding'> {
  return {
    required: view.chain.flatMap(layer => holding(layer.data.conduct?.required, view.on).map(entry => sourced(layer, entry))),
    beforeConcluding: view.chain.flatMap(layer =>
      holding(layer.data.conduct?.before_concluding, view.on).map(entry => sourced(layer, entry)),
    ),
  }
}

/** Whether any layer cites where its text names whoever is given low-level concerns. */
export function lowLevelIsStated(view: View): boolean {
  return view.chain.some(
    ({ data }) => holding(data.conduct?.low_level_recipient ? [data.conduct.low_level_recipient] : [], view.on).length > 0,
  )
}

function afterwardsOf(view: View): Pick<ConductRules, 'notHandledWell' | 'toldWithin' | 'practiceAcknowledged'> {
  const toldWithin = nearestValue(view, data => data.conduct?.told_within)
  const practiceAcknowledged = nearestValue(view, data => data.conduct?.practice_acknowledged)
  const notHandledWell = nearest(view, layer => {
    const [entry] = holding(layer.data.conduct?.not_handled_well ? [layer.data.conduct.not_handled_well] : [], view.on)
    return entry && { tell: entry.tell, says: entry.says, ...cited(layer, entry) }
  })
  return {
    ...(notHandledWell ? { notHandledWell } : {}),
    ...(toldWithin ? { toldWithin } : {}),
    ...(practiceAcknowledged ? { practiceAcknowledged } : {}),
  }
}

/** Of each occasion what the nearest layer says of it. */
function unansweredOf(view: View): readonly ConductUnanswered[] {
  return (['unopened', 'lado-contact'] as const).flatMap(on => {
    for (const layer of view.chain.toReversed()) {
      const entries = holding(layer.data.conduct?.unanswered, view.on).filter(entry => entry.on === on)
      if (entries.length > 0)
        return entries.map(entry => ({
          on,
          chains: entry.chains ?? [],
          ...(entry.within === undefined ? {} : { within: entry.within }),
          tell: entry.tell,
          says: entry.says,
          ...cited(layer, entry),
        }))
    }
    return []
  })
}
