import type { Permit } from '../../access/index.ts'
import { dateInWords, localDate } from '../../kernel/london-time.ts'
import type { Work } from '../../work/work.ts'
import { type FoundGroup, foundGroups, signsAsked } from '../patterns/index.ts'
import { chronologyOf, type StoredOccasion } from './chronology.ts'
import { entriesEachPage } from './filters.ts'
import type { Chronology, EntryToShow, FileFilters, FileHeader, Occasion, OtherNames, Passage, StoredEntry } from './model.ts'
import { namesOf, withoutNames, wordsFor } from './sharing.ts'
import { findPassages, getStoredFile } from './store.ts'

/** A sheet of paper has no next page to press for; beyond this the statement says that it ends. */
export const entriesEachPrint = 2000

export interface ChildFile {
  /** What stands in the records and may mean more together. */
  readonly signs: readonly FoundGroup[]
  readonly header: FileHeader
  readonly chronology: Chronology
}

/** The names under which this child is written about, which are never left out of their own file. */
function ownNames(header: FileHeader): string[] {
  return [header.givenName, header.familyName, ...(header.knownAs ? [header.knownAs] : [])]
}

function withoutOthers(place: string | null, otherNames: OtherNames, header: FileHeader): string | null {
  return place && withoutNames(place, namesOf(otherNames), ownNames(header))
}

// The other children's names go no further than these two.
function entryToShow(
  { hour: _hour, concern, ...entry }: StoredEntry,
  header: FileHeader,
  passages: readonly Passage[] | undefined,
): EntryToShow {
  const words = passages && wordsFor({ ...entry, concern, passages }, ownNames(header))
  const shown = { ...entry, ...(words ? { words } : {}) }
  if (!concern) return { ...shown, concern }
  const { otherNames, category: _category, ...known } = concern
  return { ...shown, concern: { ...known, location: withoutOthers(known.location, otherNames, header) } }
}

function occasionToShow({ otherNames, ...occasion }: StoredOccasion, header: FileHeader): Occasion {
  return { ...occasion, place: withoutOthers(occasion.place, otherNames, header) }
}

async function loadFile(
  work: Work,
  permit: Permit<'file.read' | 'file.print'>,
  childId: string,
  filters: FileFilters,
  eachPage: number,
): Promise<ChildFile> {
  const groups = work.profile.signs
  const today = localDate(work.now)
  const { header, authors, signFacts, entries } = await getStoredFile(work, permit, childId, signsAsked(groups, today))
  const counted = chronologyOf(entries, filters, eachPage)
  const passages = filters.words
    ? await findPassages(
        work,
        permit,
        childId,
        counted.entries.map(entry => entry.id),
      )
    : undefined
  return {
    header,
    signs: foundGroups(groups, signFacts, today, dateInWords),
    chronology: {
      ...counted,
      authors,
      entries: counted.entries.map(entry => entryToShow(entry, header, passages && (passages.get(entry.id) ?? []))),
      occasions: counted.occasions.map(occasion => occasionToShow(occasion, header)),
    },
  }
}

/** A page of the child's file. */
export function getFile(work: Work, permit: Permit<'file.read'>, childId: string, filters: FileFilters): Promise<ChildFile> {
  return loadFile(work, permit, childId, filters, entriesEachPage)
}

/** The child's file for paper: all that the filters let through, on one page. */
export function getFileForPrint(
  work: Work,
  permit: Permit<'file.print'>,
  childId: string,
  filters: FileFilters,
): Promise<ChildFile> {
  return loadFile(work, permit, childId, { ...filters, page: 1 }, entriesEachPrint)
}
