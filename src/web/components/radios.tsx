import type { VNode } from 'preact'
import { classNames, type Items } from './attributes.ts'
import { type Choice, type ChoiceDivider, ChoiceItem, choiceId } from './choices.tsx'
import { describedByOf, GroupedFields, type GroupProps } from './field-group.tsx'

export interface RadiosProps extends GroupProps {
  readonly name: string
  readonly idPrefix?: string | undefined
  readonly items: Items<Choice | ChoiceDivider>
  readonly value?: string | number | undefined
  readonly look?: 'inline' | 'small' | undefined
}

/** A question with one answer out of a few. */
export function Radios(props: RadiosProps): VNode {
  const idPrefix = props.idPrefix ?? props.name
  return (
    <GroupedFields group={props} id={idPrefix} describedBy={describedByOf(idPrefix, props)}>
      <div
        class={classNames('govuk-radios', props.look && `govuk-radios--${props.look}`, props.class)}
        {...props.attributes}
        data-module="govuk-radios"
      >
        {props.before}
        {props.items.map((item, index) =>
          !item ? null : 'divider' in item ? (
            <div class="govuk-radios__divider">{item.divider}</div>
          ) : (
            <ChoiceItem
              kind="radio"
              item={item}
              id={choiceId(idPrefix, item, index)}
              name={props.name}
              isChecked={item.checked ?? (props.value !== undefined && String(item.value) === String(props.value))}
            />
          ),
        )}
        {props.after}
      </div>
    </GroupedFields>
  )
}
