import type { Permit } from '../../access/index.ts'
import { localDate, startOfDay } from '../../kernel/london-time.ts'
import { addDays, epochInMs, instantOf, type PlainDate } from '../../kernel/plain-date.ts'
import { isSchoolDay } from '../../kernel/school-days.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { roleName } from '../people/index.ts'
import type { CoverFacts, CoverGap, DayCover, OnDuty, Stretch } from './model.ts'
import { contains, earlier, later, onDutyAt, schoolHours, weekCover } from './rules.ts'
import { gapsOn, ofTeam, shownStandIns } from './rules-of-watch.ts'
import { getCoverFacts } from './store.ts'

/** Roles of which one can be on duty: those that open files, and those to which a concern goes when none of them is there. */
export function dutyRoles(work: Work): RoleId[] {
  const { standIn } = work.profile.cover
  return [
    ...new Set([
      ...work.school.fileRoles,
      ...work.profile.routes.welfare.steps.flatMap(step => step.roles),
      ...standIn.value.roles,
    ]),
  ]
}

/** Who can be reached at this moment: on duty by the rota, else of the team and in school. Whoever is out is not among them. */
export async function findOnDutyNow(work: Work): Promise<OnDuty[]> {
  const moment: Stretch = { startsAt: work.now, endsAt: instantOf(epochInMs(work.now) + 1) }
  return onDutyOf(work, await getCoverFacts(work, moment, dutyRoles(work)))
}

function onDutyOf(work: Work, facts: CoverFacts): OnDuty[] {
  const today = localDate(work.now)
  const hours = isSchoolDay(today, work.profile.calendar) ? schoolHours(work.profile.calendar, today) : undefined
  const inRoles = (adultId: string) =>
    facts.appointments.some(appointment => appointment.adultId === adultId && work.school.fileRoles.includes(appointment.role))
  const titleOf = (role: RoleId) => roleName(work.profile, role)
  const people = onDutyAt(work.profile, facts, work.now, hours, titleOf).filter(
    person => person.kind !== 'present' || inRoles(person.adultId),
  )
  const isCovered = people.some(person => person.kind !== 'trip') || !hours || !contains(hours, work.now)
  return isCovered ? people : [...shownStandIns(work.profile, facts, work.now, titleOf), ...people]
}

export interface Week {
  readonly monday: PlainDate
  readonly days: readonly DayCover[]
  /** Hours of its school days, not over yet, in which nobody of the team or too few deputies are there. */
  readonly gaps: readonly CoverGap[]
  readonly now: readonly OnDuty[]
  readonly facts: CoverFacts
}

/** A week of the rota, with its gaps. The team in school is those who open files; others may only be named for a duty. */
export async function getWeek(work: Work, _permit: Permit<'cover.keep'>, monday: PlainDate): Promise<Week> {
  const start = startOfDay(monday)
  const end = startOfDay(addDays(monday, 7))
  // From now at the earliest, so that who is on duty now is known whichever week is looked at.
  const stretch = {
    startsAt: earlier(start, work.now),
    endsAt: later(end, instantOf(epochInMs(work.now) + 1)),
  }
  const facts = await getCoverFacts(work, stretch, dutyRoles(work))
  const team = ofTeam(facts, work.school.fileRoles)
  const days = weekCover(team, work.profile.calendar, monday, work.now)
  const gaps = days.flatMap(day => gapsOn(team, work.profile, day.date)).filter(gap => gap.endsAt > work.now)
  return { monday, days, gaps, now: onDutyOf(work, facts), facts }
}

/** Everybody who can be put on duty or be out, and what bears on it, from now on for a year. */
export function getTeamFacts(work: Work): Promise<CoverFacts> {
  const yearInMs = 366 * 86_400_000
  return getCoverFacts(work, { startsAt: work.now, endsAt: instantOf(epochInMs(work.now) + yearInMs) }, dutyRoles(work))
}

/** What bears on who can be reached in a stretch of time. */
export function findCoverFacts(work: Work, stretch: Stretch): Promise<CoverFacts> {
  return getCoverFacts(work, stretch, dutyRoles(work))
}
