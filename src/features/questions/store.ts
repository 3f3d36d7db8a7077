import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import type { Answer } from './model.ts'

const add = {
  name: 'triage_answers_add',
  text: `insert into answer (school_id, id, concern_id, triage_id, decision_id, question, option, says, happened_on, at, by_id, excluded, reporter_id)
    select $1, a.id, $2, $3, $4, a.question, a.option, a.says, a."on", $6, $7, $8, $9
    from jsonb_to_recordset($5::jsonb) as a (id uuid, question text, option text, says text, "on" date)`,
}

/** What answers were given with: the concern itself, by whoever records it, or a later step of the team. */
export type GivenWith = 'recording' | { readonly triageId: string } | { readonly decisionId: string }

/** Keeps the answers with what they were given with; travels with the next statement. */
export function insertAnswers(
  work: Work,
  permit: Permit<'concern.record' | 'concern.triage' | 'concern.decide'>,
  concern: { readonly id: ConcernId; readonly excluded: readonly AdultId[] },
  given: GivenWith,
  answers: readonly Answer[],
): void {
  if (answers.length === 0) return
  const by = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  work.tx.later(add, [
    work.school.id,
    concern.id,
    given !== 'recording' && 'triageId' in given ? given.triageId : null,
    given !== 'recording' && 'decisionId' in given ? given.decisionId : null,
    JSON.stringify(answers.map(answer => ({ ...answer, id: newId<string>() }))),
    work.now,
    by,
    concern.excluded,
    given === 'recording' ? by : null,
  ])
}

const listOf = (
  where: string,
) => `(select coalesce(jsonb_agg(jsonb_build_object('question', g.question, 'option', g.option, 'says', g.says, 'on', g.happened_on) order by g.id), '[]')
      from answer g where g.school_id = $1 and g.concern_id = c.id and ${where})`

/** SQL: the answers of the triage or the decision that the column names, as a list. */
export function answersOf(owner: 'triage_id' | 'decision_id', column: string): string {
  return listOf(`g.${owner} = ${column}`)
}

/** SQL: the answers that were given with the concern itself, as a list. */
export const answersOfRecording = listOf('g.triage_id is null and g.decision_id is null')
