import type { AdultId } from '../../kernel/ids.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { findRoleHoldersAt, type RoleHolder } from './store.ts'

export type { RoleHolder } from './store.ts'

/** Everybody who holds a role now, with whether they are out now; one row for each appointment, the longest-standing first. */
export function findRoleHolders(work: Work, roles?: readonly RoleId[]): Promise<RoleHolder[]> {
  return findRoleHoldersAt(work, work.now, roles)
}

/** Everybody who holds one of these roles now, each once. */
export async function findAdultsInRoles(work: Work, roles: readonly RoleId[]): Promise<AdultId[]> {
  return [...new Set((await findRoleHolders(work, roles)).map(holder => holder.adultId))]
}
