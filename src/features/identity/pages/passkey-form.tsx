import type { VNode } from 'preact'
import { Button, type Content, Form } from '../../../web/components/index.ts'

export interface PasskeyAsk {
  readonly challenge: string
  readonly rpId: string
  /** Whose key it will be, where one is made. */
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string }
  /** Keys that would do, or that are there already. */
  readonly known?: readonly { readonly id: string; readonly transports: readonly string[] }[]
}

/** A form that a script shows and fills with what the device answers. Without scripts it stays hidden. */
export function PasskeyForm(props: {
  readonly action: string
  readonly kind: 'make' | 'prove'
  readonly formToken: string
  readonly commandKey?: string | undefined
  readonly ask: PasskeyAsk
  readonly button: string
  readonly secondary?: boolean
  readonly children?: Content
}): VNode {
  return (
    <Form
      action={props.action}
      formToken={props.formToken}
      commandKey={props.commandKey}
      attributes={{ hidden: true, 'data-hf-passkey': props.kind, 'data-hf-asks': JSON.stringify(props.ask) }}
    >
      {props.children}
      <input type="hidden" name="response" value="" />
      <p class="govuk-error-message" role="alert" data-hf-refused hidden>
        Your device gave no passkey. Try again, or use another way to prove that it is you
      </p>
      <Button look={props.secondary ? 'secondary' : undefined}>{props.button}</Button>
    </Form>
  )
}
