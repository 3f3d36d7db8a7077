import type { Instant } from '../../kernel/plain-date.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import type { ClockToStart } from '../concerns/index.ts'
import type { ClockSubject } from './model.ts'

const insert = {
  name: 'clock_start',
  text: `insert into clock (school_id, id, name, rule, says, source, standing, area, subject_kind, subject_id, child_id, owner_id, basis_at, duration_unit, duration_count, due_at, met_at, readers, excluded)
    select $1, c.id, c.name, c.rule, c.says, c.source, c.standing, $3, $4, $5, $6, c."ownerId", c."basisAt", c."durationUnit", c."durationCount", c."dueAt", c."metAt", $7,
      (select coalesce(array_agg(distinct adult), '{}') from unnest($8::uuid[] || (select tied from child where school_id = $1 and id = $6)) as adult)
    from jsonb_to_recordset($2::jsonb) as c (id uuid, name text, rule text, says text, source text, standing text, "ownerId" uuid, "basisAt" timestamptz,
      "durationUnit" text, "durationCount" integer, "dueAt" timestamptz, "metAt" timestamptz)`,
}

/** Starts clocks for what they watch. Whoever calls has the permit for what starts them. */
export function startClocks(work: Work, subject: ClockSubject, clocks: readonly ClockToStart[]): void {
  if (clocks.length === 0) return
  const { area, kind, id, childId, readers = [], excluded = [] } = subject
  work.tx.later(insert, [work.school.id, JSON.stringify(clocks), area, kind, id, childId ?? null, readers, excluded])
}

const meet = {
  name: 'clock_meet',
  text: `update clock set met_at = $5 where school_id = $1 and subject_kind = $2 and subject_id = $3 and name = any ($4) and met_at is null and ended_at is null
    returning name`,
}

/** Meets the running clocks of these names; gives the names of those that ran. */
export async function meetClocks(
  work: Work,
  subject: Pick<ClockSubject, 'kind' | 'id'>,
  names: readonly ClockName[],
  at: Instant = work.now,
): Promise<readonly ClockName[]> {
  const rows = await work.tx.run<{ name: ClockName }>(meet, [work.school.id, subject.kind, subject.id, names, at])
  return rows.map(row => row.name)
}

const end = {
  name: 'clock_end',
  text: `update clock set ended_at = $4 where school_id = $1 and subject_kind = $2 and subject_id = $3 and ($5::text[] is null or name = any ($5)) and met_at is null and ended_at is null`,
}

/** Ends whatever still runs for something that is over, or these alone: not met, and no longer owed. */
export async function endClocks(
  work: Work,
  subject: Pick<ClockSubject, 'kind' | 'id'>,
  names: readonly ClockName[] | null = null,
): Promise<void> {
  await work.tx.run(end, [work.school.id, subject.kind, subject.id, work.now, names])
}
