import type { Actor } from '../../access/index.ts'
import { isUuid } from '../../kernel/ids.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { findStepById } from '../pathways/index.ts'
import { answerOwnStep, type OwnStep, showOwnStep } from './own-step.tsx'

/** The duty of the path, if it is this person who owes it. */
async function openOwnStep(request: Request<'pathway.answer-own', Actor>): Promise<OwnStep> {
  const id = request.params['stepId'] ?? ''
  const found = isUuid(id) ? await findStepById(request, id) : undefined
  const ownerId = found?.step.personalTo
  if (!found || !ownerId) throw new NotFound()
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

const form = route({
  method: 'GET',
  path: '/my-steps/:stepId',
  action: 'pathway.answer-own',
  audit: 'concern.own-opened',
  handle: async request => {
    const own = await openOwnStep(request)
    request.note({ event: 'concern.own-opened', subjectKind: 'concern', subject: own.concernId })
    return showOwnStep(request, own)
  },
})

const answer = route({
  method: 'POST',
  path: '/my-steps/:stepId',
  action: 'pathway.answer-own',
  audit: 'pathway.answered',
  handle: async request => answerOwnStep(request, await openOwnStep(request)),
})

/** What whoever recorded a concern owes in person, such as a teacher's own report to the police. */
export const ownStepRoutes: readonly Route[] = [form, answer]
