import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, isPresent } from './attributes.ts'

export interface BackLinkProps {
  readonly href: string
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** The way back to the page before. */
export function BackLink(props: BackLinkProps): VNode {
  return (
    <a href={props.href} class={classNames('govuk-back-link', props.class)} {...props.attributes}>
      {isPresent(props.children) ? props.children : 'Back'}
    </a>
  )
}
