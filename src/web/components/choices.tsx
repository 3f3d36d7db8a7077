import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, idList, isPresent } from './attributes.ts'
import { Hint } from './hint.tsx'
import { Label } from './label.tsx'

/** A line between groups of choices, such as "or". */
export interface ChoiceDivider {
  readonly divider: Content
}

/** One choice among several. */
export interface Choice {
  readonly value: string | number
  readonly label: Content
  readonly hint?: Content
  readonly checked?: boolean | undefined
  readonly disabled?: boolean | undefined
  /** Asked only of those who make this choice. */
  readonly conditional?: Content
  readonly id?: string | undefined
  readonly labelClass?: string | undefined
  readonly labelAttributes?: Attributes | undefined
  readonly attributes?: Attributes | undefined
}

/** One choice among several of which more than one can hold. */
export interface CheckboxChoice extends Choice {
  readonly name?: string | undefined
  /** An exclusive choice, such as "none of these", clears the others. */
  readonly behaviour?: 'exclusive' | undefined
}

export interface ChoiceItemProps {
  readonly kind: 'radio' | 'checkbox'
  readonly item: CheckboxChoice
  readonly id: string
  readonly name: string
  readonly isChecked: boolean
  readonly describedBy?: string | undefined
}

/** Draws one radio or checkbox with its label, hint and the question it opens. */
export function ChoiceItem({ kind, item, id, name, isChecked, describedBy }: ChoiceItemProps): VNode {
  const block = kind === 'radio' ? 'govuk-radios' : 'govuk-checkboxes'
  const hintId = isPresent(item.hint) ? `${id}-item-hint` : undefined
  const conditionalId = isPresent(item.conditional) ? `conditional-${id}` : undefined
  return (
    <>
      <div class={`${block}__item`}>
        <input
          class={`${block}__input`}
          id={id}
          name={name}
          type={kind}
          value={item.value}
          checked={isChecked}
          disabled={item.disabled}
          data-aria-controls={conditionalId}
          data-behaviour={item.behaviour}
          aria-describedby={idList(describedBy, hintId)}
          {...item.attributes}
        />
        <Label for={id} class={classNames(`${block}__label`, item.labelClass)} attributes={item.labelAttributes}>
          {item.label}
        </Label>
        {hintId && (
          <Hint id={hintId} class={`${block}__hint`}>
            {item.hint}
          </Hint>
        )}
      </div>
      {conditionalId && (
        <div class={classNames(`${block}__conditional`, !isChecked && `${block}__conditional--hidden`)} id={conditionalId}>
          {item.conditional}
        </div>
      )}
    </>
  )
}

/** The id of a choice: the first takes the question's own, so that an error summary can link to it. */
export function choiceId(idPrefix: string, item: Choice, index: number): string {
  return item.id ?? (index === 0 ? idPrefix : `${idPrefix}-${index + 1}`)
}
