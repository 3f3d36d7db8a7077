import { toInstant, toLocal } from '../kernel/london-time.ts'
import { epochInMs, type Instant, instantOf, parseLocalTime, parsePlainDate } from '../kernel/plain-date.ts'
import { ok, type Result, refused } from '../kernel/result.ts'

const pattern = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::([0-5]\d))?$/

/**
 * The moment at which London's clocks show this; where autumn shows it twice, the first. A time that spring skips never was,
 * and is refused with what is wrong; what to do.
 */
export function findWallTime(text: string): Result<Instant, string> {
  const [, day, clock, seconds = '00'] = pattern.exec(text.trim()) ?? []
  const date = parsePlainDate(day ?? '')
  const time = parseLocalTime(clock ?? '')
  if (!date || !time) return refused(`"${text}" is no date and time; write the local time as 2026-11-20 14:10.`)
  const minute = toInstant(date, time)
  const shown = toLocal(minute)
  if (shown.date !== date || shown.time !== time)
    return refused(`the clocks in London never show ${text}: they go forward over it; write a time before or after that hour.`)
  return ok(instantOf(epochInMs(minute) + Number(seconds) * 1000))
}
