import type { Actor, Permit } from '../../access/index.ts'
import { check } from '../../access/index.ts'
import type { Work } from '../../work/work.ts'
import { type FoundChild, type ListedAdult, type ListedChildren, type Standing, standings } from './model.ts'
import { searchPatterns } from './names.ts'
import { sameNamed } from './rules.ts'
import { type ChildrenFilter, findChildrenByName, getChildrenList, listAdults } from './store.ts'

export { findAdultRecord as findAdult, findChildRecord as findChild } from './store.ts'

/** As many hits as a list can be read through; more are told by a sentence. */
export const foundMax = 20
export const eachPage = 50
const adultsMax = 500

/** What finding offers: the date of birth only where it is needed to tell two children apart. */
export interface FoundChildren {
  readonly children: readonly FoundChild[]
  readonly more: boolean
}

/** Children of the roll by the beginnings of their names. Those known only from a concern show to the safeguarding team alone. */
export async function findChildren(
  work: Work<Actor>,
  permit: Permit<'child.find'> | Permit<'child.keep'> | Permit<'tie.keep'>,
  typed: string,
): Promise<FoundChildren> {
  const patterns = searchPatterns(typed)
  if (patterns.length === 0) return { children: [], more: false }
  const shown: Standing[] = check(work.someone, 'file.read', undefined).allowed
    ? ['on-roll', 'dual', 'left', 'not-on-roll']
    : ['on-roll', 'dual', 'left']
  const hits = await findChildrenByName(work, permit, patterns, shown, foundMax + 1)
  const same = sameNamed(hits)
  const children = hits.slice(0, foundMax).map(child => (same.has(child.id) ? child : { ...child, born: null }))
  return { children, more: hits.length > foundMax }
}

export interface ListAsked {
  readonly q: string
  readonly year: string
  readonly className: string
  readonly standing: string
  readonly page: number
}

/** One page of the school's children. Those known only from a concern show to the safeguarding team alone. */
export function listChildren(work: Work<Actor>, permit: Permit<'child.keep'>, asked: ListAsked): Promise<ListedChildren> {
  const may = check(work.someone, 'file.read', undefined).allowed
    ? [...standings]
    : standings.filter(standing => standing !== 'unidentified' && standing !== 'not-on-roll')
  const chosen = may.filter(standing => (asked.standing === '' ? standing !== 'left' : standing === asked.standing))
  const filter: ChildrenFilter = {
    patterns: searchPatterns(asked.q),
    yearGroup: asked.year === '' ? null : asked.year,
    className: asked.className === '' ? null : asked.className,
    standings: chosen,
    offset: (asked.page - 1) * eachPage,
    limit: eachPage,
  }
  return getChildrenList(work, permit, filter)
}

/** The adults of the school, by name. */
export async function findAdults(
  work: Work<Actor>,
  permit: Permit<'adult.list'> | Permit<'tie.keep'>,
  typed: string,
): Promise<ListedAdult[]> {
  return listAdults(work, permit, typed.trim().slice(0, 100), adultsMax)
}
