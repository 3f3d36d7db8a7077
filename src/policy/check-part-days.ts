import type { LocalTime, PlainDate } from '../kernel/plain-date.ts'
import { isWorkingDay } from '../kernel/working-days.ts'
import type { FieldFault } from './faults.ts'

/** A part day is a day of school, once, that ends after it starts and earlier than others. */
export function partDayFaults(
  all: readonly { readonly date: PlainDate; readonly ends: LocalTime }[],
  closures: readonly { readonly from: PlainDate; readonly to?: PlainDate | undefined }[],
  day: { readonly starts: LocalTime | undefined; readonly leaves: LocalTime | undefined },
) {
  return ({ date, ends }: (typeof all)[number], index: number): FieldFault[] => {
    const fault = (field: 'date' | 'ends', says: string, remedy: string): FieldFault => ({
      path: ['calendar', 'part_days', index, field],
      on: 'value',
      says,
      remedy,
    })
    const isClosed = !isWorkingDay(date) || closures.some(({ from, to }) => from <= date && date <= (to ?? from))
    return [
      ...(isClosed ? [fault('date', `There is no school on ${date}.`, 'Leave it out, or correct the date.')] : []),
      ...(all.findIndex(other => other.date === date) < index
        ? [fault('date', `${date} is given twice.`, 'Keep one of the two.')]
        : []),
      ...((day.starts !== undefined && ends <= day.starts) || (day.leaves !== undefined && ends >= day.leaves)
        ? [fault('ends', `The part day ends at ${ends}, not within the school day.`, 'Correct the time, or leave the day out.')]
        : []),
    ]
  }
}
