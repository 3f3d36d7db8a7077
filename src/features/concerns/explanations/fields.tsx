import type { VNode } from 'preact'
import { DateInput, type FieldErrors, findError, Input, Radios, Textarea } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { agreements, type Explanation, explainers, treatments } from './model.ts'
import { agreementNames, Explanations, explainerNames, treatmentNames } from './shown.tsx'

export interface ExplanationFieldsProps {
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly markN: number
  /** What was said of this injury before, as far as the writer may see it. */
  readonly earlier: readonly Explanation[]
}

/** The questions about a further explanation of one injury, below what was said before. */
export function ExplanationFields({ form, errors, markN, earlier }: ExplanationFieldsProps): VNode {
  const line = (name: string) => ({ name, value: form.text(name), error: findError(errors, name), attributes: { dir: 'auto' } })
  return (
    <>
      <input type="hidden" name="mark" value={markN} />
      <h2 class="govuk-heading-m">What was said before</h2>
      <div class="govuk-body">
        <Explanations explanations={earlier} />
      </div>
      <Radios
        name="by"
        look="small"
        legend="Who says how it happened?"
        legendSize="s"
        items={explainers.map(value => ({
          value,
          label: explainerNames[value],
          ...(value === 'other'
            ? { conditional: <Input {...line('by-says')} label="Who?" class="govuk-!-width-two-thirds" /> }
            : {}),
        }))}
        value={form.text('by')}
        error={findError(errors, 'by')}
      />
      <Textarea
        {...line('says')}
        label="How do they say it happened?"
        labelSize="s"
        hint="In their own words. Do not press a child for an answer, and do not tell anybody what somebody else has said."
        rows={3}
      />
      {earlier.some(one => one.says !== '') && (
        <Radios
          name="agrees"
          look="small"
          legend="Does this agree with what was said before?"
          legendSize="s"
          hint="If not, or if you are not sure, the safeguarding team is shown that the explanations differ."
          items={agreements.map(value => ({ value, label: agreementNames[value] }))}
          value={form.text('agrees')}
          error={findError(errors, 'agrees')}
        />
      )}
      <DateInput
        id="said"
        namePrefix="said"
        legend="When was it said?"
        legendClass="govuk-fieldset__legend--s"
        hint="Leave it empty for today."
        values={Object.fromEntries(['day', 'month', 'year'].map(part => [`said-${part}`, form.text(`said-${part}`)]))}
        error={findError(errors, 'said-day')}
      />
      <Input {...line('said-time')} label="At what time, if you know?" width={10} />
      <Radios
        name="treatment"
        look="small"
        legend="Was treatment sought for the injury?"
        legendSize="s"
        items={treatments.map(value => ({
          value,
          label: treatmentNames[value],
          ...(value === 'sought'
            ? {
                conditional: <Input {...line('treatment-says')} label="When, and where?" class="govuk-!-width-two-thirds" />,
              }
            : {}),
        }))}
        value={form.text('treatment')}
      />
    </>
  )
}
