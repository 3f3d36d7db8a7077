import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { ConcernOfIntelligence, ItemToReview, NewIntelligence, NewRecordRequest, NewReview, RecordRequest } from './model.ts'

type Keeping = Permit<'record-request.keep'>

const pass = {
  name: 'intelligence_insert',
  text: `insert into police_intelligence (school_id, id, concern_id, channel, at, content_class, reference, recorded_at, by_id, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

export async function insertIntelligence(
  work: Work,
  _permit: Permit<'intelligence.record'>,
  concern: ConcernOfIntelligence,
  row: NewIntelligence & { readonly id: string; readonly by: AdultId },
): Promise<void> {
  const { id, channel, at, contentClass, reference, by } = row
  await work.tx.run(pass, [work.school.id, id, concern.id, channel, at, contentClass, reference, work.now, by, concern.excluded])
}

const ask = {
  name: 'record_request_insert',
  text: `insert into record_request (school_id, id, child_id, asked_by, asked_on, recorded_at, by_id) values ($1, $2, $3, $4, $5, $6, $7)`,
}

export async function insertRequest(
  work: Work,
  _permit: Keeping,
  row: NewRecordRequest & { readonly id: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(ask, [work.school.id, row.id, row.childId, row.askedBy, row.askedOn, work.now, row.by])
}

const one = {
  name: 'record_request_one',
  text: `select id, child_id as "childId", asked_on as "askedOn", ${utcText('answered_at')} as "answeredAt", ${utcText('extended_at')} as "extendedAt" from record_request where school_id = $1 and id = $2`,
}

/** A request for a record. Before the permit, which is asked with whose record it is; nothing is shown without one. */
export async function findRequest(work: Work, id: string): Promise<RecordRequest | undefined> {
  return (await work.tx.run<RecordRequest>(one, [work.school.id, id]))[0]
}

const list = {
  name: 'record_request_to_review',
  text: `select i.kind, i.id, i.concern_id as "concernId", ${utcText('i.at')} as at, i.channel, i.content_class as "contentClass", i.reference, v.verdict, v.because
    from (select 'intelligence' as kind, id, concern_id, at, channel, content_class, reference from police_intelligence where school_id = $1
      union all select 'parents-held', id, concern_id, set_at, null, null, null from parent_hold where school_id = $1 and lifted_at is null) i
    join record_request r on r.school_id = $1 and r.id = $2
    join concern_child k on k.school_id = $1 and k.concern_id = i.concern_id and k.child_id = r.child_id and k.moved_to is null
    left join record_review v on v.school_id = $1 and v.request_id = $2 and v.item_kind = i.kind and v.item_id = i.id
    order by i.at, i.id`,
}

/** What the reader may see of what is reviewed before the record is given. */
export function listItems(work: Work, _permit: Keeping, request: string): Promise<ItemToReview[]> {
  return work.tx.run<ItemToReview>(list, [work.school.id, request])
}

const review = {
  name: 'record_review_insert',
  text: `insert into record_review (school_id, id, request_id, child_id, item_kind, item_id, verdict, because, at, by_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

export async function insertReview(
  work: Work,
  _permit: Keeping,
  request: RecordRequest,
  row: NewReview & { readonly reviewId: string; readonly by: AdultId },
): Promise<void> {
  const { reviewId, kind, id, verdict, because, by } = row
  await work.tx.run(review, [work.school.id, reviewId, request.id, request.childId, kind, id, verdict, because, work.now, by])
}

const unreviewed = { name: 'record_request_unreviewed', text: 'select record_request_unreviewed($1) as count' }

/** How many things are unreviewed, with those that the reader is outside of. */
export async function countUnreviewed(work: Work, _permit: Keeping, request: string): Promise<number> {
  return (await work.tx.run<{ count: number }>(unreviewed, [request]))[0]?.count ?? 0
}

const answer = {
  name: 'record_request_answer',
  text: 'update record_request set answered_at = $3, answered_by = $4 where school_id = $1 and id = $2',
}

export async function saveAnswered(work: Work, _permit: Keeping, request: string, by: AdultId): Promise<void> {
  await work.tx.run(answer, [work.school.id, request, work.now, by])
}

const extend = {
  name: 'record_request_extend',
  text: 'update record_request set extended_at = $3, extended_by = $4, extended_because = $5 where school_id = $1 and id = $2',
}

export async function saveExtended(
  work: Work,
  _permit: Keeping,
  request: string,
  notice: { readonly by: AdultId; readonly because: string },
): Promise<void> {
  await work.tx.run(extend, [work.school.id, request, work.now, notice.by, notice.because])
}
