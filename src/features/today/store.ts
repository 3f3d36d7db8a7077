import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { casesToReview, glassToReview } from '../break-glass/index.ts'
import { lastNight } from '../checkpoints/index.ts'
import { whereExplanationsDiffer } from '../concerns/index.ts'
import { lastContactChecks } from '../directory/index.ts'
import { awaitingSiblings } from '../household/index.ts'
import { mailboxColumn } from '../mailbox/index.ts'
import { type EditionsNow, secondLooksWaiting } from '../triage/index.ts'
import type { TodayConcern, TodayFacts, TodayOutline } from './model.ts'

// A reporter keeps their own words after they are shut out of a concern; of the team's lists they see nothing.
// The open concerns come first, by their partial index; everything else is looked up for those few, never scanned.
// What belongs to them is put to them outside: a planner that takes one of these lists for short reads it anew for each concern.
const today = {
  name: 'today_facts',
  text: `with open as materialized (select id, state, urgent, stub, recorded_at, next_look_at from concern
      where school_id = $1 and state <> 'closed' and not coalesce(scope_adult() = any (excluded), false)),
  due as materialized (select w.concern_id, min(w.due_at) as due_at from (select concern_id, due_at from clock where school_id = $1 and met_at is null and ended_at is null
    union all select concern_id, due_at from pathway_step where school_id = $1 and settled_at is null and due_at is not null) w group by w.concern_id),
  waiting as materialized (select distinct concern_id from referral where school_id = $1 and state <> 'concluded' and state in ('phoned', 'written', 'escalated')),
  owing as materialized (select concern_id as id from referral where school_id = $1 and state = 'decided' and not direct
    union select o.id from open o where o.state = 'open' and (select d.choice from decision d where d.school_id = $1 and d.concern_id = o.id order by d.at desc, d.id desc limit 1) in ('refer', 'police')
    and not exists (select from referral r where r.school_id = $1 and r.concern_id = o.id and not r.direct)),
  differing as materialized (${whereExplanationsDiffer('select id from open')})
  select ${awaitingSiblings} as siblings, ${secondLooksWaiting('$4')} as "secondLooks", ${glassToReview} as "glassToReview", ${casesToReview} as "casesToReview",
    (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'state', o.state, 'urgent', o.urgent, 'stub', o.stub, 'recordedAt', ${utcText('o.recorded_at')},
        'nextLookAt', ${utcText('o.next_look_at')})), '[]') from open o) as concerns,
    (select coalesce(jsonb_object_agg(concern_id, ${utcText('due_at')}) filter (where concern_id is not null), '{}') from due) as dues,
    (select coalesce(jsonb_agg(id), '[]') from owing) as owing, (select coalesce(jsonb_agg(concern_id), '[]') from waiting) as waiting,
    (select coalesce(jsonb_agg(concern_id), '[]') from differing) as differing,
    (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'says', x.says, 'dueOn', x.due_on, 'concernId', x.concern_id,
        'reference', (select reference from concern where school_id = $1 and id = x.concern_id), 'ownerName', a.name,
        'ownerGone', x.owner_id = any (x.excluded) or not exists (select 1 from appointment p where p.school_id = $1 and p.adult_id = x.owner_id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)))
        order by x.due_on, x.id), '[]')
      from action x join adult a on a.school_id = $1 and a.id = x.owner_id where x.school_id = $1 and x.done_at is null) as actions,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', z.adult_id, 'name', a.name, 'until', ${utcText('z.ends_at')},
        'roles', (select coalesce(jsonb_agg(distinct p.role), '[]') from appointment p where p.school_id = $1 and p.adult_id = z.adult_id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)))
        order by a.name), '[]')
      from absence z join adult a on a.school_id = $1 and a.id = z.adult_id
      where z.school_id = $1 and z.starts_at <= $2 and (z.ends_at is null or z.ends_at > $2)
        and exists (select 1 from appointment p where p.school_id = $1 and p.adult_id = z.adult_id and p.role = any ($3) and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2))) as away,
    (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'childId', x.child_id, 'says', x.says, 'name', trim(k.given_name || ' ' || k.family_name)) order by x.opened_at, x.id), '[]')
      from absence_draft x join child k on k.school_id = $1 and k.id = x.child_id where x.school_id = $1 and x.settled_at is null) as "absenceDrafts",
    ${lastContactChecks} as "contactChecks", ${mailboxColumn} as mailbox, ${lastNight} as "lastCheckpoint",
    (select count(*)::int from looking_question q where q.school_id = $1 and q.settled_at is null and not coalesce(scope_tied_to(q.child_id), false)) as "lookingToAsk"`,
}

