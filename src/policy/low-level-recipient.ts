/** Where no text says who is given low-level concerns, loading says so and proposes whoever the chains lead to. Pure. */
import { chainFor } from './conduct.ts'
import type { Gap, Profile } from './profile.ts'
import type { RoleId } from './roles.ts'

/** The gap of a profile that states no recipient of low-level concerns; none where it does. */
export function lowLevelGap(profile: Pick<Profile, 'conduct' | 'team'>, isStated: boolean): readonly Gap[] {
  if (isStated) return []
  const chain = (roles: readonly RoleId[]) =>
    chainFor(profile.conduct, {
      kind: 'conduct',
      believed: 'low-level',
      conflictOfInterest: false,
      subjects: [{ roles, relativesHold: [] }],
    })
  const general = chain([])
  const head = general.steps[0]?.roles ?? []
  const titles = (roles: readonly RoleId[]) =>
    roles.map(role => profile.team.find(member => member.role === role)?.title ?? role).join(', ')
  const says = `Low-level recipient not stated: no text says who is given a low-level concern. Proposed: ${titles(head)}; about the ${titles(head)}: ${titles(chain(head).steps[0]?.roles ?? [])}.`
  return [{ key: 'low-level-recipient', says, source: general.source }]
}
