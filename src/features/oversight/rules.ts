import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { Profile, RecurringDuty, ReviewDuty, SchoolDuties, TrainingDuty } from '../../policy/profile.ts'
import { roleGroups } from '../../policy/role-groups.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { RunningDuty } from './model.ts'

export interface RoleOf {
  readonly role: RoleId
  readonly adultId: AdultId
}

/** Whether one of each group that the policy names took part. */
export function isComplete(duty: ReviewDuty, participants: readonly AdultId[], holders: readonly RoleOf[]): boolean {
  const taking = duty.together.map(group =>
    holders.filter(({ role, adultId }) => group.includes(role) && participants.includes(adultId)).map(({ adultId }) => adultId),
  )
  // One person in two of the roles is still one person.
  return taking.every(some => some.length > 0) && (taking.length === 0 || new Set(taking.flat()).size > 1)
}

/** Whether somebody who took part is one of those whom the policy charges with it. */
export function discharges(duty: ReviewDuty, participants: readonly AdultId[], holders: readonly RoleOf[]): boolean {
  return holders.some(({ role, adultId }) => duty.by.includes(role) && participants.includes(adultId))
}

/** The duty behind a running clock. */
export function dutyOf(
  { training, reading, reviews }: SchoolDuties,
  rule: string,
): (RecurringDuty & Partial<Pick<ReviewDuty, 'warn'> & Pick<TrainingDuty, 'roles'>>) | undefined {
  return [...reviews, ...reading, ...training].find(duty => duty.rule === rule)
}

export interface Telling {
  readonly duty: RunningDuty
  readonly what: 'near' | 'late'
  readonly roles: readonly RoleId[]
  /** Roles in which somebody owes it or answers for it. */
  readonly owing: readonly RoleId[]
}

/** What is to be told now of a running duty that was not told before. */
export function tellingOf(
  { duties, calendar }: Pick<Profile, 'duties' | 'calendar'>,
  running: RunningDuty,
  now: Instant,
): Telling | undefined {
  const duty = dutyOf(duties, running.rule)
  if (running.dueAt === null || !duty) return undefined
  const owing = [...duty.owner, ...(duty.roles ?? [])]
  if (now > running.dueAt) return running.told < 2 ? { duty: running, what: 'late', roles: duty.overdueTold, owing } : undefined
  const { warn } = duty
  const reach = warn && dueAt(warn.value, now, calendar)
  if (!warn || running.told > 0 || !reach || reach < running.dueAt) return undefined
  return { duty: running, what: 'near', roles: warn.told, owing }
}

/** Roles that hear of a duty and never of whom it is. */
export function hearsNoName(role: RoleId): boolean {
  return (roleGroups['all-governors'] as readonly RoleId[]).includes(role)
}
