import type { Permit } from '../../../access/index.ts'
import type { AdultId, ConcernId } from '../../../kernel/ids.ts'
import { newId } from '../../../platform/identifiers.ts'
import { utcText } from '../../../platform/sql-text.ts'
import type { Work } from '../../../work/work.ts'
import type { WayItCame } from '../model.ts'
import type { NewExplanation } from './model.ts'

/** What hangs on a concern bears its exclusions, and the id of whoever typed it where that is its reporter. */
export interface ExplanationsOf {
  readonly concernId: ConcernId
  readonly excluded: readonly AdultId[]
  readonly reporterId: AdultId | null
  readonly by: AdultId | null
}

const insert = {
  name: 'explanation_insert',
  text: `insert into explanation (school_id, id, concern_id, mark_n, given_by, given_says, says, said_on, said_at_time, treatment, treatment_says, agrees, at, by_id, excluded, reporter_id)
    select $1, e.id, $2, e."markN", e."givenBy", e."givenSays", e.says, e."saidOn", e."saidAtTime", e.treatment, e."treatmentSays", e.agrees, $3, $4, $5, $6
    from jsonb_to_recordset($7::jsonb) as e (id uuid, "markN" integer, "givenBy" text, "givenSays" text, says text, "saidOn" date, "saidAtTime" text, treatment text, "treatmentSays" text, agrees text)`,
}

/** Keeps what people say of how injuries came about; nothing is sent to the database where nobody said anything. */
export function keepExplanations(
  work: Work,
  _permit: Permit<'concern.record'> | Permit<'concern.add-to-own'> | Permit<'concern.add-to'>,
  of: ExplanationsOf,
  explanations: readonly NewExplanation[],
): void {
  if (explanations.length === 0) return
  work.tx.later(insert, [
    work.school.id,
    of.concernId,
    work.now,
    of.by,
    of.excluded,
    of.reporterId,
    JSON.stringify(explanations.map(explanation => ({ id: newId<string>(), ...explanation }))),
  ])
}

const insertSource = {
  name: 'concern_source_insert',
  text: 'insert into concern_source (school_id, concern_id, came, excluded, reporter_id) values ($1, $2, $3, $4, $5)',
}

/** Keeps how it reached the school, where somebody said. */
export function keepWayItCame(
  work: Work,
  _permit: Permit<'concern.record'>,
  of: Pick<ExplanationsOf, 'concernId' | 'excluded' | 'reporterId'>,
  came: WayItCame | null | undefined,
): void {
  if (came) work.tx.later(insertSource, [work.school.id, of.concernId, came, of.excluded, of.reporterId])
}

/** The explanations of a concern as the reader may see them, the earliest first, as one column; the school is $1. */
export function explanationsOf(concern: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('markN', x.mark_n, 'givenBy', x.given_by, 'givenSays', x.given_says, 'says', x.says, 'saidOn', x.said_on, 'saidAtTime', x.said_at_time,
      'treatment', x.treatment, 'treatmentSays', x.treatment_says, 'agrees', x.agrees, 'at', ${utcText('x.at')}, 'writtenBy', (select name from adult where school_id = $1 and id = x.by_id))
      order by x.mark_n, x.at, x.id), '[]') from explanation x where x.school_id = $1 and x.concern_id = ${concern})`
}

const plain = (says: string) => `trim(regexp_replace(lower(${says}), '[^[:alnum:]]+', ' ', 'g'))`

/** Of the given concerns those in which explanations of an injury do not agree, or nobody has said that they do; the school is $1. */
export function whereExplanationsDiffer(concerns: string): string {
  return `select distinct x.concern_id from explanation x where x.school_id = $1 and x.concern_id in (${concerns}) and (x.agrees in ('no', 'not-sure')
    or (x.agrees is null and exists (select from explanation o where o.school_id = $1 and o.concern_id = x.concern_id and o.mark_n = x.mark_n and (o.at, o.id) < (x.at, x.id)
      and ${plain('o.says')} not in ('', ${plain('x.says')}) and ${plain('x.says')} <> '')))`
}
