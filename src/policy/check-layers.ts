/** What one file's shape cannot tell: whether names meet their definitions, dates follow one another and nothing is given twice. */
import type { PlainDate } from '../kernel/plain-date.ts'
import { partDayFaults } from './check-part-days.ts'
import { pathwayFaults } from './check-pathways.ts'
import { conductFaults } from './conduct-chains.ts'
import type { Fault, FieldFault, FieldPath } from './faults.ts'
import type { Standing } from './language.ts'
import type { Layers } from './layers.ts'
import { editionsOf, findContactName } from './layers.ts'
import type { Layer } from './parse-layer.ts'
import type { Source } from './profile.ts'

/** Every fault of the files taken together, resolution aside. */
export function faultsOfLayers(layers: Layers): Fault[] {
  const all: readonly Layer[] = [
    ...layers.national,
    ...layers.authorities,
    ...layers.trusts,
    ...layers.schools,
    ...(layers.decided ?? []),
  ]
  return [...all.flatMap(layer => faultsOfLayer(layer, layers).map(layer.locate)), ...conductFaults(layers)]
}

function faultsOfLayer(layer: Layer, layers: Layers): FieldFault[] {
  return [
    ...sourceFaults(layer),
    ...contactFaults(layer, layers),
    ...routeFaults(layer),
    ...pathwayFaults(layer, layers),
    ...seriesFaults(layer),
    ...calendarFaults(layer),
    ...duplicateFaults(layer),
    ...(layer.kind === 'schools' ? belongingFaults(layer.data.school, layers) : []),
    ...(layer.kind === 'schools' ? referralFaults(layer.data.referrals ?? [], layers) : []),
  ]
}

type Entry = [Readonly<Record<string, unknown>>, FieldPath]

/** Every entry of a file with the path to it. */
function entries(value: unknown, path: FieldPath = [], found: Entry[] = []): readonly Entry[] {
  if (typeof value !== 'object' || value === null) return found
  if (!Array.isArray(value)) found.push([value as Record<string, unknown>, path])
  for (const [key, inner] of Array.isArray(value) ? value.entries() : Object.entries(value))
    if (typeof inner === 'object') entries(inner, [...path, key], found)
  return found
}

function sourceFaults(layer: Layer): FieldFault[] {
  const known = Object.keys(layer.data.documents)
  return entries(layer.data).flatMap(([entry, path]): FieldFault[] => {
    const { source } = entry as { source?: Source }
    if (source === undefined || typeof source !== 'object' || known.includes(source.document)) return []
    return [
      {
        path: [...path, 'source'],
        on: 'value',
        says: `No document "${source.document}" is defined in this file.`,
        remedy:
          known.length > 0
            ? `Its documents are ${known.join(', ')}; add the document or correct the name.`
            : 'Add it under documents.',
      },
    ]
  })
}

function contactReferences(layer: Layer): [FieldPath, string][] {
  const data: Record<string, unknown> = { ...layer.data }
  const references: [FieldPath, string][] = entries(data).flatMap(([entry, path]) =>
    ['contact', 'front_door', 'out_of_hours']
      .filter(field => typeof entry[field] === 'string')
      .map((field): [FieldPath, string] => [[...path, field], String(entry[field])]),
  )
  for (const [name, route] of Object.entries(layer.data.routes ?? {}))
    route?.outside.forEach((key, index) => {
      references.push([['routes', name, 'outside', index], key])
    })
  layer.data.conduct?.chains?.forEach((chain, at) => {
    chain.outside?.forEach((key, index) => {
      references.push([['conduct', 'chains', at, 'outside', index], key])
    })
  })
  if (layer.kind === 'authorities')
    for (const [purpose, key] of Object.entries(layer.data.directory ?? {})) references.push([['directory', purpose], key])
  return references
}

function contactFaults(layer: Layer, layers: Layers): FieldFault[] {
  const dangling = contactReferences(layer).filter(([, key]) => findContactName(layer, key, layers) === undefined)
  const overriding = Object.keys(layer.data.contacts ?? {}).filter(key => key.includes('.') && !layers.contactNames.has(key))
  return [
    ...dangling.map(
      ([path, key]): FieldFault => ({
        path,
        on: 'value',
        says: `No contact "${key}" is defined.`,
        remedy: 'Define it under contacts, or write the key of another file as <authority>.<contact>.',
      }),
    ),
    ...overriding.map(
      (key): FieldFault => ({
        path: ['contacts', key],
        on: 'key',
        says: `"${key}" overrides a contact that no other file defines.`,
        remedy: 'Correct the key, or leave out the part before the dot for a contact of this file alone.',
      }),
    ),
  ]
}

