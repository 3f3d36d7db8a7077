/** How long something has waited or is late, as a person says it. */
import { dayNearby, localDate, nearEndInWords } from '../../kernel/london-time.ts'
import { daysBetween, epochInMs, type Instant, type PlainDate } from '../../kernel/plain-date.ts'

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** "12 minutes", "3 hours", "2 days". */
export function spanInWords(from: Instant, to: Instant): string {
  const minutes = Math.max(0, Math.floor((epochInMs(to) - epochInMs(from)) / 60_000))
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return counted(minutes, 'minute')
  if (minutes < 48 * 60) return counted(Math.floor(minutes / 60), 'hour')
  return counted(Math.floor(minutes / (24 * 60)), 'day')
}

/** "45 minutes", "90 minutes" up to two hours, then as any other span. */
export function waitInWords(from: Instant, to: Instant): string {
  const minutes = Math.max(0, Math.floor((epochInMs(to) - epochInMs(from)) / 60_000))
  return minutes >= 60 && minutes < 120 ? counted(minutes, 'minute') : spanInWords(from, to)
}

/** "just now", "6 minutes ago". */
export function agoInWords(from: Instant, to: Instant): string {
  return epochInMs(to) - epochInMs(from) < 60_000 ? 'just now' : `${waitInWords(from, to)} ago`
}

/** "due today at 15:15", "overdue by 2 hours", "nothing due: no time given". */
export function dueInWords(due: Instant | null, now: Instant): string {
  if (due === null) return 'running; no time is given'
  if (now > due) return `overdue by ${spanInWords(due, now)}`
  return `due ${nearEndInWords(due, now)}`
}

/** "due today", "overdue by 3 days". */
export function dayDueInWords(due: PlainDate, now: Instant): string {
  const late = daysBetween(due, localDate(now))
  return late > 0 ? `overdue by ${counted(late, 'day')}` : `due ${dayNearby(due, now)}`
}
