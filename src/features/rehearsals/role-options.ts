import type { Option, Profile } from '../../policy/profile.ts'
import { rehearsedRoles } from '../../rehearsal/keys.ts'

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]+/g, ' ')

/**
 * What the school calls a role, and the role in plain words where it has no name of its own for it. Each name once: whoever the school
 * calls so comes before a role of the same plain words that its policy does not know. `chosen` stay, whatever they are called.
 */
export function roleOptions(profile: Profile, chosen: readonly string[] = []): readonly Pick<Option, 'id' | 'name'>[] {
  const titleOf = (role: string) => profile.team.find(member => member.role === role)?.title
  const titles = new Set(profile.team.map(({ title }) => plain(title)))
  return rehearsedRoles.flatMap(role => {
    const title = titleOf(role)
    const name = title ?? role.replaceAll('-', ' ')
    return title === undefined && titles.has(plain(name)) && !chosen.includes(role) ? [] : [{ id: role, name }]
  })
}
