import type { Permit } from '../../access/index.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { CheckOutcome, ContactCheck } from './model.ts'

const lastChecks = `select distinct on (k.contact) k.contact, k.outcome, k.says, ${utcText('k.at')} as at,
    (select name from adult where school_id = $1 and id = k.by_id) as "byName"
  from contact_check k where k.school_id = $1 order by k.contact, k.at desc, k.id desc`

const checks = { name: 'directory_checks', text: lastChecks }

/** SQL: the last check of each contact, for a statement with the school as $1. */
export const lastContactChecks = `(select coalesce(jsonb_agg(to_jsonb(l)), '[]') from (${lastChecks}) l)`

/** The last check of each contact of the policy that somebody has tried. */
export function findContactChecks(work: Work): Promise<ContactCheck[]> {
  return work.tx.run<ContactCheck>(checks, [work.school.id])
}

const insert = {
  name: 'directory_check_add',
  text: `insert into contact_check (school_id, id, contact, outcome, says, at, by_id, number)
    select $1, c.id, c.contact, c.outcome, c.says, $2, $3, c.number
    from jsonb_to_recordset($4::jsonb) as c (id uuid, contact text, outcome text, says text, number text)`,
}

export interface NewCheck {
  readonly id: string
  readonly contact: string
  readonly outcome: CheckOutcome
  readonly says: string
  /** As it stood, where something about it looked wrong: found right, it is confirmed. */
  readonly number: string | null
}

export async function insertChecks(
  work: Work,
  _permit: Permit<'contact.check'>,
  by: string,
  rows: readonly NewCheck[],
): Promise<void> {
  await work.tx.run(insert, [work.school.id, work.now, by, JSON.stringify(rows)])
}
