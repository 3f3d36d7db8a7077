/** Who answers somebody who is still worried. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import type { ChallengeRules } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { RoleHolder } from '../concerns/model.ts'

/** The roles among whose holders somebody answers. */
export function answeringRoles(rules: ChallengeRules): RoleId[] {
  return [...new Set(rules.steps.flatMap(step => step.roles))]
}

export interface Answerer {
  readonly holder: RoleHolder
  readonly step: number
  readonly says: string
  readonly source: ChallengeRules['steps'][number]['source']
}

export interface Passed {
  readonly byId: AdultId
  readonly excluded: readonly AdultId[]
  readonly deciders: readonly AdultId[]
  /** Given it, or another challenge of the concern, before. */
  readonly asked: readonly AdultId[]
}

/** Everybody who may answer, in the order of the policy: nobody outside the concern, and not whoever challenges. */
function eligible(rules: ChallengeRules, holders: readonly RoleHolder[], of: Passed): readonly Answerer[] {
  const all = rules.steps.flatMap(({ roles, says, source }, step) =>
    roles.flatMap(role =>
      holders
        .filter(holder => holder.role === role && holder.adultId !== of.byId && !of.excluded.includes(holder.adultId))
        .map(holder => ({ holder, step, says, source })),
    ),
  )
  return all.filter(({ holder }, index) => all.findIndex(other => other.holder.adultId === holder.adultId) === index)
}

/**
 * Who is given a challenge: somebody who neither decided nor was asked before, whoever is there first; then somebody who was asked
 * before; whoever decided only where there is nobody else.
 */
export function answererFor(rules: ChallengeRules, holders: readonly RoleHolder[], of: Passed): Answerer | undefined {
  const all = eligible(rules, holders, of)
  const others = all.filter(({ holder }) => !of.deciders.includes(holder.adultId))
  const fresh = others.filter(({ holder }) => !of.asked.includes(holder.adultId))
  const [first] = [fresh, others, all].filter(some => some.length > 0)
  return first?.find(({ holder }) => !holder.absent) ?? first?.[0]
}

/** Who is given one that was not answered in time; undefined where nobody is left, and it stays overdue where it is. */
export function nextAnswerer(rules: ChallengeRules, holders: readonly RoleHolder[], of: Passed): Answerer | undefined {
  return eligible(rules, holders, of).find(
    ({ holder }) => !holder.absent && !of.deciders.includes(holder.adultId) && !of.asked.includes(holder.adultId),
  )
}

/** May this person answer it? Whoever was given it may, and another of the team who did not decide. */
export function mayAnswer(
  challenge: { readonly byId: AdultId; readonly toId: AdultId | null; readonly deciders: readonly AdultId[] },
  adultId: AdultId,
  opensFiles: boolean,
): boolean {
  if (challenge.byId === adultId) return false
  return challenge.toId === adultId || (opensFiles && !challenge.deciders.includes(adultId))
}
