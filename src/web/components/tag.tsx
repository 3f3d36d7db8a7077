import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export type TagColour = 'grey' | 'green' | 'teal' | 'blue' | 'purple' | 'magenta' | 'red' | 'orange' | 'yellow'

export interface TagProps {
  readonly colour?: TagColour | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** The status of a thing in a word or two; the colour repeats what the word says. */
export function Tag(props: TagProps): VNode {
  return (
    <strong class={classNames('govuk-tag', props.colour && `govuk-tag--${props.colour}`, props.class)} {...props.attributes}>
      {props.children}
    </strong>
  )
}
