import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface WarningTextProps {
  /** Spoken in place of the exclamation mark. */
  readonly iconText?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** A sentence about something that has consequences. */
export function WarningText(props: WarningTextProps): VNode {
  return (
    <div class={classNames('govuk-warning-text', props.class)} {...props.attributes}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{props.iconText || 'Warning'}</span> {props.children}
      </strong>
    </div>
  )
}