const rows = {
  name: 'today_rows',
  text: `select o.id, o.reference, o.category, o.prompts, (select name from adult where school_id = $1 and id = o.owner_id) as "ownerName",
      (select coalesce(jsonb_agg(jsonb_build_object('name', trim(k.given_name || ' ' || k.family_name), 'className', k.class_name, 'born', k.born)
          order by x.involvement <> 'subject', k.family_name, k.given_name), '[]')
        from concern_child x join child k on k.school_id = $1 and k.id = x.child_id where x.school_id = $1 and x.concern_id = o.id and x.moved_to is null and x.involvement <> 'source')
        || (select coalesce(jsonb_agg(jsonb_build_object('name', r.name || ', an adult', 'className', null, 'born', null) order by r.n), '[]')
        from concern_adult r where r.school_id = $1 and r.concern_id = o.id and r.involvement = 'at-risk') as children,
      exists (select from family_contact f where f.school_id = $1 and f.concern_id = o.id and f.early) as "parentFirst",
      t.unseen as "unseenBy", t.seen as "seenBySomebody",
      (select jsonb_build_object('name', c.name, 'rule', c.rule, 'basisOn', (c.basis_at at time zone 'Europe/London')::date, 'dueAt', ${utcText('c.due_at')}, 'standing', c.standing) from clock c
        where c.school_id = $1 and c.concern_id = o.id and c.met_at is null and c.ended_at is null order by c.due_at nulls last, c.id limit 1) as clock,
      (select count(*)::int from clock c where c.school_id = $1 and c.concern_id = o.id and c.met_at is null and c.ended_at is null and c.due_at < $3) as "overdueClocks",
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'does', p.does, 'rule', p.rule, 'openedAt', ${utcText('p.opened_at')}, 'dueAt', ${utcText('p.due_at')}, 'inPerson', p.personal_to is not null) order by p.due_at, p.id), '[]')
        from pathway_step p where p.school_id = $1 and p.concern_id = o.id and p.settled_at is null and p.due_at is not null) as steps,
      exists (select from clock c where c.school_id = $1 and c.concern_id = o.id and c.name = 'child-seen' and c.met_at is null and c.ended_at is null) as "notSeenYet",
      exists (select from clock c where c.school_id = $1 and c.concern_id = o.id and c.name = 'child-response' and c.met_at is null and c.ended_at is null and c.due_at < $3) as "childUnanswered",
      (select coalesce(jsonb_agg(jsonb_build_object('referralId', r.id, 'destination', r.destination, 'state', r.state, 'openedAt', ${utcText('r.opened_at')}) order by r.opened_at), '[]')
        from referral r where r.school_id = $1 and r.concern_id = o.id and r.state in ('decided', 'phoned', 'written', 'escalated')) as "waitingFor"
    from concern o cross join lateral (select coalesce(jsonb_agg(distinct a.name) filter (where t.seen_at is null), '[]') as unseen, coalesce(bool_or(t.seen_at is not null), false) as seen
      from alert t join adult a on a.school_id = $1 and a.id = t.adult_id
      where t.school_id = $1 and t.concern_id = o.id and t.kind in ('told', 'urgent', 'passed-on', 'handed-over')) t
    where o.school_id = $1 and o.id = any ($2) and ${notShutOut('o')}`,
}

/** The rows of these concerns, in no order. */
export function listTodayRows(work: Work, _permit: Permit<'today.open'>, ids: readonly ConcernId[]): Promise<TodayConcern[]> {
  return work.tx.run<TodayConcern>(rows, [work.school.id, ids, work.now])
}

interface TodayRow extends Omit<TodayFacts, 'concerns'> {
  readonly concerns: readonly Omit<TodayOutline, 'dueAt' | 'owesReferral' | 'isWaiting' | 'explanationsDiffer'>[]
  readonly dues: Readonly<Record<ConcernId, Instant | null>>
  readonly owing: readonly ConcernId[]
  readonly waiting: readonly ConcernId[]
  readonly differing: readonly ConcernId[]
}

/** What is open at the work's school as the reader may see it, in one round trip. */
export async function getTodayFacts(
  work: Work,
  _permit: Permit<'today.open'>,
  teamRoles: readonly string[],
  editions: EditionsNow,
): Promise<TodayFacts> {
  const [row] = await work.tx.run<TodayRow>(today, [work.school.id, work.now, teamRoles, JSON.stringify(editions)])
  if (!row) throw new Error('the query gives one row')
  const { concerns, dues, owing, waiting, differing, ...facts } = row
  const [owes, waits, differs] = [new Set(owing), new Set(waiting), new Set(differing)]
  return {
    ...facts,
    concerns: concerns.map(concern => ({
      ...concern,
      dueAt: dues[concern.id] ?? null,
      owesReferral: owes.has(concern.id),
      isWaiting: waits.has(concern.id),
      explanationsDiffer: differs.has(concern.id),
    })),
  }
}
