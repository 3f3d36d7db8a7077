import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { ArrangedAndMet, NewArrangement, NewFamilyMeeting } from './model.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

/** SQL: the arrangements of a concern that the reader may see, for a statement with the school as $1. */
export const arrangementsOf = (concern: string) =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'childId', m.child_id, 'kind', m.kind, 'says', m.says, 'beginsOn', m.begins_on, 'setAt', ${utcText('m.set_at')},
    'byName', ${nameOf('m.by_id')}) order by m.set_at, m.id), '[]') from arrangement m where m.school_id = $1 and m.concern_id = ${concern})`

/** SQL: its meetings with parents. */
export const familyMeetingsOf = (concern: string) =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'childId', m.child_id, 'at', ${utcText('m.at')}, 'withWhom', m.with_whom, 'childPresent', m.child_present,
    'absentBecause', m.absent_because, 'arrangements', m.arrangements, 'wishes', m.wishes, 'education', m.education, 'nextSteps', m.next_steps, 'byName', ${nameOf('m.by_id')})
    order by m.at, m.id), '[]') from family_meeting m where m.school_id = $1 and m.concern_id = ${concern})`

interface Of {
  readonly id: ConcernId
  readonly excluded: readonly AdultId[]
}

const both = {
  name: 'arrangement_both',
  text: `select ${arrangementsOf('$2')} as arrangements, ${familyMeetingsOf('$2')} as meetings`,
}

/** What is arranged and what was talked over, of all children of the concern. For the safeguarding team alone. */
export async function getArrangedAndMet(
  work: Work,
  _permit: Permit<'arrangement.make'>,
  concern: ConcernId,
): Promise<ArrangedAndMet> {
  const [row] = await work.tx.run<ArrangedAndMet>(both, [work.school.id, concern])
  return row ?? { arrangements: [], meetings: [] }
}

const insertOne = {
  name: 'arrangement_insert',
  text: `insert into arrangement (school_id, id, concern_id, child_id, kind, says, begins_on, set_at, by_id, excluded) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

export async function insertArrangement(
  work: Work,
  _permit: Permit<'arrangement.make'>,
  concern: Of,
  row: NewArrangement & { readonly id: string; readonly by: AdultId },
): Promise<void> {
  const { id, childId, kind, says, beginsOn, by } = row
  await work.tx.run(insertOne, [work.school.id, id, concern.id, childId, kind, says, beginsOn, work.now, by, concern.excluded])
}

const insertMet = {
  name: 'family_meeting_insert',
  text: `insert into family_meeting (school_id, id, concern_id, child_id, at, with_whom, child_present, absent_because, arrangements, wishes, education, next_steps, recorded_at, by_id, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
}

export async function insertFamilyMeeting(
  work: Work,
  _permit: Permit<'arrangement.make'>,
  concern: Of,
  row: NewFamilyMeeting & { readonly id: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(insertMet, [
    work.school.id,
    row.id,
    concern.id,
    row.childId,
    row.at,
    row.withWhom,
    row.childPresent,
    row.absentBecause,
    row.arrangements,
    row.wishes,
    row.education,
    row.nextSteps,
    work.now,
    row.by,
    concern.excluded,
  ])
}
