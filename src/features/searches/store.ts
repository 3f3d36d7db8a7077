import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { RoleId } from '../../policy/roles.ts'
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

const notices = {
  name: 'search_notices',
  text: `insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at, rule, role)
    select $1, t.id, t."adultId", 'search', $3, t.says, t.source, $4, $5, t.rule, t.role
    from jsonb_to_recordset($2::jsonb) as t (id uuid, "adultId" uuid, says text, source text, rule text, role text)`,
}

export interface SearchTell {
  readonly id: string
  readonly adultId: AdultId
  readonly role: RoleId
  readonly rule: string
  readonly says: string
  readonly source: string
}

/** Tells these people, each in their own alerts: that there was a search, and nothing of it. */
export async function insertTells(
  work: Work,
  _permit: Permit<'search.report'>,
  tells: readonly SearchTell[],
  urgent: boolean,
): Promise<void> {
  await work.tx.run(notices, [work.school.id, JSON.stringify(tells), urgent, '/alerts', work.now])
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
