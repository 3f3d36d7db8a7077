import type { Actor, Permit, Worker } from '../../access/index.ts'
import type { CheckpointChain } from '../../audit/checkpoint.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { MadeCheckpoint, Recipient } from './model.ts'

export interface ChainHead {
  readonly chain: string
  readonly n: number
  readonly hash: Buffer
}

const heads = { name: 'audit_heads', text: 'select chain, n, hash from audit_heads()' }

export function findHeads(work: Work<Worker>, _permit: Permit<'checkpoint.make'>): Promise<readonly ChainHead[]> {
  return work.tx.run<ChainHead>(heads, [])
}

const made = {
  name: 'checkpoints_made',
  text: `select to_char(day, 'YYYY-MM-DD') as day, ${utcText('made_at')} as "madeAt", content from audit_checkpoint
    where school_id = $1 and ($2::date is null or day = $2) order by audit_checkpoint.day desc limit $3`,
}

/** The latest checkpoints, the newest first. */
export function listCheckpoints(
  work: Work,
  _permit: Permit<'checkpoint.make' | 'checkpoint.read' | 'checkpoint.send'>,
  most: number,
): Promise<readonly MadeCheckpoint[]> {
  return work.tx.run<MadeCheckpoint>(made, [work.school.id, null, most])
}

export async function findCheckpoint(
  work: Work,
  _permit: Permit<'checkpoint.read'>,
  day: PlainDate,
): Promise<MadeCheckpoint | undefined> {
  return (await work.tx.run<MadeCheckpoint>(made, [work.school.id, day, 1]))[0]
}

const insert = {
  name: 'checkpoint_insert',
  text: 'insert into audit_checkpoint (school_id, day, made_at, content) values ($1, $2, $3, $4)',
}
const insertOpening = {
  name: 'checkpoint_opening_insert',
  text: 'insert into checkpoint_opening (school_id, day, chain, n, salt) values ($1, $2, $3, $4, $5)',
}

export interface Opening {
  readonly chain: CheckpointChain
  readonly n: number
  readonly salt: Buffer
}

export async function insertCheckpoint(
  work: Work<Worker>,
  _permit: Permit<'checkpoint.make'>,
  row: { readonly day: PlainDate; readonly content: string; readonly openings: readonly Opening[] },
): Promise<void> {
  await work.tx.run(insert, [work.school.id, row.day, work.now, row.content])
  for (const { chain, n, salt } of row.openings) await work.tx.run(insertOpening, [work.school.id, row.day, chain, n, salt])
}

const recipients = {
  name: 'checkpoint_recipients',
  text: `select id, address, ${utcText('added_at')} as "addedAt", address_is_of_school(address) as "isOfSchool" from checkpoint_recipient
    where school_id = $1 and ended_at is null order by checkpoint_recipient.added_at, id`,
}

export function listRecipients(
  work: Work,
  _permit: Permit<'checkpoint.make' | 'checkpoint.read' | 'checkpoint.send'>,
): Promise<readonly Recipient[]> {
  return work.tx.run<Recipient>(recipients, [work.school.id])
}

const ofSchool = { name: 'address_of_school', text: 'select address_is_of_school($1) as is' }

export async function isAddressOfSchool(work: Work, _permit: Permit<'checkpoint.send'>, address: string): Promise<boolean> {
  return (await work.tx.run<{ is: boolean }>(ofSchool, [address]))[0]?.is ?? false
}

const insertOfRecipient = {
  name: 'checkpoint_recipient_insert',
  text: 'insert into checkpoint_recipient (school_id, id, address, added_at, added_by) values ($1, $2, $3, $4, $5)',
}

export async function insertRecipient(
  work: Work<Actor>,
  _permit: Permit<'checkpoint.send'>,
  id: string,
  address: string,
): Promise<void> {
  await work.tx.run(insertOfRecipient, [work.school.id, id, address, work.now, work.someone.adultId])
}

const end = {
  name: 'checkpoint_recipient_end',
  text: 'update checkpoint_recipient set ended_at = $3, ended_by = $4 where school_id = $1 and id = $2 and ended_at is null returning id',
}

export async function endRecipient(
  work: Work<Actor>,
  _permit: Permit<'checkpoint.send'>,
  id: string,
  by: AdultId,
): Promise<boolean> {
  return (await work.tx.run(end, [work.school.id, id, work.now, by])).length > 0
}

const undelivered = {
  name: 'checkpoints_undelivered',
  text: `select to_char(c.day, 'YYYY-MM-DD') as day, c.content, r.id, r.address from audit_checkpoint c
    join checkpoint_recipient r on r.school_id = c.school_id and r.ended_at is null and r.added_at < c.made_at
    where c.school_id = $1 and c.day > $2 and not address_is_of_school(r.address)
      and not exists (select 1 from checkpoint_delivery d where d.school_id = c.school_id and d.day = c.day and d.recipient_id = r.id)
    order by c.day, r.id`,
}

export interface Undelivered {
  readonly day: PlainDate
  readonly content: string
  readonly id: string
  readonly address: string
}

export function listUndelivered(
  work: Work<Worker>,
  _permit: Permit<'checkpoint.make'>,
  after: PlainDate,
): Promise<readonly Undelivered[]> {
  return work.tx.run<Undelivered>(undelivered, [work.school.id, after])
}

const delivered = {
  name: 'checkpoint_delivered',
  text: 'insert into checkpoint_delivery (school_id, day, recipient_id, sent_at) values ($1, $2, $3, $4) on conflict do nothing',
}

export async function insertDelivery(
  work: Work<Worker>,
  _permit: Permit<'checkpoint.make'>,
  { day, id }: Pick<Undelivered, 'day' | 'id'>,
  at: Instant,
): Promise<void> {
  await work.tx.run(delivered, [work.school.id, day, id, at])
}

/** SQL: the night of the last checkpoint; null for whoever may not read any. `$1` is the school. */
export const lastNight = `(select to_char(max(day), 'YYYY-MM-DD') from audit_checkpoint where school_id = $1)`
