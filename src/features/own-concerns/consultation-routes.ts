import type { Actor } from '../../access/index.ts'
import { isUuid } from '../../kernel/ids.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { findConsultation } from '../pathways/index.ts'
import { answerOwnStep, type OwnStep, showOwnStep } from './own-step.tsx'

/** What this person is brought in for. */
async function openConsultation(request: Request<'consultation.answer', Actor>): Promise<OwnStep> {
  const id = request.params['stepId'] ?? ''
  const found = isUuid(id) ? await findConsultation(request, id) : undefined
  if (!found) throw new NotFound()
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

const form = route({
  method: 'GET',
  path: '/consultations/:stepId',
  action: 'consultation.answer',
  audit: 'consultation.opened',
  handle: async request => {
    const own = await openConsultation(request)
    request.note({ event: 'consultation.opened', subjectKind: 'concern', subject: own.concernId })
    return showOwnStep(request, own)
  },
})

const answer = route({
  method: 'POST',
  path: '/consultations/:stepId',
  action: 'consultation.answer',
  audit: 'pathway.answered',
  handle: async request => answerOwnStep(request, await openConsultation(request)),
})

/** What a colleague is asked who is brought in about a child: their part, and nothing else of the concern. */
export const consultationRoutes: readonly Route[] = [form, answer]
