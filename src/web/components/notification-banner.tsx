import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, isPresent } from './attributes.ts'
import { type HeadingLevel, headingTag } from './heading.ts'

export interface NotificationBannerProps {
  readonly type?: 'success' | undefined
  readonly title?: Content
  readonly titleId?: string | undefined
  readonly headingLevel?: HeadingLevel | undefined
  readonly role?: 'alert' | 'region' | 'status' | undefined
  readonly disableAutoFocus?: boolean | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  /** One sentence, drawn large. */
  readonly text?: Content
  /** Anything longer, in the place of the sentence. */
  readonly children?: Content
}

/** News about this page that is not an error: what was just done, or what to know first. */
export function NotificationBanner(props: NotificationBannerProps): VNode {
  const { type, titleId = 'govuk-notification-banner-title', headingLevel = 2, children } = props
  const Heading = headingTag(headingLevel)
  const title = isPresent(props.title) ? props.title : type === 'success' ? 'Success' : 'Important'
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: every role that can be given here takes a name
    <div
      class={classNames('govuk-notification-banner', type && `govuk-notification-banner--${type}`, props.class)}
      role={props.role ?? (type === 'success' ? 'alert' : 'region')}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={props.disableAutoFocus === undefined ? undefined : String(props.disableAutoFocus)}
      {...props.attributes}
    >
      <div class="govuk-notification-banner__header">
        <Heading class="govuk-notification-banner__title" id={titleId}>
          {title}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {isPresent(children) ? children : isPresent(props.text) && <p class="govuk-notification-banner__heading">{props.text}</p>}
      </div>
    </div>
  )
}
