import { localDate } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { isSchoolDay } from '../../kernel/school-days.ts'
import type { Profile } from '../../policy/profile.ts'
import type { OnDuty } from './model.ts'
import { contains, schoolHours } from './rules.ts'

/** Whether children are in school at that moment, by the school's calendar. */
export function isInSchoolHours({ calendar }: Pick<Profile, 'calendar'>, now: Instant): boolean {
  const today = localDate(now)
  return isSchoolDay(today, calendar) && contains(schoolHours(calendar, today), now)
}

/** How somebody can be reached at that moment: only in the hours of a school day is anybody said to be in school. */
export function reachInWords(person: Pick<OnDuty, 'kind'>, profile: Pick<Profile, 'calendar'>, now: Instant): string {
  if (person.kind === 'trip') return 'with a trip now'
  const isThere = person.kind === 'present' || person.kind === 'school-day'
  return isThere && isInSchoolHours(profile, now) ? 'in school now' : 'on duty now'
}

/** Said where nobody of the team can be reached. */
export function nobodyInWords(profile: Pick<Profile, 'calendar'>, now: Instant): string {
  return isInSchoolHours(profile, now)
    ? 'Nobody of the safeguarding team is shown as being in school now.'
    : 'Nobody of the safeguarding team is shown as being on duty now.'
}
