import type { VNode } from 'preact'
import { type Attributes, classNames, type Items, isPresent, present } from './attributes.ts'
import { describedByOf, type FieldProps, LabelledField } from './field-group.tsx'

export interface SelectOption {
  /** The text serves where no value is given. */
  readonly value?: string | number | undefined
  readonly text: string
  readonly selected?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

export interface SelectProps extends FieldProps {
  readonly items: Items<SelectOption>
  readonly value?: string | number | undefined
}

function isSelected(item: SelectOption, value: string | number | undefined): boolean {
  if (item.selected !== undefined) return item.selected
  return value !== undefined && value !== '' && String(item.value ?? item.text) === String(value)
}

/** A question with one answer out of a long list. */
export function Select(props: SelectProps): VNode {
  const id = props.id ?? props.name
  return (
    <LabelledField field={props} id={id}>
      {props.before}
      <select
        class={classNames('govuk-select', props.class, isPresent(props.error) && 'govuk-select--error')}
        id={id}
        name={props.name}
        disabled={props.disabled}
        aria-describedby={describedByOf(id, props)}
        {...props.attributes}
      >
        {present(props.items).map(item => (
          <option value={item.value} selected={isSelected(item, props.value)} disabled={item.disabled} {...item.attributes}>
            {item.text}
          </option>
        ))}
      </select>
      {props.after}
    </LabelledField>
  )
}
