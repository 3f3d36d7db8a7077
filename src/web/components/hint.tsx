import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface HintProps {
  readonly id?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** Help for one question, read out together with it. */
export function Hint(props: HintProps): VNode {
  return (
    <div id={props.id} class={classNames('govuk-hint', props.class)} {...props.attributes}>
      {props.children}
    </div>
  )
}
