import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import type { NewNote, NotedChild } from './model.ts'

const child = {
  name: 'note_child',
  text: `select id as "childId", given_name || ' ' || family_name as name, class_name as "className", tied from child where school_id = $1 and id = $2`,
}

/** The child and the adults who are outside their file, which is what the permit is asked with. */
export async function findNotedChild(work: Work, id: ChildId): Promise<NotedChild | undefined> {
  const [row] = await work.tx.run<NotedChild>(child, [work.school.id, id])
  return row
}

const insert = {
  name: 'note_insert',
  text: `with written as (insert into note (school_id, id, child_id, kind, with_whom, agency, happened_on, happened_at_time, says, salt, author_id, recorded_at, excluded)
      values ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), $7, $8, $9, $10, $11, $12, $13))
    insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, note_id, excluded)
    values ($1, $14, $3, $15, $16, $7, $8, $12, $11, $2, $13)`,
}

/** Writes a note and its line in the child's chronology. */
export async function insertNote(
  work: Work,
  _permit: Permit<'note.write'>,
  about: NotedChild,
  row: NewNote & {
    readonly id: string
    readonly entryId: string
    readonly by: AdultId
    readonly salt: Buffer
    readonly entryKind: string
    readonly heading: string
  },
): Promise<void> {
  await work.tx.run(insert, [
    work.school.id,
    row.id,
    about.childId,
    row.kind,
    row.withWhom,
    row.agency,
    row.happenedOn,
    row.happenedAtTime,
    row.says,
    row.salt,
    row.by,
    work.now,
    about.tied,
    row.entryId,
    row.entryKind,
    row.heading,
  ])
}
