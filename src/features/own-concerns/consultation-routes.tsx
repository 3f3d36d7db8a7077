import type { Actor, Permit } from '../../access/index.ts'
import { isUuid } from '../../kernel/ids.ts'
import { findStep } from '../../policy/pathways.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { answerStep, type Consultation, findConsultation } from '../pathways/index.ts'
import { answerRefused, readStepAnswer, StepPage } from '../triage/index.ts'

type Found = Consultation & { readonly permit: Permit<'consultation.answer'> }

/** What this person is brought in for. */
async function openConsultation(request: Request<'consultation.answer', Actor>): Promise<Found> {
  const id = request.params['stepId'] ?? ''
  const found = isUuid(id) ? await findConsultation(request, id) : undefined
  if (!found) throw new NotFound()
  const { concernId, consultedId, excluded } = found
  const permit = request.permit({ schoolId: request.school.id, id: concernId, ownerId: consultedId, excluded })
  return { ...found, permit }
}

function consultationPage(
  request: Request<'consultation.answer', Actor>,
  { step, children }: Found,
  form: FormValues,
  errors: FieldErrors,
): string {
  return pageFor(
    request,
    { title: step.does, errors, back: { href: '/' }, quickExit: true },
    <>
      {step.settledAt !== null && <p class="govuk-body">This is settled. Nothing more is asked of you.</p>}
      <StepPage
        action={`/consultations/${step.id}`}
        formToken={request.formToken}
        commandKey={request.newCommandKey()}
        form={form}
        errors={errors}
        caption={children.join(', ')}
        step={step}
        rule={findStep(request.profile, step.pathway, step.step)?.step}
        eligible={[]}
        cancelHref="/"
        isOwn
      />
    </>,
  )
}

const form = route({
  method: 'GET',
  path: '/consultations/:stepId',
  action: 'consultation.answer',
  audit: 'consultation.opened',
  handle: async request => {
    const found = await openConsultation(request)
    request.note({ event: 'consultation.opened', subjectKind: 'concern', subject: found.concernId })
    return page(consultationPage(request, found, FormValues.empty(), []))
  },
})

const answer = route({
  method: 'POST',
  path: '/consultations/:stepId',
  action: 'consultation.answer',
  audit: 'pathway.answered',
  handle: async request => {
    const found = await openConsultation(request)
    const read = readStepAnswer(request.form, request.now, [])
    if (!read.ok) return invalid(consultationPage(request, found, request.form, read.refusal))
    const concern = { id: found.concernId, excluded: found.excluded }
    const answered = await answerStep(request, found.permit, concern, found.step, read.value)
    if (!answered.ok) return invalid(consultationPage(request, found, request.form, answerRefused(answered.refusal)))
    return redirect('/')
  },
})

/** What a colleague is asked who is brought in about a child: their part, and nothing else of the concern. */
export const consultationRoutes: readonly Route[] = [form, answer]
