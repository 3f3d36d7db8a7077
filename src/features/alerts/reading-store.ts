import type { Permit } from '../../access/index.ts'
import type { AdultId, AlertId, ConcernId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import type { OwnAlert } from './model.ts'

interface Row extends Omit<OwnAlert, 'access'> {
  readonly reporterId: AdultId | null
  readonly writtenBy: AdultId | null
  readonly readers: AdultId[] | null
  readonly excluded: AdultId[]
}

const columns = `a.id, a.concern_id as "concernId", a.kind, a.says, a.source, a.told_at as "toldAt", a.seen_at as "seenAt", a.excluded, c.reference,
    c.reporter_id as "reporterId", c.written_by as "writtenBy", c.readers,
    (select coalesce(jsonb_agg(distinct p.name), '[]') from alert o join adult p on p.school_id = o.school_id and p.id = o.adult_id
      where o.school_id = $1 and o.concern_id = a.concern_id and o.adult_id <> $2 and o.kind not in ('feedback', 'addendum', 'find-dsl', 'for-return', 'without-dsl', 'handed-back', 'action', 'challenge', 'challenge-passed', 'early-contact', 'account-asked', 'account-due')) as others
  from alert a left join concern c on c.school_id = a.school_id and c.id = a.concern_id
  where a.school_id = $1 and a.adult_id = $2`

const ownAlerts = {
  name: 'alert_own',
  text: `select ${columns} order by a.seen_at is null desc, a.told_at desc, a.id limit 100`,
}
const ownAlert = { name: 'alert_own_one', text: `select ${columns} and a.id = $3` }

function alertOf(work: Work, row: Row): OwnAlert {
  const { reporterId, writtenBy, readers, excluded, ...alert } = row
  return {
    ...alert,
    access: {
      schoolId: work.school.id,
      // Whoever stands in for the team is known by the concern's id.
      id: alert.concernId,
      excluded,
      readers: readers ?? [],
      reporterId: reporterId ?? undefined,
      writtenBy: writtenBy ?? undefined,
    },
  }
}

/** One's own alerts, the new ones first. */
export async function findOwnAlerts(work: Work, _permit: Permit<'alert.own'>, adultId: AdultId): Promise<readonly OwnAlert[]> {
  const rows = await work.tx.run<Row>(ownAlerts, [work.school.id, adultId])
  return rows.map(row => alertOf(work, row))
}

export async function findOwnAlert(
  work: Work,
  _permit: Permit<'alert.own'>,
  adultId: AdultId,
  alertId: string,
): Promise<OwnAlert | undefined> {
  const [row] = await work.tx.run<Row>(ownAlert, [work.school.id, adultId, alertId])
  return row && alertOf(work, row)
}

const seen = {
  name: 'alert_seen',
  text: `update alert set seen_at = $4 where school_id = $1 and adult_id = $2 and concern_id = $3 and seen_at is null returning id`,
}

/** Marks what this person was told of a concern as seen; gives the alerts that were new. */
export async function saveSeen(
  work: Work,
  _permit: Permit<'alert.own'>,
  adultId: AdultId,
  concernId: ConcernId,
): Promise<readonly AlertId[]> {
  const rows = await work.tx.run<{ id: AlertId }>(seen, [work.school.id, adultId, concernId, work.now])
  return rows.map(row => row.id)
}
