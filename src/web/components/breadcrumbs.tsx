import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface Breadcrumb {
  readonly text: Content
  /** The page itself has no link. */
  readonly href?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface BreadcrumbsProps {
  readonly items: readonly Breadcrumb[]
  readonly label?: string | undefined
  readonly collapseOnMobile?: boolean | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** Where this page stands among the others. */
export function Breadcrumbs({ label = 'Breadcrumb', ...props }: BreadcrumbsProps): VNode {
  return (
    <nav
      class={classNames('govuk-breadcrumbs', props.class, props.collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile')}
      {...props.attributes}
      aria-label={label}
    >
      <ol class="govuk-breadcrumbs__list">
        {props.items.map(item =>
          item.href ? (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...item.attributes}>
                {item.text}
              </a>
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {item.text}
            </li>
          ),
        )}
      </ol>
    </nav>
  )
}
