import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface GenericHeaderProps {
  readonly href?: string | undefined
  readonly class?: string | undefined
  readonly containerClass?: string | undefined
  readonly attributes?: Attributes | undefined
  /** The name or mark that leads home. */
  readonly children?: Content
  /** Stands at the far end of the band, such as who is signed in. */
  readonly end?: Content
}

/** The band at the head of every page; made for those who are not on GOV.UK, so without a crown. */
export function GenericHeader(props: GenericHeaderProps): VNode {
  return (
    <div class={classNames('govuk-generic-header', props.class)} {...props.attributes}>
      <div class={classNames('govuk-generic-header__container', props.containerClass || 'govuk-width-container')}>
        <div class="govuk-generic-header__logo">
          <a href={props.href || '/'} class="govuk-generic-header__homepage-link">
            {props.children}
          </a>
        </div>
        {props.end}
      </div>
    </div>
  )
}
