import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { Work } from '../../work/work.ts'
import type { ChildForSigns, SignsAsked } from './model.ts'

/** SQL: the day on which the concern of this alias happened, or was written down. */
export const dayOf = (alias: string) =>
  `coalesce(${alias}.happened_on, (${alias}.recorded_at at time zone 'Europe/London')::date)`

/**
 * SQL: what signs are found from, of the child in the column; `asked` is the place of a `SignsAsked` as JSON. Words are looked
 * for as whole words, whatever their case; the language of policies lets nothing into them that a pattern would read.
 */
export function signFactsOf(child: string, asked: string): string {
  return `jsonb_build_object(
    'weeks', (select coalesce(jsonb_agg(jsonb_build_object('weekStarts', w.week_starts, 'possible', w.possible, 'attended', w.attended) order by w.week_starts), '[]')
      from attendance_week w where w.school_id = $1 and w.child_id = ${child} and w.week_starts >= (${asked}::jsonb ->> 'since')::date),
    'concerns', (select coalesce(jsonb_agg(jsonb_build_object('id', so.id, 'reference', so.reference, 'on', ${dayOf('so')}, 'prompts', to_jsonb(so.prompts),
        'categories', coalesce((select to_jsonb(st.categories) from triage st where st.school_id = $1 and st.concern_id = so.id order by st.at desc, st.id desc limit 1), '[]'),
        'marks', (select count(*) from body_mark sm where sm.school_id = $1 and sm.concern_id = so.id and sm.child_id = ${child}),
        'words', (select coalesce(jsonb_agg(sw.word), '[]') from jsonb_array_elements_text(${asked}::jsonb -> 'words') as sw (word) where exists (
            select from concern_account sa where sa.school_id = $1 and sa.concern_id = so.id
              and concat_ws(' ', sa.child_words, sa.seen, sa.opinion, sa.done) ~* ('\\m' || sw.word || '\\M')))) order by ${dayOf('so')}, so.id), '[]')
      from concern_child sx join concern so on so.school_id = $1 and so.id = sx.concern_id
      where sx.school_id = $1 and sx.child_id = ${child} and sx.moved_to is null and sx.involvement in ('subject', 'alleged') and ${notShutOut('so')}
        and ${dayOf('so')} >= (${asked}::jsonb ->> 'since')::date))`
}

const children = {
  name: 'patterns_children',
  text: `select k.id as "childId", trim(k.given_name || ' ' || k.family_name) as name, k.class_name as "className", ${signFactsOf('k.id', '$2')} as facts
    from child k where k.school_id = $1 and k.standing in ('on-roll', 'dual') and not scope_tied_to(k.id) and (
      k.id in (select x.child_id from concern_child x join concern o on o.school_id = $1 and o.id = x.concern_id
        where x.school_id = $1 and x.moved_to is null and ${dayOf('o')} >= ($2::jsonb ->> 'since')::date)
      or k.id in (select w.child_id from attendance_week w where w.school_id = $1 and w.week_starts >= ($2::jsonb ->> 'since')::date))`,
}

/** Pupils of whom anything was recorded in the time that the signs look back on, apart from those to whom the reader is tied. */
export function listChildrenForSigns(work: Work, _permit: Permit<'patterns.open'>, asked: SignsAsked): Promise<ChildForSigns[]> {
  return work.tx.run<ChildForSigns>(children, [work.school.id, JSON.stringify(asked)])
}
