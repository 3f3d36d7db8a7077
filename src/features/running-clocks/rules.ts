import { isUuid } from '../../kernel/ids.ts'
import { type ClockName, clockNames } from '../../policy/profile.ts'
import type { ClockFilter, RunningClocks } from './model.ts'

/** The filter that an address asks for; what nobody knows filters nothing. */
export function filterOf(query: URLSearchParams): ClockFilter {
  const name = clockNames.find(known => known === query.get('kind')) ?? null
  const owner = query.get('owner') ?? ''
  const page = Number(query.get('page'))
  return {
    name,
    owner: owner === 'nobody' || isUuid(owner) ? owner : null,
    overdueOnly: query.get('overdue') === 'yes',
    page: Number.isSafeInteger(page) && page > 0 && page < 10_000 ? page : 1,
  }
}

/** The address of a page of the same list. */
export function addressOf(filter: ClockFilter, page: number): string {
  const query = new URLSearchParams({
    ...(filter.name === null ? {} : { kind: filter.name satisfies string as ClockName }),
    ...(filter.owner === null ? {} : { owner: filter.owner }),
    ...(filter.overdueOnly ? { overdue: 'yes' } : {}),
    ...(page === 1 ? {} : { page: String(page) }),
  })
  return query.size === 0 ? '/clocks' : `/clocks?${query}`
}

/** How many run and how many of them are overdue. */
export function countsOf({ kinds }: Pick<RunningClocks, 'kinds'>): { readonly running: number; readonly overdue: number } {
  return {
    running: kinds.reduce((sum, { count }) => sum + count, 0),
    overdue: kinds.reduce((sum, { overdue }) => sum + overdue, 0),
  }
}
