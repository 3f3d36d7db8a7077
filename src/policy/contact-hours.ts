import { isBankHoliday } from '../kernel/bank-holidays.ts'
import { type LocalMoment, toLocal } from '../kernel/london-time.ts'
import type { Instant, LocalTime } from '../kernel/plain-date.ts'
import { addDays, type PlainDate, weekday } from '../kernel/plain-date.ts'
import type { Contact } from './profile.ts'
import type { Destination } from './referral-destination.ts'

/** Whether somebody answers at this contact at that moment; undefined where its hours are not known as times. */
export function isOpenAt(contact: Contact, at: Instant): boolean | undefined {
  if (!contact.open) return undefined
  const { date, time } = toLocal(at)
  return answersOn(contact, date, time, false) || answersOn(contact, addDays(date, -1), time, true)
}

/** A span that ends before it begins runs over midnight: its later part belongs to the day on which it began. */
function answersOn({ open = [] }: Contact, date: PlainDate, time: LocalTime, afterMidnight: boolean): boolean {
  return open.some(({ days, from, to }) => {
    // Offices close on bank holidays; a line that answers on Sundays answers then too.
    if (!days.includes(weekday(date)) || (isBankHoliday(date) && !days.includes(7))) return false
    const overnight = to < from
    if (afterMidnight) return overnight && time <= to
    return from <= time && (overnight || time <= to)
  })
}

/** Whom to ring about a referral now: the front door while it answers, then the out-of-hours line; the front door where its hours are not known. */
export function whomToRing(destination: Extract<Destination, { kind: 'found' }>, at: Instant): Contact {
  const { frontDoor, outOfHours } = destination
  return outOfHours && isOpenAt(frontDoor, at) === false ? outOfHours : frontDoor
}

/** The same contacts, with those that are closed at that moment after the others. */
export function openFirst(contacts: readonly Contact[], at: Instant): readonly Contact[] {
  const isClosed = (contact: Contact) => isOpenAt(contact, at) === false
  return [...contacts.filter(contact => !isClosed(contact)), ...contacts.filter(isClosed)]
}

const daysAhead = 15

/** When somebody answers at a closed contact next; undefined where they answer now, where nobody knows, and where none is near. */
export function opensNext(contact: Contact, at: Instant): LocalMoment | undefined {
  if (isOpenAt(contact, at) !== false) return undefined
  const now = toLocal(at)
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const date = addDays(now.date, ahead)
    const [time] = (contact.open ?? [])
      .filter(({ days }) => days.includes(weekday(date)) && (!isBankHoliday(date) || days.includes(7)))
      .map(({ from }) => from)
      .filter(from => ahead > 0 || from > now.time)
      .toSorted()
    if (time !== undefined) return { date, time }
  }
  return undefined
}

/** When a contact that answers now closes, where that is on the same day. */
export function closesNext(contact: Contact, at: Instant): LocalMoment | undefined {
  if (isOpenAt(contact, at) !== true) return undefined
  const { date, time } = toLocal(at)
  const [last] = (contact.open ?? [])
    .filter(({ days, from, to }) => days.includes(weekday(date)) && from <= time && time <= to)
    .map(({ to }) => to)
    .toSorted()
    .reverse()
  return last === undefined ? undefined : { date, time: last }
}
