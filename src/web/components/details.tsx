import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface DetailsProps {
  readonly summary: Content
  readonly id?: string | undefined
  readonly isOpen?: boolean | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** More for those who want it, folded away for the rest. */
export function Details(props: DetailsProps): VNode {
  return (
    <details id={props.id} class={classNames('govuk-details', props.class)} {...props.attributes} open={props.isOpen}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{props.summary}</span>
      </summary>
      <div class="govuk-details__text">{props.children}</div>
    </details>
  )
}
