import type { Permit } from '../../access/index.ts'
import type { AdultId, AppointmentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import type { EndReason, TeamChange, TeamChangeKind, TeamRefusal, WhoIsLeft } from './model.ts'

const columns = `t.id, t.kind, t.state, t.adult_id as "adultId", a.name as "adultName", t.role, t.appointment_id as "appointmentId",
  ${utcText('t.was_starts_at')} as "wasStartsAt", ${utcText('t.was_ends_at')} as "wasEndsAt", ${utcText('t.starts_at')} as "startsAt", ${utcText('t.ends_at')} as "endsAt",
  t.why, t.proposed_by as "proposedBy", p.name as "proposedByName", ${utcText('t.proposed_at')} as "proposedAt",
  case when t.kind <> 'end-now' then ${utcText('t.lapses_at')} end as "lapsesAt", t.nobody_else as "nobodyElse",
  d.name as "decidedByName", ${utcText('t.decided_at')} as "decidedAt", t.decided_because as "decidedBecause",
  exists (select from team_changes_for_me($2) m where m.id = t.id) as "isForMe"`
const joined = `from team_change t join adult a on a.school_id = t.school_id and a.id = t.adult_id join adult p on p.school_id = t.school_id and p.id = t.proposed_by
  left join adult d on d.school_id = t.school_id and d.id = t.decided_by where t.school_id = $1`

const one = { name: 'people_team_change', text: `select ${columns} ${joined} and t.id = $3` }

/** One change, where whoever asks may know of it: nobody reads what is proposed of themselves. */
export async function findTeamChange(work: Work, id: string): Promise<TeamChange | undefined> {
  return (await work.tx.run<TeamChange>(one, [work.school.id, work.now, id]))[0]
}

const listed = {
  name: 'people_team_changes',
  text: `select ${columns} ${joined} order by t.state not in ('open', 'to-review'), t.proposed_at desc, t.id limit 100`,
}

export function listTeamChanges(work: Work, _permit: Permit<'team.changes'>): Promise<readonly TeamChange[]> {
  return work.tx.run<TeamChange>(listed, [work.school.id, work.now])
}

export interface NewTeamChange {
  readonly id: string
  readonly kind: Exclude<TeamChangeKind, 'end-now'>
  readonly adultId: AdultId
  readonly role: RoleId
  readonly appointmentId: AppointmentId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly lapsesAt: Instant
}

/** What is told of a change. */
export interface Telling {
  readonly says: string
  readonly source: string
  readonly link: string
}

export type Proposed =
  | { readonly state: 'open' | 'agreed'; readonly told: readonly AdultId[] }
  | { readonly fault: 'no-such-part' | 'waits-already' }

const propose = {
  name: 'people_team_propose',
  text: 'select team_change_propose($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as made',
}

export async function insertTeamChange(
  work: Work,
  _permit: Permit<'appointment.keep'>,
  change: NewTeamChange,
  { says, source, link }: Telling,
): Promise<Proposed> {
  const { id, kind, adultId, role, appointmentId, startsAt, endsAt } = change
  const values = [id, kind, adultId, role, appointmentId, startsAt, endsAt, work.now, change.lapsesAt, says, source, link]
  const [row] = await work.tx.run<{ made: Proposed }>(propose, values)
  if (!row) throw new Error('the function gives one row')
  return row.made
}

const endNow = { name: 'people_team_end_now', text: 'select team_end_now($1, $2, $3, $4, $5, $6, $7, $8) as made' }

export async function saveEndedNow(
  work: Work,
  _permit: Permit<'appointment.keep'>,
  ended: { readonly id: string; readonly appointmentId: AppointmentId; readonly why: EndReason },
  { says, saysSelf, source, link }: Telling & { readonly saysSelf: string },
): Promise<readonly AdultId[] | 'already-over'> {
  const values = [ended.id, ended.appointmentId, ended.why, work.now, says, saysSelf, source, link]
  const [row] = await work.tx.run<{ made: { told: readonly AdultId[] } | { fault: 'already-over' } }>(endNow, values)
  if (!row) throw new Error('the function gives one row')
  return 'fault' in row.made ? row.made.fault : row.made.told
}

const answer = { name: 'people_team_answer', text: 'select team_change_answer($1, $2, $3, $4, $5, $6, $7, $8) as made' }

/** Writes the answer, and what it brings about in the appointment; or why it does not fit any more. */
export async function saveTeamAnswer(
  work: Work,
  _permit: Permit<'team.answer'>,
  id: string,
  given: { readonly agrees: boolean; readonly because: string | null },
  { says, saysSelf, source, link }: Telling & { readonly saysSelf: string },
): Promise<{ readonly state: TeamChange['state'] } | { readonly fault: TeamRefusal }> {
  const values = [id, given.agrees, given.because, work.now, says, saysSelf, source, link]
  const [row] = await work.tx.run<{ made: { state: TeamChange['state'] } | { fault: TeamRefusal } }>(answer, values)
  if (!row) throw new Error('the function gives one row')
  return row.made
}

const withdraw = { name: 'people_team_withdraw', text: 'select team_change_withdraw($1, $2) as done' }

export async function saveTeamWithdrawal(work: Work, _permit: Permit<'appointment.keep'>, id: string): Promise<boolean> {
  return (await work.tx.run<{ done: boolean }>(withdraw, [id, work.now]))[0]?.done ?? false
}

const lapse = { name: 'people_team_lapse', text: 'select team_changes_lapse($1, $2, $3, $4) as lapsed' }

export interface LapsedChange {
  readonly id: string
  readonly adultId: AdultId
  readonly proposedBy: AdultId
}

export async function lapseTeamChanges(
  work: Work,
  _permit: Permit<'alert.tell'>,
  { says, source, link }: Telling,
): Promise<readonly LapsedChange[]> {
  return (await work.tx.run<{ lapsed: readonly LapsedChange[] }>(lapse, [work.now, says, source, link]))[0]?.lapsed ?? []
}

const agreeing = {
  name: 'people_team_agreeing',
  text: `select team_names_agreeing($3, $2) as agreeing,
    (select coalesce(jsonb_agg(distinct a.name), '[]') from appointment p join adult a on a.school_id = p.school_id and a.id = p.adult_id
      where p.school_id = $1 and p.role = any ($4) and p.adult_id <> $3 and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)) as readers`,
}

export async function findWhoIsLeft(work: Work, _permit: Permit<'appointment.keep'>, adultId: AdultId): Promise<WhoIsLeft> {
  const [row] = await work.tx.run<WhoIsLeft>(agreeing, [work.school.id, work.now, adultId, work.school.fileRoles])
  if (!row) throw new Error('the query gives one row')
  return row
}
