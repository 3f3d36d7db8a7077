/** Worries that the policy takes for adults too: who is at risk, as the form has it. */
import type { Profile, PromptOption } from '../../policy/profile.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { rowsOf } from './form-fields.ts'

export const atRiskGroup = 'at-risk'

/** What a worry for an adult may be about at this school; empty where the policy has none. */
export function promptsForAdults({ concern }: Pick<Profile, 'concern'>): readonly PromptOption[] {
  return concern.prompts.filter(({ adults }) => adults)
}

/** The rows in which an adult at risk is named or described. */
export function adultsAtRisk(form: FormValues): readonly number[] {
  return Array.from({ length: rowsOf(form, atRiskGroup) }, (_, index) => index + 1).filter(
    n => form.text(`${atRiskGroup}-${n}-name`).trim() !== '' || form.text(`${atRiskGroup}-${n}-relation`).trim() !== '',
  )
}
