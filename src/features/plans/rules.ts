/** What a plan owes. Pure. */
import { endOfDay } from '../../kernel/london-time.ts'
import { addDays, epochInMs, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import type { PlanKind, PlanReview } from './model.ts'

/** What the chronology calls a plan. */
export const planNames: Readonly<Record<PlanKind, string>> = {
  'early-help': 'Early help plan',
  monitoring: 'Monitoring plan',
  safety: 'Safety plan',
  'risk-assessment': 'Risk and needs assessment',
}

/** Whether a review of early help that does not go well says what was decided about taking it further. */
export function lacksEscalation(kind: PlanKind, { progress, escalation = '' }: PlanReview): boolean {
  return kind === 'early-help' && (progress === 'no-change' || progress === 'worse') && escalation.trim() === ''
}

/** From the report to the assessment, in whole minutes. */
export function minutesBetween(reportedAt: Instant, assessedAt: Instant): number {
  return Math.max(0, Math.floor((epochInMs(assessedAt) - epochInMs(reportedAt)) / 60_000))
}

/** When feedback is next due, so many days after a day. */
export function feedbackDue(from: PlainDate, days: number): Instant {
  return endOfDay(addDays(from, days))
}
