import type pg from 'pg'
import type { AdultId, ChildId, ConcernId, SchoolId } from '../kernel/ids.ts'
import type { Instant, LocalTime } from '../kernel/plain-date.ts'
import { ownerRole } from '../platform/logins.ts'
import type { Work } from '../work/work.ts'

type Row = Readonly<Record<string, unknown>>

async function insertRows(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
    .map(column => client.escapeIdentifier(column))
    .join(', ')
  await client.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`, [
    JSON.stringify(rows),
  ])
}

/** Rows by table, in the order in which they go in. */
export async function insertStage(client: pg.Client, tables: readonly (readonly [string, readonly Row[]])[]): Promise<void> {
  await client.query('begin')
  await client.query(`set local role ${ownerRole}`)
  for (const [table, rows] of tables) await insertRows(client, table, rows)
  await client.query('commit')
}

/** When this child goes home from this moment on. */
export async function saveLeavesAt(
  client: pg.Client,
  school: SchoolId,
  child: ChildId,
  leavesAt: LocalTime | null,
): Promise<void> {
  await client.query('begin')
  await client.query(`set local role ${ownerRole}`)
  await client.query('update child set leaves_at = $3 where school_id = $1 and id = $2', [school, child, leavesAt])
  await client.query('commit')
}

/** Of those who are told in one moment whoever has been longest in post comes first: the order in which the file names them. */
const longestInPost = '(select min(a.starts_at) from appointment a where a.school_id = $1 and a.adult_id = told.adult_id)'

export interface AlertSeen {
  readonly id: string
  readonly concernId: ConcernId
  readonly adultId: AdultId
  readonly role: string
  readonly kind: string
  readonly rule: string
  readonly says: string
  readonly source: string
  /** Whoever was told by acting themselves has seen it at once. */
  readonly knewAlready: boolean
}

/** Every alert of the school, oldest first. */
export async function listAlerts(client: pg.Client, school: SchoolId): Promise<readonly AlertSeen[]> {
  const { rows } = await client.query<AlertSeen>(
    `select id, concern_id as "concernId", adult_id as "adultId", role, kind, rule, says, source, coalesce(seen_at = told_at, false) as "knewAlready"
      from alert as told where school_id = $1 order by told_at, step, ${longestInPost}, id`,
    [school],
  )
  return rows
}

export interface NoticeSeen {
  readonly id: string
  readonly adultId: AdultId
  readonly topic: string
  readonly role: string | null
  readonly rule: string | null
  readonly says: string
  readonly source: string
  readonly childId: string | null
}

/** Every notice of the school, oldest first. */
export async function listNotices(client: pg.Client, school: SchoolId): Promise<readonly NoticeSeen[]> {
  const { rows } = await client.query<NoticeSeen>(
    `select id, adult_id as "adultId", topic, role, rule, says, source, child_id as "childId" from notice as told where school_id = $1 order by told_at, ${longestInPost}, id`,
    [school],
  )
  return rows
}

/** The concerns that nobody inside can be given. */
export async function listUnreached(
  client: pg.Client,
  school: SchoolId,
): Promise<readonly { readonly id: ConcernId; readonly recordedAt: Instant }[]> {
  const { rows } = await client.query<{ id: ConcernId; recordedAt: Instant }>(
    `select id, recorded_at as "recordedAt" from concern where school_id = $1 and state = 'unreached' order by recorded_at, id`,
    [school],
  )
  return rows
}

/** Who is outside a concern or a case, whom it names, and which children it is about. */
export interface OutsidersOf {
  readonly id: string
  /** The chain of a case; null of a concern about a child. */
  readonly chain: string | null
  readonly excluded: readonly string[]
  /** Adults said to have harmed, or whom the case is about. */
  readonly named: readonly string[]
  readonly children: readonly string[]
}

/** Everything that has somebody outside it. */
export async function listOutsiders(client: pg.Client, school: SchoolId): Promise<readonly OutsidersOf[]> {
  const { rows } = await client.query<OutsidersOf>(
    `select c.id, null as chain, c.excluded::text[] as excluded,
        array(select a.adult_id::text from concern_adult a where a.school_id = $1 and a.concern_id = c.id and a.involvement = 'alleged' and a.adult_id is not null) as named,
        array(select k.child_id::text from concern_child k where k.school_id = $1 and k.concern_id = c.id) as children
      from concern c where c.school_id = $1 and cardinality(c.excluded) > 0
    union all select c.id, c.chain, c.excluded::text[],
        array(select s.adult_id::text from conduct_subject s where s.school_id = $1 and s.case_id = c.id and s.adult_id is not null), '{}'
      from conduct_case c where c.school_id = $1 and cardinality(c.excluded) > 0`,
    [school],
  )
  return rows
}

export interface ClockRow {
  readonly id: string
  readonly name: string
  readonly rule: string
  readonly says: string
  readonly source: string
  readonly standing: string
  readonly concern_id: string | null
  readonly child_id: string | null
  readonly subject_id: string | null
  readonly owner_id: AdultId | null
  readonly due_at: string | null
  readonly met_at: string | null
  readonly ended_at: string | null
  readonly breached_at: string | null
  readonly passed_on: number
  readonly area: string
  readonly told: number
  readonly subject_kind: string | null
  readonly referral_child: string | null
}

/** Every clock of the school, in the order in which they started. */
export async function listClocks(client: pg.Client, school: SchoolId): Promise<readonly ClockRow[]> {
  const { rows } = await client.query<{ clock: ClockRow }>(
    `select to_jsonb(k) || jsonb_build_object('referral_child', r.child_id) as clock
      from clock k left join referral r on r.school_id = k.school_id and r.id = k.referral_id where k.school_id = $1 order by k.basis_at, k.name, k.id`,
    [school],
  )
  return rows.map(row => row.clock)
}

/** The moments of concerns that are not closed yet. */
export async function listUndecided(client: pg.Client, school: SchoolId): Promise<readonly Instant[]> {
  const { rows } = await client.query<{ at: Instant }>(
    `select recorded_at as at from concern where school_id = $1 and state <> 'closed'`,
    [school],
  )
  return rows.map(row => row.at)
}

/** The first moment not before this one, and before that one, after which a clock or an awaited account is past its time. */
export async function findNextDue(
  client: pg.Client,
  school: SchoolId,
  from: Instant,
  before: Instant,
): Promise<Instant | undefined> {
  const { rows } = await client.query<{ at: Instant | null }>(
    `select min(at) as at from (
        select due_at as at from clock where school_id = $1 and met_at is null and ended_at is null
        union all select warn_at from awaited_account where school_id = $1 and met_at is null and warned_at is null
        union all select due_at from advice_asked where school_id = $1 and answered_at is null and told_late_at is null
        union all select tells_at as at from pupil_reminder where school_id = $1 and told_at is null and ended_at is null) as dues
      where at >= $2 and at < $3`,
    [school, from, before],
  )
  return rows[0]?.at ?? undefined
}

/** The next moment after one, and not after another, at which somebody hears of what is not done: told at that moment, not after it. */
export async function findNextTold(
  client: pg.Client,
  school: SchoolId,
  after: Instant,
  until: Instant,
): Promise<Instant | undefined> {
  const { rows } = await client.query<{ at: Instant | null }>(
    'select min(late_at) as at from pathway_step where school_id = $1 and settled_at is null and late_at > $2 and late_at <= $3',
    [school, after, until],
  )
  return rows[0]?.at ?? undefined
}

const words = { name: 'rehearsal_words', text: 'select part from concern_account where school_id = $1 and concern_id = $2' }

/** Whether the scope of this person lets the words of a concern through. */
export async function reachesWords(work: Work, concern: string): Promise<boolean> {
  return (await work.tx.run(words, [work.school.id, concern])).length > 0
}

const plan = { name: 'rehearsal_plan', text: 'select id from plan where school_id = $1 and id = $2' }

/** Whether the scope of this person lets a plan through. */
export async function reachesPlan(work: Work, id: string): Promise<boolean> {
  return (await work.tx.run(plan, [work.school.id, id])).length > 0
}

/** Takes those of these clocks that are not shown as told of already, and the reading of whoever has none that is shown as chased already. */
export async function quieten(client: pg.Client, school: SchoolId, isShown: (row: ClockRow) => boolean): Promise<void> {
  const rows = (await listClocks(client, school)).filter(row => row.met_at === null && row.ended_at === null)
  const shown = rows.filter(isShown)
  const ids = (some: readonly ClockRow[]) => some.map(({ id }) => id)
  await client.query('update clock set told = 2 where school_id = $1 and id = any ($2)', [
    school,
    ids(rows.filter(row => !shown.includes(row))),
  ])
  await client.query(
    `update reading_issue i set chased = 99 where i.school_id = $1 and i.chased < 99
      and not exists (select from clock c where c.id = any ($2) and c.subject_id = i.adult_id and c.name = i.clock)`,
    [school, ids(shown)],
  )
}

/** When each document was given out that nobody has confirmed and of which somebody will hear. */
export async function listUnconfirmed(client: pg.Client, school: SchoolId): Promise<readonly Instant[]> {
  const { rows } = await client.query<{ at: Instant }>(
    `select distinct issued_at as at from reading_issue where school_id = $1 and completed_at is null and withdrawn_at is null and chased < 99`,
    [school],
  )
  return rows.map(({ at }) => at)
}

/** Whoever is there has signed these documents before they began. */
export async function signBefore(client: pg.Client, school: SchoolId, documents: readonly string[], now: Instant): Promise<void> {
  const values = [school, documents, now]
  await client.query(
    `insert into reading_part (school_id, issue_id, part, adult_id, signed_at, recorded_by)
      select school_id, id, unnest(parts), adult_id, $3, adult_id from reading_issue where school_id = $1 and document = any ($2)`,
    values,
  )
  await client.query(
    `with signed as (update reading_issue set completed_at = $3 where school_id = $1 and document = any ($2) returning adult_id, clock)
      update clock c set ended_at = $3 from signed s
        where c.school_id = $1 and c.subject_id = s.adult_id and c.name = s.clock and c.met_at is null`,
    values,
  )
}
