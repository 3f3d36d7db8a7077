import { missingOffices } from '../../policy/offices.ts'
import type { Option, Profile } from '../../policy/profile.ts'
import { rehearsedRoles } from '../../rehearsal/keys.ts'

/**
 * What the school calls a role, and the role in plain words where it has no name of its own for it; an office that nobody holds there
 * is left out. `chosen` stay, whatever they are called: what a file has already is not lost.
 */
export function roleOptions(profile: Profile, chosen: readonly string[] = []): readonly Pick<Option, 'id' | 'name'>[] {
  const missing = missingOffices(profile).map(({ role }) => role)
  return rehearsedRoles
    .filter(role => !missing.includes(role) || chosen.includes(role))
    .map(role => ({
      id: role,
      name: profile.team.find(member => member.role === role)?.title ?? role.replaceAll('-', ' '),
    }))
}
