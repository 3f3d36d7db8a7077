import type { Answer, Fields } from '../support/app.ts'
import type { CastName, GuardedSchool, Params } from './guarded-school.ts'

/** What a page says is wrong with a form. */
export function faultsOn(answer: Answer): string {
  const list = /govuk-error-summary__list[\s\S]*?<\/ul>/.exec(answer.html)?.[0] ?? ''
  const text = list
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text === '' ? '' : ` (${text})`
}

/** What a guard asks of every route; a row may be excused from one, with the reason. */
export type Check =
  | 'closed when signed out'
  | 'an invented id finds nothing'
  | 'closed to whoever is outside the record'
  | 'closed without the right'
  | 'opens to whoever may'
  | 'done once however often it is pressed'

/** How the guards walk one route. */
export interface Way {
  /** Somebody who may; a visitor needs no name. */
  readonly by: CastName | 'visitor'
  /** Somebody of the school who may not; `nobody` where every adult of the school may. */
  readonly notBy: CastName | 'nobody'
  /** Where the guarded school's own ids do not fit. */
  readonly params?: (school: GuardedSchool) => Promise<Params> | Params
  /** What the one who may is given to use up: a concern in the right state, a draft that is ready. */
  readonly fresh?: (school: GuardedSchool) => Promise<Params>
  /** Behind the question mark. */
  readonly query?: string
  /** What is typed into the form so that it is taken, over the hidden fields of its page; `page` is empty until it has been opened. */
  readonly sends?: Fields | ((school: GuardedSchool, page: string) => Fields)
  /** What the one who may is answered, where it is not 200 for a page and 303 for a form. */
  readonly answers?: number
  /** Those outside the record: related to the child, named in the concern. Named where a path leads to one. */
  readonly outside?: readonly CastName[]
  /** What opening the page for the first time changes, and not the second. */
  readonly firstOpening?: string
  readonly excused?: Partial<Record<Check, string>>
}

/** What every adult of the school may do. */
export const own = (by: CastName): Pick<Way, 'by' | 'notBy'> => ({ by, notBy: 'nobody' })

/** Theirs alone: a colleague of the same rights finds nothing there. */
export const personal = { by: 'reporter', notBy: 'teacher' } as const

/** Who is outside the concern that stands in every path. */
export const outside = ['named', 'tied'] as const

/** The team's work on that concern. */
export const ofConcern = { by: 'dsl', notBy: 'teacher', outside } as const

/** A date of three boxes. */
export const date = (name: string, day: string, month: string, year: string): Fields => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})

/** How somebody says that the injury of the concern came about. */
export const anExplanation: Fields = { mark: '1', by: 'parent', says: 'The dog jumped up.', agrees: 'not-sure' }

/** The child's file: the team's, but for whoever is related to the child. */
export const ofChild = { by: 'dsl', notBy: 'teacher', outside: ['tied'] } as const

/** The first value that a page offers under a name. */
export function offered(page: string, name: string): string {
  const tags = page.match(/<(?:input|select|option|\/select)\b[^>]*>/g) ?? []
  const at = tags.findIndex(tag => tag.includes(`name="${name}"`) && !tag.includes('type="hidden"'))
  const here = tags[at]?.startsWith('<select') ? tags.slice(at + 1) : tags.slice(at, at + 1)
  return here.map(tag => /value="([^"]+)"/.exec(tag)?.[1]).find(value => value !== undefined) ?? ''
}
