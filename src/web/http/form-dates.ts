import { type PlainDate, partsOf } from '../../kernel/plain-date.ts'
import { type FieldErrors, findError } from '../components/index.ts'
import type { FormValues } from './form-values.ts'

const parts = ['day', 'month', 'year'] as const

/** What was typed into the boxes of a date. */
export function dateValues(typed: FormValues, name: string): Record<string, string> {
  return Object.fromEntries(parts.map(part => [`${name}-${part}`, typed.text(`${name}-${part}`)]))
}

/** What is wrong with a date, whichever of its boxes it was said of. */
export function dateError(errors: FieldErrors, name: string): string | undefined {
  const says = parts.flatMap(part => findError(errors, `${name}-${part}`) ?? [])
  return says.length > 0 ? says.join(' ') : undefined
}

/** A date as its three boxes. */
export function dateEntries(name: string, date: PlainDate | null): [string, string][] {
  if (date === null) return []
  const { day, month, year } = partsOf(date)
  return [
    [`${name}-day`, String(day)],
    [`${name}-month`, String(month)],
    [`${name}-year`, String(year)],
  ]
}
