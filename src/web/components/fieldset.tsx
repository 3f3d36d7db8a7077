import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, isPresent, type TextSize } from './attributes.ts'

/** How a fieldset is named, shared by every component that can draw one. */
export interface LegendProps {
  readonly legend?: Content
  readonly legendSize?: TextSize | undefined
  readonly legendClass?: string | undefined
  /** Makes the legend the page's h1. */
  readonly legendIsHeading?: boolean | undefined
}

export interface FieldsetProps extends LegendProps {
  readonly class?: string | undefined
  readonly role?: 'group' | undefined
  readonly describedBy?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children?: Content
}

/** Groups the controls that answer one question. */
export function Fieldset(props: FieldsetProps): VNode {
  return (
    <fieldset
      class={classNames('govuk-fieldset', props.class)}
      role={props.role}
      aria-describedby={props.describedBy}
      {...props.attributes}
    >
      {isPresent(props.legend) && (
        <legend
          class={classNames(
            'govuk-fieldset__legend',
            props.legendSize && `govuk-fieldset__legend--${props.legendSize}`,
            props.legendClass,
          )}
        >
          {props.legendIsHeading ? <h1 class="govuk-fieldset__heading">{props.legend}</h1> : props.legend}
        </legend>
      )}
      {props.children}
    </fieldset>
  )
}
