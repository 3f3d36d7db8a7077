import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { ClosedPeriod, MailboxFacts } from './model.ts'

const today = `($2::timestamptz at time zone 'Europe/London')::date`

/** The facts as one column for whoever asks more in the same round trip; $1 is the school, $2 the moment. */
export const mailboxColumn = `jsonb_build_object(
    'readers', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'adultId', r.adult_id, 'name', a.name,
        'isOut', exists (select from absence x where x.school_id = $1 and x.adult_id = r.adult_id and x.starts_at <= $2 and (x.ends_at is null or x.ends_at > $2)),
        'isOfTeam', exists (select from appointment p where p.school_id = $1 and p.adult_id = r.adult_id and p.role = any ((select file_roles from school where id = $1)::text[])
          and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)))
        order by r.starts_at, r.id), '[]')
      from mailbox_reader r join adult a on a.school_id = $1 and a.id = r.adult_id where r.school_id = $1 and r.ends_at is null),
    'checks', (select coalesce(jsonb_agg(jsonb_build_object('adultId', c.adult_id, 'name', a.name, 'onDay', c.on_day, 'at', ${utcText('c.at')}) order by c.at desc), '[]')
      from mailbox_check c join adult a on a.school_id = $1 and a.id = c.adult_id where c.school_id = $1 and c.on_day > ${today} - 7 and c.on_day <= ${today}),
    'choice', (select jsonb_build_object('rule', h.rule, 'because', h.because, 'chosenAt', ${utcText('h.chosen_at')}, 'name', a.name)
      from mailbox_choice h join adult a on a.school_id = $1 and a.id = h.chosen_by where h.school_id = $1 order by h.chosen_at desc, h.id desc limit 1),
    'replies', (select coalesce(jsonb_agg(jsonb_build_object('closedFrom', y.closed_from, 'closedTo', y.closed_to, 'setAt', ${utcText('y.set_at')}, 'name', a.name) order by y.set_at desc), '[]')
      from mailbox_reply y join adult a on a.school_id = $1 and a.id = y.set_by where y.school_id = $1 and y.closed_to >= ${today}))`

const facts = { name: 'mailbox_facts', text: `select ${mailboxColumn} as mailbox` }

/** What is kept of the mailbox, as it stands now. */
export async function getMailboxFacts(
  work: Work,
  _permit: Permit<'mailbox.keep'> | Permit<'cover.watch'>,
): Promise<MailboxFacts> {
  const [row] = await work.tx.run<{ mailbox: MailboxFacts }>(facts, [work.school.id, work.now])
  if (!row) throw new Error('the facts query gives one row')
  return row.mailbox
}

const readersLock = {
  name: 'mailbox_readers_lock',
  text: 'select id, adult_id as "adultId" from mailbox_reader where school_id = $1 and ends_at is null order by starts_at, id for update',
}

/** Who reads now, held until the end of the transaction: two who are taken off at once must not leave too few. */
export function findReadersForUpdate(
  work: Work,
  _permit: Permit<'mailbox.keep'>,
): Promise<readonly { readonly id: string; readonly adultId: AdultId }[]> {
  return work.tx.run<{ id: string; adultId: AdultId }>(readersLock, [work.school.id])
}

const readerInsert = {
  name: 'mailbox_reader_insert',
  text: 'insert into mailbox_reader (school_id, id, adult_id, starts_at, added_by) values ($1, $2, $3, $4, $5)',
}

export async function insertReader(
  work: Work,
  _permit: Permit<'mailbox.keep'>,
  id: string,
  adultId: AdultId,
  addedBy: AdultId,
): Promise<void> {
  await work.tx.run(readerInsert, [work.school.id, id, adultId, work.now, addedBy])
}

const readerEnd = {
  name: 'mailbox_reader_end',
  text: 'update mailbox_reader set ends_at = $3 where school_id = $1 and id = $2 and ends_at is null',
}

export async function endReader(work: Work, _permit: Permit<'mailbox.keep'>, id: string): Promise<void> {
  await work.tx.run(readerEnd, [work.school.id, id, work.now])
}

const checkInsert = {
  name: 'mailbox_check_insert',
  text: 'insert into mailbox_check (school_id, id, adult_id, on_day, at) values ($1, $2, $3, $4, $5)',
}

export async function insertCheck(
  work: Work,
  _permit: Permit<'mailbox.check'>,
  id: string,
  adultId: AdultId,
  onDay: PlainDate,
): Promise<void> {
  await work.tx.run(checkInsert, [work.school.id, id, adultId, onDay, work.now])
}

const choiceInsert = {
  name: 'mailbox_choice_insert',
  text: 'insert into mailbox_choice (school_id, id, rule, because, chosen_at, chosen_by) values ($1, $2, $3, $4, $5, $6)',
}

export async function insertChoice(
  work: Work,
  _permit: Permit<'mailbox.keep'>,
  choice: { readonly id: string; readonly rule: string; readonly because: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(choiceInsert, [work.school.id, choice.id, choice.rule, choice.because, work.now, choice.by])
}

const replyInsert = {
  name: 'mailbox_reply_insert',
  text: 'insert into mailbox_reply (school_id, id, closed_from, closed_to, says, set_at, set_by) values ($1, $2, $3, $4, $5, $6, $7)',
}

export async function insertReply(
  work: Work,
  _permit: Permit<'mailbox.keep'>,
  reply: { readonly id: string; readonly period: ClosedPeriod; readonly says: string; readonly by: AdultId },
): Promise<void> {
  const { id, period, says, by } = reply
  await work.tx.run(replyInsert, [work.school.id, id, period.from, period.to, says, work.now, by])
}
