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

/** Who is to hear of it at once, and who instead where each of those is outside a concern about the child. */
export interface GlassHearers {
  readonly told: readonly AdultId[]
  readonly above: readonly AdultId[]
}

/**
 * The head and the DSL hear of it, but not whoever does it nor whoever is tied to the child. Where the head does it, or none of them
 * is left, those hear besides to whom the policy takes a concern about the head.
 */
export function whoHears(
  { conduct }: Pick<Profile, 'conduct'>,
  holders: readonly GlassHolder[],
  actor: { readonly adultId: AdultId; readonly roles: readonly RoleId[] },
  tied: readonly AdultId[],
): GlassHearers {
  const isOutside = (adultId: AdultId) => adultId === actor.adultId || tied.includes(adultId)
  const usual = holders.filter(({ adultId, role }) => answersForFiles.includes(role) && !isOutside(adultId))
  const heard = usual.map(({ adultId }) => adultId)
  const chain = chainFor(conduct, {
    kind: 'conduct',
    believed: 'harm-threshold',
    conflictOfInterest: false,
    subjects: [{ roles: ['headteacher'], relativesHold: [] }],
  })
  const above = whoIsTold(chain, {
    holders: holders.map(({ adultId, role, absent }) => ({ personId: adultId, role, absent, excluded: isOutside(adultId) })),
  }).tells.map(({ personId }) => personId as AdultId)
  const isEnough = !actor.roles.includes('headteacher') && heard.length > 0
  return { told: [...new Set(isEnough ? heard : [...heard, ...above])], above: [...new Set(above)] }
}

const team: readonly RoleId[] = ['dsl', 'deputy-dsl']

/** Who hears that the trust's lead opened a case: every DSL and deputy; where none of them is left, the head. Never whoever is tied to the child. */
export function teamHears(
  holders: readonly GlassHolder[],
  actor: { readonly adultId: AdultId },
  tied: readonly AdultId[],
): GlassHearers {
  const may = holders.filter(({ adultId }) => adultId !== actor.adultId && !tied.includes(adultId))
  const of = (roles: readonly RoleId[]) => [
    ...new Set(may.filter(({ role }) => roles.includes(role)).map(({ adultId }) => adultId)),
  ]
  return { told: of(team), above: of(['headteacher']) }
}

/** Whom the team may ask, in this order: the leads who are in, before those who are away. */
export function leadsToAsk(
  holders: readonly GlassHolder[],
  actor: { readonly adultId: AdultId },
  tied: readonly AdultId[],
): readonly AdultId[] {
  const may = holders.filter(
    ({ adultId, role }) => role === 'trust-safeguarding-lead' && adultId !== actor.adultId && !tied.includes(adultId),
  )
  return [...may].sort((one, other) => Number(one.absent) - Number(other.absent)).map(({ adultId }) => adultId)
}

/** Whether the file is open by it at this moment. */
export function isOpenStill({ endsAt, reviewedAt }: Pick<Glass, 'endsAt' | 'reviewedAt'>, now: string): boolean {
  return reviewedAt === null && now < endsAt
}
