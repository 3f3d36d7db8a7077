import { type Actor, authorise, Denied } from '../../access/index.ts'
import type { CaseId } from '../../kernel/ids.ts'
import { type Result, refused } from '../../kernel/result.ts'
import type { Work } from '../../work/work.ts'
import { assessConduct, noteCase, subjectOfCase } from './commands.ts'
import type { ConductRefusal } from './model.ts'
import { findCaseFacts, insertPattern } from './store.ts'

export interface PatternReview {
  /** The concern that is looked at with the earlier ones: where the threshold is met it is the allegation. */
  readonly caseId: CaseId
  readonly earlier: readonly CaseId[]
  readonly answer: 'threshold-met' | 'threshold-not-met'
  readonly rationale: string
}

/**
 * Looks at concerns about the same adult together. Where the threshold is met the case becomes an allegation, goes to whom such a case
 * goes, owes the LADO a contact, and keeps its originals beside it. Nobody reviews what they do not read.
 */
export async function reviewConductPattern(work: Work<Actor>, review: PatternReview): Promise<Result<void, ConductRefusal>> {
  const { caseId, earlier, answer, rationale } = review
  const found = await findCaseFacts(work, caseId)
  if (!found) throw new Denied('conduct.manage', 'no-ground')
  const permit = authorise(work.someone, 'conduct.manage', subjectOfCase(work, found))
  if (rationale.trim() === '') return refused({ code: 'reason-first' })
  if (earlier.length === 0) return refused({ code: 'not-of-one-adult' })
  for (const id of earlier) {
    const other = await findCaseFacts(work, id)
    if (!other) throw new Denied('conduct.manage', 'no-ground')
    if (!other.subjects.some(adult => adult !== null && found.subjects.includes(adult)))
      return refused({ code: 'not-of-one-adult' })
  }
  await insertPattern(work, permit, { caseId, earlier, answer, by: work.someone.adultId, rationale })
  noteCase(work, 'conduct.pattern-reviewed', caseId, { answer, earlier: [...earlier] })
  const outcome = answer === 'threshold-met' ? 'harm-threshold' : (found.level ?? 'low-level')
  return assessConduct(work, caseId, { outcome, rationale })
}
