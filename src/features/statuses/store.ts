import type { Permit } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'

const insert = {
  name: 'status_insert',
  text: `insert into child_status (school_id, id, child_id, status, starts_on, authority, worker_name, worker_phone) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
}

export interface StatusRow {
  readonly id: string
  readonly childId: ChildId
  readonly status: string
  readonly startsOn: PlainDate
  readonly authority?: string
  readonly workerName?: string
  readonly workerPhone?: string
}

export async function insertStatus(work: Work, _permit: Permit<'child.statuses'>, row: StatusRow): Promise<void> {
  const { id, childId, status, startsOn, authority = null, workerName = null, workerPhone = null } = row
  await work.tx.run(insert, [work.school.id, id, childId, status, startsOn, authority, workerName, workerPhone])
}

const current = {
  name: 'status_current',
  text: `select id from child_status where school_id = $1 and child_id = $2 and status = $3 and ends_on is null order by starts_on desc, id desc limit 1`,
}

/** The status of this kind that the child has now. */
export async function findCurrentStatus(
  work: Work,
  _permit: Permit<'child.statuses'>,
  childId: ChildId,
  status: string,
): Promise<{ readonly id: string } | undefined> {
  return (await work.tx.run<{ id: string }>(current, [work.school.id, childId, status]))[0]
}

const end = { name: 'status_end', text: 'update child_status set ends_on = $3 where school_id = $1 and id = $2' }

export async function saveStatusEnd(work: Work, _permit: Permit<'child.statuses'>, id: string, on: PlainDate): Promise<void> {
  await work.tx.run(end, [work.school.id, id, on])
}
