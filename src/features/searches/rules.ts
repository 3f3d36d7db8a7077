/** What a search has to say, and the words in which it becomes a concern. Pure. */
import type { Instant } from '../../kernel/plain-date.ts'
import type { NewSearch, PupilSearch, SearchAnswer, SearchRefusal } from './model.ts'

/** Why a search cannot be kept. */
export function searchRefusal(search: Omit<NewSearch, 'childId'>, now: Instant): SearchRefusal | undefined {
  if (search.lookedFor.trim() === '') return 'nothing-suspected'
  if (search.grounds.trim() === '') return 'no-grounds'
  if (search.place.trim() === '') return 'no-place'
  if (search.witness.trim() === '') return 'no-witness'
  if (search.risk && search.found.trim() === '') return 'nothing-found'
  return search.searchedAt > now ? 'in-the-future' : undefined
}

/** Why a search cannot be answered. */
export function answerRefusal({ wider }: Pick<PupilSearch, 'wider'>, { reason }: SearchAnswer): SearchRefusal | undefined {
  if (wider !== null) return 'answered'
  return reason.trim() === '' ? 'no-reason' : undefined
}

/** What was seen, for the concern that a risk opens. */
export function inWords({ lookedFor, grounds, found, witness }: NewSearch): string {
  return `Found in a search: ${found.trim()}. Looked for: ${lookedFor.trim()}, because: ${grounds.trim()}. Present: ${witness.trim()}.`
}
