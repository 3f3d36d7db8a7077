/** One step of the policy that is somebody's own to answer: its form, and their answer. */
import type { VNode } from 'preact'
import type { Actor, Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { findStep } from '../../policy/pathways.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import type { Request } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { answerStep, type KeptStep } from '../pathways/index.ts'
import { answerRefused, readStepAnswer, StepPage } from '../triage/index.ts'

export type OwnAction = 'pathway.answer-own' | 'consultation.answer'
type Asking = Request<OwnAction, Actor>

export interface OwnStep {
  readonly permit: Permit<'pathway.answer-own'> | Permit<'consultation.answer'>
  readonly concernId: ConcernId
  readonly excluded: readonly AdultId[]
  readonly step: KeptStep
  readonly caption: string
  /** Why it is asked of them, and what they see of it. */
  readonly asked: string
  /** The address of the step itself, and where they came from. */
  readonly at: string
  readonly home: string
}

function ownStepPage(request: Asking, own: OwnStep, form: FormValues, errors: FieldErrors): string {
  const { step, home } = own
  return pageFor(request, { title: step.does, errors, back: { href: home }, quickExit: true }, body(request, own, form, errors))
}

function body(request: Asking, { step, asked, at, caption, home }: OwnStep, form: FormValues, errors: FieldErrors): VNode {
  if (step.settledAt !== null)
    return (
      <>
        <span class="govuk-caption-l">{caption}</span>
        <h1 class="govuk-heading-l">{step.does}</h1>
        <p class="govuk-body">This is settled. Nothing more is asked of you.</p>
      </>
    )
  return (
    <StepPage
      action={at}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      caption={caption}
      step={step}
      rule={findStep(request.profile, step.pathway, step.step)?.step}
      eligible={[]}
      cancelHref={home}
      asked={asked}
      isOwn
    />
  )
}

/** The form as it is opened. */
export function showOwnStep(request: Asking, own: OwnStep): Reply {
  return page(ownStepPage(request, own, FormValues.empty(), []))
}

/** Keeps what they wrote, and sends them back to where they came from. */
export async function answerOwnStep(request: Asking, own: OwnStep): Promise<Reply> {
  const read = readStepAnswer(request.form, request.now, [])
  if (!read.ok) return invalid(ownStepPage(request, own, request.form, read.refusal))
  const concern = { id: own.concernId, excluded: own.excluded }
  const answered = await answerStep(request, own.permit, concern, own.step, read.value)
  return answered.ok ? redirect(own.home) : invalid(ownStepPage(request, own, request.form, answerRefused(answered.refusal)))
}
