import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, isPresent } from './attributes.ts'

export interface ErrorSummaryItem {
  /** Where the answer is, as a fragment of this page. */
  readonly href?: string | undefined
  readonly says: Content
  readonly attributes?: Attributes | undefined
}

export interface ErrorSummaryProps {
  readonly title?: Content
  readonly errors?: readonly ErrorSummaryItem[] | undefined
  readonly class?: string | undefined
  readonly disableAutoFocus?: boolean | undefined
  readonly attributes?: Attributes | undefined
  /** A sentence between title and list. */
  readonly children?: Content
}

/** Everything that is wrong with a form, at its top, each linked to its place. */
export function ErrorSummary({ title = 'There is a problem', errors = [], ...props }: ErrorSummaryProps): VNode {
  return (
    <div
      class={classNames('govuk-error-summary', props.class)}
      data-disable-auto-focus={props.disableAutoFocus === undefined ? undefined : String(props.disableAutoFocus)}
      {...props.attributes}
      data-module="govuk-error-summary"
    >
      <div role="alert">
        <h2 class="govuk-error-summary__title">{title}</h2>
        <div class="govuk-error-summary__body">
          {isPresent(props.children) && <p>{props.children}</p>}
          {errors.length > 0 && (
            <ul class="govuk-list govuk-error-summary__list">
              {errors.map(error => (
                <li>
                  {error.href ? (
                    <a href={error.href} {...error.attributes}>
                      {error.says}
                    </a>
                  ) : (
                    error.says
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  )
}
