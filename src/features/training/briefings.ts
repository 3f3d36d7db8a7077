import { type Actor, authorise } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { type PlainDate, weekday } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { roleGroups } from '../../policy/role-groups.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { findAdultFacts, findNames } from './store.ts'
import { findUnsigned, findWorkingWeeks, insertBriefing, insertTasks, saveTaskDone, saveWorksOn } from './task-store.ts'

/** On which days of the week somebody works, Monday being 1; null for every school day. */
export async function sayWorkingDays(
  work: Work<Actor>,
  adultId: AdultId,
  worksOn: readonly number[] | null,
): Promise<Result<undefined, 'no-such-adult'>> {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  if (!(await saveWorksOn(work, permit, adultId, worksOn))) return refused('no-such-adult')
  work.note({ event: 'adult.working-days', subjectKind: 'adult', subject: adultId, facts: { worksOn } })
  return ok(undefined)
}

export interface BriefingHeld {
  readonly title: string
  readonly on?: PlainDate
  readonly present: readonly AdultId[]
}

export interface BriefingKept {
  readonly id: string
  /** Who has something to catch up on, and whether the day was none of theirs. */
  readonly missed: readonly { readonly adultId: AdultId; readonly away: boolean; readonly partTime: boolean }[]
}

/** A briefing of staff: whoever was not there is given a catch-up, those too who do not work on that day of the week. */
export async function recordBriefing(work: Work<Actor>, held: BriefingHeld): Promise<Result<BriefingKept, 'in-the-future'>> {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  const { title, present, on = localDate(work.now) } = held
  if (on > localDate(work.now)) return refused('in-the-future')
  const weeks = new Map((await findWorkingWeeks(work, permit)).map(week => [week.adultId, week]))
  const staff = (await findAdultFacts(work, permit, undefined)).filter(({ roles }) =>
    roles.some(role => (roleGroups['all-staff'] as readonly RoleId[]).includes(role)),
  )
  const missed = staff
    .filter(({ adultId }) => !present.includes(adultId) && (weeks.get(adultId)?.startedOn ?? on) <= on)
    .map(({ adultId }) => {
      const worksOn = weeks.get(adultId)?.worksOn ?? null
      return { adultId, away: worksOn !== null && !worksOn.includes(weekday(on)), partTime: worksOn !== null }
    })
  const id = newId<string>()
  await insertBriefing(work, permit, { id, title, on, present, by: work.someone.adultId })
  await insertTasks(
    work,
    permit,
    missed.map(({ adultId, away }) => ({
      ...{ id: newId<string>(), adultId, kind: 'catch-up' as const, about: id, away },
      says: `Catch up on the briefing of ${on}: ${title}`,
    })),
  )
  const facts = { briefing: id, on, present: present.length, missed: missed.map(({ adultId }) => adultId) }
  work.note({ event: 'briefing.recorded', subjectKind: 'school', subject: work.school.id, facts })
  return ok({ id, missed })
}

/** Somebody has caught up on what they missed. */
export async function catchUpHeld(work: Work<Actor>, taskId: string): Promise<Result<undefined, 'no-such-task'>> {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  const adultId = await saveTaskDone(work, permit, taskId, work.someone.adultId)
  if (!adultId) return refused('no-such-task')
  work.note({ event: 'adult-task.done', subjectKind: 'adult', subject: adultId, facts: { task: taskId } })
  return ok(undefined)
}

/** Roles of those who come and go, and are on the list at the gate. */
const atTheGate: readonly RoleId[] = ['supply', 'contractor', 'volunteer', 'trainee']

export interface AtTheGate {
  readonly adultId: AdultId
  readonly name: string
  readonly roles: readonly RoleId[]
  /** What they have been given and not signed; whoever has any is flagged. */
  readonly unsigned: readonly string[]
}

/** The list for the gate: everybody who comes and goes, with what they have not signed. */
export async function findGateList(work: Work<Actor>): Promise<readonly AtTheGate[]> {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  const adults = (await findAdultFacts(work, permit, undefined)).filter(({ roles }) =>
    roles.some(role => atTheGate.includes(role)),
  )
  const names = await findNames(work, permit, adults)
  const unsigned = new Map((await findUnsigned(work, permit)).map(one => [one.adultId, one.titles]))
  work.note({ event: 'gate-list.opened', subjectKind: 'school', subject: work.school.id })
  return adults.map(({ adultId, roles }) => ({
    ...{ adultId, roles, name: names.get(adultId) ?? '' },
    unsigned: unsigned.get(adultId) ?? [],
  }))
}
