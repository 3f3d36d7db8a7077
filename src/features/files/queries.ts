import type { Permit } from '../../access/index.ts'
import type { Work } from '../../work/work.ts'
import { entriesEachPage } from './filters.ts'
import type { Chronology, EntryToShow, FileFilters, FileHeader, Occasion } from './model.ts'
import { namesOf, withoutNames, wordsFor } from './sharing.ts'
import { getChronology, getFileHeader, type StoredChronology, type StoredEntry } from './store.ts'

/** A sheet of paper has no next page to press for; beyond this the statement says that it ends. */
export const entriesEachPrint = 2000

export interface ChildFile {
  readonly header: FileHeader
  readonly chronology: Chronology
}

/** The names under which this child is written about, which are never left out of their own file. */
function ownNames(header: FileHeader): string[] {
  return [header.givenName, header.familyName, ...(header.knownAs ? [header.knownAs] : [])]
}

function withoutOthers(
  place: string | null,
  otherNames: readonly (readonly (string | null)[])[],
  header: FileHeader,
): string | null {
  return place && withoutNames(place, namesOf(otherNames), ownNames(header))
}

// The other children's names go no further than these two.
function entryToShow({ passages, concern, ...entry }: StoredEntry, header: FileHeader, words: boolean): EntryToShow {
  const shown = words ? wordsFor({ ...entry, concern, passages: passages ?? [] }, ownNames(header)) : undefined
  if (!concern) return { ...entry, concern, ...(shown ? { words: shown } : {}) }
  const { otherNames, ...known } = concern
  return {
    ...entry,
    concern: { ...known, location: withoutOthers(known.location, otherNames, header) },
    ...(shown ? { words: shown } : {}),
  }
}

function occasionToShow({ otherNames, ...occasion }: StoredChronology['occasions'][number], header: FileHeader): Occasion {
  return { ...occasion, place: withoutOthers(occasion.place, otherNames, header) }
}

async function loadFile(
  work: Work,
  permit: Permit<'file.read' | 'file.print'>,
  childId: string,
  filters: FileFilters,
  rows: { readonly limit: number; readonly offset: number },
): Promise<ChildFile> {
  const header = await getFileHeader(work, permit, childId)
  const stored = await getChronology(work, permit, childId, { ...filters, ...rows })
  return {
    header,
    chronology: {
      ...stored,
      entries: stored.entries.map(entry => entryToShow(entry, header, filters.words)),
      occasions: stored.occasions.map(occasion => occasionToShow(occasion, header)),
    },
  }
}

/** A page of the child's file. */
export function getFile(work: Work, permit: Permit<'file.read'>, childId: string, filters: FileFilters): Promise<ChildFile> {
  return loadFile(work, permit, childId, filters, { limit: entriesEachPage, offset: (filters.page - 1) * entriesEachPage })
}

/** The child's file for paper: all that the filters let through, on one page. */
export function getFileForPrint(
  work: Work,
  permit: Permit<'file.print'>,
  childId: string,
  filters: FileFilters,
): Promise<ChildFile> {
  return loadFile(work, permit, childId, filters, { limit: entriesEachPrint, offset: 0 })
}
