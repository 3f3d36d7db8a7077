import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import type { NewNotice, OwnNotice, PersonalTell } from './model.ts'

const insert = {
  name: 'notice_insert',
  text: `insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at, rule, role)
    select $1, t.id, t."adultId", $2, $3, $4, $5, $6, $7, $9, t.role from jsonb_to_recordset($8::jsonb) as t (id uuid, "adultId" uuid, role text)`,
}

export async function insertNotices(
  work: Work,
  _permit: Permit<'alert.tell'>,
  notice: NewNotice,
  rows: readonly { readonly id: string; readonly adultId: AdultId; readonly role: RoleId | null }[],
): Promise<void> {
  const { topic, urgent, says, source, link, rule = null } = notice
  await work.tx.run(insert, [work.school.id, topic, urgent, says, source, link, work.now, JSON.stringify(rows), rule])
}

const insertEach = {
  name: 'notice_insert_each',
  text: `insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at, rule, role)
    select $1, t.id, t."adultId", $2, $3, t.says, t.source, $4, $5, t.rule, t.role
    from jsonb_to_recordset($6::jsonb) as t (id uuid, "adultId" uuid, says text, source text, rule text, role text)`,
}

export async function insertOwnTells(
  work: Work,
  _permit: Permit<'monitoring.report' | 'monitoring.answer' | 'search.report' | 'share.make'>,
  { topic, urgent, link = '/alerts' }: Pick<NewNotice, 'topic' | 'urgent'> & Partial<Pick<NewNotice, 'link'>>,
  tells: readonly (PersonalTell & { readonly id: string })[],
): Promise<void> {
  await work.tx.run(insertEach, [work.school.id, topic, urgent, link, work.now, JSON.stringify(tells)])
}

const columns = 'id, topic, urgent, says, source, link, told_at as "toldAt", seen_at as "seenAt"'
const own = {
  name: 'notice_own',
  text: `select ${columns} from notice where school_id = $1 and adult_id = $2 order by seen_at is null desc, told_at desc, id limit 50`,
}

/** One's own notices, the new ones first. */
export function findOwnNotices(work: Work, _permit: Permit<'alert.own'>, adultId: AdultId): Promise<readonly OwnNotice[]> {
  return work.tx.run<OwnNotice>(own, [work.school.id, adultId])
}

const seen = {
  name: 'notice_seen',
  text: `with old as (select ${columns} from notice where school_id = $1 and adult_id = $2 and id = $3),
    done as (update notice set seen_at = $4 where school_id = $1 and adult_id = $2 and id = $3 and seen_at is null)
    select * from old`,
}

/** One of one's own, which by that is seen. */
export async function findAndSeeNotice(
  work: Work,
  _permit: Permit<'alert.own'>,
  adultId: AdultId,
  id: string,
): Promise<OwnNotice | undefined> {
  return (await work.tx.run<OwnNotice>(seen, [work.school.id, adultId, id, work.now]))[0]
}

export interface NoticeMail {
  readonly email: string
  readonly urgent: boolean
  readonly noticeIds: readonly string[]
}

const mailFacts = {
  name: 'notice_mail_facts',
  text: `select a.email, bool_or(n.urgent) as urgent, array_agg(n.id) as "noticeIds" from notice n join adult a on a.school_id = n.school_id and a.id = n.adult_id
    where n.school_id = $1 and n.adult_id = $2 and n.mailed_at is null and a.email is not null group by a.email`,
}

/** Whom to write to for which notices; undefined where it was mailed before or there is no address. */
export async function findNoticeMail(work: Work, adultId: AdultId): Promise<NoticeMail | undefined> {
  return (await work.tx.run<NoticeMail>(mailFacts, [work.school.id, adultId]))[0]
}

const mailed = { name: 'notice_mailed', text: 'update notice set mailed_at = $3 where school_id = $1 and id = any ($2)' }

export async function saveNoticesMailed(work: Work, _permit: Permit<'alert.tell'>, ids: readonly string[]): Promise<void> {
  await work.tx.run(mailed, [work.school.id, ids, work.now])
}
