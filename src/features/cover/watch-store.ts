import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'

export type GapKind = 'nobody' | 'no-deputy' | 'activity' | 'closed-period' | 'mailbox'

/** A gap as it was found. */
export interface FoundGap {
  readonly id: string
  readonly kind: GapKind
  /** The activity that nobody covers; absent where it is the school itself. */
  readonly about?: string
  readonly startsAt: Instant
  readonly endsAt: Instant
}

const openGaps = {
  name: 'cover_gap_open',
  text: `select id, kind, about, starts_at as "startsAt", ends_at as "endsAt" from cover_gap
    where school_id = $1 and kind = any ($2) and closed_at is null and ends_at > $3 order by starts_at, id for update`,
}

/** The gaps of these kinds that were told and are not over, held until the end of the transaction. */
export function findOpenGaps(
  work: Work,
  _permit: Permit<'cover.watch'>,
  kinds: readonly GapKind[],
): Promise<readonly FoundGap[]> {
  return work.tx.run<FoundGap>(openGaps, [work.school.id, kinds, work.now])
}

const gapInsert = {
  name: 'cover_gap_insert',
  text: `insert into cover_gap (school_id, id, kind, on_day, starts_at, ends_at, found_at, about)
    values ($1, $2, $3, $4, $5, $6, $7, coalesce($8, '00000000-0000-0000-0000-000000000000'::uuid))
    on conflict (school_id, kind, about, starts_at, ends_at) where closed_at is null do nothing returning id`,
}

/** Keeps that a gap was found; false where another look found it first. */
export async function insertGap(
  work: Work,
  _permit: Permit<'cover.watch'>,
  gap: FoundGap & { readonly onDay: PlainDate },
): Promise<boolean> {
  const values = [work.school.id, gap.id, gap.kind, gap.onDay, gap.startsAt, gap.endsAt, work.now, gap.about ?? null]
  return (await work.tx.run(gapInsert, values)).length > 0
}

const gapsClose = { name: 'cover_gap_close', text: 'update cover_gap set closed_at = $3 where school_id = $1 and id = any ($2)' }

export async function closeGaps(work: Work, _permit: Permit<'cover.watch'>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await work.tx.run(gapsClose, [work.school.id, ids, work.now])
}

const standInsInsert = {
  name: 'cover_stand_ins',
  text: `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind)
    select $1, s.id, s."adultId", $2, $3, 'stand-in' from jsonb_to_recordset($4::jsonb) as s (id uuid, "adultId" uuid)`,
}

export async function insertStandIns(
  work: Work,
  _permit: Permit<'cover.watch'>,
  endsAt: Instant,
  rows: readonly { readonly id: string; readonly adultId: AdultId }[],
): Promise<void> {
  await work.tx.run(standInsInsert, [work.school.id, work.now, endsAt, JSON.stringify(rows)])
}

const standInsEnd = {
  name: 'cover_stand_ins_end',
  text: `update cover set ends_at = $2 where school_id = $1 and kind = 'stand-in' and starts_at < $2 and ends_at > $2 returning adult_id as "adultId"`,
}

/** Ends the duty of everybody who stood in; gives whose it was. */
export async function endStandIns(work: Work, _permit: Permit<'cover.watch'>): Promise<readonly AdultId[]> {
  const rows = await work.tx.run<{ adultId: AdultId }>(standInsEnd, [work.school.id, work.now])
  return rows.map(row => row.adultId)
}
