import type { Permit, SubjectFacts } from '../../access/index.ts'
import type { ActionId, AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { AlertToSend } from '../concerns/index.ts'
import type { NewEmergencyCall, NewFamilyContact, TouchedConcern } from './model.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

/** SQL: the emergency calls about a concern that the reader may see, for a statement with the school as $1. */
export const emergencyCallsOf = (concern: string, only = '') =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'service', y.service, 'at', ${utcText('y.at')}, 'rangBy', y.rang_by, 'incident', y.incident, 'says', y.says,
      'byName', ${nameOf('y.by_id')}) order by y.at, y.id), '[]') from agency_call y where y.school_id = $1 and y.concern_id = ${concern}${only})`

/** SQL: the talks with parents about a concern that the reader may see, for a statement with the school as $1. */
export const familyContactsOf = (concern: string, only = '') =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'at', ${utcText('y.at')}, 'who', y.who, 'how', y.how, 'says', y.says, 'agreedWith', y.agreed_with,
      'agreedAt', ${utcText('y.agreed_at')}, 'early', y.early, 'byName', ${nameOf('y.by_id')}) order by y.at, y.id), '[]')
    from family_contact y where y.school_id = $1 and y.concern_id = ${concern}${only})`

/** SQL: of those only what one wrote oneself, for a statement with the reader as $3. */
export const ownOnly = ' and y.by_id = $3'

// A hold on another concern of the same child holds here too, they being the same parents: for whoever may know of it.
const heldElsewhere = `h.concern_id in (select o.concern_id from concern_child k join concern_child o on o.school_id = $1 and o.child_id = k.child_id and o.moved_to is null
        where k.school_id = $1 and k.concern_id = c.id and k.moved_to is null) and not coalesce(scope_adult() = any (h.excluded), false)`

const heldWhere = (where: string) =>
  `exists (select from parent_hold h where h.school_id = $1 and h.lifted_at is null and (h.concern_id = c.id or (${where})))`

const touched = {
  name: 'contact_touched',
  text: `select c.id, c.reference, c.urgent, c.excluded, c.readers, c.reporter_id as "reporterId", c.written_by as "writtenBy",
      ${heldWhere(heldElsewhere)} as "parentsHeld", ${heldWhere(`${heldElsewhere} and h.excluded <@ c.excluded`)} as "heldForAll",
      own_concern_standing(c.id) as own, jsonb_build_object('state', c.state, 'ownerId', c.owner_id,
        'triagedAt', (select ${utcText('min(t.at)')} from triage t where t.school_id = $1 and t.concern_id = c.id),
        'children', (select coalesce(jsonb_agg(jsonb_build_object('childId', k.child_id, 'involvement', k.involvement)), '[]') from concern_child k
          where k.school_id = $1 and k.concern_id = c.id and k.moved_to is null)) as team
    from concern c where c.school_id = $1 and c.id = $2`,
}

type Standing = Pick<TouchedConcern, 'state' | 'ownerId' | 'triagedAt' | 'children'>

interface TouchedRow extends Pick<TouchedConcern, 'id' | 'reference' | 'urgent' | 'parentsHeld' | 'heldForAll'> {
  readonly excluded: readonly AdultId[]
  readonly readers: readonly AdultId[]
  readonly reporterId: AdultId | null
  readonly writtenBy: AdultId | null
  /** Null where the reader neither reported nor wrote it. */
  readonly own: Standing | null
  readonly team: Standing
}

/** A concern that something was done about, with its access facts: the caller asks for the permit. */
export async function findTouched(work: Work, id: string): Promise<TouchedConcern | undefined> {
  const [row] = await work.tx.run<TouchedRow>(touched, [work.school.id, id])
  if (!row) return undefined
  const { state, ownerId, triagedAt, children } = row.own ?? row.team
  const access: SubjectFacts = {
    schoolId: work.school.id,
    id: row.id,
    excluded: row.excluded,
    readers: row.readers,
    reporterId: row.reporterId ?? undefined,
    writtenBy: row.writtenBy ?? undefined,
  }
  const moment = triagedAt && (new Date(triagedAt).toISOString() as typeof triagedAt)
  const { id: concernId, reference, urgent, parentsHeld, heldForAll } = row
  return { id: concernId, reference, urgent, parentsHeld, heldForAll, state, ownerId, triagedAt: moment, children, access }
}

const ownAction = { name: 'own_concern_action', text: 'select own_concern_action($1, $2, $3, $4, $5) as "ownerId"' }
const teamAction = {
  name: 'contact_action',
  text: `insert into action (school_id, id, concern_id, child_id, says, owner_id, due_on, set_at, set_by, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning owner_id as "ownerId"`,
}

