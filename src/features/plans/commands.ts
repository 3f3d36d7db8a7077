import { authorise } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { endOfDay, localDate } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { endClocks, meetClocks } from '../clocks/index.ts'
import {
  type ClockToRun,
  dueOn,
  endReminders,
  enterOfPupil,
  findPupil,
  type PupilAsk,
  type PupilFacts,
  type PupilRefusal,
  type PupilWork,
  pupilSubject,
  runPupilClocks,
  tellOfPupil,
} from '../pupil-duties/index.ts'
import type { NewPlan, Plan, PlanReview } from './model.ts'
import { feedbackDue, lacksEscalation, minutesBetween, planNames } from './rules.ts'
import { findOutside, findPlan, insertPlan, insertReview, listAwaited, meetAssessments, saveClosed } from './store.ts'

export interface OpenedPlan {
  readonly id: string
  /** From the report to the assessment, where this is the assessment that a report asked for. */
  readonly assessedInMinutes: number | null
  readonly asks: readonly PupilAsk[]
}
type Answer<T> = Promise<Result<T, PupilRefusal>>

/** The clocks of a plan; a day or an interval that the plan itself names takes the place of a time that the policy leaves open. */
function clocksOf(
  work: PupilWork,
  plan: Pick<NewPlan, 'kind' | 'reviewOn' | 'endsOn' | 'feedbackDays'>,
  again: boolean,
): readonly ClockToRun[] {
  const facts = { plan: plan.kind }
  const ends = plan.reviewOn ?? plan.endsOn
  const { feedbackDays } = plan
  return [
    { name: 'plan-review', facts, again, ...(ends ? { adjust: clock => dueOn(clock, endOfDay(ends)) } : {}) },
    {
      name: 'monitoring-feedback',
      facts,
      again,
      ...(feedbackDays ? { adjust: clock => dueOn(clock, feedbackDue(localDate(work.now), feedbackDays)) } : {}),
    },
  ]
}

const subjectOf = (plan: Pick<Plan, 'id' | 'childId' | 'excluded'>) => ({
  kind: 'plan',
  id: plan.id,
  childId: plan.childId,
  excluded: plan.excluded,
})

/** Opens a plan for one child. A risk and needs assessment is the one that reports about the child have asked for. */
export async function openPlan(work: PupilWork, plan: NewPlan): Answer<OpenedPlan> {
  const pupil = await findPupil(work, plan.childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'plan.keep', pupilSubject(work, pupil))
  const awaited = plan.kind === 'risk-assessment' ? await listAwaited(work, permit, plan.childId) : []
  const concernId = plan.concernId ?? awaited[0]?.concernId
  const outside: readonly AdultId[] | undefined = concernId ? await findOutside(work, permit, concernId) : []
  if (!outside || outside.includes(work.someone.adultId)) return refused('no-such-record')
  const excluded = [...new Set([...outside, ...awaited.flatMap(report => report.excluded)])]
  const assessedInMinutes = awaited[0] ? minutesBetween(awaited[0].reportedAt, work.now) : null
  const id = newId<string>()
  await insertPlan(work, permit, { ...plan, id, ...(concernId ? { concernId } : {}), assessedInMinutes, excluded })
  if (awaited.length > 0)
    meetAssessments(
      work,
      permit,
      awaited.map(report => report.concernId),
    )
  const subject = subjectOf({ id, childId: plan.childId, excluded })
  await runPupilClocks(work, subject, pupil, clocksOf(work, plan, false))
  enterOfPupil(work, permit, pupil, { kind: 'plan', heading: `${planNames[plan.kind]} opened`, excluded })
  const asks = await tellOfPupil(work, permit, { on: 'plan-opened', subject, pupil, facts: { plan: plan.kind } })
  work.note({ event: 'plan.opened', subjectKind: 'plan', subject: id, facts: { child: plan.childId, kind: plan.kind } })
  return ok({ id, assessedInMinutes, asks })
}

interface Found {
  readonly plan: Plan
  readonly pupil: PupilFacts
  readonly permit: ReturnType<typeof keeping>
}

function keeping(work: PupilWork, pupil: PupilFacts, plan: Plan) {
  return authorise(work.someone, 'plan.keep', { schoolId: work.school.id, excluded: [...pupil.tied, ...plan.excluded] })
}

async function found(work: PupilWork, id: string): Promise<Found | undefined> {
  const plan = await findPlan(work, id)
  const pupil = plan && (await findPupil(work, plan.childId))
  return plan && pupil ? { plan, pupil, permit: keeping(work, pupil, plan) } : undefined
}

/** A plan was looked at again: its review is met and begins anew. */
export async function reviewPlan(work: PupilWork, planId: string, review: PlanReview): Answer<undefined> {
  const kept = await found(work, planId)
  if (!kept) return refused('no-such-record')
  const { plan, pupil, permit } = kept
  if (plan.closedAt !== null) return refused('already-over')
  if (lacksEscalation(plan.kind, review)) return refused('no-escalation-decision')
  if (review.nextOn && review.nextOn < localDate(work.now)) return refused('ends-before-start')
  await insertReview(work, permit, plan, newId<string>(), review)
  const subject = subjectOf(plan)
  const met = await meetClocks(work, subject, ['plan-review', 'monitoring-feedback'])
  const again = {
    kind: plan.kind,
    ...(review.nextOn ? { reviewOn: review.nextOn } : {}),
    ...(plan.feedbackDays ? { feedbackDays: plan.feedbackDays } : {}),
  }
  await runPupilClocks(
    work,
    subject,
    pupil,
    clocksOf(work, again, true).filter(({ name }) => met.includes(name)),
  )
  endReminders(work, permit, plan.id)
  enterOfPupil(work, permit, pupil, { kind: 'plan', heading: `${planNames[plan.kind]} reviewed`, excluded: plan.excluded })
  work.note({
    event: 'plan.reviewed',
    subjectKind: 'plan',
    subject: plan.id,
    facts: { child: plan.childId, progress: review.progress },
  })
  return ok(undefined)
}

/** A plan is over, with its outcome; what it owed ends. */
export async function closePlan(work: PupilWork, planId: string, outcome: string): Answer<undefined> {
  const kept = await found(work, planId)
  if (!kept) return refused('no-such-record')
  const { plan, pupil, permit } = kept
  if (plan.closedAt !== null) return refused('already-over')
  if (outcome.trim() === '') return refused('no-outcome')
  await saveClosed(work, permit, plan.id, outcome)
  await endClocks(work, subjectOf(plan))
  endReminders(work, permit, plan.id)
  enterOfPupil(work, permit, pupil, { kind: 'plan', heading: `${planNames[plan.kind]} closed`, excluded: plan.excluded })
  work.note({ event: 'plan.closed', subjectKind: 'plan', subject: plan.id, facts: { child: plan.childId } })
  return ok(undefined)
}
