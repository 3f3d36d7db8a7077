import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { ConcernFacts, NewSecondLook } from './model.ts'
import type { DecisionToRecheck, DecisionUnderReview } from './page-model.ts'

/** SQL: decisions `d` of concerns `o` that wait for a look under the newer edition `n`; `editions` is the place of those that hold now. */
const waiting = (editions: string) => `decision d join concern o on o.school_id = $1 and o.id = d.concern_id
      join jsonb_to_recordset(${editions}::jsonb) as n (framework text, edition text) on n.framework = d.framework and n.edition <> d.threshold_edition
    where d.school_id = $1 and d.threshold_under_review and ${notShutOut('o')}
      and not exists (select from second_look s where s.school_id = $1 and s.decision_id = d.id and s.edition = n.edition)`

/** SQL: how many decisions wait to be looked at again. */
export const secondLooksWaiting = (editions: string) => `(select count(*)::int from ${waiting(editions)})`

const list = {
  name: 'triage_second_looks',
  text: `select d.id, o.id as "concernId", o.reference, o.state, ${utcText('d.at')} as at, (select name from adult where school_id = $1 and id = d.by_id) as "byName", d.choice, d.framework,
      d.level_id as "levelId", d.threshold_title as "thresholdTitle", d.threshold_edition as "thresholdEdition", n.edition as "newEdition",
      (select coalesce(jsonb_agg(jsonb_build_object('name', trim(k.given_name || ' ' || k.family_name), 'className', k.class_name) order by k.family_name, k.given_name, k.id), '[]')
        from concern_child x join child k on k.school_id = $1 and k.id = x.child_id
        where x.school_id = $1 and x.concern_id = o.id and x.moved_to is null and x.involvement = 'subject') as children
    from ${waiting('$2')} order by o.state = 'closed', d.at desc, d.id desc limit 300`,
}

export type EditionsNow = readonly { readonly framework: string; readonly edition: string }[]

/** Decisions made under an edition under review of which there is a newer one; those of open concerns first. */
export function listSecondLooks(
  work: Work,
  _permit: Permit<'second-look.list'>,
  editions: EditionsNow,
): Promise<DecisionToRecheck[]> {
  return work.tx.run<DecisionToRecheck>(list, [work.school.id, JSON.stringify(editions)])
}

const add = {
  name: 'triage_second_look_add',
  text: `insert into second_look (school_id, id, concern_id, decision_id, edition, outcome, because, at, by_id, excluded) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

export async function insertSecondLook(
  work: Work,
  permit: Permit<'second-look.record'>,
  concern: Pick<ConcernFacts, 'id' | 'excluded'>,
  row: NewSecondLook & { readonly id: string },
): Promise<void> {
  await work.tx.run(add, [
    work.school.id,
    row.id,
    concern.id,
    row.decisionId,
    row.edition,
    row.outcome,
    row.because,
    work.now,
    permit.someone.kind === 'adult' ? permit.someone.adultId : null,
    concern.excluded,
  ])
}

/** SQL: the later looks at the decision that the column names. */
export function secondLooksOf(column: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('edition', s.edition, 'outcome', s.outcome, 'because', s.because, 'at', ${utcText('s.at')},
        'byName', (select name from adult where school_id = $1 and id = s.by_id)) order by s.at, s.id), '[]') from second_look s where s.school_id = $1 and s.concern_id = c.id and s.decision_id = ${column})`
}

const ofConcern = {
  name: 'triage_decisions_under_review',
  text: `select d.id, ${utcText('d.at')} as at, (select name from adult where school_id = $1 and id = d.by_id) as "byName", d.choice, d.framework, d.level_id as "levelId",
      d.threshold_title as "thresholdTitle", d.threshold_edition as "thresholdEdition"
    from decision d where d.school_id = $1 and d.concern_id = $2 and d.threshold_under_review order by d.at desc, d.id desc`,
}

/** The decisions of a concern that were made while the threshold document was under review. */
export function listUnderReview(
  work: Work,
  _permit: Permit<'second-look.record'>,
  concern: Pick<ConcernFacts, 'id'>,
): Promise<DecisionUnderReview[]> {
  return work.tx.run<DecisionUnderReview>(ofConcern, [work.school.id, concern.id])
}
