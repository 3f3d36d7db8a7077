import type { Permit } from '../../access/index.ts'
import { newSalt } from '../../audit/entry.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import type { ComplaintFacts, ComplaintWords, NewComplaint } from './model.ts'

const insert = {
  name: 'complaint_insert',
  text: `insert into complaint (school_id, id, source, subject, process, received_on, owner_id, reply_by, recorded_at, recorded_by, state, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11)`,
}
const insertSealed = {
  name: 'complaint_words_insert',
  text: 'insert into complaint_words (school_id, complaint_id, sealed, salt, excluded) values ($1, $2, $3, $4, $5)',
}

const sealedFor = (work: Work) => `school:${work.school.id}`

export async function insertComplaint(
  work: Work,
  _permit: Permit<'complaint.record'>,
  id: string,
  complaint: NewComplaint,
  by: AdultId,
): Promise<void> {
  const { source, subject, process, receivedOn, ownerId, replyBy, about, from, says } = complaint
  const rest = [ownerId, replyBy, work.now, by, about]
  await work.tx.run(insert, [work.school.id, id, source, subject, process.trim(), receivedOn, ...rest])
  const words: ComplaintWords = { from, says }
  const sealed = work.sealing.seal(sealedFor(work), `complaint ${id}`, JSON.stringify(words))
  await work.tx.run(insertSealed, [work.school.id, id, sealed, newSalt(), about])
}

const complaints = {
  name: 'complaint_list',
  text: `select id, source, subject, process, received_on as "receivedOn", owner_id as "ownerId", reply_by as "replyBy", state,
      replied_at as "repliedAt", outcome, to_jsonb(excluded) as excluded
    from complaint where school_id = $1 and ($2::uuid is null or id = $2) order by state <> 'open', reply_by nulls last, received_on, id`,
}

/** Complaints that the scope lets through, the open ones first; or one. */
export function findComplaints(work: Work, id: string | null = null): Promise<readonly ComplaintFacts[]> {
  return work.tx.run<ComplaintFacts>(complaints, [work.school.id, id])
}

const words = {
  name: 'complaint_words_read',
  text: 'select sealed from complaint_words where school_id = $1 and complaint_id = $2',
}

/** What was complained of; undefined where it was moved. */
export async function findWords(work: Work, _permit: Permit<'complaint.keep'>, id: string): Promise<ComplaintWords | undefined> {
  const [row] = await work.tx.run<{ sealed: Buffer }>(words, [work.school.id, id])
  if (!row) return undefined
  return JSON.parse(work.sealing.open(sealedFor(work), `complaint ${id}`, row.sealed).toString('utf8')) as ComplaintWords
}

const move = { name: 'complaint_move', text: 'select complaint_move($1, $2) as moved' }

export async function saveMoved(
  work: Work,
  _permit: Permit<'complaint.keep'>,
  id: string,
  about: readonly AdultId[],
): Promise<boolean> {
  const [row] = await work.tx.run<{ moved: boolean }>(move, [id, about])
  return row?.moved ?? false
}

const answered = {
  name: 'complaint_answered',
  text: `update complaint set state = 'answered', replied_at = $3, outcome = $4 where school_id = $1 and id = $2 and state = 'open'`,
}

export async function saveAnswered(work: Work, _permit: Permit<'complaint.keep'>, id: string, outcome: string): Promise<void> {
  await work.tx.run(answered, [work.school.id, id, work.now, outcome.trim()])
}
