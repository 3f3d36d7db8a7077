/** Which steps a case has, and what keeps it from being closed. Pure. */
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { PupilCaseRule } from '../../policy/profile.ts'
import type { CaseRefusal, PupilCase } from './model.ts'

/** The steps that hold for a child with these statuses. */
export function stepsFor(rule: PupilCaseRule, statuses: readonly string[]): PupilCaseRule['steps'] {
  return rule.steps.filter(step => step.statuses.length === 0 || step.statuses.some(status => statuses.includes(status)))
}

/** Closing needs what came of it, the handover where the policy asks for one, and the steps that come before it. */
export function checkCaseClosing(
  rule: PupilCaseRule | undefined,
  found: Pick<PupilCase, 'closedAt' | 'handedAt' | 'steps'>,
  outcome: string,
): Result<true, CaseRefusal> {
  if (found.closedAt !== null) return refused({ code: 'over-already' })
  if (rule?.handover && found.handedAt === null) return refused({ code: 'not-handed-over' })
  const open = found.steps.filter(step => step.before === 'closing' && step.settled === null)
  if (open.length > 0) return refused({ code: 'steps-first', does: open.map(step => step.does) })
  return outcome.trim() === '' ? refused({ code: 'no-outcome' }) : ok(true)
}
