import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import type { RunningDuty, Standing } from './model.ts'

const rulesRunning = {
  name: 'oversight_running',
  text: `select rule from clock where school_id = $1 and area = 'school' and subject_kind = 'school' and subject_id = $1 and met_at is null and ended_at is null`,
}

/** The rules of which a clock runs at the school. */
export async function findRunningRules(work: Work, _permit: Permit<'duties.watch' | 'check.record'>): Promise<readonly string[]> {
  return (await work.tx.run<{ rule: string }>(rulesRunning, [work.school.id])).map(({ rule }) => rule)
}

const lastDone = {
  name: 'oversight_last_done',
  text: 'select kind, max(done_on) as "on" from school_check where school_id = $1 group by kind',
}

/** When each kind of check was done last. */
export async function findLastDone(work: Work, _permit: Permit<'duties.watch'>): Promise<ReadonlyMap<string, PlainDate>> {
  const rows = await work.tx.run<{ kind: string; on: PlainDate }>(lastDone, [work.school.id])
  return new Map(rows.map(({ kind, on }) => [kind, on]))
}

const insert = {
  name: 'oversight_check_insert',
  text: `insert into school_check (school_id, id, kind, done_on, outcome, actions_open, recorded_at, recorded_by, participants, technical, safeguarding)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
}

export async function insertCheck(
  work: Work,
  _permit: Permit<'check.record'>,
  check: {
    readonly id: string
    readonly kind: ClockName
    readonly on: PlainDate
    readonly by: AdultId
    readonly participants: readonly AdultId[]
    readonly technical: string | null
    readonly safeguarding: string | null
    readonly actionsOpen: number
  },
): Promise<void> {
  const { id, kind, on, by, participants, technical, safeguarding, actionsOpen } = check
  const outcome = technical === null && safeguarding === null ? 'good' : 'faults'
  const values = [kind, on, outcome, actionsOpen, work.now, by, participants, technical, safeguarding]
  await work.tx.run(insert, [work.school.id, id, ...values])
}

const meet = { name: 'oversight_meet', text: 'select school_duty_meet($1, $2) as rule' }

/** Meets the clocks of a check that was just recorded; gives their rules. */
export async function meetDuty(work: Work, _permit: Permit<'check.record'>, checkId: string): Promise<readonly string[]> {
  return (await work.tx.run<{ rule: string }>(meet, [checkId, work.now])).map(({ rule }) => rule)
}

const running = {
  name: 'oversight_duties',
  text: `select c.id, c.name, c.rule, c.says, c.source, c.due_at as "dueAt", c.owner_id as "ownerId", c.told,
      case when c.subject_kind = 'adult' then c.subject_id end as "adultId", a.name as "adultName"
    from clock c left join adult a on a.school_id = c.school_id and c.subject_kind = 'adult' and a.id = c.subject_id
    where c.school_id = $1 and c.area = 'school' and c.subject_kind in ('adult', 'school') and c.met_at is null and c.ended_at is null
      and c.due_at is not null and c.told < 2 order by c.due_at, c.id`,
}

/** Running duties with a time that have not been told as late. */
export function findDutiesToWatch(work: Work, _permit: Permit<'duties.watch'>): Promise<readonly RunningDuty[]> {
  return work.tx.run<RunningDuty>(running, [work.school.id])
}

const told = { name: 'oversight_told', text: 'update clock set told = $3 where school_id = $1 and id = $2' }

export async function saveTold(work: Work, _permit: Permit<'duties.watch'>, id: string, how: number): Promise<void> {
  await work.tx.run(told, [work.school.id, id, how])
}

const standing = {
  name: 'oversight_standing',
  text: 'select name, owed, late, next_due as "nextDue", last_done as "lastDone" from duty_standing($1) order by name',
}

export function readStanding(work: Work, _permit: Permit<'duties.standing'>): Promise<readonly Standing[]> {
  return work.tx.run<Standing>(standing, [work.now])
}
