import type { VNode } from 'preact'
import { classNames, type Items, isPresent } from './attributes.ts'
import { type CheckboxChoice, type ChoiceDivider, ChoiceItem, choiceId } from './choices.tsx'
import { describedByOf, GroupedFields, type GroupProps } from './field-group.tsx'

export interface CheckboxesProps extends GroupProps {
  readonly name: string
  readonly idPrefix?: string | undefined
  readonly items: Items<CheckboxChoice | ChoiceDivider>
  readonly values?: readonly (string | number)[] | undefined
  readonly look?: 'small' | undefined
}

/** A question with any number of answers out of a few. */
export function Checkboxes(props: CheckboxesProps): VNode {
  const idPrefix = props.idPrefix ?? props.name
  const describedBy = describedByOf(idPrefix, props)
  const values = new Set(props.values?.map(String))
  return (
    <GroupedFields group={props} id={idPrefix} describedBy={describedBy}>
      <div
        class={classNames('govuk-checkboxes', props.look && `govuk-checkboxes--${props.look}`, props.class)}
        {...props.attributes}
        data-module="govuk-checkboxes"
      >
        {props.before}
        {props.items.map((item, index) =>
          !item ? null : 'divider' in item ? (
            <div class="govuk-checkboxes__divider">{item.divider}</div>
          ) : (
            <ChoiceItem
              kind="checkbox"
              item={item}
              id={choiceId(idPrefix, item, index)}
              name={item.name ?? props.name}
              isChecked={item.checked ?? values.has(String(item.value))}
              describedBy={isPresent(props.legend) ? undefined : describedBy}
            />
          ),
        )}
        {props.after}
      </div>
    </GroupedFields>
  )
}
