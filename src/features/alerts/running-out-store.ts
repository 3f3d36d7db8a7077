import type { Permit } from '../../access/index.ts'
import type { ActionId, AdultId, ClockId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'

/** A running clock of a concern whose owner the policy has warned before its time is over. */
export interface ClockToWarn {
  readonly id: ClockId
  readonly name: ClockName
  readonly rule: string
  readonly concernId: ConcernId
  readonly ownerId: AdultId | null
  readonly basisAt: Instant
  /** How many warnings have gone out. */
  readonly warned: number
}

const warnable = {
  name: 'alert_clocks_to_warn',
  text: `select id, name, rule, concern_id as "concernId", owner_id as "ownerId", ${utcText('basis_at')} as "basisAt", told as warned
    from clock where school_id = $1 and area = 'welfare' and concern_id is not null and rule = any ($2) and met_at is null and ended_at is null and due_at >= $3
    order by due_at, id`,
}

export function listClocksToWarn(work: Work, _permit: Permit<'alert.tell'>, rules: readonly string[]): Promise<ClockToWarn[]> {
  return work.tx.run<ClockToWarn>(warnable, [work.school.id, rules, work.now])
}

const warned = {
  name: 'alert_clocks_warned',
  text: 'update clock set told = c.told from jsonb_to_recordset($2::jsonb) as c (id uuid, told integer) where clock.school_id = $1 and clock.id = c.id',
}

/** Notes how many warnings of a clock have gone out; travels with the next statement. */
export function saveClocksWarned(
  work: Work,
  _permit: Permit<'alert.tell'>,
  clocks: readonly { readonly id: ClockId; readonly told: number }[],
): void {
  if (clocks.length > 0) work.tx.later(warned, [work.school.id, JSON.stringify(clocks)])
}

/** An answer that is to be asked for, as the task of whoever has the concern. */
export interface ChaseOpened {
  readonly id: ActionId
  readonly referralId: ReferralId
  readonly concernId: ConcernId
  readonly ownerId: AdultId
}

const chases = {
  name: 'alert_open_chases',
  text: `insert into action (school_id, id, concern_id, child_id, referral_id, asks, says, owner_id, due_on, set_at, excluded)
    select $1, gen_random_uuid(), r.concern_id, r.child_id, r.id, 'chase', 'Ask for the answer: ' || r.destination, coalesce(c.owner_id, r.opened_by),
      (r.chase_at at time zone 'Europe/London')::date, $2, r.excluded
    from referral r join concern c on c.school_id = $1 and c.id = r.concern_id
    where r.school_id = $1 and r.chase_at <= $2 and r.state in ('phoned', 'written', 'escalated')
      and not exists (select from action a where a.school_id = $1 and a.referral_id = r.id and a.asks = 'chase' and a.done_at is null)
    returning id, referral_id as "referralId", concern_id as "concernId", owner_id as "ownerId"`,
}

/** Opens the task to ask for each answer whose time to be asked for has come; gives those that were opened now. */
export function openChases(work: Work, _permit: Permit<'alert.tell'>): Promise<ChaseOpened[]> {
  return work.tx.run<ChaseOpened>(chases, [work.school.id, work.now])
}
