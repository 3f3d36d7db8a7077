import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import type { Colleague, OpenShare, Share, SharedChild, SharedWithMe } from './model.ts'

type TeamPermit = Permit<'share.make'>

const child = {
  name: 'share_child',
  text: `select id as "childId", given_name || ' ' || family_name as name, tied from child where school_id = $1 and id = $2`,
}

/** The child and the adults who are outside their file, which is what the permit is asked with. */
export async function findSharedChild(work: Work, id: ChildId): Promise<SharedChild | undefined> {
  return (await work.tx.run<SharedChild>(child, [work.school.id, id]))[0]
}

const colleagues = {
  name: 'share_colleagues',
  text: `select a.id as "adultId", a.name, a.job_title as "jobTitle" from adult a where a.school_id = $1 and a.account_id is not null
      and exists (select from appointment p where p.school_id = $1 and p.adult_id = a.id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2))
    order by a.name, a.id`,
}

/** Everybody of the school who could read something. */
export function listColleagues(work: Work, _permit: TeamPermit): Promise<Colleague[]> {
  return work.tx.run<Colleague>(colleagues, [work.school.id, work.now])
}

const insert = {
  name: 'share_insert',
  text: `with made as (insert into share (school_id, id, child_id, says, because, until_at, made_at, made_by, salt, excluded)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))
    insert into share_reader (school_id, share_id, adult_id, excluded) select $1, $2, reader, $10 from unnest($11::uuid[]) as reader`,
}

export interface ShareRow {
  readonly id: string
  readonly says: string
  readonly because: string
  readonly untilAt: Instant
  readonly by: AdultId
  readonly salt: Buffer
  readonly readers: readonly AdultId[]
}

export async function insertShare(work: Work, _permit: TeamPermit, about: SharedChild, row: ShareRow): Promise<void> {
  const { id, says, because, untilAt, by, salt, readers } = row
  const values = [id, about.childId, says, because, untilAt, work.now, by, salt, about.tied, readers]
  await work.tx.run(insert, [work.school.id, ...values])
}

const ofChild = {
  name: 'share_of_child',
  text: `select s.id, s.says, s.because, (select name from adult where school_id = $1 and id = s.made_by) as "madeBy", s.made_at as "madeAt",
      s.until_at as "untilAt", s.ended_at as "endedAt", s.ended_because as "endedBecause",
      (select jsonb_agg(jsonb_build_object('name', a.name, 'openedAt', r.opened_at, 'readAt', r.read_at) order by a.name, a.id)
        from share_reader r join adult a on a.school_id = $1 and a.id = r.adult_id where r.school_id = $1 and r.share_id = s.id) as readers
    from share s where s.school_id = $1 and s.child_id = $2 order by s.made_at desc, s.id limit 100`,
}

const instantOf = (text: Instant | null) => text && (new Date(text).toISOString() as Instant)

/** What was shared about a child, the newest first. */
export async function listShares(work: Work, _permit: TeamPermit, childId: ChildId): Promise<readonly Share[]> {
  const rows = await work.tx.run<Share>(ofChild, [work.school.id, childId])
  return rows.map(share => ({
    ...share,
    readers: share.readers.map(({ name, openedAt, readAt }) => ({
      name,
      openedAt: instantOf(openedAt),
      readAt: instantOf(readAt),
    })),
  }))
}

const standing = {
  name: 'share_team_standing',
  text: 'select child_id as "childId", excluded, until_at as "untilAt", ended_at as "endedAt" from share where school_id = $1 and id = $2',
}

export interface ShareStanding {
  readonly childId: ChildId
  readonly excluded: readonly AdultId[]
  readonly untilAt: Instant
  readonly endedAt: Instant | null
}

/** Whose it is and whether it holds, for the team; what the permit is asked with. */
export async function findShareStanding(work: Work, id: string): Promise<ShareStanding | undefined> {
  return (await work.tx.run<ShareStanding>(standing, [work.school.id, id]))[0]
}

const end = {
  name: 'share_end',
  text: 'update share set ended_at = $3, ended_by = $4, ended_because = $5 where school_id = $1 and id = $2 and ended_at is null and until_at > $3',
}

export async function saveEnd(work: Work, _permit: TeamPermit, id: string, by: AdultId, because: string): Promise<void> {
  await work.tx.run(end, [work.school.id, id, work.now, by, because])
}

const mine = {
  name: 'shares_of_mine',
  text: `select id, child_id as "childId", given_name || ' ' || family_name as name, class_name as "className", until_at as "untilAt", made_at as "madeAt",
      read_at as "readAt" from shares_of_mine($1) order by read_at is not null, made_at desc, id`,
}

/** What is shared with whoever asks, what they have not read first; without its words. */
export function listSharedWithMe(work: Work, _permit: Permit<'share.own'> | Permit<'child.find'>): Promise<SharedWithMe[]> {
  return work.tx.run<SharedWithMe>(mine, [work.now])
}

const myStanding = {
  name: 'share_standing',
  text: `select child_id as "childId", readers, excluded, until_at as "untilAt", ended_at as "endedAt" from share_standing($1)`,
}

/** Whether this is shared with whoever asks, which is what the permit is asked with. */
export async function findMyShareStanding(
  work: Work,
  id: string,
): Promise<(ShareStanding & { readonly readers: readonly AdultId[] }) | undefined> {
  return (await work.tx.run<ShareStanding & { readonly readers: readonly AdultId[] }>(myStanding, [id]))[0]
}

const open = {
  name: 'share_open',
  text: `select id, given_name || ' ' || family_name as name, class_name as "className", says, made_by as "madeBy", made_at as "madeAt",
      until_at as "untilAt", read_at as "readAt" from share_open($1, $2)`,
}

/** The words, and that they were opened. */
export async function findOpenShare(work: Work, _permit: Permit<'share.read'>, id: string): Promise<OpenShare | undefined> {
  return (await work.tx.run<OpenShare>(open, [id, work.now]))[0]
}

const read = { name: 'share_say_read', text: 'select share_say_read($1, $2) as said' }

export async function saveRead(work: Work, _permit: Permit<'share.read'>, id: string): Promise<boolean> {
  return (await work.tx.run<{ said: boolean }>(read, [id, work.now]))[0]?.said ?? false
}
