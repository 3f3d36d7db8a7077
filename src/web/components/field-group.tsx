import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, idList, isPresent, type TextSize } from './attributes.ts'
import { ErrorMessage } from './error-message.tsx'
import { Fieldset, type LegendProps } from './fieldset.tsx'
import { Hint } from './hint.tsx'
import { Label } from './label.tsx'

/** What surrounds every question: its help, its fault, its group. */
export interface QuestionProps {
  readonly hint?: Content
  readonly error?: Content
  /** Ids of further elements that describe the control. */
  readonly describedBy?: string | undefined
  readonly groupClass?: string | undefined
  readonly groupAttributes?: Attributes | undefined
}

/** What every control with a single label takes. */
export interface FieldProps extends QuestionProps {
  readonly name: string
  /** The name serves where no id is given. */
  readonly id?: string | undefined
  readonly label: Content
  readonly labelSize?: TextSize | undefined
  readonly labelClass?: string | undefined
  /** Makes the label the page's h1. */
  readonly labelIsHeading?: boolean | undefined
  readonly class?: string | undefined
  readonly disabled?: boolean | undefined
  readonly attributes?: Attributes | undefined
  readonly before?: Content
  readonly after?: Content
}

/** What every question with several controls takes. */
export interface GroupProps extends QuestionProps, LegendProps {
  readonly fieldsetClass?: string | undefined
  readonly fieldsetAttributes?: Attributes | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly before?: Content
  readonly after?: Content
}

/** The ids that describe a control: those given, then its hint, then its error. */
export function describedByOf(id: string, props: QuestionProps): string | undefined {
  return idList(props.describedBy, isPresent(props.hint) && `${id}-hint`, isPresent(props.error) && `${id}-error`)
}

function HintAndError({ id, hint, error }: { readonly id: string; readonly hint: Content; readonly error: Content }): VNode {
  return (
    <>
      {isPresent(hint) && <Hint id={`${id}-hint`}>{hint}</Hint>}
      {isPresent(error) && <ErrorMessage id={`${id}-error`}>{error}</ErrorMessage>}
    </>
  )
}

function FormGroup(props: QuestionProps & { readonly children: Content }): VNode {
  return (
    <div
      class={classNames('govuk-form-group', isPresent(props.error) && 'govuk-form-group--error', props.groupClass)}
      {...props.groupAttributes}
    >
      {props.children}
    </div>
  )
}

/** Draws label, hint and error around one control. */
export function LabelledField({
  field,
  id,
  children,
}: {
  readonly field: FieldProps
  readonly id: string
  readonly children: Content
}): VNode {
  return (
    <FormGroup error={field.error} groupClass={field.groupClass} groupAttributes={field.groupAttributes}>
      <Label for={id} size={field.labelSize} class={field.labelClass} isHeading={field.labelIsHeading}>
        {field.label}
      </Label>
      <HintAndError id={id} hint={field.hint} error={field.error} />
      {children}
    </FormGroup>
  )
}

export interface GroupedFieldsProps {
  readonly group: GroupProps
  readonly id: string
  readonly role?: 'group' | undefined
  readonly describedBy: string | undefined
  readonly children: Content
}

/** Draws legend, hint and error around several controls. */
export function GroupedFields({ group, id, role, describedBy, children }: GroupedFieldsProps): VNode {
  const inner = (
    <>
      <HintAndError id={id} hint={group.hint} error={group.error} />
      {children}
    </>
  )
  return (
    <FormGroup error={group.error} groupClass={group.groupClass} groupAttributes={group.groupAttributes}>
      {isPresent(group.legend) ? (
        <Fieldset
          legend={group.legend}
          legendSize={group.legendSize}
          legendClass={group.legendClass}
          legendIsHeading={group.legendIsHeading}
          class={group.fieldsetClass}
          role={role}
          describedBy={describedBy}
          attributes={group.fieldsetAttributes}
        >
          {inner}
        </Fieldset>
      ) : (
        inner
      )}
    </FormGroup>
  )
}
