import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, isPresent } from './attributes.ts'
import { Button } from './button.tsx'
import { i18nAttributes } from './i18n.ts'

/** What a script says while somebody presses the key that leaves. */
export interface ExitTexts {
  readonly activated?: string | undefined
  readonly timedOut?: string | undefined
  readonly pressTwoMoreTimes?: string | undefined
  readonly pressOneMoreTime?: string | undefined
}

export interface ExitThisPageProps {
  /** Where to go: a page that says nothing about the reader. */
  readonly href?: string | undefined
  readonly id?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly texts?: ExitTexts | undefined
  readonly children?: Content
}

/** Leaves at once for a harmless page, by pressing it or Escape three times. */
export function ExitThisPage(props: ExitThisPageProps): VNode {
  return (
    <div
      id={props.id}
      class={classNames('govuk-exit-this-page', props.class)}
      data-module="govuk-exit-this-page"
      {...props.attributes}
      {...i18nAttributes({ ...props.texts })}
    >
      <Button
        look="warning"
        class="govuk-exit-this-page__button govuk-js-exit-this-page-button"
        href={props.href ?? 'https://www.bbc.co.uk/weather'}
        attributes={{ rel: 'nofollow noreferrer' }}
      >
        {isPresent(props.children) ? (
          props.children
        ) : (
          <>
            <span class="govuk-visually-hidden">Emergency</span> Exit this page
          </>
        )}
      </Button>
    </div>
  )
}
