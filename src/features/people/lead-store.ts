import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'

const standing = {
  name: 'people_lead_standing',
  text: `with held as (select p.starts_at, p.ends_at from appointment p where p.school_id = $1 and p.role = 'dsl' and p.starts_at <= $2)
    select not exists (select from held where ends_at is null or ends_at > $2) as "isVacant",
      exists (select from notice n where n.school_id = $1 and n.topic = 'lead-post' and coalesce(n.rule, '') not like 'lead.ends/%' and n.told_at >= coalesce((select max(ends_at) from held), '-infinity')) as "isTold",
      (select coalesce(jsonb_agg(distinct p.adult_id), '[]') from appointment p where p.school_id = $1 and p.role = any ($3) and p.starts_at <= $2
        and (p.ends_at is null or p.ends_at > $2)) as listeners,
      case when not exists (select from appointment p where p.school_id = $1 and p.role = 'dsl' and (p.ends_at is null or p.ends_at > $4))
        then (select ${utcText('max(ends_at)')} from appointment p where p.school_id = $1 and p.role = 'dsl' and p.ends_at > $2 and p.ends_at <= $4) end as "endsAt",
      exists (select from notice n where n.school_id = $1 and n.topic = 'lead-post'
        and n.rule = 'lead.ends/' || (select ${utcText('max(p.ends_at)')} from appointment p where p.school_id = $1 and p.role = 'dsl' and p.ends_at > $2)) as "isWarned"`,
}

export interface LeadStanding {
  readonly isVacant: boolean
  /** It has been told since the post fell vacant. */
  readonly isTold: boolean
  readonly listeners: readonly AdultId[]
  /** The last holder's end, where it comes within the time of warning and nobody follows. */
  readonly endsAt: Instant | null
  /** It has been warned of that end. */
  readonly isWarned: boolean
}

export async function findLeadStanding(
  work: Work,
  _permit: Permit<'alert.tell'>,
  roles: readonly RoleId[],
  warnedUntil: Instant,
): Promise<LeadStanding> {
  const [row] = await work.tx.run<LeadStanding>(standing, [work.school.id, work.now, roles, warnedUntil])
  if (!row) throw new Error('the query gives one row')
  return row
}

const others = {
  name: 'people_lead_others',
  text: `select count(distinct p.adult_id) as n from appointment p where p.school_id = $1 and p.role = 'dsl' and p.adult_id <> $2
    and p.starts_at < coalesce($4, 'infinity'::timestamptz) and (p.ends_at is null or p.ends_at > $3) and not ($5 and p.ends_at is null and p.starts_at < $3)`,
}

/** How many others hold the post of DSL in part of that time; the school's appointments are held until the transaction ends. */
export async function countOtherLeads(
  work: Work,
  _permit: Permit<'appointment.keep' | 'team.answer'>,
  adultId: AdultId,
  span: { readonly startsAt: Instant; readonly endsAt: Instant | null },
  /** Whoever holds it with no last day does not count: a successor is proposed before that day is set. */
  isSuccession = false,
): Promise<number> {
  const [row] = await work.tx.run<{ n: number }>(others, [work.school.id, adultId, span.startsAt, span.endsAt, isSuccession])
  return row?.n ?? 0
}

const successor = {
  name: 'people_lead_successor',
  text: `select exists (select from appointment p where p.school_id = $1 and p.role = 'dsl' and p.adult_id <> $2 and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3))
    or exists (select from team_change v where v.school_id = $1 and v.role = 'dsl' and v.kind = 'give' and v.state = 'open' and v.lapses_at > $4 and v.adult_id <> $2
      and v.starts_at <= $3 and (v.ends_at is null or v.ends_at > $3)) as entered`,
}

/** Whether somebody else is appointed or proposed to hold the post at the moment from which this person does not. */
export async function hasSuccessor(
  work: Work,
  _permit: Permit<'appointment.keep' | 'team.answer'>,
  adultId: AdultId,
  from: Instant,
): Promise<boolean> {
  const [row] = await work.tx.run<{ entered: boolean }>(successor, [work.school.id, adultId, from, work.now])
  return row?.entered ?? false
}
