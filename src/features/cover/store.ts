import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import type { Absence, AbsenceReason, CoverFacts, CoverKind, CoverMode, Duty, Stretch, TeamAppointment } from './model.ts'

interface FactRow {
  readonly what: 'duty' | 'absence' | 'appointment'
  readonly id: string
  readonly adultId: AdultId
  readonly name: string
  readonly label: string
  readonly phone: string | null
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly mode: CoverMode | null
  readonly reason: string | null
  readonly activityId: string | null
}

// One round trip for all three, because the emergency box asks it on every form.
const coverFacts = {
  name: 'cover_facts',
  text: `select 'duty' as what, c.id, c.adult_id as "adultId", a.name, c.kind as label, c.phone, c.starts_at as "startsAt", c.ends_at as "endsAt", c.mode, c.reason, c.activity_id as "activityId"
      from cover c join adult a on a.school_id = c.school_id and a.id = c.adult_id where c.school_id = $1 and c.starts_at < $3 and c.ends_at > $2
    union all select 'absence', x.id, x.adult_id, a.name, x.reason, null, x.starts_at, x.ends_at, null, null, null
      from absence x join adult a on a.school_id = x.school_id and a.id = x.adult_id where x.school_id = $1 and x.starts_at < $3 and (x.ends_at is null or x.ends_at > $2)
    union all select 'appointment', p.id, p.adult_id, a.name, p.role, a.phone, p.starts_at, p.ends_at, null, null, null
      from appointment p join adult a on a.school_id = p.school_id and a.id = p.adult_id
      where p.school_id = $1 and p.role = any ($4) and p.starts_at < $3 and (p.ends_at is null or p.ends_at > $2)
    order by 7, 2`,
}

/** Duties, absences and appointments to these roles that touch the stretch. Names and times: no content. */
export async function getCoverFacts(work: Work, stretch: Stretch, roles: readonly RoleId[]): Promise<CoverFacts> {
  const rows = await work.tx.run<FactRow>(coverFacts, [work.school.id, stretch.startsAt, stretch.endsAt, roles])
  return {
    duties: rows.flatMap((row): Duty[] =>
      row.what === 'duty' && row.endsAt
        ? [{ ...row, kind: row.label as CoverKind, endsAt: row.endsAt, mode: row.mode ?? 'in-person' }]
        : [],
    ),
    absences: rows.flatMap((row): Absence[] => (row.what === 'absence' ? [{ ...row, reason: row.label as AbsenceReason }] : [])),
    appointments: rows.flatMap((row): TeamAppointment[] =>
      row.what === 'appointment' ? [{ ...row, role: row.label as RoleId }] : [],
    ),
  }
}

const dutiesInsert = {
  name: 'cover_insert',
  text: `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind, phone, mode, reason, activity_id)
    select $1, d.id, $2, d."startsAt", d."endsAt", $3, $4, $6, $7, $8 from jsonb_to_recordset($5::jsonb) as d (id uuid, "startsAt" timestamptz, "endsAt" timestamptz)`,
}

export interface NewDuties {
  readonly adultId: AdultId
  readonly kind: CoverKind
  readonly phone: string | null
  readonly mode: CoverMode
  readonly reason: string | null
  readonly activityId: string | null
  readonly stretches: readonly (Stretch & { readonly id: string })[]
}

export async function insertDuties(work: Work, _permit: Permit<'cover.keep'>, duties: NewDuties): Promise<void> {
  await work.tx.run(dutiesInsert, [
    work.school.id,
    duties.adultId,
    duties.kind,
    duties.phone,
    JSON.stringify(duties.stretches),
    duties.mode,
    duties.reason,
    duties.activityId,
  ])
}

const dutyOf = {
  name: 'cover_of',
  text: 'select adult_id as "adultId", starts_at as "startsAt", ends_at as "endsAt" from cover where school_id = $1 and id = $2 for update',
}

/** Whose duty it is and when, held until the end of the transaction. */
export async function findDuty(work: Work, dutyId: string): Promise<(Stretch & { readonly adultId: AdultId }) | undefined> {
  return (await work.tx.run<Stretch & { adultId: AdultId }>(dutyOf, [work.school.id, dutyId]))[0]
}

const dutyDelete = { name: 'cover_delete', text: 'delete from cover where school_id = $1 and id = $2' }

export async function deleteDuty(work: Work, _permit: Permit<'cover.keep'>, dutyId: string): Promise<void> {
  await work.tx.run(dutyDelete, [work.school.id, dutyId])
}

const dutyEnd = { name: 'cover_end', text: 'update cover set ends_at = $3 where school_id = $1 and id = $2' }

export async function endDuty(work: Work, _permit: Permit<'cover.keep'>, dutyId: string): Promise<void> {
  await work.tx.run(dutyEnd, [work.school.id, dutyId, work.now])
}

const absenceInsert = {
  name: 'absence_insert',
  text: 'insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, $5, $6, $7)',
}

export interface NewAbsence {
  readonly id: string
  readonly adultId: AdultId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly reason: AbsenceReason
}

/** The permit is one's own, or the team's for a colleague. */
export async function insertAbsence(
  work: Work,
  _permit: Permit<'absence.own'> | Permit<'cover.keep'>,
  saidBy: AdultId,
  absence: NewAbsence,
): Promise<void> {
  const { id, adultId, startsAt, endsAt, reason } = absence
  await work.tx.run(absenceInsert, [work.school.id, id, adultId, startsAt, endsAt, reason, saidBy])
}

const absenceOf = {
  name: 'absence_of',
  text: 'select adult_id as "adultId", ends_at as "endsAt" from absence where school_id = $1 and id = $2',
}

export async function findAbsence(
  work: Work,
  absenceId: string,
): Promise<{ adultId: AdultId; endsAt: Instant | null } | undefined> {
  return (await work.tx.run<{ adultId: AdultId; endsAt: Instant | null }>(absenceOf, [work.school.id, absenceId]))[0]
}

// Somebody who is back is back from everything that they were out for; one who calls off next week is not.
const absenceEnd = {
  name: 'absence_end',
  text: `update absence set ends_at = greatest(starts_at, $4) where school_id = $1 and adult_id = $2 and (ends_at is null or ends_at > $4)
    and (id = $3 or (starts_at <= $4 and exists (select from absence o where o.school_id = $1 and o.id = $3 and o.starts_at <= $4)))`,
}

export async function endAbsence(
  work: Work,
  _permit: Permit<'absence.own'> | Permit<'cover.keep'>,
  adultId: AdultId,
  absenceId: string,
): Promise<void> {
  await work.tx.run(absenceEnd, [work.school.id, adultId, absenceId, work.now])
}
