/** What a child says of the help they get: kept in their own words with the plan, and read where the plan is looked at again. */
import { authorise } from '../../access/index.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { enterOfPupil, findPupil, type PupilWork } from '../pupil-duties/index.ts'
import { insertFeedback } from './feedback-store.ts'
import { findPlan } from './store.ts'

export interface NewFeedback {
  readonly says: string
  readonly saidAt: Instant
  /** In a word or two, so that what several children say can be put together. */
  readonly theme?: string
}

export type FeedbackRefusal = 'no-such-record' | 'nothing-said' | 'in-the-future'

/** Keeps what a child says of their plan; whoever is outside the plan never reads it. */
export async function recordFeedback(
  work: PupilWork,
  planId: string,
  given: NewFeedback,
): Promise<Result<string, FeedbackRefusal>> {
  const plan = await findPlan(work, planId)
  const pupil = plan && (await findPupil(work, plan.childId))
  if (!plan || !pupil) return refused('no-such-record')
  const permit = authorise(work.someone, 'feedback.record', {
    schoolId: work.school.id,
    excluded: [...pupil.tied, ...plan.excluded],
  })
  if (given.says.trim() === '') return refused('nothing-said')
  if (given.saidAt > work.now) return refused('in-the-future')
  const id = newId<string>()
  await insertFeedback(work, permit, plan, { ...given, id, by: work.someone.adultId })
  enterOfPupil(work, permit, pupil, { kind: 'plan', heading: 'Said of the help what they think', excluded: plan.excluded })
  work.note({
    event: 'feedback.recorded',
    subjectKind: 'plan',
    subject: plan.id,
    facts: { feedback: id, child: plan.childId, at: given.saidAt },
  })
  return ok(id)
}
