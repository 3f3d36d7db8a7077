import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import { toInstant } from '../../kernel/london-time.ts'
import { addDays, type LocalTime } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import type { LogFilters, LogPage, LogSubject } from './model.ts'

const child = {
  name: 'read_log_child',
  text: `select given_name || ' ' || family_name as name, tied from child where school_id = $1 and id = $2`,
}

/** Whose log it is, with what the permit is asked with. */
export async function findLogChild(work: Work, id: ChildId): Promise<Extract<LogSubject, { kind: 'child' }> | undefined> {
  const [row] = await work.tx.run<{ name: string; tied: AdultId[] }>(child, [work.school.id, id])
  return row && { kind: 'child', id, ...row }
}

const concern = {
  name: 'read_log_concern',
  text: `select reference as name, excluded from concern where school_id = $1 and id = $2`,
}

export async function findLogConcern(work: Work, id: ConcernId): Promise<Extract<LogSubject, { kind: 'concern' }> | undefined> {
  const [row] = await work.tx.run<{ name: string; excluded: AdultId[] }>(concern, [work.school.id, id])
  return row && { kind: 'concern', id, ...row }
}

const log = { name: 'read_log', text: 'select read_log($1, $2, $3, $4, $5, $6, $7) as page' }
const midnight = '00:00' as LocalTime

/** One page of the log; absent where the database says that it is not theirs. */
export async function findLog(
  work: Work,
  _permit: Permit<'read-log.child'> | Permit<'read-log.concern'>,
  about: LogSubject,
  { who, from, to, page }: LogFilters,
  linesEachPage: number,
): Promise<LogPage | undefined> {
  const rows = await work.tx.run<{ page: LogPage | null }>(log, [
    about.kind === 'child' ? about.id : null,
    about.kind === 'concern' ? about.id : null,
    who,
    from && toInstant(from, midnight),
    to && toInstant(addDays(to, 1), midnight),
    linesEachPage,
    (page - 1) * linesEachPage,
  ])
  return rows[0]?.page ?? undefined
}
