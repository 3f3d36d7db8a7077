import type { Action, Actor } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { startOfDay } from '../../kernel/london-time.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { findPupil, pupilSubject } from '../pupil-duties/index.ts'
import { reviewPlan } from './commands.ts'
import { recordFeedback } from './feedback.ts'
import { findWholePlan, listPlansOf } from './feedback-store.ts'
import { progresses, type WholePlan } from './model.ts'
import { PlanPage, PlansPage } from './pages/plan-pages.tsx'
import { planNames } from './rules.ts'

async function openPlanPage<A extends Action>(request: Request<A, Actor>): Promise<WholePlan> {
  const plan = await findWholePlan(request, request.params['planId'] ?? '')
  if (!plan) throw new NotFound()
  request.permit({ schoolId: request.school.id, excluded: [...plan.tied, ...plan.excluded] })
  return plan
}

function planPage<A extends Action>(request: Request<A, Actor>, plan: WholePlan, form: FormValues, errors: FieldErrors): string {
  return pageFor(
    request,
    {
      title: `${planNames[plan.kind]}: ${plan.childName}`,
      errors,
      back: { href: `/children/${plan.childId}`, text: 'The child’s file' },
      quickExit: true,
    },
    <PlanPage
      plan={plan}
      now={request.now}
      form={form}
      errors={errors}
      formToken={request.formToken}
      newCommandKey={request.newCommandKey}
    />,
  )
}

const ofChild = route({
  method: 'GET',
  path: '/children/:childId/plans',
  action: 'plan.read',
  audit: 'plan.read',
  handle: async request => {
    const pupil = await findPupil(request, request.params['childId'] as ChildId)
    if (!pupil) throw new NotFound()
    const permit = request.permit(pupilSubject(request, pupil))
    const plans = await listPlansOf(request, permit, pupil.childId)
    request.note({
      event: 'plan.read',
      subjectKind: 'child',
      subject: pupil.childId,
      facts: { plans: plans.map(({ id }) => id) },
    })
    const back = { href: `/children/${pupil.childId}`, text: 'The child’s file' }
    return page(pageFor(request, { title: 'Plans', back, quickExit: true }, <PlansPage plans={plans} />))
  },
})

const open = route({
  method: 'GET',
  path: '/plans/:planId',
  action: 'plan.read',
  audit: 'plan.read',
  handle: async request => {
    const plan = await openPlanPage(request)
    request.note({ event: 'plan.read', subjectKind: 'plan', subject: plan.id, facts: { child: plan.childId } })
    return page(planPage(request, plan, FormValues.empty(), []))
  },
})

const refusals: Readonly<Record<string, { readonly field: string; readonly says: string }>> = {
  'already-over': { field: 'progress', says: 'This plan is closed.' },
  'no-escalation-decision': { field: 'escalation', says: 'Write what is decided about taking it further.' },
  'ends-before-start': { field: 'next-day', says: 'The day must be today or in the future.' },
  'nothing-said': { field: 'says', says: 'Write what the child says.' },
  'in-the-future': { field: 'said-day', says: 'The day must be today or in the past.' },
}

function refusedWith<A extends Action>(request: Request<A, Actor>, plan: WholePlan, code: string): Reply {
  const fault = refusals[code]
  if (!fault) throw new NotFound()
  return invalid(planPage(request, plan, request.form, [fault]))
}

const review = route({
  method: 'POST',
  path: '/plans/:planId/reviews',
  action: 'plan.keep',
  audit: 'plan.reviewed',
  handle: async request => {
    const plan = await openPlanPage(request)
    const reader = new FormReader(request.form, request.now)
    const progress = reader.choice('progress', progresses, 'Select how it is going.')
    const says = reader.words('review-says', 'The text')
    const escalation = reader.words('escalation', 'The text')
    const nextOn = reader.date('next', 'The day', 'future')
    if (reader.errors.length > 0 || !progress) return invalid(planPage(request, plan, request.form, reader.errors))
    const done = await reviewPlan(request, plan.id, { progress, says, escalation, ...(nextOn ? { nextOn } : {}) })
    return done.ok ? redirect(`/plans/${plan.id}`) : refusedWith(request, plan, done.refusal)
  },
})

const feedback = route({
  method: 'POST',
  path: '/plans/:planId/feedback',
  action: 'feedback.record',
  audit: 'feedback.recorded',
  handle: async request => {
    const plan = await openPlanPage(request)
    const reader = new FormReader(request.form, request.now)
    const says = reader.words('says', 'What the child says', 'Write what the child says.')
    const theme = reader.line('theme', 'The theme')
    const on = reader.date('said', 'The day', 'past')
    if (reader.errors.length > 0) return invalid(planPage(request, plan, request.form, reader.errors))
    const done = await recordFeedback(request, plan.id, { says, theme, saidAt: on ? startOfDay(on) : request.now })
    return done.ok ? redirect(`/plans/${plan.id}`) : refusedWith(request, plan, done.refusal)
  },
})

/** A child's plans, each where it is looked at again with what the child says of it. */
export const planRoutes: readonly Route[] = [ofChild, open, review, feedback]
