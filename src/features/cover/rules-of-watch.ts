/** When nobody of the team is there, who is told of it, and who is on duty meanwhile. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { addSchoolDays, isSchoolDay } from '../../kernel/school-days.ts'
import type { CoverRules, Profile, SchoolCalendar } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { CoverFacts, CoverGap, OnDuty, Stretch, TeamAppointment } from './model.ts'

export { sourceText } from '../concerns/rules.ts'

import { contains, gapsOf, presentOf, schoolHours, without } from './rules.ts'

/** What bears on the safeguarding team alone: the appointments to roles that open files. */
export function ofTeam(facts: CoverFacts, fileRoles: readonly RoleId[]): CoverFacts {
  return { ...facts, appointments: facts.appointments.filter(appointment => fileRoles.includes(appointment.role)) }
}

/** The days that are looked at: today, and once the school day has begun the next school day, so that nobody is woken for it. */
export function watchedDays(calendar: SchoolCalendar, now: Instant): PlainDate[] {
  const { date, time } = toLocal(now)
  return time < calendar.dayStarts ? [date] : [date, addSchoolDays(date, 1, calendar)]
}

function edgesOf(hours: Stretch, stretches: readonly Stretch[]): Instant[] {
  const inside = stretches
    .flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])
    .filter(at => hours.startsAt < at && at < hours.endsAt)
  return [...new Set([hours.startsAt, ...inside, hours.endsAt])].toSorted()
}

/** Stretches that follow one another without a pause, as one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const done: Stretch[] = []
  for (const next of stretches) {
    const last = done.at(-1)
    if (last?.endsAt === next.startsAt) done[done.length - 1] = { startsAt: last.startsAt, endsAt: next.endsAt }
    else done.push(next)
  }
  return done
}

/** The hours in which fewer deputies are in school than there must be. */
export function withoutDeputies(facts: CoverFacts, hours: Stretch, deputiesMin: number): Stretch[] {
  const deputies = { ...facts, appointments: facts.appointments.filter(({ role }) => role === 'deputy-dsl') }
  const adults = [...new Set(deputies.appointments.map(({ adultId }) => adultId))]
  const present = adults.map(adultId => presentOf(deputies, adultId, hours))
  const edges = edgesOf(hours, present.flat())
  const parts = edges.slice(0, -1).map((startsAt, index) => ({ startsAt, endsAt: edges[index + 1] ?? hours.endsAt }))
  const countAt = (at: Instant) => present.filter(stretches => stretches.some(stretch => contains(stretch, at))).length
  return joined(parts.filter(part => countAt(part.startsAt) < deputiesMin))
}

/** The gaps of one school day: hours with nobody of the team, and other hours with too few deputies. */
export function gapsOn(facts: CoverFacts, profile: Pick<Profile, 'calendar' | 'cover'>, date: PlainDate): CoverGap[] {
  if (!isSchoolDay(date, profile.calendar)) return []
  const hours = schoolHours(profile.calendar, date)
  const nobody = gapsOf(facts, hours).withoutAnybody
  const few = without(withoutDeputies(facts, hours, profile.cover.deputiesMin.value), nobody)
  return [
    ...nobody.map(gap => ({ ...gap, kind: 'nobody' as const, onDay: date })),
    ...few.map(gap => ({ ...gap, kind: 'no-deputy' as const, onDay: date })),
  ]
}

/** Whether one stretch lies wholly within the other. */
export function isWithin(inner: Stretch, outer: Stretch): boolean {
  return outer.startsAt <= inner.startsAt && inner.endsAt <= outer.endsAt
}

function isThere(facts: CoverFacts, adultId: AdultId, at: Instant): boolean {
  const isOut = facts.absences.some(absence => absence.adultId === adultId && contains(absence, at))
  const isWithTrip = facts.duties.some(duty => duty.adultId === adultId && duty.kind === 'trip' && contains(duty, at))
  return !isOut && !isWithTrip
}

/** Who is on duty while nobody of the team is there: in the order of the policy, passing over whoever is out. */
export function standInsFor(standIn: CoverRules['standIn'], facts: CoverFacts, at: Instant): TeamAppointment[] {
  const { tell, roles } = standIn.value
  const byRole = roles.map(role =>
    facts.appointments.filter(held => held.role === role && contains(held, at) && isThere(facts, held.adultId, at)),
  )
  const chosen = tell === 'all' ? byRole.flat() : (byRole.find(holders => holders.length > 0) ?? [])
  return chosen.filter((held, index) => chosen.findIndex(other => other.adultId === held.adultId) === index)
}

/** Whoever was put on duty for the moment and is there. */
export function standingIn(facts: CoverFacts, at: Instant): AdultId[] {
  return facts.duties
    .filter(duty => duty.kind === 'stand-in' && contains(duty, at) && isThere(facts, duty.adultId, at))
    .map(duty => duty.adultId)
}

/** The number under which the policy has a post answer, for whoever has none of their own. */
function officeOf(profile: Pick<Profile, 'team' | 'contacts'>, role: RoleId): string | null {
  const contact = profile.team.find(member => member.role === role)?.contact
  return (contact === undefined ? undefined : profile.contacts[contact]?.phone) ?? null
}

/** Whom the panel names while nobody of the team is there: those who were put on duty; until background work has looked, those who will be. */
export function shownStandIns(
  profile: Pick<Profile, 'cover' | 'team' | 'contacts'>,
  facts: CoverFacts,
  at: Instant,
  titleOf: (role: RoleId) => string,
): OnDuty[] {
  const put = standingIn(facts, at)
  const { roles } = profile.cover.standIn.value
  const held = roles.flatMap(role =>
    facts.appointments.filter(one => one.role === role && put.includes(one.adultId) && contains(one, at)),
  )
  const named = held.filter((one, index) => held.findIndex(other => other.adultId === one.adultId) === index)
  return (named.length > 0 ? named : standInsFor(profile.cover.standIn, facts, at)).map(one => ({
    adultId: one.adultId,
    name: one.name,
    role: one.role,
    title: titleOf(one.role),
    phone: one.phone ?? officeOf(profile, one.role),
    kind: 'stand-in',
  }))
}

/** Everybody who holds one of the roles at the moment, once. */
export function holdersOf(facts: CoverFacts, roles: readonly RoleId[], at: Instant): AdultId[] {
  const held = facts.appointments.filter(appointment => roles.includes(appointment.role) && contains(appointment, at))
  return [...new Set(held.map(({ adultId }) => adultId))]
}
