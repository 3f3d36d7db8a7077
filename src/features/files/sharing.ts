/** How much of an entry's words one child's file may show. Pure. */
import type { ConcernId } from '../../kernel/ids.ts'
import type { ConcernOfEntry, EntryWords, Involvement, OtherNames, Passage } from './model.ts'

/** Stands where another child's name stood. */
export const anotherChild = '[another child]'

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/**
 * The text with names left out, whole words only and whatever their case: children write each other's names small. A name that
 * this child bears as well, such as a family name, stays.
 */
export function withoutNames(text: string, names: readonly string[], ownNames: readonly string[]): string {
  const own = new Set(ownNames.map(name => name.toLocaleLowerCase('en-GB')))
  const hidden = [...new Set(names.map(name => name.trim()))]
    .filter(name => name !== '' && !own.has(name.toLocaleLowerCase('en-GB')))
    .toSorted((a, b) => b.length - a.length)
  if (hidden.length === 0) return text
  const one = `(?:${hidden.map(escaped).join('|')})`
  return text.replaceAll(
    new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${one}(?:[ -]${one})*(?![\\p{L}\\p{M}\\p{N}])`, 'giu'),
    anotherChild,
  )
}

/** All the names of the other children, one by one. */
export function namesOf(otherNames: OtherNames): string[] {
  return otherNames.flatMap(parts => parts.filter(part => part !== null))
}

export interface WordsToShow {
  readonly concernId: ConcernId | null
  readonly concern: (ConcernOfEntry & { readonly otherNames: OtherNames }) | null
  readonly involvement: Involvement | null
  readonly passages: readonly Passage[]
}

/**
 * What a file shows of an entry's words. A note was written for this file; a concern's words are its subject's, so the file of
 * a witness, a sibling or the child said to have harmed sends the reader to the concern; and where two children are subjects
 * nobody can tell whose words are whose.
 */
export function wordsFor(entry: WordsToShow, ownNames: readonly string[]): EntryWords {
  const passages = entry.passages.filter(passage => passage.says.trim() !== '')
  if (entry.concernId === null) return { kind: 'whole', passages }
  const { concern } = entry
  if (!concern || concern.movedAway) return { kind: 'kept-apart' }
  if (!concern.isShared) return { kind: 'whole', passages }
  if (entry.involvement !== 'subject') return { kind: 'kept-apart' }
  const names = namesOf(concern.otherNames)
  const cleaned = passages.map(({ label, says }) => ({ label, says: withoutNames(says, names, ownNames) }))
  if (concern.otherSubjects && cleaned.some(({ label }) => label === 'child-words'))
    return { kind: 'child-words-kept-apart', passages: cleaned.filter(({ label }) => label !== 'child-words') }
  const isAnyLeftOut = cleaned.some(({ says }, index) => says !== passages[index]?.says)
  return { kind: isAnyLeftOut ? 'names-left-out' : 'whole', passages: cleaned }
}
