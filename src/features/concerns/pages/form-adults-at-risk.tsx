import type { VNode } from 'preact'
import { Hint } from '../../../web/components/index.ts'
import { adultsAtRisk, atRiskGroup, promptsForAdults } from '../adults-at-risk.ts'
import { PeopleRows } from './form-circumstances.tsx'
import type { SectionProps } from './form-parts.tsx'

/** Where the policy has worries that are also for adults: who it is, found by name or described. */
export function AdultsAtRisk(section: SectionProps): VNode | null {
  const { form, profile } = section.context
  const names = promptsForAdults(profile).map(({ name }) => name)
  if (names.length === 0) return null
  const isOpen =
    adultsAtRisk(form).length > 0 ||
    form.text('_do') === `add-${atRiskGroup}` ||
    section.errors.some(error => error.field.startsWith(`${atRiskGroup}-`))
  return (
    <details class="govuk-details" open={isOpen}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">I am worried for an adult, not for a child</span>
      </summary>
      <div class="govuk-details__text">
        <Hint>
          Only for this: {names.join(', ')}. Then no child has to be named. If you are worried about how an adult behaves towards
          children, use “Other people” below instead.
        </Hint>
        <PeopleRows
          {...section}
          group={atRiskGroup}
          legend="For whom are you worried?"
          hint="For example: cousin of a pupil, parent, cleaner here"
          another="Add another adult"
        />
      </div>
    </details>
  )
}
