import type { Permit } from '../../access/index.ts'
import { dateInWords, localDate } from '../../kernel/london-time.ts'
import { byText } from '../../kernel/ordering.ts'
import type { Work } from '../../work/work.ts'
import { type FoundGroup, foundGroups, signsAsked } from '../patterns/index.ts'
import { chronologyOf, type StoredOccasion } from './chronology.ts'
import { entriesEachPage } from './filters.ts'
import type { Chronology, EntryToShow, FileFilters, FileHeader, Occasion, Passage, StoredEntry } from './model.ts'
import { anotherChild, asWritten, type LeaveOut, leavingOut, onScreen, type StandIn, standInsFor, wordsFor } from './sharing.ts'
import { findPassages, getStoredFile } from './store.ts'

/** A sheet of paper has no next page to press for; beyond this the statement says that it ends. */
export const entriesEachPrint = 2000

export interface ChildFile {
  /** What stands in the records and may mean more together. */
  readonly signs: readonly FoundGroup[]
  readonly header: FileHeader
  readonly chronology: Chronology
  /** How many other children the file knows by name: for these its words are searched before it leaves the school. */
  readonly namesSearched: number
}

/** Whether the names of other children are left out, and where the file is read. */
export type Others = 'screen' | 'left-out' | 'named'

/** The names under which this child is written about, which are never left out of their own file. */
function ownNames(header: FileHeader): string[] {
  return [header.givenName, header.familyName, ...(header.knownAs ? [header.knownAs] : [])]
}

// The other children's names go no further than these two.
function entryToShow(
  { hour: _hour, concern, ...entry }: StoredEntry,
  leaveOut: LeaveOut,
  passages: readonly Passage[] | undefined,
): EntryToShow {
  const words = passages && wordsFor({ ...entry, concern, passages }, leaveOut)
  const heading = leaveOut(entry.heading, concern?.otherNames ?? [], 'as-written')
  const shown = { ...entry, heading, ...(words ? { words } : {}) }
  if (!concern) return { ...shown, concern }
  const { otherNames, category: _category, ...known } = concern
  const { location, reportedBy } = known
  return {
    ...shown,
    concern: {
      ...known,
      location: location && leaveOut(location, otherNames),
      reportedBy: reportedBy && leaveOut(reportedBy, otherNames),
    },
  }
}

function occasionToShow({ otherNames, ...occasion }: StoredOccasion, leaveOut: LeaveOut): Occasion {
  return { ...occasion, place: occasion.place && leaveOut(occasion.place, otherNames) }
}

/** Who the child is, without the names of brothers and sisters. */
function headerWithout(header: FileHeader, standIns: readonly StandIn[], leaveOut: LeaveOut): FileHeader {
  const text = <T extends string | null>(says: T) => says && leaveOut(says, [])
  return {
    ...header,
    description: text(header.description),
    contacts: header.contacts.map(contact => ({
      ...contact,
      name: leaveOut(contact.name, []),
      relation: leaveOut(contact.relation, []),
      barredReason: text(contact.barredReason),
    })),
    addresses: header.addresses.map(address => ({ ...address, says: text(address.says) })),
    siblings: header.siblings.map((sibling, index) => ({
      ...sibling,
      name: standIns[index]?.stands ?? anotherChild,
      yearGroup: null,
      className: null,
    })),
    // Another child of the same name is another child: what tells the two apart is theirs.
    namesakes: [],
    household: header.household.map(concern => ({ ...concern, contactSays: text(concern.contactSays) })),
  }
}

function inTime(a: StoredEntry, b: StoredEntry): number {
  return byText(a.happenedOn, b.happenedOn) || byText(a.recordedAt, b.recordedAt) || byText(a.id, b.id)
}

/** What stands for each child whom this file knows by name: brothers and sisters first, then as they come in time. */
function standInsOf(header: FileHeader, entries: readonly StoredEntry[]): readonly StandIn[] {
  const inConcerns = entries.toSorted(inTime).flatMap(({ concern }) => concern?.otherNames ?? [])
  return standInsFor([...header.siblings.map(({ names }) => names), ...inConcerns])
}

async function loadFile(
  work: Work,
  permit: Permit<'file.read' | 'file.print'>,
  childId: string,
  filters: FileFilters,
  eachPage: number,
  others: Others,
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
  const own = ownNames(header)
  const standIns = standInsOf(header, entries)
  const leaveOut = { screen: onScreen(own), 'left-out': leavingOut(standIns, own), named: asWritten }[others]
  return {
    header: others === 'left-out' ? headerWithout(header, standIns, leaveOut) : header,
    namesSearched: standIns.length,
    signs: foundGroups(groups, signFacts, today, dateInWords),
    chronology: {
      ...counted,
      authors,
      points: counted.points.map(point => ({ ...point, heading: point.heading && leaveOut(point.heading, []) })),
      entries: counted.entries.map(entry => entryToShow(entry, leaveOut, passages && (passages.get(entry.id) ?? []))),
      occasions: counted.occasions.map(occasion => occasionToShow(occasion, leaveOut)),
    },
  }
}

/** A page of the child's file. */
export function getFile(work: Work, permit: Permit<'file.read'>, childId: string, filters: FileFilters): Promise<ChildFile> {
  return loadFile(work, permit, childId, filters, entriesEachPage, 'screen')
}

/** The child's file for paper: all that the filters let through, on one page. */
export function getFileForPrint(
  work: Work,
  permit: Permit<'file.print'>,
  childId: string,
  filters: FileFilters,
  others: Exclude<Others, 'screen'>,
): Promise<ChildFile> {
  return loadFile(work, permit, childId, { ...filters, page: 1 }, entriesEachPrint, others)
}
