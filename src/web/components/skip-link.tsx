import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface SkipLinkProps {
  readonly href?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** Takes those who use a keyboard past the navigation. */
export function SkipLink(props: SkipLinkProps): VNode {
  return (
    <a
      href={props.href || '#content'}
      class={classNames('govuk-skip-link', props.class)}
      {...props.attributes}
      data-module="govuk-skip-link"
    >
      {props.children}
    </a>
  )
}
