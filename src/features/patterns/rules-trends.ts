/** What a term's concerns were about, in numbers that name nobody. Pure. */
import { daysBetween, type PlainDate } from '../../kernel/plain-date.ts'
import type { Profile, Question, SchoolCalendar } from '../../policy/profile.ts'
import type { Indicator, TermCount } from './model.ts'

export type Term = SchoolCalendar['terms'][number]

/** Terms that have begun, the latest first. */
export function termsUntil(calendar: SchoolCalendar, today: PlainDate): readonly Term[] {
  return calendar.terms.filter(term => term.from <= today).toReversed()
}

/** The first and last day that count as a term's: concerns of the holidays after it are its own. */
export function spanOf(term: Term, calendar: SchoolCalendar): { readonly from: PlainDate; readonly before: PlainDate | null } {
  const next = calendar.terms.find(({ from }) => from > term.from)
  return { from: term.from, before: next?.from ?? null }
}

/** A count as it may be shown: few can be recognised. */
export function countToShow(count: number, hideBelow: number | undefined): string {
  return hideBelow !== undefined && count > 0 && count < hideBelow ? `fewer than ${hideBelow}` : String(count)
}

export interface TrendRow {
  readonly name: string
  readonly shown: string
}

export interface Trend {
  readonly title: string
  /** Concerns with any answer to the question. */
  readonly total: string
  readonly rows: readonly TrendRow[]
}

function trendOf(question: Question, counts: readonly TermCount[]): Trend {
  const count = (kind: TermCount['kind'], id: string) =>
    counts.find(one => one.kind === kind && one.of === question.id && one.id === id)?.count ?? 0
  return {
    title: question.asks,
    total: countToShow(count('question', question.id), question.hideBelow),
    rows: question.options.map(option => ({
      name: option.name,
      shown: countToShow(count('option', option.id), question.hideBelow),
    })),
  }
}

/** The counted questions, each with every option, those chosen by nobody too. */
export function trendsOf(profile: Pick<Profile, 'questions'>, counts: readonly TermCount[]): readonly Trend[] {
  return profile.questions.filter(question => question.counted).map(question => trendOf(question, counts))
}

/** What a category counts: concerns, children each once, and concerns in which it is the main one. */
export interface CategoryRow {
  readonly name: string
  readonly concerns: number
  readonly children: number
  readonly main: number
}

type Counted = Pick<Profile, 'concern'>

function rowOf(name: string, { count, children, main }: TermCount): CategoryRow {
  return { name, concerns: count, children, main }
}

/** The categories that were given, in the order of the policy. A concern of two counts in both. */
export function categoryRows(profile: Counted, counts: readonly TermCount[]): readonly CategoryRow[] {
  return profile.concern.triageCategories.flatMap(({ id, name }) => {
    const found = counts.find(one => one.kind === 'category' && one.id === id)
    return found ? [rowOf(name, found)] : []
  })
}

/** All triaged concerns and the children whom they are about, each once however many categories there are. */
export function categoryTotal(counts: readonly TermCount[]): CategoryRow | undefined {
  const found = counts.find(({ kind }) => kind === 'all')
  return found && rowOf('All together', found)
}

/** Categories that one concern has together, the most frequent pair first. */
export function overlapRows(profile: Counted, counts: readonly TermCount[]): readonly CategoryRow[] {
  const place = (id: string) => profile.concern.triageCategories.findIndex(option => option.id === id)
  const nameOf = (id: string) => profile.concern.triageCategories[place(id)]?.name ?? id
  return counts
    .filter(({ kind }) => kind === 'pair')
    .toSorted((a, b) => b.count - a.count || place(a.of) - place(b.of) || place(a.id) - place(b.id))
    .map(one =>
      rowOf(
        [one.of, one.id]
          .toSorted((a, b) => place(a) - place(b))
          .map(nameOf)
          .join(' and '),
        one,
      ),
    )
}

/** How long signs have gone on. */
export interface Persistence {
  readonly first: PlainDate
  readonly last: PlainDate
  readonly weeks: number
}

export function persistenceOf(indicators: readonly Pick<Indicator, 'on'>[]): Persistence | undefined {
  const days = indicators.map(({ on }) => on).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  return first && last ? { first, last, weeks: Math.floor(daysBetween(first, last) / 7) } : undefined
}
