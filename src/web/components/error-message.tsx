import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface ErrorMessageProps {
  readonly id?: string | undefined
  readonly class?: string | undefined
  /** Spoken before the message; an empty text leaves it out. */
  readonly hiddenText?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** What is wrong with one answer, and what to do about it. */
export function ErrorMessage({ hiddenText = 'Error', ...props }: ErrorMessageProps): VNode {
  return (
    <p id={props.id} class={classNames('govuk-error-message', props.class)} {...props.attributes}>
      {hiddenText && (
        <>
          <span class="govuk-visually-hidden">{hiddenText}:</span>{' '}
        </>
      )}
      {props.children}
    </p>
  )
}
