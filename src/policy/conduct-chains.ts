/** What can be wrong with the chains of concerns about adults: they go round, end nowhere, or go on with a chain that is not there. */
import type { Fault, FieldFault } from './faults.ts'
import type { LayerFile } from './language.ts'
import type { Layers } from './layers.ts'
import { chainOf } from './layers.ts'
import type { Layer } from './parse-layer.ts'

type ChainEntry = NonNullable<NonNullable<LayerFile['conduct']>['chains']>[number]
type RouteEntry = NonNullable<NonNullable<LayerFile['routes']>['welfare']>

/** Whether going on from this chain comes back to one that was walked already. */
export function faultyThen(id: string, seen: readonly string[]): boolean {
  return seen.includes(id)
}

/** Every fault of the chains, with the file in which it stands. */
export function conductFaults(layers: Layers): Fault[] {
  const known = (layer: Layer): Map<string, ChainEntry> => {
    const schools = layer.kind === 'schools' ? [layer] : layers.schools.filter(school => chainOf(school, layers).includes(layer))
    const reached = [...schools.flatMap(school => chainOf(school, layers)), layer]
    return new Map(
      reached.flatMap(one => (one.data.conduct?.chains ?? []).map((entry): [string, ChainEntry] => [entry.id, entry])),
    )
  }
  const all: readonly Layer[] = [...layers.national, ...layers.authorities, ...layers.trusts, ...layers.schools]
  return all.flatMap(layer => {
    const chains = known(layer)
    return [
      ...(layer.data.conduct?.chains ?? []).flatMap((entry, index) =>
        chainFaults(entry, index, chains).map(fault => layer.locate(fault)),
      ),
      ...(layer.data.conduct?.unanswered ?? []).flatMap(({ chains: names = [] }, index) =>
        names.flatMap((name, at) =>
          chains.has(name) ? [] : [layer.locate(unknownChain(['conduct', 'unanswered', index, 'chains', at], name))],
        ),
      ),
      ...Object.entries(layer.data.routes ?? {}).flatMap(([name, route]) =>
        route ? roundFaults(route.steps, ['routes', name, 'steps']).map(fault => layer.locate(fault)) : [],
      ),
    ]
  })
}

function unknownChain(path: FieldFault['path'], name: string): FieldFault {
  return {
    path,
    on: 'value',
    says: `There is no chain "${name}".`,
    remedy: 'Give the id of a chain under conduct, here or in the file of the trust.',
  }
}

function chainFaults(entry: ChainEntry, index: number, chains: ReadonlyMap<string, ChainEntry>): FieldFault[] {
  const path = ['conduct', 'chains', index]
  if (entry.goes_on_with !== undefined && !chains.has(entry.goes_on_with))
    return [unknownChain([...path, 'goes_on_with'], entry.goes_on_with)]
  const walked = walk(entry, chains)
  if (walked.round)
    return [
      {
        path: [...path, 'goes_on_with'],
        on: 'value',
        says: `The chain goes round: ${[...walked.ids, walked.ids[0]].join(', ')}.`,
        remedy: 'Let it go on only with a chain that leads further up, and end outside the school.',
      },
    ]
  if (!walked.ends)
    return [
      {
        path,
        on: 'key',
        says: 'The chain ends nowhere.',
        remedy:
          'Name under outside the contact that is shown when nobody can be told, or with goes_on_with the chain that goes on.',
      },
    ]
  return roundFaults(entry.steps, [...path, 'steps'])
}

function walk(entry: ChainEntry, chains: ReadonlyMap<string, ChainEntry>) {
  const ids: string[] = []
  let at: ChainEntry | undefined = entry
  while (at && !ids.includes(at.id)) {
    ids.push(at.id)
    if ((at.outside ?? []).length > 0) return { ids, round: false, ends: true }
    at = at.goes_on_with === undefined ? undefined : chains.get(at.goes_on_with)
  }
  return { ids, round: at !== undefined, ends: false }
}

/** A step whose roles have all been told by the steps before it leads round and never further. */
function roundFaults(steps: RouteEntry['steps'], path: FieldFault['path']): FieldFault[] {
  return steps.flatMap((step, index): FieldFault[] => {
    const before = steps.slice(0, index).filter(one => one.from === step.from && one.until === step.until)
    const told = before.flatMap(one => one.roles)
    if (step.roles.some(role => !told.includes(role))) return []
    return [
      {
        path: [...path, index, 'roles'],
        on: 'value',
        says: `The route goes round: this step leads back to ${step.roles.join(', ')}.`,
        remedy: 'Name somebody whom no earlier step has told, or remove the step.',
      },
    ]
  })
}
