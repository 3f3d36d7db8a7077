/** What the address of a log asks for, read and written. */
import { type AdultId, isUuid } from '../../kernel/ids.ts'
import { type PlainDate, partsOf } from '../../kernel/plain-date.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import type { LogFilters } from './model.ts'

export interface LogFiltersRead {
  readonly filters: LogFilters
  readonly errors: FieldErrors
  /** The boxes of the dates as typed, to be shown again. */
  readonly typed: Readonly<Record<string, string>>
}

const dateBoxes = ['from', 'to'].flatMap(name => ['day', 'month', 'year'].map(part => `${name}-${part}`))

/** Reads what is asked for. A date that is none filters nothing and is told; somebody who is nobody is passed over. */
export function readLogFilters(query: URLSearchParams): LogFiltersRead {
  const form = FormValues.of(query)
  const reading = new FormReading(form)
  const from = reading.maybeDate('from')
  const to = reading.maybeDate('to')
  const isUpsideDown = from !== null && to !== null && to < from
  if (isUpsideDown) reading.fault('to-day', 'The last day must not be before the first day.')
  const who = form.text('who')
  return {
    filters: {
      who: isUuid(who) ? (who as AdultId) : null,
      from: isUpsideDown ? null : from,
      to: isUpsideDown ? null : to,
      page: Number(/^[1-9]\d{0,3}$/.exec(form.text('page'))?.[0] ?? 1),
    },
    errors: reading.errors,
    typed: Object.fromEntries(dateBoxes.map(name => [name, form.text(name).slice(0, 20)])),
  }
}

function dateParts(name: string, date: PlainDate | null): [string, string][] {
  if (date === null) return []
  return Object.entries(partsOf(date)).map(([part, value]) => [`${name}-${part}`, String(value)])
}

/** The filters as an address's query, '' where nothing is asked for. */
export function logQuery({ who, from, to, page }: LogFilters): string {
  const query = new URLSearchParams([
    ...(who ? [['who', who] as [string, string]] : []),
    ...dateParts('from', from),
    ...dateParts('to', to),
    ...(page > 1 ? [['page', String(page)] as [string, string]] : []),
  ]).toString()
  return query === '' ? '' : `?${query}`
}

export function isNarrowed({ who, from, to }: LogFilters): boolean {
  return who !== null || from !== null || to !== null
}
