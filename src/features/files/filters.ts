/** What the address of a file asks for, read and written. */
import type { PlainDate } from '../../kernel/plain-date.ts'
import { partsOf } from '../../kernel/plain-date.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { type EntryKind, entryKinds, type FileFilters } from './model.ts'

export const entriesEachPage = 200

export const noFilters: FileFilters = {
  kinds: [],
  category: null,
  from: null,
  to: null,
  order: 'newest',
  words: false,
  page: 1,
}

export interface FiltersRead {
  readonly filters: FileFilters
  readonly errors: FieldErrors
  /** The boxes of the dates as typed, to be shown again. */
  readonly typed: Readonly<Record<string, string>>
}

const dateBoxes = ['from', 'to'].flatMap(name => ['day', 'month', 'year'].map(part => `${name}-${part}`))

/** Reads what is asked for. A date that is none filters nothing and is told; a kind that is none is passed over. */
export function readFilters(query: URLSearchParams): FiltersRead {
  const form = FormValues.of(query)
  const reading = new FormReading(form)
  const from = reading.maybeDate('from')
  const to = reading.maybeDate('to')
  if (from !== null && to !== null && to < from) reading.fault('to-day', 'The last day must not be before the first day.')
  const isUpsideDown = from !== null && to !== null && to < from
  const category = form.text('category').slice(0, 100)
  const page = Number(/^[1-9]\d{0,3}$/.exec(form.text('page'))?.[0] ?? 1)
  return {
    filters: {
      kinds: entryKinds.filter(kind => form.all('kind').includes(kind)),
      category: category === '' ? null : category,
      from: isUpsideDown ? null : from,
      to: isUpsideDown ? null : to,
      order: form.text('order') === 'oldest' ? 'oldest' : 'newest',
      words: form.text('words') === '1',
      page,
    },
    errors: reading.errors,
    typed: Object.fromEntries(dateBoxes.map(name => [name, form.text(name).slice(0, 20)])),
  }
}

function dateParts(name: string, date: PlainDate | null): [string, string][] {
  if (date === null) return []
  const { day, month, year } = partsOf(date)
  return [
    [`${name}-day`, String(day)],
    [`${name}-month`, String(month)],
    [`${name}-year`, String(year)],
  ]
}

/** The filters as an address's query, '' where nothing is asked for. */
export function filtersQuery(filters: FileFilters): string {
  const pairs: [string, string][] = [
    ...filters.kinds.map((kind): [string, string] => ['kind', kind]),
    ...(filters.category ? [['category', filters.category] as [string, string]] : []),
    ...dateParts('from', filters.from),
    ...dateParts('to', filters.to),
    ...(filters.order === 'oldest' ? [['order', 'oldest'] as [string, string]] : []),
    ...(filters.words ? [['words', '1'] as [string, string]] : []),
    ...(filters.page > 1 ? [['page', String(filters.page)] as [string, string]] : []),
  ]
  const query = new URLSearchParams(pairs).toString()
  return query === '' ? '' : `?${query}`
}

/** Whether anything is left out of the list. */
export function isFiltered(filters: Pick<FileFilters, 'kinds' | 'category' | 'from' | 'to'>): boolean {
  return filters.kinds.length > 0 || filters.category !== null || filters.from !== null || filters.to !== null
}

/** The entries of one kind between two days: where a mark that stands for several leads. */
export function narrowedTo(filters: FileFilters, kind: EntryKind, from: PlainDate, to: PlainDate): FileFilters {
  return { ...filters, kinds: [kind], from, to, page: 1 }
}
