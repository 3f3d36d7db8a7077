/** How much of an entry's words one child's file may show. Pure. */
import type { ConcernId } from '../../kernel/ids.ts'
import type { ConcernOfEntry, EntryWords, Involvement, OtherNames, Passage } from './model.ts'

/** Stands where another child's name stood. */
export const anotherChild = '[another child]'

const apostrophes = /['‘’ʼ`]/g
const hyphens = /[-‐‑–]/g

/** A name as a pattern: telephones write another apostrophe than lists do, and a line may break within a name. */
function escaped(text: string): string {
  return text
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(apostrophes, apostrophes.source)
    .replaceAll(hyphens, hyphens.source)
    .replaceAll(/\s+/g, '\\s+')
}

/** Another child whose name this file may hold, and what stands in its place. */
export interface StandIn {
  readonly names: readonly string[]
  readonly stands: string
}

const small = (name: string) =>
  name.trim().toLocaleLowerCase('en-GB').replaceAll(apostrophes, "'").replaceAll(hyphens, '-').replaceAll(/\s+/g, ' ')

/** What stands for a run of names: the one child who bears them all, or nobody in particular. */
function standInFor(run: string, one: RegExp, others: readonly StandIn[]): string {
  const said = [...run.matchAll(one)].map(([name]) => small(name))
  const [meant, ...more] = others.filter(other => said.every(name => other.names.some(own => small(own) === name)))
  return meant && more.length === 0 ? meant.stands : anotherChild
}

type Match = 'any-case' | 'as-written'

/**
 * The text with other children's names left out, whole words only. In the words of a concern that they share their case does not
 * matter: children write each other's names small. Elsewhere it does, because Will and May are words as well. A name that this
 * child bears too, such as a family name, stays.
 */
export function withStandIns(text: string, others: readonly StandIn[], ownNames: readonly string[], match: Match): string {
  const own = new Set(ownNames.map(small))
  const hidden = [...new Set(others.flatMap(({ names }) => names.map(name => name.trim())))]
    .filter(name => name !== '' && !own.has(small(name)))
    .toSorted((a, b) => b.length - a.length)
  if (hidden.length === 0) return text
  const flags = match === 'any-case' ? 'giu' : 'gu'
  const one = `(?:${hidden.map(escaped).join('|')})`
  const alone = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${one}(?![\\p{L}\\p{M}\\p{N}])`, flags)
  return text.replaceAll(new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${one}(?:[ -]${one})*(?![\\p{L}\\p{M}\\p{N}])`, flags), run =>
    standInFor(run, alone, others),
  )
}

/** The text with these names left out, whoever bears them. */
export function withoutNames(text: string, names: readonly string[], ownNames: readonly string[]): string {
  return withStandIns(text, [{ names, stands: anotherChild }], ownNames, 'any-case')
}

/** Each of these children once, with the same number wherever they are named; the file's own child is the first. */
export function standInsFor(children: OtherNames): readonly StandIn[] {
  const found = new Map<string, StandIn>()
  for (const parts of children) {
    const names = parts.filter(part => part !== null && part.trim() !== '') as string[]
    const key = names.map(small).join('\n')
    if (!found.has(key)) found.set(key, { names, stands: `[child ${found.size + 2}]` })
  }
  return [...found.values()]
}

/** How a text is shown, given the names of the other children in its concern; their case matters in a heading, which is ours. */
export type LeaveOut = (text: string, others: OtherNames, match?: Match) => string

/** On a screen of the school: the others of a shared concern are not named in this child's file. */
export function onScreen(ownNames: readonly string[]): LeaveOut {
  return (text, others, match = 'any-case') =>
    withStandIns(text, [{ names: namesOf(others), stands: anotherChild }], ownNames, match)
}

/** For paper that leaves the school: no other child whom the file knows by name, wherever they are named. */
export function leavingOut(all: readonly StandIn[], ownNames: readonly string[]): LeaveOut {
  return (text, others, match = 'any-case') => {
    const here = standInsFor(others).map(({ names }) => names.map(small).join('\n'))
    const shared = all.filter(({ names }) => here.includes(names.map(small).join('\n')))
    return withStandIns(withStandIns(text, shared, ownNames, match), all, ownNames, 'as-written')
  }
}

/** For paper that stays in the school. */
export const asWritten: LeaveOut = text => text

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
export function wordsFor(entry: WordsToShow, leaveOut: LeaveOut): EntryWords {
  const passages = entry.passages.filter(passage => passage.says.trim() !== '')
  const { concern } = entry
  if (entry.concernId !== null && (!concern || concern.movedAway)) return { kind: 'kept-apart' }
  if (concern?.isShared && entry.involvement !== 'subject') return { kind: 'kept-apart' }
  const others = concern?.otherNames ?? []
  const cleaned = passages.map(({ label, says }) => ({ label, says: leaveOut(says, others) }))
  if (concern?.isShared && concern.otherSubjects && cleaned.some(({ label }) => label === 'child-words'))
    return { kind: 'child-words-kept-apart', passages: cleaned.filter(({ label }) => label !== 'child-words') }
  const isAnyLeftOut = cleaned.some(({ says }, index) => says !== passages[index]?.says)
  return { kind: isAnyLeftOut ? 'names-left-out' : 'whole', passages: cleaned }
}