function routeFaults(layer: Layer): FieldFault[] {
  return Object.entries(layer.data.routes ?? {}).flatMap(([name, route]): FieldFault[] =>
    route && route.steps.length === 0 && route.outside.length === 0
      ? [
          {
            path: ['routes', name],
            on: 'key',
            says: 'The route leads to nobody.',
            remedy: 'Give it a step, or name under outside the contact that is shown when nobody can be told.',
          },
        ]
      : [],
  )
}

/** Lists of dated values: wherever one field holds several values, each must begin on another day, and none end before it begins. */
function seriesFaults(layer: Layer): FieldFault[] {
  const base = editionsOf(layer.data)[0]?.date
  const data = layer.data
  const series: [FieldPath, readonly Standing[]][] = [
    ...(data.clocks ?? []).map((clock, index): [FieldPath, readonly Standing[]] => [
      ['clocks', index, 'within'],
      [clock.within].flat(),
    ]),
    ...Object.entries(data.contacts ?? {}).map(([key, contact]): [FieldPath, readonly Standing[]] => [
      ['contacts', key],
      [contact].flat(),
    ]),
    ...(['voice_first', 'paper_form'] as const).map((field): [FieldPath, readonly Standing[]] => [
      ['concern', field],
      [data.concern?.[field] ?? []].flat(),
    ]),
  ]
  if ('calendar' in data)
    for (const field of ['day_starts', 'day_ends'] as const)
      series.push([['calendar', field], [data.calendar?.[field] ?? []].flat()])
  const doubled = series.flatMap(([path, values]) =>
    doublesOf(values.map(value => value.from ?? base ?? '')).map(
      ([index, from]): FieldFault => ({
        path: [...path, index],
        on: 'value',
        says: `Two values are given for ${from}.`,
        remedy: 'Give each value its own from, or remove one.',
      }),
    ),
  )
  const editions = doublesOf([data.edition].flat().map(edition => edition.date)).map(
    ([index, date]): FieldFault => ({
      path: ['edition', index],
      on: 'value',
      says: `Two editions are dated ${date}.`,
      remedy: 'Date each edition by the day it took effect.',
    }),
  )
  return [...doubled, ...editions, ...entries(data).flatMap(([entry, path]) => endFaults(entry, path, 'until'))]
}

/** The values that an earlier one already holds, with their positions. */
function doublesOf(values: readonly string[]): [number, string][] {
  return values.flatMap((value, index): [number, string][] => (values.indexOf(value) < index ? [[index, value]] : []))
}

