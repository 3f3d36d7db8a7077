import type { Permit, SubjectFacts } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import type { Indicator, TermCount, UnsettledChild } from './model.ts'
import { dayOf } from './sign-store.ts'

// The latest triage of a concern holds; what was thought before counts nowhere.
const latest = `latest as materialized (select distinct on (t.concern_id) t.concern_id, t.id, t.categories, t.main_category from triage t join concern o on o.school_id = $1 and o.id = t.concern_id
    where t.school_id = $1 and ${dayOf('o')} >= $2 and ($3::date is null or ${dayOf('o')} < $3) and ${notShutOut('o')} order by t.concern_id, t.at desc, t.id desc)`

const counts = {
  name: 'patterns_term_counts',
  text: `with ${latest},
    given as (select distinct a.concern_id, a.question, a.option from answer a join latest l on l.id = a.triage_id where a.school_id = $1 and a.option is not null),
    about as (select x.concern_id, x.child_id from concern_child x join latest l on l.concern_id = x.concern_id
      where x.school_id = $1 and x.involvement = 'subject' and x.moved_to is null)
    select 'category' as kind, '' as "of", category as id, count(distinct l.concern_id)::int as count, count(distinct b.child_id)::int as children,
        count(distinct l.concern_id) filter (where coalesce(l.main_category, case when cardinality(l.categories) = 1 then l.categories[1] end) = category)::int as main
      from latest l cross join unnest(l.categories) as category left join about b on b.concern_id = l.concern_id group by category
    union all select 'pair', one, other, count(distinct l.concern_id)::int, count(distinct b.child_id)::int, 0
      from latest l cross join unnest(l.categories) as one cross join unnest(l.categories) as other left join about b on b.concern_id = l.concern_id where one < other group by one, other
    union all select 'all', '', '', count(distinct l.concern_id)::int, count(distinct b.child_id)::int, 0 from latest l left join about b on b.concern_id = l.concern_id
    union all select 'option', question, option, count(*)::int, 0, 0 from given group by question, option
    union all select 'question', question, question, count(distinct concern_id)::int, 0, 0 from given group by question`,
}

/** The concerns of a span by what was said of them at triage. */
export function listTermCounts(
  work: Work,
  _permit: Permit<'patterns.open'>,
  span: { readonly from: PlainDate; readonly before: PlainDate | null },
): Promise<TermCount[]> {
  return work.tx.run<TermCount>(counts, [work.school.id, span.from, span.before])
}

const unsettled = {
  name: 'patterns_unsettled',
  text: `with asked as (select q ->> 'question' as question, q ->> 'settledBy' as settled_by from jsonb_array_elements($2::jsonb) as q),
    latest as (select distinct on (t.concern_id) t.concern_id, t.id from triage t where t.school_id = $1 order by t.concern_id, t.at desc, t.id desc)
    select k.id as "childId", trim(k.given_name || ' ' || k.family_name) as name, k.class_name as "className", s.question, o.id as "concernId", o.reference,
      array_agg(distinct a.option) as options, min((a.at at time zone 'Europe/London')::date) as since
    from asked s join answer a on a.school_id = $1 and a.question = s.question and a.option is not null join latest l on l.id = a.triage_id
      join concern o on o.school_id = $1 and o.id = a.concern_id
      join concern_child x on x.school_id = $1 and x.concern_id = o.id and x.involvement = 'subject' and x.moved_to is null
      join child k on k.school_id = $1 and k.id = x.child_id
    where ${notShutOut('o')} and not scope_tied_to(k.id)
      and not exists (select from answer d where d.school_id = $1 and d.concern_id = o.id and d.question = s.settled_by)
    group by k.id, k.given_name, k.family_name, k.class_name, s.question, o.id, o.reference order by since, name, o.id`,
}

/** Children with signs of need in a concern in which the question that settles them has no answer; those who have waited longest first. */
export function listUnsettled(
  work: Work,
  _permit: Permit<'patterns.open'>,
  asked: readonly { readonly question: string; readonly settledBy: string }[],
): Promise<UnsettledChild[]> {
  return work.tx.run<UnsettledChild>(unsettled, [work.school.id, JSON.stringify(asked)])
}

const access = {
  name: 'patterns_child_access',
  text: `select tied, trim(given_name || ' ' || family_name) as name from child where school_id = $1 and id = $2`,
}

/** What the access policy asks about a child's file, and the name for the page's heading. */
export async function findIndicatedChild(
  work: Work,
  childId: string,
): Promise<{ readonly name: string; readonly subject: SubjectFacts } | undefined> {
  const [row] = await work.tx.run<{ tied: AdultId[]; name: string }>(access, [work.school.id, childId])
  return row && { name: row.name, subject: { schoolId: work.school.id, excluded: row.tied } }
}

const indicators = {
  name: 'patterns_indicators',
  text: `with latest as (select distinct on (t.concern_id) t.concern_id, t.id from triage t where t.school_id = $1
      and t.concern_id in (select concern_id from concern_child where school_id = $1 and child_id = $2) order by t.concern_id, t.at desc, t.id desc)
    select a.question, a.option, a.happened_on as "on", o.id as "concernId", o.reference
    from answer a join latest l on l.id = a.triage_id join concern o on o.school_id = $1 and o.id = a.concern_id
      join concern_child x on x.school_id = $1 and x.concern_id = o.id and x.child_id = $2 and x.involvement = 'subject' and x.moved_to is null
    where a.school_id = $1 and a.happened_on is not null and a.option is not null and ${notShutOut('o')} order by a.happened_on, a.option, o.id`,
}

/** The dated answers about a child, over all concerns in which the child is the subject, the earliest first. */
export function listIndicators(work: Work, _permit: Permit<'file.read'>, childId: string): Promise<Indicator[]> {
  return work.tx.run<Indicator>(indicators, [work.school.id, childId])
}
