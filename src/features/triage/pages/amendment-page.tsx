import type { VNode } from 'preact'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Choice } from '../../../policy/clocks.ts'
import type { Profile } from '../../../policy/profile.ts'
import { findError, Radios, Textarea } from '../../../web/components/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { JudgementToAmend } from '../page-model.ts'
import { choiceNames } from '../words.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'

export interface AmendmentPageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly judgements: readonly JudgementToAmend[]
}

function judgementInWords(profile: Profile, { kind, says }: JudgementToAmend): string {
  switch (kind) {
    case 'triage': {
      const levels = [profile.levels, ...profile.otherLevels].flatMap(framework => framework.levels)
      return `Triage: ${levels.find(({ id }) => id === says)?.name ?? says}`
    }
    case 'decision':
      return `Decision: ${choiceNames[says as Choice]}`
    case 'closure':
      return 'Closing'
  }
}

/** What is corrected, what is right, and why; the first stays as it was written. */
export function AmendmentPage(props: AmendmentPageProps): VNode {
  const { profile, now, concern, judgements, form, errors } = props
  const only = judgements.length === 1 ? judgements[0]?.id : undefined
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Correct what was recorded"
        errors={errors}
        notice={props.notice}
      />
      {judgements.length === 0 ? (
        <p class="govuk-body">Nothing is judged or decided yet, so there is nothing to correct.</p>
      ) : (
        <FormFrame frame={props} save="Keep the correction" cancelHref={`/concerns/${concern.id}`}>
          <p class="govuk-body">
            Nothing is taken away: what was written first stays in sight, with your correction beside it. To decide anew, use
            “Decide again”.
          </p>
          <Radios
            name="of"
            legend="What do you correct?"
            legendSize="s"
            look="small"
            value={form.text('of') || only}
            error={findError(errors, 'of')}
            items={judgements.map(judgement => ({
              value: judgement.id,
              label: judgementInWords(profile, judgement),
              hint: `${judgement.byName}, ${nearMomentInWords(judgement.at, now)}`,
            }))}
          />
          <Textarea
            name="says"
            label="What is right"
            labelSize="s"
            rows={4}
            value={form.text('says')}
            error={findError(errors, 'says')}
          />
          <Textarea
            name="because"
            label="Why it is corrected"
            labelSize="s"
            hint="How the mistake came about, or who noticed it."
            rows={2}
            value={form.text('because')}
            error={findError(errors, 'because')}
          />
        </FormFrame>
      )}
    </>
  )
}