type CallPermit = Permit<'agency-call.own'> | Permit<'agency-call.record'>

/** Gives whoever has the concern something to do; gives them, or null where nobody has it. Of the team, whoever writes it does it otherwise. */
export async function insertActionAfter(
  work: Work,
  permit: CallPermit,
  concern: TouchedConcern,
  row: {
    readonly id: ActionId
    readonly childId: ChildId | null
    readonly says: string
    readonly dueOn: PlainDate
    readonly by: AdultId
  },
): Promise<AdultId | null> {
  const { id, childId, says, dueOn, by } = row
  const excluded = concern.access.excluded ?? []
  // Whoever was put outside after they had it is neither given this nor told of it.
  const owner = concern.ownerId !== null && !excluded.includes(concern.ownerId) ? concern.ownerId : by
  const [given] =
    permit.action === 'agency-call.own'
      ? await work.tx.run<{ ownerId: AdultId | null }>(ownAction, [concern.id, id, says, dueOn, work.now])
      : await work.tx.run<{ ownerId: AdultId | null }>(teamAction, [
          ...[work.school.id, id, concern.id, childId, says, owner, dueOn, work.now, by, excluded],
        ])
  return given?.ownerId ?? null
}

/** An item for a child's chronology. */
export interface EntryOfContact {
  readonly id: string
  readonly childId: string
  readonly kind: 'contact' | 'parents' | 'action'
  readonly heading: string
  readonly happenedOn: string
  readonly happenedAtTime: string
  readonly involvement: string
}

const hung = `alerts as (insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
      select $1, a.id, $2, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, $4, $5
      from jsonb_to_recordset($6::jsonb -> 'alerts') as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text)),
    entries as (insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, involvement, excluded)
      select $1, e.id, e."childId", e.kind, e.heading, e."happenedOn", e."happenedAtTime", $4, $3, $2, e.involvement, $5
      from jsonb_to_recordset($6::jsonb -> 'entries') as e (id uuid, "childId" uuid, kind text, heading text, "happenedOn" date, "happenedAtTime" text, involvement text))`

interface ContactRow {
  readonly id: string
  readonly concern: TouchedConcern
  readonly by: AdultId
  readonly alerts: readonly AlertToSend[]
  readonly entries: readonly EntryOfContact[]
}

const valuesOf = (work: Work, row: ContactRow) => [
  work.school.id,
  row.concern.id,
  row.by,
  work.now,
  row.concern.access.excluded ?? [],
  JSON.stringify({ alerts: row.alerts, entries: row.entries }),
  row.id,
]

const call = {
  name: 'agency_call_add',
  text: `with ${hung} insert into agency_call (school_id, id, concern_id, service, at, rang_by, incident, says, by_id, recorded_at, action_id, reporter_id, excluded)
    values ($1, $7, $2, $8, $9, $10, $11, $12, $3, $4, $13, $3, $5)`,
}

export async function insertCall(
  work: Work,
  _permit: CallPermit,
  row: ContactRow & { readonly call: NewEmergencyCall; readonly actionId: ActionId | null },
): Promise<void> {
  const { service, at, rangBy, incident, says } = row.call
  await work.tx.run(call, [...valuesOf(work, row), service, at, rangBy, incident, says, row.actionId])
}

const contact = {
  name: 'family_contact_add',
  text: `with ${hung} insert into family_contact (school_id, id, concern_id, at, who, how, says, agreed_with, agreed_at, early, by_id, recorded_at, reporter_id, excluded)
    values ($1, $7, $2, $8, $9, $10, $11, $12, $13, $14, $3, $4, $3, $5)`,
}

export async function insertContact(
  work: Work,
  _permit: Permit<'family-contact.own'> | Permit<'family-contact.record'>,
  row: ContactRow & { readonly contact: NewFamilyContact; readonly early: boolean },
): Promise<void> {
  const { at, who, how, says, agreedWith, agreedAt } = row.contact
  await work.tx.run(contact, [...valuesOf(work, row), at, who, how, says, agreedWith, agreedAt, row.early])
}

const metInPerson = {
  name: 'contact_police_report_met',
  text: `update clock set met_at = $4 where school_id = $1 and concern_id = $2 and owner_id = $3 and name = 'fgm-police-report' and met_at is null and ended_at is null`,
}

/** Meets the report that this adult owes the police in person, where they owe one. */
export async function meetOwnPoliceReport(
  work: Work,
  _permit: CallPermit,
  concern: TouchedConcern['id'],
  by: AdultId,
  at: Instant,
): Promise<void> {
  await work.tx.run(metInPerson, [work.school.id, concern, by, at])
}
