import type { VNode } from 'preact'
import { type Attributes, type Content, classNames } from './attributes.ts'

export interface ButtonProps {
  /** Draws a link that looks like a button. */
  readonly href?: string | undefined
  readonly type?: 'submit' | 'button' | 'reset' | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly id?: string | undefined
  readonly look?: 'secondary' | 'warning' | 'inverse' | undefined
  readonly isStart?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly preventDoubleClick?: boolean | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

function StartIcon(): VNode {
  return (
    <svg
      class="govuk-button__start-icon"
      xmlns="http://www.w3.org/2000/svg"
      width="17.5"
      height="19"
      viewBox="0 0 33 40"
      aria-hidden="true"
      focusable="false"
    >
      <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
    </svg>
  )
}

/** A button that sends the form, or a link in its clothes. */
export function Button(props: ButtonProps): VNode {
  const { href, isStart, disabled, children } = props
  const common = {
    class: classNames('govuk-button', props.look && `govuk-button--${props.look}`, props.class, isStart && 'govuk-button--start'),
    'data-module': 'govuk-button',
    ...props.attributes,
    id: props.id,
  }
  // A start button is a flex container: loose elements in it would lose the blanks between them.
  const content = isStart && typeof children !== 'string' ? <span>{children}</span> : children
  if (href !== undefined) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: it goes somewhere, so it is a link; the official markup says so to those who listen
      <a href={href} role="button" draggable={false} {...common}>
        {content}
        {isStart && <StartIcon />}
      </a>
    )
  }
  return (
    <button
      type={props.type ?? 'submit'}
      value={props.value}
      name={props.name}
      disabled={disabled}
      aria-disabled={disabled ? 'true' : undefined}
      data-prevent-double-click={props.preventDoubleClick === undefined ? undefined : String(props.preventDoubleClick)}
      {...common}
    >
      {content}
      {isStart && <StartIcon />}
    </button>
  )
}

/** Keeps buttons and the links beside them in one row. */
export function ButtonGroup({ children }: { readonly children: Content }): VNode {
  return <div class="govuk-button-group">{children}</div>
}
