import { type LocalTime, type PlainDate, plainDate } from '../../kernel/plain-date.ts'
import type { FormValues } from './form-values.ts'

/** What was typed for a date or a time: nothing, something that can be read, or something that cannot, with a sentence. */
export type Read<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'wrong'; readonly says: string; readonly part: DatePart }

/** The box of a date to which a sentence belongs; for a time it says nothing. */
export type DatePart = 'day' | 'month' | 'year'

function wrong(says: string, part: DatePart = 'day'): { readonly kind: 'wrong'; readonly says: string; readonly part: DatePart } {
  return { kind: 'wrong', says, part }
}

/** The date in the three boxes NAME-day, NAME-month and NAME-year. */
export function readDate(form: FormValues, name: string): Read<PlainDate> {
  const [day, month, year] = ['day', 'month', 'year'].map(part => form.text(`${name}-${part}`).trim())
  if (!day && !month && !year) return { kind: 'none' }
  if (!day || !month || !year) {
    const missing: DatePart[] = [
      ...(day ? [] : (['day'] as const)),
      ...(month ? [] : (['month'] as const)),
      ...(year ? [] : (['year'] as const)),
    ]
    return wrong(`The date must include ${missing.map(part => `a ${part}`).join(' and ')}.`, missing[0])
  }
  if (![day, month, year].every(part => /^\d{1,4}$/.test(part))) return wrong('Write the date in numbers, like 27 3 2026.')
  if (year.length !== 4) return wrong('The year must have 4 numbers, like 2026.', 'year')
  const date = plainDate(Number(year), Number(month), Number(day))
  return date ? { kind: 'read', value: date } : wrong('There is no such date in the calendar. Check the day and the month.')
}

const clock = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/i

/** A time as people write it: 14:15, 9.40, 9:40am, 2pm, midday. One that could be morning or afternoon is asked about. */
export function readTime(text: string): Read<LocalTime> {
  const typed = text.trim().toLowerCase()
  if (typed === '') return { kind: 'none' }
  if (typed === 'midday' || typed === 'noon') return { kind: 'read', value: '12:00' as LocalTime }
  const [, hours = '', minutes = '00', half] = clock.exec(typed) ?? []
  const hour = Number(hours)
  if (hours === '' || hour > 23 || Number(minutes) > 59 || (half && (hour === 0 || hour > 12)))
    return wrong('Write the time like 9:40am or 14:15.')
  if (!half && hours.length === 1 && hour >= 1 && hour <= 6)
    return wrong(`Say whether ${typed} was in the morning or the afternoon, like ${hour}:${minutes}am or ${hour}:${minutes}pm.`)
  const whole = half ? (hour % 12) + (half.startsWith('p') ? 12 : 0) : hour
  return { kind: 'read', value: `${String(whole).padStart(2, '0')}:${minutes}` as LocalTime }
}
