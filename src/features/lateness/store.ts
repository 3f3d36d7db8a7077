import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import { startOfDay } from '../../kernel/london-time.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { awaitedOf } from '../accounts/index.ts'
import { namesAtRisk } from '../concerns/index.ts'
import type { LatenessFacts, Period } from './model.ts'

// One statement. Only records that can be late at all travel: of an earlier day, with a time of knowing, of telling or of asking.
const lateness = {
  name: 'lateness_facts',
  text: `with period as materialized (select c.* from concern c
      where c.school_id = $1 and c.recorded_at >= $2 and c.recorded_at < $3 and ${notShutOut('c')})
  select
    (select coalesce(jsonb_agg(jsonb_build_object('writerId', w.written_by, 'writer', (select name from adult where school_id = $1 and id = w.written_by), 'records', w.n)), '[]')
      from (select written_by, count(*) as n from period group by written_by) w) as writers,
    (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'reference', c.reference, 'writerId', c.written_by, 'writer', (select name from adult where school_id = $1 and id = c.written_by),
        'recordedAt', ${utcText('c.recorded_at')}, 'happenedOn', c.happened_on, 'happenedAtTime', c.happened_at_time, 'firstWrittenAt', ${utcText('c.first_written_at')},
        'lateReason', c.late_reason,
        'writtenAt', case when not c.stub then coalesce((select ${utcText('max(a.written_at)')} from concern_account a where a.school_id = $1 and a.concern_id = c.id), ${utcText('c.recorded_at')}) end,
        'toldAt', (select coalesce(jsonb_agg(${utcText('t.told_at')}), '[]') from concern_adult t where t.school_id = $1 and t.concern_id = c.id and t.involvement = 'told' and t.told_at is not null),
        'leavesAt', (select min(k.leaves_at) from concern_child x join child k on k.school_id = $1 and k.id = x.child_id
          where x.school_id = $1 and x.concern_id = c.id and x.moved_to is null and x.involvement = 'subject'),
        'children', (select coalesce(jsonb_agg(trim(k.given_name || ' ' || k.family_name) order by x.involvement <> 'subject', k.family_name, k.given_name), '[]')
          from concern_child x join child k on k.school_id = $1 and k.id = x.child_id where x.school_id = $1 and x.concern_id = c.id and x.moved_to is null) || ${namesAtRisk('c.id')},
        'disclosure', (select jsonb_build_object('endedAt', ${utcText('d.ended_at')}, 'beganAt', ${utcText('d.began_at')}) from disclosure_time d where d.school_id = $1 and d.concern_id = c.id),
        'awaited', ${awaitedOf('c.id')}) order by c.recorded_at desc, c.id), '[]')
      from period c where c.happened_on < (c.recorded_at at time zone 'Europe/London')::date or c.happened_at_time is not null or c.first_written_at is not null
        or exists (select from concern_adult t where t.school_id = $1 and t.concern_id = c.id and t.told_at is not null)
        or exists (select from disclosure_time d where d.school_id = $1 and d.concern_id = c.id)
        or exists (select from awaited_account w where w.school_id = $1 and w.concern_id = c.id)) as records`,
}

/** The times of a period's records as far as the reader is inside them, and how many each person wrote. */
export async function getLatenessFacts(work: Work, _permit: Permit<'lateness.open'>, period: Period): Promise<LatenessFacts> {
  const [row] = await work.tx.run<LatenessFacts>(lateness, [work.school.id, startOfDay(period.from), startOfDay(period.before)])
  if (!row) throw new Error('the query gives one row')
  return row
}
