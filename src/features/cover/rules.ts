/** Who can be reached when, and when nobody can. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import { startOfDay, toInstant } from '../../kernel/london-time.ts'
import { addDays, compare, type Instant, type PlainDate, weekday } from '../../kernel/plain-date.ts'
import { dayEndsOn, isSchoolDay } from '../../kernel/school-days.ts'
import type { Profile, SchoolCalendar } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { CoverFacts, CoverKind, DayCover, Duty, OnDuty, Span, Stretch, TeamAppointment } from './model.ts'

const endless = '9999-12-31T23:59:59.999Z' as Instant

function endOf(span: Span): Instant {
  return span.endsAt ?? endless
}

/** Whether the moment is within the span: from its start, up to and without its end. */
export function contains(span: Span, at: Instant): boolean {
  return span.startsAt <= at && at < endOf(span)
}

/** Whether two spans share a moment. */
export function meet(a: Span, b: Span): boolean {
  return a.startsAt < endOf(b) && b.startsAt < endOf(a)
}

/** What is left of the stretches once these spans are taken out. */
export function without(stretches: readonly Stretch[], taken: readonly Span[]): Stretch[] {
  return taken.reduce<Stretch[]>(
    (left, span) =>
      left.flatMap(stretch => {
        if (!meet(stretch, span)) return [stretch]
        const before = { startsAt: stretch.startsAt, endsAt: span.startsAt }
        const after = { startsAt: endOf(span), endsAt: stretch.endsAt }
        return [before, after].filter(part => part.startsAt < part.endsAt)
      }),
    [...stretches],
  )
}

/** The later of two dates or two moments. */
export function later<T extends Instant | PlainDate>(a: T, b: T): T {
  return compare(a, b) > 0 ? a : b
}

/** The earlier of two dates or two moments. */
export function earlier<T extends Instant | PlainDate>(a: T, b: T): T {
  return compare(a, b) < 0 ? a : b
}

/** The part of the span within the stretch. */
function within(span: Span, stretch: Stretch): Stretch[] {
  if (!meet(span, stretch)) return []
  const startsAt = later(span.startsAt, stretch.startsAt)
  const endsAt = earlier(endOf(span), stretch.endsAt)
  return [{ startsAt, endsAt }]
}

function isRemote(duty: Duty): boolean {
  return duty.kind === 'school-day' && duty.mode === 'remote'
}

/** When this adult is away from the school: out, with a trip, or on duty from elsewhere. */
function awayOf(facts: CoverFacts, adultId: AdultId): Span[] {
  return [
    ...facts.absences.filter(absence => absence.adultId === adultId),
    ...facts.duties.filter(duty => duty.adultId === adultId && (duty.kind === 'trip' || isRemote(duty))),
  ]
}

/** When this adult is in school with a role of the team. */
export function presentOf(facts: CoverFacts, adultId: AdultId, hours: Stretch): Stretch[] {
  const held = facts.appointments
    .filter(appointment => appointment.adultId === adultId)
    .flatMap(appointment => within(appointment, hours))
  return without(held, awayOf(facts, adultId))
}

/** When this adult can be spoken with by whoever is in school: there in person or, exceptionally, on duty from elsewhere and not out. */
function reachableOf(facts: CoverFacts, adultId: AdultId, hours: Stretch): Stretch[] {
  const out = facts.absences.filter(absence => absence.adultId === adultId)
  const elsewhere = facts.duties.filter(duty => duty.adultId === adultId && isRemote(duty)).flatMap(duty => within(duty, hours))
  return [...presentOf(facts, adultId, hours), ...without(elsewhere, out)]
}

/** The hours of a school day for which nobody is on duty, and those in which nobody of the team can be spoken with at all. */
export function gapsOf(facts: CoverFacts, hours: Stretch): Pick<DayCover, 'withoutDuty' | 'withoutAnybody'> {
  const onDuty = facts.duties
    .filter(duty => duty.kind === 'school-day')
    .flatMap(duty => within(duty, hours).flatMap(part => reachableOf(facts, duty.adultId, part)))
  const adults = [...new Set(facts.appointments.map(appointment => appointment.adultId))]
  const reachable = adults.flatMap(adultId => reachableOf(facts, adultId, hours))
  return { withoutDuty: without([hours], onDuty), withoutAnybody: without([hours], reachable) }
}

/** The Monday of the week of a date. */
export function mondayOf(date: PlainDate): PlainDate {
  return addDays(date, 1 - weekday(date))
}

/** The Monday of the week that matters on a day: at the weekend the one to come. */
export function weekThatMatters(today: PlainDate): PlainDate {
  return mondayOf(weekday(today) > 5 ? addDays(today, 2) : today)
}

/** The hours of the school day on a date. */
export function schoolHours(calendar: SchoolCalendar, date: PlainDate): Stretch {
  return { startsAt: toInstant(date, calendar.dayStarts), endsAt: toInstant(date, dayEndsOn(date, calendar)) }
}

