import type { AdultId } from '../../kernel/ids.ts'
import { chainFor } from '../../policy/conduct.ts'
import type { Profile } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import { whoIsTold } from '../../policy/routing.ts'
import type { Glass } from './model.ts'

const answersForFiles: readonly RoleId[] = ['headteacher', 'dsl']

export interface GlassHolder {
  readonly adultId: AdultId
  readonly role: RoleId
  readonly absent: boolean
}

/**
 * Who hears of it at once: the head and the DSL, but not whoever does it nor whoever is tied to the child. Where the head does
 * it, or none of them is left, those besides to whom the policy takes a concern about the head.
 */
export function whoHears(
  { conduct }: Pick<Profile, 'conduct'>,
  holders: readonly GlassHolder[],
  actor: { readonly adultId: AdultId; readonly roles: readonly RoleId[] },
  tied: readonly AdultId[],
): readonly AdultId[] {
  const isOutside = (adultId: AdultId) => adultId === actor.adultId || tied.includes(adultId)
  const usual = holders.filter(({ adultId, role }) => answersForFiles.includes(role) && !isOutside(adultId))
  const heard = usual.map(({ adultId }) => adultId)
  if (!actor.roles.includes('headteacher') && heard.length > 0) return [...new Set(heard)]
  const chain = chainFor(conduct, {
    kind: 'conduct',
    believed: 'harm-threshold',
    conflictOfInterest: false,
    subjects: [{ roles: ['headteacher'], relativesHold: [] }],
  })
  const above = whoIsTold(chain, {
    holders: holders.map(({ adultId, role, absent }) => ({ personId: adultId, role, absent, excluded: isOutside(adultId) })),
  }).tells.map(({ personId }) => personId as AdultId)
  return [...new Set([...heard, ...above])]
}

/** Whether the file is open by it at this moment. */
export function isOpenStill({ endsAt, reviewedAt }: Pick<Glass, 'endsAt' | 'reviewedAt'>, now: string): boolean {
  return reviewedAt === null && now < endsAt
}
