/** What is listed, counted and drawn of a file's entries. Pure. */
import { byText } from '../../kernel/ordering.ts'
import type { Chronology, EntryKind, FileFilters, Occasion, OtherNames, Point, StoredEntry } from './model.ts'

/** The categories of each concern as this file knows them: those given by the team in it, and the reporter's own. */
function categoriesOfConcerns(entries: readonly StoredEntry[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { concernId, concern, categories } of entries) {
    if (concernId === null) continue
    const known = found.get(concernId) ?? new Set(concern?.category ? [concern.category] : [])
    for (const category of categories) known.add(category)
    found.set(concernId, known)
  }
  return found
}

function comesBefore(a: StoredEntry, b: StoredEntry): number {
  return byText(a.happenedOn, b.happenedOn) || byText(a.hour, b.hour) || byText(a.recordedAt, b.recordedAt) || byText(a.id, b.id)
}

/** The entries of one kind on one day together, the earliest day first. */
function pointsOf(entries: readonly StoredEntry[]): Point[] {
  const points = new Map<string, Point>()
  for (const { kind, happenedOn, heading, id, concernId, referralId, noteId, concern } of entries) {
    const key = `${happenedOn} ${kind}`
    const urgent = kind === 'concern' && (concern?.urgent ?? false)
    const other = points.get(key)
    points.set(
      key,
      other
        ? {
            kind,
            on: happenedOn,
            count: other.count + 1,
            urgent: other.urgent || urgent,
            heading: null,
            id: null,
            concernId: null,
            referralId: null,
            noteId: null,
          }
        : { kind, on: happenedOn, count: 1, urgent, heading, id, concernId, referralId, noteId },
    )
  }
  return [...points].toSorted(([a], [b]) => byText(a, b)).map(([, point]) => point)
}

export interface StoredOccasion extends Occasion {
  readonly otherNames: OtherNames
}

function occasionOf(entry: StoredEntry, categories: readonly string[]): StoredOccasion[] {
  const { kind, concern, happenedOn, happenedAtTime } = entry
  if (kind !== 'concern' || concern === null || concern.movedAway || entry.involvement === 'source') return []
  const { undated, location, otherNames } = concern
  return [{ on: happenedOn, time: happenedAtTime, undated, place: location, otherNames, categories }]
}

function countKinds(entries: readonly StoredEntry[]): Partial<Record<EntryKind, number>> {
  const counts: Partial<Record<EntryKind, number>> = {}
  for (const { kind } of entries) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** A chronology before it is decided how much of each entry may be shown. */
export interface CountedChronology extends Omit<Chronology, 'entries' | 'occasions' | 'authors'> {
  readonly entries: readonly StoredEntry[]
  readonly occasions: readonly StoredOccasion[]
}

/** One page of the entries that the filters let through, and what all of those come to. */
export function chronologyOf(
  entries: readonly StoredEntry[],
  filters: Pick<FileFilters, 'kinds' | 'category' | 'from' | 'to' | 'order' | 'page'>,
  eachPage: number,
): CountedChronology {
  const ofConcerns = categoriesOfConcerns(entries)
  const categoriesOf = (entry: StoredEntry) => (entry.concernId && ofConcerns.get(entry.concernId)) || new Set(entry.categories)
  const { kinds, category, from, to } = filters
  const matching = entries
    .filter(
      entry =>
        (kinds.length === 0 || kinds.includes(entry.kind)) &&
        (category === null || categoriesOf(entry).has(category)) &&
        (from === null || entry.happenedOn >= from) &&
        (to === null || entry.happenedOn <= to),
    )
    .toSorted(comesBefore)
  const ordered = filters.order === 'oldest' ? matching : matching.toReversed()
  const here = entries.filter(entry => !entry.concern?.movedAway)
  return {
    total: entries.length,
    matching: matching.length,
    kinds: countKinds(entries),
    categories: [...new Set(here.flatMap(entry => [...categoriesOf(entry)]))].toSorted(byText),
    entries: ordered.slice((filters.page - 1) * eachPage, filters.page * eachPage),
    points: pointsOf(matching),
    occasions: matching.flatMap(entry => occasionOf(entry, [...categoriesOf(entry)])),
  }
}
