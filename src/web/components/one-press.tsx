import type { VNode } from 'preact'
import { Form } from './form.tsx'

export interface OnePressProps {
  /** Whatever makes the form of a page safe to send. */
  readonly request: { readonly formToken: string; newCommandKey(): string }
  readonly action: string
  readonly says: string
  /** For those who do not see what stands beside it. */
  readonly about: string
  readonly fields?: Readonly<Record<string, string>>
}

/** A small form that changes one thing by one press. */
export function OnePress({ request, action, says, about, fields = {} }: OnePressProps): VNode {
  return (
    <Form action={action} formToken={request.formToken} commandKey={request.newCommandKey()} class="govuk-!-display-inline-block">
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="hf-link-button govuk-!-text-align-left">
        {says}
        <span class="govuk-visually-hidden"> {about}</span>
      </button>
    </Form>
  )
}
