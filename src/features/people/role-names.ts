import type { Profile } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'

const shortNames: Readonly<Record<string, string>> = { dsl: 'DSL', it: 'IT', senco: 'SENCO' }

/** A role by the title that the school's policy gives it, else by its own plain name. */
export function roleName(profile: Pick<Profile, 'team'>, role: RoleId): string {
  const title = profile.team.find(member => member.role === role)?.title
  if (title) return title
  const words = role.split('-').map(word => shortNames[word] ?? word)
  const text = words.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
