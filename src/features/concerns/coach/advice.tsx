import type { VNode } from 'preact'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Account } from '../model.ts'
import { type Advice, type CoachedBox, coach } from './rules.ts'

/** The field of the form that holds each box, and what the page calls it. */
export const coachedFields: Readonly<Record<CoachedBox, { readonly name: string; readonly says: string }>> = {
  childWords: { name: 'child-words', says: "The child's own words" },
  seen: { name: 'seen', says: 'What I saw or heard' },
  opinion: { name: 'opinion', says: 'What I think' },
  done: { name: 'done', says: 'What I did' },
}

/** One piece of advice as the page's script draws it. */
export interface AdviceForField {
  readonly field: string
  readonly rule: string
  readonly says: string
}

/** The coach's advice on what stands in the form now, for the answer to a saved draft. */
export function adviceOn(form: FormValues): readonly AdviceForField[] {
  const account: Account = {
    childWords: form.text(coachedFields.childWords.name),
    seen: form.text(coachedFields.seen.name),
    opinion: form.text(coachedFields.opinion.name),
    done: form.text(coachedFields.done.name),
  }
  return coach(account).map(({ box, rule, says }) => ({ field: coachedFields[box].name, rule, says }))
}

export interface CoachAdviceProps {
  readonly advice: readonly Advice[]
  /** Where a box of the form is changed: `field` is its name. */
  readonly changeHref?: ((field: string) => string) | undefined
}

/** What could be clearer, before it is sent; nothing of it stands in the way. */
export function CoachAdvice({ advice, changeHref }: CoachAdviceProps): VNode | null {
  if (advice.length === 0) return null
  return (
    <section class="hf-advice govuk-!-margin-bottom-6" aria-labelledby="coach">
      <h2 class="govuk-heading-s" id="coach">
        Could this be clearer?
      </h2>
      <p>You can send it as it is. A fact that is missing now is hard to find later.</p>
      <ul class="govuk-list govuk-list--bullet">
        {advice.map(({ box, says }) => (
          <li>
            {changeHref ? (
              <a class="govuk-link" href={changeHref(coachedFields[box].name)}>
                {coachedFields[box].says}
              </a>
            ) : (
              coachedFields[box].says
            )}
            : {says}
          </li>
        ))}
      </ul>
    </section>
  )
}
