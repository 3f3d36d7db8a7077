import type { Profile } from './profile.ts'
import type { RoleId } from './roles.ts'

/** The roles to which a concern may come in the safeguarding team's place: those of its route, and those told when no DSL is reached. */
export function standInRoles(profile: Pick<Profile, 'routes' | 'unanswered'>): readonly RoleId[] {
  const onRoute = profile.routes.welfare.steps.flatMap(step => step.roles)
  const unreachable = profile.unanswered.filter(rule => rule.on === 'unreachable').flatMap(rule => rule.tell)
  return [...onRoute, ...unreachable]
}
