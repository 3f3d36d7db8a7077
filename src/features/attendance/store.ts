import type { Permit } from '../../access/index.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import type { AttendingChild, ChangedMark, EnteredWeek, PupilMark, PupilOnRoll, PupilWeek } from './model.ts'

const keeperOf = ({ someone }: Permit<'attendance.keep' | 'attendance.child'>) =>
  someone.kind === 'adult' ? someone.adultId : null

const roll = {
  name: 'attendance_roll',
  text: `select id as "childId", given_name as "givenName", family_name as "familyName", known_as as "knownAs", class_name as "className",
      coalesce($2 = any (tied), false) as "isTied"
    from child where school_id = $1 and standing in ('on-roll', 'dual')`,
}

/** Everybody on roll, to be found by name in a paste. */
export function listRoll(work: Work, permit: Permit<'attendance.keep'>): Promise<PupilOnRoll[]> {
  return work.tx.run<PupilOnRoll>(roll, [work.school.id, keeperOf(permit)])
}

const keep = {
  name: 'attendance_keep',
  text: `insert into attendance_week (school_id, child_id, week_starts, possible, attended, entered_at, entered_by)
    select $1, w."childId", w."weekStarts", w.possible, w.attended, $3, $4
    from jsonb_to_recordset($2::jsonb) as w ("childId" uuid, "weekStarts" date, possible integer, attended integer)
    on conflict (school_id, child_id, week_starts) do update set possible = excluded.possible, attended = excluded.attended, entered_at = excluded.entered_at,
      entered_by = excluded.entered_by`,
}

/** Keeps figures in place of those entered for the same weeks before. */
export async function keepWeeks(
  work: Work,
  permit: Permit<'attendance.keep' | 'attendance.child'>,
  weeks: readonly PupilWeek[],
): Promise<void> {
  await work.tx.run(keep, [work.school.id, JSON.stringify(weeks), work.now, keeperOf(permit)])
}

const entered = {
  name: 'attendance_entered',
  text: `select week_starts as "weekStarts", count(*)::int as pupils from attendance_week where school_id = $1 and week_starts >= $2
    group by week_starts order by week_starts desc`,
}

/** Weeks with figures since a day, the newest first. */
export function listEnteredWeeks(work: Work, _permit: Permit<'attendance.keep'>, since: PlainDate): Promise<EnteredWeek[]> {
  return work.tx.run<EnteredWeek>(entered, [work.school.id, since])
}

const child = {
  name: 'attendance_child',
  text: `select c.id as "childId", trim(c.given_name || ' ' || c.family_name) as name, c.tied,
      (select jsonb_build_object('mark', m.mark, 'atTime', m.at_time, 'says', m.says) from attendance_mark m where m.school_id = $1 and m.child_id = c.id and m.on_day = $3) as mark,
      (select coalesce(jsonb_agg(jsonb_build_object('weekStarts', w.week_starts, 'possible', w.possible, 'attended', w.attended) order by w.week_starts desc), '[]')
        from attendance_week w where w.school_id = $1 and w.child_id = c.id) as weeks
    from child c where c.school_id = $1 and c.id = $2`,
}

/** A child with the weeks entered and today's mark. The page asks for its permit with `tied` before it shows anything. */
export async function findAttendingChild(work: Work, childId: string): Promise<AttendingChild | undefined> {
  const [row] = await work.tx.run<AttendingChild>(child, [work.school.id, childId, localDate(work.now)])
  return row
}

// Triage relies on the mark of the day: whoever is tied to a child has no hand in theirs.
const mark = {
  name: 'attendance_mark',
  text: `with given as (select m.* from jsonb_to_recordset($3::jsonb) as m ("childId" uuid, mark text, "atTime" text, says text)
      join child c on c.school_id = $1 and c.id = m."childId" and not coalesce($5 = any (c.tied), false)),
    before as (select o.child_id, o.mark, o.at_time from attendance_mark o join given g on g."childId" = o.child_id where o.school_id = $1 and o.on_day = $2),
    kept as (insert into attendance_mark (school_id, child_id, on_day, mark, at_time, says, entered_at, entered_by, unexplained)
      select $1, g."childId", $2, g.mark, g."atTime", g.says, $4, $5, g.mark = 'absent' and btrim(g.says) = '' from given g
      on conflict (school_id, child_id, on_day) do update set mark = excluded.mark, at_time = excluded.at_time, says = excluded.says, entered_at = excluded.entered_at,
        entered_by = excluded.entered_by, unexplained = excluded.unexplained returning child_id)
    select g."childId", b.mark as was, b.at_time as "wasAt", g.mark, g."atTime" as at from kept k join given g on g."childId" = k.child_id
      join before b on b.child_id = k.child_id where (b.mark, b.at_time) is distinct from (g.mark, g."atTime") order by g."childId"`,
}

/** Keeps today's marks in place of those entered before, save of a pupil to whom the keeper is tied; gives those that changed. */
export async function keepMarks(
  work: Work,
  permit: Permit<'attendance.keep' | 'attendance.child'>,
  marks: readonly PupilMark[],
): Promise<ChangedMark[]> {
  return work.tx.run<ChangedMark>(mark, [work.school.id, localDate(work.now), JSON.stringify(marks), work.now, keeperOf(permit)])
}

const counted = {
  name: 'attendance_marks_counted',
  text: `select count(*)::int as marks, count(*) filter (where mark = 'absent')::int as absent from attendance_mark where school_id = $1 and on_day = $2`,
}

/** How many marks today has, and how many of them are absences. */
export async function countMarks(
  work: Work,
  _permit: Permit<'attendance.keep'>,
): Promise<{ readonly marks: number; readonly absent: number }> {
  const [row] = await work.tx.run<{ marks: number; absent: number }>(counted, [work.school.id, localDate(work.now)])
  return row ?? { marks: 0, absent: 0 }
}
