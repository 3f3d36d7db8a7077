import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface InsetTextProps {
  readonly id?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** A passage set apart from the text around it, such as a quotation. */
export function InsetText(props: InsetTextProps): VNode {
  return (
    <div id={props.id} class={classNames('govuk-inset-text', props.class)} {...props.attributes}>
      {props.children}
    </div>
  )
}
