import type { Permit } from '../../access/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import type { Answer, ConcernFacts } from './model.ts'

const add = {
  name: 'triage_answers_add',
  text: `insert into answer (school_id, id, concern_id, triage_id, decision_id, question, option, says, happened_on, at, by_id, excluded)
    select $1, a.id, $2, $3, $4, a.question, a.option, a.says, a."on", $6, $7, $8
    from jsonb_to_recordset($5::jsonb) as a (id uuid, question text, option text, says text, "on" date)`,
}

/** Keeps the answers with the triage or the decision that they were given with; travels with the next statement. */
export function insertAnswers(
  work: Work,
  permit: Permit<'concern.triage' | 'concern.decide'>,
  concern: Pick<ConcernFacts, 'id' | 'excluded'>,
  given: { readonly triageId: string } | { readonly decisionId: string },
  answers: readonly Answer[],
): void {
  if (answers.length === 0) return
  work.tx.later(add, [
    work.school.id,
    concern.id,
    'triageId' in given ? given.triageId : null,
    'decisionId' in given ? given.decisionId : null,
    JSON.stringify(answers.map(answer => ({ ...answer, id: newId<string>() }))),
    work.now,
    permit.someone.kind === 'adult' ? permit.someone.adultId : null,
    concern.excluded,
  ])
}

/** SQL: the answers of the triage or the decision that the column names, as a list. */
export function answersOf(owner: 'triage_id' | 'decision_id', column: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('question', g.question, 'option', g.option, 'says', g.says, 'on', g.happened_on) order by g.id), '[]')
      from answer g where g.school_id = $1 and g.concern_id = c.id and g.${owner} = ${column})`
}
