/** What may be said about people. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import { localDate, startOfDay, toLocal } from '../../kernel/london-time.ts'
import { addDays, addMonths, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import type { LeadPost } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { AccountUse, Appointment, NamedChild, PeopleRefusal } from './model.ts'

/** Colleges keep young people of up to 25 with a plan; a child older than that is a mistyped year. */
const oldestInMonths = 25 * 12

/** What is wrong with a date of birth, if anything is. */
export function birthdayFault(born: PlainDate, today: PlainDate): 'in-the-future' | 'too-long-ago' | undefined {
  if (born > today) return 'in-the-future'
  return born < addMonths(today, -oldestInMonths) ? 'too-long-ago' : undefined
}

/** The localities of an authority, where it has any: a referral goes by them. */
export function localitiesOf(
  referrals: readonly {
    readonly authority: string
    readonly localities?: readonly { readonly id: string; readonly name: string }[]
  }[],
  authority: string | null,
): readonly { readonly id: string; readonly name: string }[] {
  return referrals.find(referral => referral.authority === authority)?.localities ?? []
}

interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant | null
}

/** Whether two spans share a moment. One that ends when the other begins does not; one without length shares none. */
export function overlaps(a: Span, b: Span): boolean {
  const isEmpty = (span: Span) => span.endsAt !== null && span.endsAt <= span.startsAt
  if (isEmpty(a) || isEmpty(b)) return false
  return (a.endsAt === null || b.startsAt < a.endsAt) && (b.endsAt === null || a.startsAt < b.endsAt)
}

export interface AppointmentAsked extends Span {
  /** The appointment that is changed; absent for a new one. */
  readonly id?: string
  readonly role: RoleId
}

/** Why this appointment cannot be made or changed so. Nobody gives themselves a role, or more time in one. */
export function appointmentFault(
  asked: AppointmentAsked,
  others: readonly Appointment[],
  who: { readonly actor: AdultId; readonly adult: AdultId },
): PeopleRefusal | undefined {
  if (who.actor === who.adult) return 'own-appointment'
  if (asked.endsAt !== null && asked.endsAt <= asked.startsAt) return 'ends-before-start'
  const clash = others.some(other => other.id !== asked.id && other.role === asked.role && overlaps(asked, other))
  return clash ? 'same-role-overlaps' : undefined
}

/** Why somebody cannot hold the post of DSL so: it has its holder, or they are not of the senior leadership when it begins. */
export function leadPostFault(
  lead: Pick<LeadPost, 'holdersMax' | 'among'>,
  asked: AppointmentAsked,
  own: readonly Appointment[],
  otherHolders: number,
): PeopleRefusal | undefined {
  if (otherHolders >= lead.holdersMax) return 'lead-post-taken'
  const isSenior = own.some(
    held =>
      lead.among.includes(held.role) && held.startsAt <= asked.startsAt && (held.endsAt === null || held.endsAt > asked.startsAt),
  )
  return isSenior ? undefined : 'lead-not-senior'
}

/** When an appointment that is ended now ends: one that has not begun never does. */
export function endedAt(appointment: Span, now: Instant): Instant {
  return appointment.startsAt > now ? appointment.startsAt : now
}

export type Phase = 'current' | 'coming' | 'over'

/** Where a span stands at a moment. */
export function phaseOf(span: Span, now: Instant): Phase {
  if (span.endsAt !== null && span.endsAt <= now) return 'over'
  return span.startsAt > now ? 'coming' : 'current'
}

/** The first moment at which something that lasts up to and including a day is over. */
export function afterDay(day: PlainDate): Instant {
  return startOfDay(addDays(day, 1))
}

/** The last day of something that ends at that moment. */
export function lastDay(endsAt: Instant): PlainDate {
  const { date, time } = toLocal(endsAt)
  return time === '00:00' ? addDays(date, -1) : date
}

/** Whether a dated fact holds on a day. */
export function holdsOn(fact: { readonly startsOn: PlainDate; readonly endsOn: PlainDate | null }, day: PlainDate): boolean {
  return fact.startsOn <= day && (fact.endsOn === null || fact.endsOn >= day)
}

/** The children whose names are the same as another's in the list: only for them is the date of birth shown. */
export function sameNamed<Child extends Pick<NamedChild, 'id' | 'givenName' | 'familyName'>>(
  children: readonly Child[],
): ReadonlySet<string> {
  const nameOf = (child: Child) => `${child.givenName} ${child.familyName}`.toLowerCase()
  const counts = new Map<string, number>()
  for (const child of children) counts.set(nameOf(child), (counts.get(nameOf(child)) ?? 0) + 1)
  return new Set(children.filter(child => (counts.get(nameOf(child)) ?? 0) > 1).map(child => child.id))
}

const beforeYearOne = ['N', 'R']

/** Year groups as a school counts them: nursery, reception, then by number. */
export function byYearGroup(a: string, b: string): number {
  const place = (year: string) =>
    beforeYearOne.includes(year) ? beforeYearOne.indexOf(year) - beforeYearOne.length : Number.parseInt(year, 10) || 99
  return place(a) - place(b) || (a < b ? -1 : 1)
}

/** Somebody who has not signed in for so long after beginning has never used their account. */
const firstUseWithinDays = 7

export type AccountStanding = 'none' | 'closed' | 'never-used' | 'not-yet' | 'used'

/** What is to be said of the account of somebody who works here: the first week is given, whole days by the school's calendar. */
export function accountStanding(use: Pick<AccountUse, 'account' | 'startsAt' | 'lastUsedAt'>, today: PlainDate): AccountStanding {
  if (use.account === 'none') return 'none'
  if (use.lastUsedAt !== null) return use.account === 'closed' ? 'closed' : 'used'
  if (use.account === 'closed') return 'closed'
  return addDays(localDate(use.startsAt), firstUseWithinDays) <= today ? 'never-used' : 'not-yet'
}
