/** The policy's questions to whoever records a concern: read from the form, in the order of the page. */
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import { type Answer, questionsAt, readAnswers } from '../questions/index.ts'
import type { FormContext } from './form-reading.ts'

/** The answers to what these prompts make the policy ask, and what is wrong with them. */
export function readAsked(
  { form, profile, now }: Pick<FormContext, 'form' | 'profile' | 'now'>,
  prompts: readonly string[],
): { readonly answers: readonly Answer[]; readonly errors: FieldErrors } {
  const reader = new FormReader(form, now)
  const answers = readAnswers(reader, questionsAt(profile, 'recording'), { categories: [], prompts })
  return { answers, errors: reader.errors }
}
