import { assertNever } from '../kernel/exhaustive.ts'
import { endOfDay, toInstant, toLocal } from '../kernel/london-time.ts'
import type { Instant, LocalTime, PlainDate } from '../kernel/plain-date.ts'
import { addDays, addMonths, epochInMs, instantOf } from '../kernel/plain-date.ts'
import {
  addSchoolDays,
  addTerms,
  autumnTermAfter,
  childLeavesOn,
  dayEndsOn,
  endOfAutumnTerm,
  endOfTerm,
  isSchoolDay,
  secondAutumnTermAfter,
} from '../kernel/school-days.ts'
import { addWorkingDays, isWorkingDay } from '../kernel/working-days.ts'
import { timeOfDay } from './duration.ts'
import type { Duration, SchoolCalendar } from './profile.ts'

export interface TimeFacts {
  /** When the child goes home, where it is not the end of the school's day. */
  readonly childLeavesAt?: LocalTime
}

/**
 * When a clock of this duration is due that started at this moment; null where no time is given. A clock is breached strictly
 * after it.
 *
 * Hours are elapsed hours. Days: day zero is the start's own date in London, and the clock ends at 23:59:59 on the last day,
 * unless the text names a moment. Where that moment of the day has already passed, or children are not at school, the same
 * day's end counts: what the moment was to prevent can no longer be prevented, and the next day would be later still.
 */
export function dueAt(duration: Duration, startedAt: Instant, calendar: SchoolCalendar, facts: TimeFacts = {}): Instant | null {
  const start = toLocal(startedAt)
  switch (duration.unit) {
    case 'no-time-given':
      return null
    case 'immediately':
      return startedAt
    case 'minutes':
      return instantOf(epochInMs(startedAt) + duration.count * 60_000)
    case 'hours':
      return instantOf(epochInMs(startedAt) + duration.count * 3_600_000)
    case 'before-child-leaves':
      return momentOfDay(startedAt, start.date, childLeavesOn(start.date, calendar, facts.childLeavesAt), calendar)
    case 'minutes-before-child-leaves': {
      const leaves = momentOfDay(startedAt, start.date, childLeavesOn(start.date, calendar, facts.childLeavesAt), calendar)
      const warned = instantOf(epochInMs(leaves) - duration.count * 60_000)
      // Begun in the last minutes or with no child at school, there is nothing left to warn of.
      return startedAt <= warned && leaves !== endOfDay(start.date) ? warned : leaves
    }
    case 'before-child-arrives':
      return arrivalAfter(startedAt, calendar)
    case 'minutes-before-child-arrives': {
      const arrives = arrivalAfter(startedAt, calendar)
      const warned = instantOf(epochInMs(arrives) - duration.count * 60_000)
      return startedAt <= warned ? warned : arrives
    }
    case 'end-of-school-day':
      return momentOfDay(startedAt, start.date, dayEndsOn(start.date, calendar), calendar)
    case 'minute-of-day': {
      const moment = toInstant(start.date, timeOfDay(duration.count))
      return startedAt <= moment ? moment : endOfDay(start.date)
    }
    case 'close-of-next-working-day':
      return toInstant(addWorkingDays(start.date, 1), calendar.closeOfBusiness)
    case 'same-day':
      return endOfDay(start.date)
    case 'calendar-days':
      return endOfDay(addDays(start.date, duration.count))
    case 'working-days':
      return endOfDay(addWorkingDays(start.date, duration.count))
    case 'school-days':
      return endOfDay(addSchoolDays(start.date, duration.count, calendar))
    case 'weeks':
      return endOfDay(addDays(start.date, 7 * duration.count))
    case 'months':
      return endOfDay(addMonths(start.date, duration.count))
    case 'months-to-working-day': {
      const corresponding = addMonths(start.date, duration.count)
      return endOfDay(isWorkingDay(corresponding) ? corresponding : addWorkingDays(corresponding, 1))
    }
    case 'terms':
      return endOfDay(addTerms(start.date, duration.count, calendar))
    case 'end-of-term':
      return endOfDay(endOfTerm(start.date, calendar))
    case 'end-of-autumn-term':
      return endOfDay(endOfAutumnTerm(start.date, calendar))
    case 'end-of-next-autumn-term':
      return endOfDay(endOfAutumnTerm(autumnTermAfter(start.date, calendar), calendar))
    case 'before-autumn-term':
      return endOfDay(addDays(autumnTermAfter(start.date, calendar), -1))
    case 'before-next-autumn-term':
      return endOfDay(addDays(secondAutumnTermAfter(start.date, calendar), -1))
    case 'years':
      return endOfDay(addMonths(start.date, 12 * duration.count))
    default:
      return assertNever(duration)
  }
}

function momentOfDay(startedAt: Instant, date: PlainDate, time: LocalTime, calendar: SchoolCalendar): Instant {
  const moment = toInstant(date, time)
  return isSchoolDay(date, calendar) && startedAt <= moment ? moment : endOfDay(date)
}

/** When children next come to school. */
function arrivalAfter(startedAt: Instant, calendar: SchoolCalendar): Instant {
  const { date } = toLocal(startedAt)
  const today = toInstant(date, calendar.dayStarts)
  if (isSchoolDay(date, calendar) && startedAt <= today) return today
  return toInstant(addSchoolDays(date, 1, calendar), calendar.dayStarts)
}
