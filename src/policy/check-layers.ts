/** What one file's shape cannot tell: whether names meet their definitions, dates follow one another and nothing is given twice. */
import type { PlainDate } from '../kernel/plain-date.ts'
import { dutyFaults } from './check-duties.ts'
import { levelFaults } from './check-levels.ts'
import { partDayFaults } from './check-part-days.ts'
import { pathwayFaults } from './check-pathways.ts'
import { type Entry, endFaults, type List, seriesFaults } from './check-series.ts'
import { twiceFaults } from './check-twice.ts'
import { unitFaults } from './check-units.ts'
import { conductFaults } from './conduct-chains.ts'
import type { Fault, FieldFault, FieldPath } from './faults.ts'
import type { SchoolFile } from './language.ts'
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
  const { entries, lists } = partsOf(layer.data)
  return [
    ...sourceFaults(layer, entries),
    ...contactFaults(layer, layers, entries),
    ...routeFaults(layer),
    ...pathwayFaults(layer, layers),
    ...seriesFaults(layer, entries, lists),
    ...twiceFaults(layer, entries, lists),
    ...levelFaults(layer, layers),
    ...dutyFaults(layer, layers),
    ...unitFaults(layer),
    ...calendarFaults(layer),
    ...duplicateFaults(layer),
    ...readingFaults(layer, layers),
    ...(layer.kind === 'schools' ? belongingFaults(layer.data.school, layers) : []),
    ...(layer.kind === 'schools' ? citedGuidanceFaults(layer.data.guidance_cited, layers) : []),
    ...(layer.kind === 'schools' ? referralFaults(layer.data.referrals ?? [], layers) : []),
  ]
}

interface Parts {
  readonly entries: Entry[]
  readonly lists: List[]
}

/** Every entry and every list of a file with the path to it, in one walk. */
function partsOf(value: unknown, path: FieldPath = [], found: Parts = { entries: [], lists: [] }): Parts {
  if (typeof value !== 'object' || value === null) return found
  if (Array.isArray(value)) found.lists.push([value, path])
  else found.entries.push([value as Record<string, unknown>, path])
  for (const [key, inner] of Array.isArray(value) ? value.entries() : Object.entries(value))
    if (typeof inner === 'object') partsOf(inner, [...path, key], found)
  return found
}

