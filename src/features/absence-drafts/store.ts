import type { Permit } from '../../access/index.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { AbsenceDraft, FoundAbsences } from './model.ts'

const found = {
  name: 'absence_pattern_found',
  text: `select m.child_id as "childId", jsonb_agg(m.on_day order by m.on_day) as days from attendance_mark m
    where m.school_id = $1 and m.on_day = any ($2) and m.mark = 'absent' and (m.unexplained or not $3)
      and m.on_day > coalesce((select max((d.opened_at at time zone 'Europe/London')::date) from absence_draft d
        where d.school_id = $1 and d.child_id = m.child_id and d.pattern = $4), '-infinity')
      and not exists (select from absence_draft d where d.school_id = $1 and d.child_id = m.child_id and d.pattern = $4 and d.settled_at is null)
    group by m.child_id having count(*) >= $5 order by m.child_id`,
}

export interface PatternToFind {
  readonly id: string
  readonly absences: number
  readonly unexplained: boolean
}

/** Pupils whose absences on these days follow the pattern, and who have no draft of it. */
export function listFound(
  work: Work,
  _permit: Permit<'alert.tell'>,
  days: readonly PlainDate[],
  { id, absences, unexplained }: PatternToFind,
): Promise<FoundAbsences[]> {
  return work.tx.run<FoundAbsences>(found, [work.school.id, days, unexplained, id, absences])
}

const add = {
  name: 'absence_draft_add',
  text: `insert into absence_draft (school_id, id, child_id, pattern, days, says, source, opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
}

export async function insertDraft(
  work: Work,
  _permit: Permit<'alert.tell'>,
  { id, childId, pattern, days, says, source }: Omit<AbsenceDraft, 'tied' | 'openedAt'>,
): Promise<void> {
  await work.tx.run(add, [work.school.id, id, childId, pattern, days, says, source, work.now])
}

const columns = `d.id, d.child_id as "childId", c.tied, d.pattern, to_jsonb(d.days) as days, d.says, d.source, ${utcText('d.opened_at')} as "openedAt"
  from absence_draft d join child c on c.school_id = $1 and c.id = d.child_id where d.school_id = $1 and d.settled_at is null`
const open = { name: 'absence_drafts_open', text: `select ${columns} order by d.opened_at, d.id` }
const one = { name: 'absence_draft_one', text: `select ${columns} and d.id = $2` }

/** The drafts that wait, the oldest first, as the reader may see them. */
export function listOpenDrafts(work: Work, _permit: Permit<'absence-draft.read'>): Promise<AbsenceDraft[]> {
  return work.tx.run<AbsenceDraft>(open, [work.school.id])
}

/** A draft that waits. Before the permit, which is asked with the ties of the child. */
export async function findOpenDraft(work: Work, id: string): Promise<AbsenceDraft | undefined> {
  return (await work.tx.run<AbsenceDraft>(one, [work.school.id, id]))[0]
}

const settle = {
  name: 'absence_draft_settle',
  text: `update absence_draft set settled_at = $3, settled_by = $4, outcome = $5, because = $6, concern_id = $7 where school_id = $1 and id = $2 and settled_at is null`,
}

export async function saveSettled(
  work: Work,
  permit: Permit<'absence-draft.settle'>,
  id: string,
  how: { readonly outcome: 'concern' | 'set-aside'; readonly because: string | null; readonly concernId: string | null },
): Promise<void> {
  const by = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  await work.tx.run(settle, [work.school.id, id, work.now, by, how.outcome, how.because, how.concernId])
}
