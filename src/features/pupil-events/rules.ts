/** How long a pupil is absent, who may be privately fostered, and whether a police notice was seen in time. Pure. */
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { addDays, addMonths } from '../../kernel/plain-date.ts'
import { isSchoolDay } from '../../kernel/school-days.ts'
import type { Profile } from '../../policy/profile.ts'

/** School days from the first to the last of these days, both counted. */
export function schoolDaysFrom(first: PlainDate, last: PlainDate, calendar: Profile['calendar']): number {
  let count = 0
  for (let day = first; day <= last; day = addDays(day, 1)) if (isSchoolDay(day, calendar)) count += 1
  return count
}

/** Statuses that may go with a disability, for which private fostering lasts until 18. */
const mayBeDisabled = ['special-educational-needs', 'education-health-care-plan']

/** Whether the law of private fostering reaches a child of that age: under 16, under 18 with a disability; where the age is not known, it does. */
export function isOfFosteringAge(
  pupil: { readonly born: PlainDate | null; readonly statuses: readonly string[] },
  today: PlainDate,
): boolean {
  if (pupil.born === null) return true
  const years = pupil.statuses.some(status => mayBeDisabled.includes(status)) ? 18 : 16
  return today < addMonths(pupil.born, 12 * years)
}

/** Whether a notice was seen before the child came to school. */
export function seenBeforeArrival(notice: { readonly seenAt: Instant | null; readonly arrivesAt: Instant }): boolean {
  return notice.seenAt !== null && notice.seenAt <= notice.arrivesAt
}
