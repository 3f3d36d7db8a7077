import type { Permit } from '../../access/index.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { ConcernFacts, NewAmendment } from './model.ts'
import type { JudgementToAmend } from './page-model.ts'

const judgements = {
  name: 'triage_judgements',
  text: `select j.id, j.kind, ${utcText('j.at')} as at, a.name as "byName", j.says from (
      select id, 'triage' as kind, at, by_id, level_id as says from triage where school_id = $1 and concern_id = $2
      union all select id, 'decision', at, by_id, choice from decision where school_id = $1 and concern_id = $2
      union all select id, 'closure', closed_at, closed_by, '' from closure where school_id = $1 and concern_id = $2
    ) j join adult a on a.school_id = $1 and a.id = j.by_id order by j.at desc, j.id desc`,
}

/** What was judged, decided or closed in a concern, the newest first. */
export function listJudgements(
  work: Work,
  _permit: Permit<'concern.amend'>,
  concern: Pick<ConcernFacts, 'id'>,
): Promise<JudgementToAmend[]> {
  return work.tx.run<JudgementToAmend>(judgements, [work.school.id, concern.id])
}

const add = {
  name: 'triage_amendment_add',
  text: `insert into amendment (school_id, id, concern_id, kind, judgement_id, says, because, at, by_id, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

export async function insertAmendment(
  work: Work,
  permit: Permit<'concern.amend'>,
  concern: Pick<ConcernFacts, 'id' | 'excluded'>,
  row: NewAmendment & { readonly id: string },
): Promise<void> {
  await work.tx.run(add, [
    work.school.id,
    row.id,
    concern.id,
    row.judgement.kind,
    row.judgement.id,
    row.says,
    row.because,
    work.now,
    permit.someone.kind === 'adult' ? permit.someone.adultId : null,
    concern.excluded,
  ])
}

/** SQL: the corrections of what stands in the concern `c`, the oldest first. */
export const amendmentsOfConcern = `(select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'judgementId', m.judgement_id, 'says', m.says, 'because', m.because, 'at', ${utcText('m.at')},
        'byName', (select name from adult where school_id = $1 and id = m.by_id)) order by m.at, m.id), '[]') from amendment m where m.school_id = $1 and m.concern_id = c.id)`
