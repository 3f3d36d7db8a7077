/** Between moments and the wall clock in London. Uses the platform's own zone data, for Parliament changes it now and then. */
import type { Instant, LocalTime, PlainDate } from './plain-date.ts'
import { addDays, epochInMs, instantOf, weekday } from './plain-date.ts'

export interface LocalMoment {
  readonly date: PlainDate
  readonly time: LocalTime
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

const hourInMs = 3_600_000
const offsetsKept = 10_000
const offsets = new Map<number, number>()

/** How far London's clocks are ahead of UTC in the hour of this moment; they only ever change between two hours of UTC. */
function offsetInMs(epochMs: number): number {
  const hour = Math.floor(epochMs / hourInMs)
  const known = offsets.get(hour)
  if (known !== undefined) return known
  const parts: Record<string, string> = {}
  for (const { type, value } of clock.formatToParts(hour * hourInMs)) parts[type] = value
  const date = `${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']}`
  const offset = Date.parse(`${date}T${parts['hour']}:${parts['minute']}:${parts['second']}.000Z`) - hour * hourInMs
  if (offsets.size >= offsetsKept) offsets.clear()
  offsets.set(hour, offset)
  return offset
}

/** Date and time of day that the clocks in London show at that moment. */
export function toLocal(instant: Instant): LocalMoment {
  const inMs = epochInMs(instant)
  const shown = instantOf(inMs + offsetInMs(inMs))
  return { date: shown.slice(0, 10) as PlainDate, time: shown.slice(11, 16) as LocalTime }
}

/** The date in London at that moment. */
export function localDate(instant: Instant): PlainDate {
  return toLocal(instant).date
}

/**
 * The moment at which London's clocks show this. An hour that autumn gives twice is its first; an hour that spring skips is the
 * one after it: a deadline never falls later than it was meant.
 */
export function toInstant(date: PlainDate, time: LocalTime): Instant {
  const asUtcInMs = Date.parse(`${date}T${time}:00.000Z`)
  const candidates = [3_600_000, 0].map(offsetInMs => instantOf(asUtcInMs - offsetInMs))
  const shown = candidates.find(candidate => {
    const local = toLocal(candidate)
    return local.date === date && local.time === time
  })
  return shown ?? instantOf(asUtcInMs)
}

/** The last second of a day in London, 23:59:59: where a clock in days ends. */
export function endOfDay(date: PlainDate): Instant {
  return instantOf(epochInMs(toInstant(date, '23:59' as LocalTime)) + 59_000)
}

/** The first moment of a day in London. */
export function startOfDay(date: PlainDate): Instant {
  return toInstant(date, '00:00' as LocalTime)
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "20 November 2026". */
export function dateInWords(date: PlainDate): string {
  return `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(0, 4))}`
}

/** "Friday 20 November 2026". */
export function dayInWords(date: PlainDate): string {
  return `${weekdays[weekday(date) - 1]} ${dateInWords(date)}`
}

/** "2:10pm", "9am", "midday", "midnight". */
export function timeInWords(time: LocalTime): string {
  if (time === '00:00') return 'midnight'
  if (time === '12:00') return 'midday'
  const hour = Number(time.slice(0, 2))
  const minutes = time.endsWith(':00') ? '' : time.slice(2)
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? 'am' : 'pm'}`
}

/** "Friday 20 November 2026 at 2:10pm". */
export function momentInWords(instant: Instant): string {
  const { date, time } = toLocal(instant)
  return `${dayInWords(date)} at ${timeInWords(time)}`
}

/** "today at 14:22", "yesterday at 09:05", "tomorrow at 15:15", otherwise the moment in full. */
export function nearMomentInWords(instant: Instant, now: Instant): string {
  const { date, time } = toLocal(instant)
  const today = localDate(now)
  if (date === today) return `today at ${time}`
  if (date === addDays(today, -1)) return `yesterday at ${time}`
  if (date === addDays(today, 1)) return `tomorrow at ${time}`
  return momentInWords(instant)
}

/** "today", "tomorrow", "yesterday", otherwise the day in full; a Saturday or Sunday always says which day it is. */
export function dayNearby(date: PlainDate, now: Instant): string {
  const today = localDate(now)
  const near = ['yesterday', 'today', 'tomorrow'].find((_, index) => date === addDays(today, index - 1))
  if (!near) return dayInWords(date)
  return weekday(date) > 5 ? `${near}, ${dayInWords(date)}` : near
}

/** When something ends that may end with a day: "today at 15:15", and "tomorrow" where that is its last second, for nobody keeps 23:59. */
export function nearEndInWords(instant: Instant, now: Instant): string {
  const { date, time } = toLocal(instant)
  return time === '23:59' ? dayNearby(date, now) : nearMomentInWords(instant, now)
}

/** "Friday 20 November 2026 at 2:10pm", and "the end of Friday 20 November 2026" for its last second. */
export function endInWords(instant: Instant): string {
  const { date, time } = toLocal(instant)
  return time === '23:59' ? `the end of ${dayInWords(date)}` : momentInWords(instant)
}
