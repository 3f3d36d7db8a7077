import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, isPresent, type TextSize } from './attributes.ts'

export interface LabelProps {
  readonly for?: string | undefined
  readonly size?: TextSize | undefined
  readonly class?: string | undefined
  /** Wraps the label in the page's h1. */
  readonly isHeading?: boolean | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** The visible name of one form control. */
export function Label(props: LabelProps): VNode | null {
  if (!isPresent(props.children)) return null
  const label = (
    <label
      class={classNames('govuk-label', props.size && `govuk-label--${props.size}`, props.class)}
      {...props.attributes}
      for={props.for}
    >
      {props.children}
    </label>
  )
  return props.isHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}
