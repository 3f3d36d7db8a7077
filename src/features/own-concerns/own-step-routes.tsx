import type { Actor, Permit } from '../../access/index.ts'
import { isUuid } from '../../kernel/ids.ts'
import { findStep } from '../../policy/pathways.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { answerStep, findStepById } from '../pathways/index.ts'
import { answerRefused, readStepAnswer, StepPage } from '../triage/index.ts'

type Found = NonNullable<Awaited<ReturnType<typeof findStepById>>>

/** The duty of the path, if it is this person who owes it. */
async function openOwnStep(
  request: Request<'pathway.answer-own', Actor>,
): Promise<Found & { readonly permit: Permit<'pathway.answer-own'> }> {
  const id = request.params['stepId'] ?? ''
  const found = isUuid(id) ? await findStepById(request, id) : undefined
  if (!found?.step.personalTo) throw new NotFound()
  const permit = request.permit({ schoolId: request.school.id, id: found.concernId, ownerId: found.step.personalTo })
  return { ...found, permit }
}

function stepPage(
  request: Request<'pathway.answer-own', Actor>,
  { step, reference, concernId }: Found,
  form: FormValues,
  errors: FieldErrors,
): string {
  return pageFor(
    request,
    { title: step.does, errors, back: { href: `/my-concerns/${concernId}` }, quickExit: true },
    <StepPage
      action={`/my-steps/${step.id}`}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      caption={`Reference ${reference}`}
      step={step}
      rule={findStep(request.profile, step.pathway, step.step)?.step}
      eligible={[]}
      cancelHref={`/my-concerns/${concernId}`}
      isOwn
    />,
  )
}

const form = route({
  method: 'GET',
  path: '/my-steps/:stepId',
  action: 'pathway.answer-own',
  audit: 'concern.own-opened',
  handle: async request => {
    const found = await openOwnStep(request)
    request.note({ event: 'concern.own-opened', subjectKind: 'concern', subject: found.concernId })
    return page(stepPage(request, found, FormValues.empty(), []))
  },
})

const answer = route({
  method: 'POST',
  path: '/my-steps/:stepId',
  action: 'pathway.answer-own',
  audit: 'pathway.answered',
  handle: async request => {
    const found = await openOwnStep(request)
    const read = readStepAnswer(request.form, request.now, [])
    if (!read.ok) return invalid(stepPage(request, found, request.form, read.refusal))
    const concern = { id: found.concernId, excluded: found.excluded }
    const answered = await answerStep(request, found.permit, concern, found.step, read.value)
    if (!answered.ok) return invalid(stepPage(request, found, request.form, answerRefused(answered.refusal)))
    return redirect(`/my-concerns/${found.concernId}`)
  },
})

/** What whoever recorded a concern owes in person, such as a teacher's own report to the police. */
export const ownStepRoutes: readonly Route[] = [form, answer]
