import { isUuid } from '../../kernel/ids.ts'
import { findStep } from '../../policy/pathways.ts'
import { findError, Radios } from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import { NotFound, type Route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { sourceText } from '../concerns/index.ts'
import {
  agreeNotDone,
  answerStep,
  areQuestionsHeld,
  findStepById,
  type KeptStep,
  listEligible,
  releaseQuestions,
  startByHand,
} from '../pathways/index.ts'
import { backTo, formRoutes, type Opened } from './form-route.ts'
import { concernTitle } from './pages/concern-page.tsx'
import { FormFrame, FormHead } from './pages/form-frame.tsx'
import { StepPage } from './pages/step-page.tsx'
import { answerRefused, readRelease, readStepAnswer } from './steps-form.ts'

async function stepOf({ request, concern }: Opened<'pathway.answer'>): Promise<KeptStep> {
  const id = request.params['stepId'] ?? ''
  const found = isUuid(id) ? await findStepById(request, id) : undefined
  if (!found || found.concernId !== concern.id) throw new NotFound()
  return found.step
}

/** Writing down what was done about a step of the policy. */
const stepForm = formRoutes<'pathway.answer'>({
  path: '/steps/:stepId',
  action: 'pathway.answer',
  opens: 'concern.opened',
  does: 'pathway.answered',
  draw: async drawn => {
    const { request, permit, concern, frame } = drawn
    const step = await stepOf(drawn)
    const rule = findStep(request.profile, step.pathway, step.step)?.step
    const eligible = rule?.needs.includes('adult') ? await listEligible(request, permit, concern) : []
    return pageFor(
      request,
      { title: step.does, errors: drawn.errors, back: backTo(concern), quickExit: true },
      <StepPage
        {...frame}
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        step={step}
        rule={rule}
        eligible={eligible}
        cancelHref={`/concerns/${concern.id}`}
        isOwn={false}
        areHeld={areQuestionsHeld(concern.steps)}
      />,
    )
  },
  submit: async opened => {
    const { request, permit, concern } = opened
    const step = await stepOf(opened)
    const to = `/concerns/${concern.id}?done=step#policy-asks`
    const rule = findStep(request.profile, step.pathway, step.step)?.step
    const eligible = rule?.needs.includes('adult') ? await listEligible(request, permit, concern) : []
    if (request.form.text('kind') === 'agree') {
      const says = new FormReader(request.form, request.now).words('says', 'The text')
      const agreed = await agreeNotDone(request, permit, concern, step, says)
      return agreed.ok ? { kind: 'done', to } : { kind: 'invalid', errors: answerRefused(agreed.refusal) }
    }
    if (request.form.text('kind') === 'released') {
      const release = readRelease(request.form, request.now)
      if (!release.ok) return { kind: 'invalid', errors: release.refusal }
      const released = await releaseQuestions(request, permit, concern, step, release.value)
      return released.ok ? { kind: 'done', to } : { kind: 'invalid', errors: answerRefused(released.refusal) }
    }
    const read = readStepAnswer(request.form, request.now, eligible)
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    const answered = await answerStep(request, permit, concern, step, read.value)
    return answered.ok ? { kind: 'done', to } : { kind: 'invalid', errors: answerRefused(answered.refusal) }
  },
})

/** Starting what the policy does where it has come to that: the police are here to speak with a pupil. */
const startForm = formRoutes<'pathway.answer'>({
  path: '/pathways',
  action: 'pathway.answer',
  opens: 'concern.opened',
  does: 'pathway.opened',
  draw: async ({ request, concern, frame, form, errors }) =>
    pageFor(
      request,
      { title: 'Start what the policy says', errors, back: backTo(concern), quickExit: true },
      <>
        <FormHead caption={concern.reference} title="Start what the policy says" errors={errors} notice={frame.notice} />
        <FormFrame frame={frame} save="Start" cancelHref={`/concerns/${concern.id}`}>
          <Radios
            name="pathway"
            legend="What has come up?"
            legendSize="s"
            value={form.text('pathway')}
            error={findError(errors, 'pathway')}
            items={request.profile.pathways
              .filter(({ when }) => when.byHand)
              .map(({ id, name, source }) => ({ value: id, label: name, hint: sourceText(request.profile, source) }))}
          />
        </FormFrame>
      </>,
    ),
  submit: async ({ request, permit, concern }) => {
    const started = await startByHand(request, permit, concern, request.form.text('pathway'))
    return started.ok
      ? { kind: 'done', to: `/concerns/${concern.id}#policy-asks` }
      : { kind: 'invalid', errors: [{ field: 'pathway', says: 'Select what has come up.' }] }
  },
})

/** The pages on which the team writes down what the policy asks for. */
export const stepRoutes: readonly Route[] = [...stepForm, ...startForm]
