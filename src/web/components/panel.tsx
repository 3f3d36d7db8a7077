import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, isPresent } from './attributes.ts'
import { Button } from './button.tsx'
import { type HeadingLevel, headingTag } from './heading.ts'

export interface PanelAction {
  readonly text: Content
  readonly href?: string | undefined
  /** Draws a link as a button, or says what a button does. */
  readonly type?: 'button' | 'submit' | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface PanelProps {
  readonly title: Content
  readonly headingLevel?: HeadingLevel | undefined
  /** Stops somebody to think before going on, instead of confirming what was done. */
  readonly isInterruption?: boolean | undefined
  readonly actions?: readonly PanelAction[] | undefined
  readonly actionsClass?: string | undefined
  readonly actionsAttributes?: Attributes | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

function Action({ action }: { readonly action: PanelAction }): VNode {
  if (action.href === undefined || action.type === 'button') {
    return (
      <Button
        type={action.type ?? 'button'}
        look="inverse"
        class={action.class}
        href={action.href}
        attributes={action.attributes}
      >
        {action.text}
      </Button>
    )
  }
  return (
    <a class={classNames('govuk-link govuk-link--inverse', action.class)} href={action.href} {...action.attributes}>
      {action.text}
    </a>
  )
}

/** The large box that says that something was done, or that asks somebody to stop and think. */
export function Panel({ headingLevel = 1, isInterruption, actions, ...props }: PanelProps): VNode {
  const Heading = headingTag(headingLevel)
  return (
    <div
      class={classNames('govuk-panel', `govuk-panel--${isInterruption ? 'interruption' : 'confirmation'}`, props.class)}
      {...props.attributes}
    >
      <Heading class="govuk-panel__title">{props.title}</Heading>
      {isPresent(props.children) && <div class="govuk-panel__body">{props.children}</div>}
      {isInterruption && actions && (
        <div class={classNames('govuk-panel__actions', props.actionsClass)} {...props.actionsAttributes}>
          {actions.length > 0 && (
            <div class="govuk-button-group">
              {actions.map(action => (
                <Action action={action} />
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  )
}
