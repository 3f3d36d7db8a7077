import type { VNode } from 'preact'
import { type Attributes, classNames, type Items, isPresent, present } from './attributes.ts'
import { describedByOf, GroupedFields, type GroupProps } from './field-group.tsx'
import { Input } from './input.tsx'

/** One box of a date. */
export interface DatePart {
  readonly name?: string | undefined
  readonly label?: string | undefined
  readonly id?: string | undefined
  readonly value?: string | number | undefined
  readonly class?: string | undefined
  /** Marks this box, and then only those marked, when the date is wrong. */
  readonly hasError?: boolean | undefined
  readonly autocomplete?: string | undefined
  readonly inputmode?: 'numeric' | 'decimal' | 'text' | undefined
  readonly pattern?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface DateInputProps extends GroupProps {
  readonly id: string
  /** Put before each name with a hyphen: "happened" gives "happened-day". */
  readonly namePrefix?: string | undefined
  /** Null leaves a box out. */
  readonly day?: DatePart | null | undefined
  readonly month?: DatePart | null | undefined
  readonly year?: DatePart | null | undefined
  /** What was typed, by the boxes' full names or by day, month and year. */
  readonly values?: { readonly [name: string]: string | number | undefined } | undefined
  /** Other boxes, or another order, than day, month, year. */
  readonly items?: Items<DatePart> | undefined
}

type DateUnit = 'day' | 'month' | 'year'
const units: readonly DateUnit[] = ['day', 'month', 'year']

function unitPart(unit: DateUnit, props: DateInputProps): DatePart | null {
  const part = props[unit]
  return part === undefined ? { name: unit } : part
}

function unitOf(part: DatePart, props: DateInputProps): DateUnit | undefined {
  return units.find(unit => part === props[unit] || (part.name !== undefined && [unit, props[unit]?.name].includes(part.name)))
}

function DateBox({
  part,
  props,
  isMarked,
}: {
  readonly part: DatePart
  readonly props: DateInputProps
  readonly isMarked: boolean
}): VNode {
  const unit = unitOf(part, props)
  const name = part.name ?? unit ?? ''
  const fullName = props.namePrefix ? `${props.namePrefix}-${name}` : name
  const width = part.class?.includes('govuk-input--width-') ? undefined : unit === 'year' ? 4 : 2
  return (
    <div class="govuk-date-input__item">
      <Input
        label={part.label ?? name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()}
        labelClass="govuk-date-input__label"
        id={part.id ?? `${props.id}-${name}`}
        class={classNames(
          'govuk-date-input__input',
          isMarked && 'govuk-input--error',
          width && `govuk-input--width-${width}`,
          part.class,
        )}
        name={fullName}
        value={part.value ?? (unit && props[unit]?.value) ?? props.values?.[fullName] ?? (unit && props.values?.[unit])}
        inputmode={part.inputmode ?? 'numeric'}
        autocomplete={part.autocomplete}
        pattern={part.pattern}
        attributes={part.attributes}
      />
    </div>
  )
}

/** A date, asked as day, month and year, because typing one that is known is easier than a calendar. */
export function DateInput(props: DateInputProps): VNode {
  const withUnits = { ...props, day: unitPart('day', props), month: unitPart('month', props), year: unitPart('year', props) }
  const parts = present(props.items?.length ? props.items : [withUnits.day, withUnits.month, withUnits.year])
  const isAnyMarked = parts.some(part => part.hasError)
  return (
    <GroupedFields group={props} id={props.id} role="group" describedBy={describedByOf(props.id, props)}>
      <div class={classNames('govuk-date-input', props.class)} {...props.attributes} id={props.id}>
        {props.before}
        {parts.map(part => (
          <DateBox part={part} props={withUnits} isMarked={part.hasError ?? (isPresent(props.error) && !isAnyMarked)} />
        ))}
        {props.after}
      </div>
    </GroupedFields>
  )
}
