import type { Profile } from './profile.ts'
import type { RoleId } from './roles.ts'

/** The roles to which a concern may come in the safeguarding team's place: those of its route, those told when no DSL is reached, and those to whom a challenge goes on. */
export function standInRoles(profile: Pick<Profile, 'routes' | 'unanswered' | 'challenge'>): readonly RoleId[] {
  const onRoute = profile.routes.welfare.steps.flatMap(step => step.roles)
  const unreachable = profile.unanswered.filter(rule => rule.on === 'unreachable').flatMap(rule => rule.tell)
  const challenged = profile.challenge.steps.flatMap(step => step.roles)
  return [...onRoute, ...unreachable, ...challenged]
}

/** The roles whose holders change with two people only: those that open files or stand in for those who do, the headship, and whoever agrees to such changes, the administrator among them: where nobody else is left, they do. */
export function guardedRoles(
  fileRoles: readonly RoleId[],
  profile: Pick<Profile, 'routes' | 'unanswered' | 'challenge'>,
): ReadonlySet<RoleId> {
  return new Set<RoleId>(['headteacher', 'second-approver', 'system-administrator', ...fileRoles, ...standInRoles(profile)])
}
