/** What is owed where parents are not told: a second of the team and, once it is referred, the support of social care. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { type WithheldRule, withheldRuleFor } from '../../policy/between-children.ts'
import type { Profile } from '../../policy/profile.ts'
import type { ConcernFacts, NewParentContact, StepRefusal } from './model.ts'

/** The rule that holds where the parents of a child in this concern are not told. */
export function withheldRuleOf(
  profile: Pick<Profile, 'parentsWithheld'>,
  concern: Pick<ConcernFacts, 'prompts' | 'triage'>,
): WithheldRule | undefined {
  return withheldRuleFor(profile, { prompts: concern.prompts, categories: concern.triage?.categories ?? [] })
}

/** Whether social care has been turned to, or it has been decided that they are. */
export function isAtReferral(concern: Pick<ConcernFacts, 'openReferrals' | 'latestDecision'>): boolean {
  return concern.latestDecision?.choice === 'refer' || concern.openReferrals.some(({ agency }) => agency === 'social-care')
}

/** Refuses it that parents are not told without those who have to agree. `colleagues` are those of the team who may. */
export function checkWithheld(
  profile: Pick<Profile, 'parentsWithheld'>,
  concern: ConcernFacts,
  contact: NewParentContact,
  by: AdultId,
  colleagues: readonly AdultId[],
): Result<'withheld' | 'as-before', StepRefusal> {
  const rule = contact.outcome === 'not-told' ? withheldRuleOf(profile, concern) : undefined
  if (!rule) return ok('as-before')
  const { approvedBy, advice } = contact
  if (rule.second && (!approvedBy || approvedBy === by || !colleagues.includes(approvedBy)))
    return refused({ code: 'second-needed', says: rule.says })
  if (rule.advice && isAtReferral(concern) && !advice) return refused({ code: 'advice-needed', says: rule.says })
  return ok('withheld')
}
