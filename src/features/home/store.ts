import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import { ownTasks } from '../accounts/index.ts'
import { lastNight } from '../checkpoints/index.ts'
import type { HomeFacts } from './model.ts'

// Overdue is what the team's list calls overdue: seen, and past the first time that runs; tasks with theirs.
const homeFacts = {
  name: 'home_facts',
  text: `select own_find_dsl() as "findDsl",
    not exists (select from appointment p where p.school_id = $1 and p.role = 'dsl' and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3)) as "isLeadVacant",
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'savedAt', saved_at) order by saved_at desc, id), '[]') from draft
      where school_id = $1 and adult_id = $2) as drafts,
    (select jsonb_build_object('open', count(*), 'late', count(*) filter (where due_on < $4)) from action
      where school_id = $1 and owner_id = $2 and done_at is null) as actions,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'reference', reference) order by opened_at, id), '[]') from hand_back
      where school_id = $1 and by_id = $2 and written_at is null) as "handBacks",
    ${ownTasks('$2')} as "toWrite",
    (select jsonb_build_object('all', count(*), 'unread', count(*) filter (where read_at is null)) from shares_of_mine($3)) as shared,
    (select coalesce(jsonb_agg(jsonb_build_object('proposedBy', p.proposed_by, 'byHead', exists (select from appointment a where a.school_id = $1
        and a.adult_id = p.proposed_by and a.role = 'headteacher' and a.starts_at <= $3 and (a.ends_at is null or a.ends_at > $3)))), '[]')
      from policy_proposal p where p.school_id = $1 and p.state = 'open') as proposals,
    (select count(*) from team_changes_for_me($3)) as "teamChanges",
    ${lastNight} as "lastCheckpoint",
    (select count(*) from activity where school_id = $1 and leader_id = $2 and cancelled_at is null and ends_at > $3) as led,
    case when $5::boolean then jsonb_build_object(
      'unreached', (select count(*) from concern where school_id = $1 and state = 'unreached' and not coalesce(scope_adult() = any (excluded), false)),
      'fresh', (select count(*) from concern where school_id = $1 and state = 'new' and not coalesce(scope_adult() = any (excluded), false)),
      'overdue', (select count(*) from concern c where c.school_id = $1 and c.state in ('acknowledged', 'triaged', 'open') and ${notShutOut('c')}
          and (exists (select from clock k where k.school_id = $1 and k.concern_id = c.id and k.met_at is null and k.ended_at is null and k.due_at < $3)
            or (c.state = 'open' and (c.next_look_at at time zone 'Europe/London')::date < $4)))
        + (select count(*) from action x where x.school_id = $1 and x.done_at is null and (x.due_on < $4 or x.owner_id = any (x.excluded)
          or not exists (select from appointment p where p.school_id = $1 and p.adult_id = x.owner_id and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3))))
    ) end as counts`,
}

/** One's own drafts and actions, and for the safeguarding team how much waits. */
export async function getHomeFacts(
  work: Work,
  _permit: Permit<'home.open'>,
  who: { readonly adultId: string; readonly today: PlainDate; readonly isTeam: boolean },
): Promise<HomeFacts> {
  const [row] = await work.tx.run<HomeFacts>(homeFacts, [work.school.id, who.adultId, work.now, who.today, who.isTeam])
  if (!row) throw new Error('the facts query gives one row')
  const { since } = row.findDsl
  return {
    findDsl: { count: row.findDsl.count, since: since && (new Date(since).toISOString() as Instant) },
    actions: row.actions,
    handBacks: row.handBacks,
    toWrite: row.toWrite,
    shared: row.shared,
    led: row.led,
    proposals: row.proposals,
    teamChanges: row.teamChanges,
    isLeadVacant: row.isLeadVacant,
    lastCheckpoint: row.lastCheckpoint,
    counts: row.counts,
    drafts: row.drafts.map(draft => ({ ...draft, savedAt: new Date(draft.savedAt).toISOString() as Instant })),
  }
}
