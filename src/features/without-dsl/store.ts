import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import type { AlertToSend } from '../concerns/index.ts'
import type { HandBack, NewStep, StepOf } from './model.ts'

type StepPermit =
  | Permit<'concern.cannot-reach'>
  | Permit<'concern.add-to-own'>
  | Permit<'concern.add-to'>
  | Permit<'referral.direct'>
  | Permit<'referral.make'>

const step = {
  name: 'without_dsl_step',
  text: `with alerts as (insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, a.id, $3, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, $4, $5
    from jsonb_to_recordset($6::jsonb) as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text))
  insert into fallback_step (school_id, id, concern_id, kind, by_id, at, recorded_at, with_whom, says, excluded) values ($1, $2, $3, $7, $8, $9, $4, $10, $11, $5)`,
}

/** Keeps a step and tells those who hear of it. */
export async function insertStep(
  work: Work,
  _permit: StepPermit,
  concern: StepOf,
  by: AdultId,
  what: NewStep,
  alerts: readonly AlertToSend[],
): Promise<string> {
  const id = newId<string>()
  const { kind, at, withWhom, says } = what
  const values = [
    work.school.id,
    id,
    concern.id,
    work.now,
    concern.excluded,
    JSON.stringify(alerts),
    kind,
    by,
    at,
    withWhom,
    says,
  ]
  await work.tx.run(step, values)
  return id
}

const toldBefore = {
  name: 'without_dsl_told',
  text: `select coalesce(jsonb_agg(t ->> 'adultId'), '[]') as told from jsonb_array_elements(own_concern_progress($1) -> 'told') as t`,
}

/** Everybody who has been given the concern so far, for whoever reported it. */
export async function findTold(work: Work, _permit: Permit<'concern.cannot-reach'>, id: ConcernId): Promise<readonly AdultId[]> {
  const [row] = await work.tx.run<{ told: AdultId[] }>(toldBefore, [id])
  return row?.told ?? []
}

const lockSigned = {
  name: 'without_dsl_countersign',
  text: `update fallback_step set seen_at = coalesce(seen_at, $3), seen_by = coalesce(seen_by, $4), countersigned_at = $3, countersigned_by = $4
    where school_id = $1 and concern_id = $2 and countersigned_at is null and kind <> 'pressed' and by_id <> $4 returning id`,
}

/** Countersigns what nobody has countersigned; nobody countersigns themselves. */
export async function saveCountersigned(
  work: Work,
  _permit: Permit<'fallback.countersign'>,
  id: ConcernId,
  by: AdultId,
): Promise<readonly string[]> {
  const rows = await work.tx.run<{ id: string }>(lockSigned, [work.school.id, id, work.now, by])
  return rows.map(row => row.id)
}

const handBack = {
  name: 'hand_back_find',
  text: `select h.id, h.concern_id as "concernId", h.reference, h.by_id as "byId", h.opened_at as "openedAt", h.written_at as "writtenAt", h.concerns, h.actions, h.excluded,
      (select coalesce(jsonb_agg(jsonb_build_object('at', f.at, 'withWhom', f.with_whom, 'says', f.says) order by f.at, f.id), '[]')
        from fallback_step f where f.school_id = $1 and f.concern_id = h.concern_id and f.by_id = h.by_id and f.kind <> 'pressed') as steps
    from hand_back h where h.school_id = $1 and h.id = $2`,
}

type HandBackRow = Omit<HandBack, 'access'> & { readonly excluded: readonly AdultId[] }

/** A note owed or written, with its access facts; the caller asks for the permit. */
export async function findHandBack(work: Work, id: string): Promise<HandBack | undefined> {
  const [row] = await work.tx.run<HandBackRow>(handBack, [work.school.id, id])
  if (!row) return undefined
  const { excluded, ...found } = row
  return {
    ...found,
    steps: found.steps.map(done => ({ ...done, at: new Date(done.at).toISOString() as Instant })),
    access: { schoolId: work.school.id, ownerId: row.byId, excluded },
  }
}

const write = { name: 'hand_back_write', text: 'select hand_back_write($1, $2, $3, $4) as "concernId"' }

/** Writes the note; false where it was written before. */
export async function saveHandBack(
  work: Work,
  _permit: Permit<'hand-back.write'>,
  id: string,
  note: { readonly concerns: string; readonly actions: string },
): Promise<boolean> {
  const [row] = await work.tx.run<{ concernId: ConcernId | null }>(write, [id, note.concerns, note.actions, work.now])
  return row?.concernId != null
}

const tellOfHandBack = {
  name: 'hand_back_tell',
  text: `insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, a.id, $2, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, $3, $4
    from jsonb_to_recordset($5::jsonb) as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text)`,
}

export async function insertHandBackAlerts(
  work: Work,
  _permit: Permit<'hand-back.write'>,
  concern: StepOf,
  alerts: readonly AlertToSend[],
): Promise<void> {
  if (alerts.length === 0) return
  await work.tx.run(tellOfHandBack, [work.school.id, concern.id, work.now, concern.excluded, JSON.stringify(alerts)])
}