function sourceFaults(layer: Layer, entries: readonly Entry[]): FieldFault[] {
  const known = Object.keys(layer.data.documents)
  return entries.flatMap(([entry, path]): FieldFault[] => {
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

function contactReferences(layer: Layer, entries: readonly Entry[]): [FieldPath, string][] {
  const references: [FieldPath, string][] = entries.flatMap(([entry, path]) =>
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

function contactFaults(layer: Layer, layers: Layers, entries: readonly Entry[]): FieldFault[] {
  const dangling = contactReferences(layer, entries).filter(([, key]) => findContactName(layer, key, layers) === undefined)
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
    route && route.outside.length === 0
      ? [
          {
            path: ['routes', name],
            on: 'key',
            says: route.steps.length === 0 ? 'The route leads to nobody.' : 'The route ends nowhere.',
            remedy: `${route.steps.length === 0 ? 'Give it a step, and name' : 'Name'} under outside the contact that is shown when nobody can be told, such as the front door of the authority.`,
          },
        ]
      : [],
  )
}

function calendarFaults(layer: Layer): FieldFault[] {
  if (!('calendar' in layer.data) || layer.data.calendar === undefined) return []
  const { terms = [], closures = [], reopened = [], part_days = [], day_starts, day_ends } = layer.data.calendar
  const ends = [
    ...terms.flatMap((term, index) => endFaults(term, ['calendar', 'terms', index], 'to')),
    ...closures.flatMap((closure, index) => endFaults(closure, ['calendar', 'closures', index], 'to')),
    ...reopened.flatMap((days, index) => endFaults(days, ['calendar', 'reopened', index], 'to')),
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
  const long = terms.flatMap((term, index) => longFaults(term, index))
  return [
    ...ends,
    ...overlaps,
    ...long,
    ...backwards,
    ...part_days.flatMap(partDayFaults(part_days, closures, { starts, leaves })),
  ]
}

/** A term of a year or more: holidays would be taken for school days. */
function longFaults({ name, from, to }: { name: string; from: PlainDate; to: PlainDate }, index: number): FieldFault[] {
  const yearLater = `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`
  if (to < yearLater) return []
  return [
    {
      path: ['calendar', 'terms', index, 'to'],
      on: 'value',
      says: `${name} lasts longer than any term: from ${from} to ${to}.`,
      remedy: 'Give each term its own first and last day.',
    },
  ]
}

function overlap(a: { from: PlainDate; to: PlainDate }, b: { from: PlainDate; to: PlainDate }): boolean {
  return a.from <= b.to && b.from <= a.to
}

function duplicateFaults(layer: Layer): FieldFault[] {
  const { data } = layer
  const base = editionsOf(data)[0]?.date
  /** The same thing may be given again from another day. */
  const dated = ({ id, from }: { readonly id: string; readonly from?: PlainDate | undefined }) =>
    from === undefined || from === base ? id : `${id}" from "${from}`
  const lists: [FieldPath, string, readonly (string | undefined)[]][] = [
    [['clocks'], 'rule', (data.clocks ?? []).map(clock => clock.rule)],
    [['conduct', 'chains'], 'id', (data.conduct?.chains ?? []).map(chain => chain.id)],
    [['training'], 'rule', (data.training ?? []).map(({ rule }) => rule)],
    [['reading'], 'rule', (data.reading ?? []).map(({ rule }) => rule)],
    [['reviews'], 'rule', (data.reviews ?? []).map(({ rule }) => rule)],
    [['pupil_cases'], 'kind', (data.pupil_cases ?? []).map(({ kind, from }) => dated({ id: kind, from }))],
    [['pupil_events'], 'rule', (data.pupil_events ?? []).map(({ rule, from }) => dated({ id: rule, from }))],
    [['reading_documents'], 'id', (data.reading_documents ?? []).map(dated)],
    [['retention'], 'id', (data.retention ?? []).map(dated)],
    [['gaps'], 'key', (data.gaps ?? []).map(gap => gap.key)],
    [['questions'], 'id', (data.questions ?? []).map(dated)],
    [['pathways'], 'id', (data.pathways ?? []).map(dated)],
    [['signs'], 'id', (data.signs ?? []).map(dated)],
    [['escalation'], 'stage', (data.escalation ?? []).map(stage => dated({ ...stage, id: String(stage.stage) }))],
    [
      ['concern', 'required'],
      'value',
      (data.concern?.required ?? []).map(required => dated({ ...required, id: required.value })),
    ],
  ]
  for (const name of ['prompts', 'reporter_categories', 'triage_categories'] as const)
    lists.push([['concern', name, 'options'], 'id', (data.concern?.[name]?.options ?? []).map(option => option.id)])
  if ('levels' in data && data.levels) {
    lists.push([['levels', 'levels'], 'id', data.levels.levels.map(level => level.id)])
    lists.push([['levels', 'levels'], 'position', data.levels.levels.map(level => String(level.position))])
  }
  if ('referral' in data) {
    lists.push([['referral', 'localities'], 'id', (data.referral?.localities ?? []).map(locality => locality.id)])
    lists.push([['referral', 'channels'], 'id', (data.referral?.channels ?? []).map(dated)])
  }
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

/** Whatever covers others, is asked about or agreed to is one of the documents that some file names; and the right answer is one of the choices. */
function readingFaults({ data }: Layer, layers: Layers): FieldFault[] {
  const all = [...layers.national, ...layers.authorities, ...layers.trusts, ...layers.schools, ...(layers.decided ?? [])]
  const known = new Set(all.flatMap(layer => (layer.data.reading_documents ?? []).map(document => document.id)))
  const named: [FieldPath, string][] = [
    ...(data.reading_documents ?? []).flatMap(({ covers = [] }, index) =>
      covers.map((id, at): [FieldPath, string] => [['reading_documents', index, 'covers', at], id]),
    ),
    ...(data.understanding ?? []).map(({ document }, index): [FieldPath, string] => [
      ['understanding', index, 'document'],
      document,
    ]),
  ]
  if (data.devices) named.push([['devices', 'document'], data.devices.document])
  const unknown = named
    .filter(([, document]) => !known.has(document))
    .map(
      ([path, document]): FieldFault => ({
        path,
        on: 'value',
        says: `No document "${document}" is to be read anywhere.`,
        remedy: `Add it under reading_documents, or use one of: ${[...known].toSorted().join(', ')}.`,
      }),
    )
  const wrong = (data.understanding ?? []).flatMap(({ right, choices }, index): FieldFault[] =>
    choices.some(({ id }) => id === right)
      ? []
      : [
          {
            path: ['understanding', index, 'right'],
            on: 'value',
            says: `"${right}" is none of the choices.`,
            remedy: `Use one of: ${choices.map(({ id }) => id).join(', ')}.`,
          },
        ],
  )
  return [...unknown, ...wrong]
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
    ...(school.other_authorities ?? []).flatMap((key, index): FieldFault[] =>
      key === school.authority
        ? [
            {
              path: ['school', 'other_authorities', index],
              on: 'value',
              says: `${key} is the school's own authority.`,
              remedy: 'Name here only the further ones, or take it out.',
            },
          ]
        : [],
    ),
  ]
}

function citedGuidanceFaults(cites: SchoolFile['guidance_cited'], layers: Layers): FieldFault[] {
  // Only an edition of the guidance is cited; other national files hold settings.
  const known = layers.national.filter(({ data }) => data.documents['guidance']?.edition !== undefined).map(({ key }) => key)
  return [cites ?? []].flat().flatMap(({ value }): FieldFault[] =>
    known.includes(value)
      ? []
      : [
          {
            path: ['guidance_cited'],
            on: 'key',
            says: `No edition of the guidance stands in national/${value}.yaml.`,
            remedy: `Name the file of the edition that the policy cites: ${known.join(', ')}.`,
          },
        ],
  )
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
