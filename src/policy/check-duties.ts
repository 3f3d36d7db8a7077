/** Whether what a file says is due can ever be done: clocks that something meets, documents that there are, reading that does not go round. */
import { clockHomes, clockParts } from './clock-homes.ts'
import type { FieldFault } from './faults.ts'
import type { Layers } from './layers.ts'
import type { Layer } from './parse-layer.ts'
import type { ClockName } from './profile.ts'

/** The faults of a file's clocks, training, reading and reviews. */
export function dutyFaults(layer: Layer, layers: Layers): FieldFault[] {
  return [...clockParts.flatMap(part => unmeetable(layer, part)), ...documentFaults(layer, layers), ...coverFaults(layer)]
}

function unmeetable({ data }: Layer, part: (typeof clockParts)[number]): FieldFault[] {
  const entries: readonly { readonly clock?: ClockName | undefined }[] = data[part] ?? []
  return entries.flatMap(({ clock }, index): FieldFault[] => {
    if (clock === undefined || clockHomes[clock].includes(part)) return []
    const homes = clockHomes[clock]
    const others = Object.entries(clockHomes).flatMap(([name, parts]) => (parts.includes(part) ? [name] : []))
    return [
      {
        path: [part, index, 'clock'],
        on: 'value',
        says: `Nothing that stands under ${part} ever meets the clock ${clock}: it would run for ever.`,
        remedy:
          homes.length > 0
            ? `Write it under ${homes.join(' or ')}, or use one of: ${others.join(', ')}.`
            : clock === 'retention-review'
              ? 'Give the period under retention, which starts and meets it.'
              : `Nothing in the product meets it yet: take it out and write a gap. Met here: ${others.join(', ')}.`,
      },
    ]
  })
}

function documentFaults(layer: Layer, layers: Layers): FieldFault[] {
  if (!layer.data.reading) return []
  const all: readonly Layer[] = [...layers.national, ...layers.authorities, ...layers.trusts, layer]
  const known = new Set(all.flatMap(({ data }) => (data.reading_documents ?? []).map(({ id }) => id)))
  return layer.data.reading.flatMap(({ document }, index): FieldFault[] =>
    known.has(document)
      ? []
      : [
          {
            path: ['reading', index, 'document'],
            on: 'value',
            says: `No document "${document}" is there to read: nobody could sign for it.`,
            remedy: `Add it under reading_documents, or use one of: ${[...known].join(', ')}.`,
          },
        ],
  )
}

/** Documents that cover one another would leave none of them to be read. */
function coverFaults({ data }: Layer): FieldFault[] {
  const covers = new Map((data.reading_documents ?? []).map(entry => [entry.id, entry.covers ?? []]))
  return (data.reading_documents ?? []).flatMap(({ id }, index): FieldFault[] =>
    leadsBack(id, at => covers.get(at) ?? [])
      ? [
          {
            path: ['reading_documents', index, 'covers'],
            on: 'key',
            says: `"${id}" covers itself by way of others, and nobody would be asked to read any of them.`,
            remedy: 'Let only the larger document cover the smaller.',
          },
        ]
      : [],
  )
}

/** Whether following the ways from a name comes back to it. */
export function leadsBack(name: string, waysFrom: (name: string) => readonly string[]): boolean {
  const seen = new Set<string>()
  const open = [...waysFrom(name)]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === name) return true
    if (seen.has(at)) continue
    seen.add(at)
    open.push(...waysFrom(at))
  }
  return false
}
