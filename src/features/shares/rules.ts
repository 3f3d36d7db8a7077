/** Who may be told what is shared, and how long it holds. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import { localDate, startOfDay } from '../../kernel/london-time.ts'
import { addDays, addMonths, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Colleague, ShareRefusal } from './model.ts'

/** Sharing is for a time; what somebody needs for longer is looked at again. */
export const shareMonthsMax = 12

/** The last day that may be given as the end. */
export function latestEnd(today: PlainDate): PlainDate {
  return addMonths(today, shareMonthsMax)
}

/** The moment after the last day, by the school's clock: from then on nobody reads it. */
export function endsAt(until: PlainDate): Instant {
  return startOfDay(addDays(until, 1))
}

/** Whether it still holds. */
export function holdsAt(share: { readonly untilAt: Instant; readonly endedAt: Instant | null }, now: Instant): boolean {
  return share.endedAt === null && share.untilAt > now
}

/** Colleagues of now, none of them outside the child's file. */
export function checkReaders(
  readers: readonly AdultId[],
  colleagues: readonly Colleague[],
  outside: readonly AdultId[],
): Result<true, ShareRefusal> {
  if (readers.some(reader => outside.includes(reader))) return refused('is-outside')
  if (readers.length === 0 || readers.some(reader => !colleagues.some(({ adultId }) => adultId === reader)))
    return refused('no-colleague')
  return ok(true)
}

/** The last day on which it is read. */
export function lastDayOf({ untilAt }: { readonly untilAt: Instant }): PlainDate {
  return addDays(localDate(untilAt), -1)
}
