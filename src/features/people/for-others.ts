/** What other features ask of people without the pages and commands of people. */
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { type ChildFactsForOthers, findChildrenFactsOf, findRoleHoldersAt, isAdultHere, type RoleHolder } from './store.ts'

export type { ChildFactsForOthers, RoleHolder } from './store.ts'

/** Everybody who holds a role now, with whether they are out now; one row for each appointment, the longest-standing first. */
export function findRoleHolders(work: Work, roles?: readonly RoleId[]): Promise<RoleHolder[]> {
  return findRoleHoldersAt(work, work.now, roles)
}

/** Everybody who holds one of these roles now, each once. */
export async function findAdultsInRoles(work: Work, roles: readonly RoleId[]): Promise<AdultId[]> {
  return [...new Set((await findRoleHolders(work, roles)).map(holder => holder.adultId))]
}

/** Names, home, leaving time, ties and siblings of children of this school. Those of another school are simply not among them. */
export function findChildrenFacts(work: Work, childIds: readonly ChildId[]): Promise<ChildFactsForOthers[]> {
  return findChildrenFactsOf(work, childIds)
}

/** Whether the id is that of an adult of this school. */
export function isAdultOfSchool(work: Work, adultId: string): Promise<boolean> {
  return isAdultHere(work, adultId)
}
