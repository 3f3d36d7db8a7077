/** Where no text says who is given low-level concerns, or who decides where whoever does is outside, loading says so. Pure. */
import { beliefs, type ConductChain, chainFor, chainTitle } from './conduct.ts'
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

/** The gaps of chains that are passed on to somebody in whose place, where it is about a relative of theirs, no text names anybody. */
export function sharedGaps({ conduct, team }: Pick<Profile, 'conduct' | 'team'>): readonly Gap[] {
  const titleOf = (role: RoleId) => team.find(member => member.role === role)?.title ?? role.replaceAll('-', ' ')
  const stillHas = (chain: ConductChain, role: RoleId) =>
    chainFor(conduct, {
      kind: chain.kind,
      believed: chain.believed?.[0] ?? beliefs[0],
      conflictOfInterest: false,
      subjects: [{ roles: chain.about?.holds ?? [], relativesHold: [role] }],
    }).shared.some(({ roles }) => roles.every(one => one === role))
  return conduct.chains.flatMap(chain =>
    chain.shared.flatMap(({ roles, source }) =>
      roles
        .filter(role => stillHas(chain, role))
        .map(role => ({
          key: `passed-on-${chain.key}-${role}`,
          says: `${chainTitle(chain, titleOf)}: it is passed on to the ${titleOf(role)}. Where it is about a relative of theirs no text says who has it instead; whoever receives it keeps it.`,
          source,
        })),
    ),
  )
}