function endFaults(entry: Readonly<Record<string, unknown>>, path: FieldPath, field: 'to' | 'until'): FieldFault[] {
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

function calendarFaults(layer: Layer): FieldFault[] {
  if (!('calendar' in layer.data) || layer.data.calendar === undefined) return []
  const { terms = [], closures = [], part_days = [], day_starts, day_ends } = layer.data.calendar
  const ends = [
    ...terms.flatMap((term, index) => endFaults(term, ['calendar', 'terms', index], 'to')),
    ...closures.flatMap((closure, index) => endFaults(closure, ['calendar', 'closures', index], 'to')),
  ]
  const overlaps = terms.flatMap((term, index): FieldFault[] => {
    const earlier = terms.slice(0, index).find(other => overlap(term, other))
    if (!earlier) return []
    const path = ['calendar', 'terms', index, 'from']
    return [
      {
        path,
        on: 'value',
        says: `${term.name} overlaps ${earlier.name}.`,
        remedy: 'Let a term begin after the one before it has ended.',
      },
    ]
  })
  const starts = [day_starts ?? []].flat().at(-1)?.value
  const leaves = [day_ends ?? []].flat().at(-1)?.value
  const backwards: FieldFault[] =
    starts !== undefined && leaves !== undefined && leaves <= starts
      ? [
          {
            path: ['calendar', 'day_ends'],
            on: 'value',
            says: `The school day ends at ${leaves}, before it starts at ${starts}.`,
            remedy: 'Correct one of the two times.',
          },
        ]
      : []
  return [...ends, ...overlaps, ...backwards, ...part_days.flatMap(partDayFaults(part_days, closures, { starts, leaves }))]
}

function overlap(a: { from: PlainDate; to: PlainDate }, b: { from: PlainDate; to: PlainDate }): boolean {
  return a.from <= b.to && b.from <= a.to
}

function duplicateFaults(layer: Layer): FieldFault[] {
  const { data } = layer
  const lists: [FieldPath, string, readonly (string | undefined)[]][] = [
    [['clocks'], 'rule', (data.clocks ?? []).map(clock => clock.rule)],
    [['conduct', 'chains'], 'id', (data.conduct?.chains ?? []).map(chain => chain.id)],
    [['gaps'], 'key', (data.gaps ?? []).map(gap => gap.key)],
    [['questions'], 'id', (data.questions ?? []).map(question => (question.from ? undefined : question.id))],
    [['pathways'], 'id', (data.pathways ?? []).map(pathway => (pathway.from ? undefined : pathway.id))],
    [['signs'], 'id', (data.signs ?? []).map(group => (group.from ? undefined : group.id))],
    [['escalation'], 'stage', (data.escalation ?? []).map(stage => (stage.from ? undefined : String(stage.stage)))],
    [
      ['concern', 'required'],
      'value',
      (data.concern?.required ?? []).map(required => (required.from ? undefined : required.value)),
    ],
  ]
  for (const name of ['prompts', 'reporter_categories', 'triage_categories'] as const)
    lists.push([['concern', name, 'options'], 'id', (data.concern?.[name]?.options ?? []).map(option => option.id)])
  if ('levels' in data && data.levels) {
    lists.push([['levels', 'levels'], 'id', data.levels.levels.map(level => level.id)])
    lists.push([['levels', 'levels'], 'position', data.levels.levels.map(level => String(level.position))])
  }
  if ('referral' in data)
    lists.push([['referral', 'localities'], 'id', (data.referral?.localities ?? []).map(locality => locality.id)])
  if ('referrals' in data) lists.push([['referrals'], 'authority', (data.referrals ?? []).map(referral => referral.authority)])
  return lists.flatMap(([path, field, values]) =>
    values.flatMap((value, index): FieldFault[] =>
      value !== undefined && values.indexOf(value) < index
        ? [
            {
              path: [...path, index, field],
              on: 'value',
              says: `${field} "${value}" is given twice.`,
              remedy: 'Rename or remove one of them.',
            },
          ]
        : [],
    ),
  )
}

interface Belonging {
  readonly authority: string
  readonly trust?: string | undefined
  readonly other_authorities?: readonly string[] | undefined
}

function belongingFaults(school: Belonging, layers: Layers): FieldFault[] {
  const authorities = layers.authorities.map(layer => layer.key)
  const trusts = layers.trusts.map(layer => layer.key)
  const noFile = (path: FieldPath, folder: string, key: string): FieldFault => ({
    path: ['school', ...path],
    on: 'value',
    says: `There is no file ${folder}/${key}.yaml.`,
    remedy: 'Add the file, or correct the name.',
  })
  return [
    ...(authorities.includes(school.authority) ? [] : [noFile(['authority'], 'authorities', school.authority)]),
    ...(school.trust === undefined || trusts.includes(school.trust) ? [] : [noFile(['trust'], 'trusts', school.trust)]),
    ...(school.other_authorities ?? []).flatMap((key, index) =>
      authorities.includes(key) ? [] : [noFile(['other_authorities', index], 'authorities', key)],
    ),
  ]
}

function referralFaults(referrals: readonly { authority: string }[], layers: Layers): FieldFault[] {
  return referrals.flatMap(({ authority }, index): FieldFault[] =>
    layers.authorities.some(layer => layer.key === authority)
      ? []
      : [
          {
            path: ['referrals', index, 'authority'],
            on: 'value',
            says: `There is no file authorities/${authority}.yaml.`,
            remedy: 'Add the file, or correct the name.',
          },
        ],
  )
}
