import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import type { NewSearch, PupilSearch, SearchAnswer } from './model.ts'

const insert = {
  name: 'search_insert',
  text: `insert into pupil_search (school_id, id, child_id, searched_at, place, witness, looked_for, grounds, found, risk, recorded_at, recorded_by, concern_id, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
}

export interface SearchToKeep {
  readonly id: string
  readonly search: NewSearch
  readonly by: AdultId
  readonly concernId: ConcernId | null
  readonly excluded: readonly AdultId[]
}

export async function insertSearch(work: Work, _permit: Permit<'search.report'>, kept: SearchToKeep): Promise<void> {
  const { id, search, by, concernId, excluded } = kept
  const { childId, searchedAt, place, witness, lookedFor, grounds, found, risk } = search
  const words = [place, witness, lookedFor, grounds, found].map(text => text.trim())
  await work.tx.run(insert, [
    ...[work.school.id, id, childId, searchedAt, ...words, risk],
    ...[work.now, by, concernId, excluded],
  ])
}

const searches = {
  name: 'search_list',
  text: `select id, child_id as "childId", searched_at as "searchedAt", place, witness, looked_for as "lookedFor", grounds, found, risk,
      recorded_at as "recordedAt", recorded_by as "recordedBy", wider, wider_reason as "widerReason", concern_id as "concernId", to_jsonb(excluded) as excluded
    from pupil_search where school_id = $1
      and case when $2::uuid is not null then id = $2 when $3::uuid is not null then concern_id = $3 else wider is null end
    order by risk desc, recorded_at, id`,
}

/** Searches that the scope lets through: one, those of a concern, or all that wait for an answer. */
export function findSearches(
  work: Work,
  which: { readonly id?: string; readonly concernId?: ConcernId } = {},
): Promise<readonly PupilSearch[]> {
  return work.tx.run<PupilSearch>(searches, [work.school.id, which.id ?? null, which.concernId ?? null])
}

const answer = {
  name: 'search_answer',
  text: `update pupil_search set wider = $3, wider_reason = $4, answered_at = $5, answered_by = $6
    where school_id = $1 and id = $2 and wider is null`,
}

export async function saveAnswer(
  work: Work,
  _permit: Permit<'search.settle'>,
  id: string,
  given: SearchAnswer & { readonly by: AdultId },
): Promise<void> {
  await work.tx.run(answer, [work.school.id, id, given.wider, given.reason.trim(), work.now, given.by])
}
