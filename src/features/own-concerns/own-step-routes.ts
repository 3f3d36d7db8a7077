import type { Actor } from '../../access/index.ts'
import { isUuid } from '../../kernel/ids.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { findConsultation, findStepById } from '../pathways/index.ts'
import { answerOwnStep, type OwnAction, type OwnStep, showOwnStep } from './own-step.tsx'

/** Why a step of the policy is somebody's own: what they see of the concern hangs on it. */
interface Duty<A extends OwnAction> {
  readonly under: '/my-steps' | '/consultations'
  readonly action: A
  readonly opens: 'concern.own-opened' | 'consultation.opened'
  /** The step, if it is this person who owes it. */
  find(request: Request<A, Actor>, id: string): Promise<OwnStep | undefined>
}

function ownStepRoutesOf<A extends OwnAction>({ under, action, opens, find }: Duty<A>): readonly Route[] {
  const path = `${under}/:stepId`
  const open = async (request: Request<A, Actor>) => {
    const id = request.params['stepId'] ?? ''
    const own = isUuid(id) ? await find(request, id) : undefined
    if (!own) throw new NotFound()
    return own
  }
  return [
    route({
      method: 'GET',
      path,
      action,
      audit: opens,
      handle: async request => {
        const own = await open(request)
        request.note({ event: opens, subjectKind: 'concern', subject: own.concernId })
        return showOwnStep(request, own)
      },
    }),
    route({
      method: 'POST',
      path,
      action,
      audit: 'pathway.answered',
      handle: async request => answerOwnStep(request, await open(request)),
    }),
  ]
}

async function findReportersStep(request: Request<'pathway.answer-own', Actor>, id: string): Promise<OwnStep | undefined> {
  const found = await findStepById(request, id)
  const ownerId = found?.step.personalTo
  if (!found || !ownerId) return undefined
  const { concernId, excluded, step, reference } = found
  const permit = request.permit({ schoolId: request.school.id, id: concernId, ownerId })
  return {
    ...{ permit, concernId, excluded, step },
    caption: `Reference ${reference}`,
    asked: 'Our policy lays this on you in person, because you recorded the concern. Nobody else can do it for you.',
    at: `/my-steps/${step.id}`,
    home: `/my-concerns/${concernId}`,
  }
}

async function findConsultedStep(request: Request<'consultation.answer', Actor>, id: string): Promise<OwnStep | undefined> {
  const found = await findConsultation(request, id)
  if (!found) return undefined
  const { concernId, consultedId, excluded, step, children } = found
  const permit = request.permit({ schoolId: request.school.id, id: concernId, ownerId: consultedId, excluded })
  return {
    ...{ permit, concernId, excluded, step },
    caption: children.join(', '),
    asked:
      'The safeguarding team confers with you about this child. Nothing else of it is shown here: speak with them, then write down what you agreed.',
    at: `/consultations/${step.id}`,
    home: '/',
  }
}

/** What whoever recorded a concern owes in person, such as a teacher's own report to the police. */
export const ownStepRoutes = ownStepRoutesOf({
  under: '/my-steps',
  action: 'pathway.answer-own',
  opens: 'concern.own-opened',
  find: findReportersStep,
})

/** What a colleague is asked who is brought in about a child: their part, and nothing else of the concern. */
export const consultationRoutes = ownStepRoutesOf({
  under: '/consultations',
  action: 'consultation.answer',
  opens: 'consultation.opened',
  find: findConsultedStep,
})