/** One day of the rota. Gaps are told for school days that are not over yet. */
export function dayCover(facts: CoverFacts, calendar: SchoolCalendar, date: PlainDate, now: Instant): DayCover {
  const day: Stretch = { startsAt: startOfDay(date), endsAt: startOfDay(addDays(date, 1)) }
  const hours = schoolHours(calendar, date)
  const isOpen = isSchoolDay(date, calendar)
  const toCome = isOpen ? without([hours], [{ startsAt: '0000-01-01T00:00:00.000Z' as Instant, endsAt: now }])[0] : undefined
  return {
    date,
    isSchoolDay: isOpen,
    closedFor: calendar.closures.find(closure => closure.from <= date && date <= closure.to)?.says,
    duties: facts.duties.filter(duty => meet(duty, day)),
    absences: facts.absences.filter(absence => meet(absence, day)),
    ...(toCome ? gapsOf(facts, toCome) : { withoutDuty: [], withoutAnybody: [] }),
  }
}

/** The days of a week, Monday to Friday, and Saturday and Sunday where somebody is on duty then. */
export function weekCover(facts: CoverFacts, calendar: SchoolCalendar, monday: PlainDate, now: Instant): DayCover[] {
  const days = [0, 1, 2, 3, 4, 5, 6].map(offset => dayCover(facts, calendar, addDays(monday, offset), now))
  return days.filter((day, index) => index < 5 || day.duties.length > 0)
}

/** A duty asked for, and its repetitions on the same weekday of the school weeks up to a date. */
export function repeated(
  first: Stretch & { readonly date: PlainDate },
  until: PlainDate | null,
  calendar: SchoolCalendar,
  at: (date: PlainDate) => Stretch,
): Stretch[] {
  const dates: PlainDate[] = []
  for (let date = addDays(first.date, 7); until !== null && date <= until; date = addDays(date, 7)) {
    if (isSchoolDay(date, calendar)) dates.push(date)
  }
  return [{ startsAt: first.startsAt, endsAt: first.endsAt }, ...dates.map(at)]
}

const kindOrder: readonly CoverKind[] = ['school-day', 'holiday', 'out-of-hours', 'trip', 'stand-in']

/** A person's role by which they are on duty: the first of the team's in the order of the policy. */
function roleOf(profile: Profile, appointments: readonly TeamAppointment[], adultId: AdultId): TeamAppointment | undefined {
  const rank = (role: RoleId) => {
    const place = profile.team.findIndex(member => member.role === role)
    return place === -1 ? profile.team.length : place
  }
  return appointments.filter(appointment => appointment.adultId === adultId).toSorted((a, b) => rank(a.role) - rank(b.role))[0]
}

/** Who can be reached at a moment: whoever is on duty and not out; if nobody is, in school hours, whoever of the team is in school. */
export function onDutyAt(
  profile: Profile,
  facts: CoverFacts,
  at: Instant,
  hours: Stretch | undefined,
  titleOf: (role: RoleId) => string,
): OnDuty[] {
  const now = facts.appointments.filter(appointment => contains(appointment, at))
  const isOut = (adultId: AdultId) => facts.absences.some(absence => absence.adultId === adultId && contains(absence, at))
  const reach = (adultId: AdultId, kind: OnDuty['kind'], phone: string | null, mode?: OnDuty['mode']): OnDuty[] => {
    const held = roleOf(profile, now, adultId)
    const how = mode === undefined ? {} : { mode }
    return held && !isOut(adultId)
      ? [{ adultId, name: held.name, role: held.role, title: titleOf(held.role), phone: phone ?? held.phone, kind, ...how }]
      : []
  }
  const isWithTrip = (adultId: AdultId) =>
    facts.duties.some(duty => duty.adultId === adultId && duty.kind === 'trip' && contains(duty, at))
  const duties: Duty[] = facts.duties
    .filter(duty => duty.kind !== 'stand-in' && contains(duty, at) && !(duty.kind === 'school-day' && isWithTrip(duty.adultId)))
    .toSorted((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))
  const onRota = uniqueBy(duties.flatMap(duty => reach(duty.adultId, duty.kind, duty.phone, duty.mode)))
  if (onRota.some(person => person.kind !== 'trip') || !hours || !contains(hours, at)) return onRota
  const withTrip = new Set(onRota.map(person => person.adultId))
  const team = [...new Set(now.map(appointment => appointment.adultId))].filter(adultId => !withTrip.has(adultId))
  const present = team.flatMap(adultId => reach(adultId, 'present', null))
  const order = profile.team.map(member => member.role)
  return [...present.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role)), ...onRota]
}

function uniqueBy(people: readonly OnDuty[]): OnDuty[] {
  return people.filter((person, index) => people.findIndex(other => other.adultId === person.adultId) === index)
}
