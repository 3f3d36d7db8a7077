import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import type { Activity, ActivityKind } from './model.ts'

const columns = `a.id, a.kind, a.title, a.starts_at as "startsAt", a.ends_at as "endsAt", a.leader_id as "leaderId",
    (select l.name from adult l where l.school_id = $1 and l.id = a.leader_id) as "leaderName", a.cancelled_at as "cancelledAt"
  from activity a where a.school_id = $1`

const toCome = {
  name: 'activity_to_come',
  text: `select ${columns} and a.cancelled_at is null and a.ends_at > $2 and ($3::timestamptz is null or a.starts_at < $3)
    and ($4::uuid is null or a.leader_id = $4) order by a.starts_at, a.id limit 200`,
}

export interface Sought {
  readonly before?: Instant
  readonly leaderId?: AdultId
}

/** Entries that are not over, the first to come first. */
export function listActivities(
  work: Work,
  _permit: Permit<'activity.list'> | Permit<'cover.watch'>,
  { before, leaderId }: Sought,
): Promise<readonly Activity[]> {
  return work.tx.run<Activity>(toCome, [work.school.id, work.now, before ?? null, leaderId ?? null])
}

const one = { name: 'activity_one', text: `select ${columns} and a.id = $2` }

/** One entry, for whoever may know that there is one: the permit is asked with its leader. */
export async function findActivity(work: Work, id: string): Promise<Activity | undefined> {
  return (await work.tx.run<Activity>(one, [work.school.id, id]))[0]
}

export interface NewActivity {
  readonly id: string
  readonly kind: ActivityKind
  readonly title: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly leaderId: AdultId | null
}

const insert = {
  name: 'activity_insert',
  text: `insert into activity (school_id, id, kind, title, starts_at, ends_at, leader_id, planned_by, planned_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
}

export async function insertActivity(
  work: Work,
  _permit: Permit<'cover.keep'>,
  plannedBy: AdultId,
  activity: NewActivity,
): Promise<void> {
  const { id, kind, title, startsAt, endsAt, leaderId } = activity
  await work.tx.run(insert, [work.school.id, id, kind, title, startsAt, endsAt, leaderId, plannedBy, work.now])
}

const cancel = {
  name: 'activity_cancel',
  text: 'update activity set cancelled_at = $3 where school_id = $1 and id = $2 and cancelled_at is null',
}

export async function cancelActivity(work: Work, _permit: Permit<'cover.keep'>, id: string): Promise<void> {
  await work.tx.run(cancel, [work.school.id, id, work.now])
}

const leaders = {
  name: 'activity_leaders',
  text: `select a.id, a.name from adult a where a.school_id = $1 and a.account_id is not null and a.kind <> 'governor'
    and exists (select from appointment p where p.school_id = $1 and p.adult_id = a.id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2))
    order by a.name, a.id`,
}

/** Everybody with an account who may lead an activity. */
export function listLeaders(
  work: Work,
  _permit: Permit<'cover.keep'>,
): Promise<readonly { readonly id: AdultId; readonly name: string }[]> {
  return work.tx.run<{ id: AdultId; name: string }>(leaders, [work.school.id, work.now])
}
