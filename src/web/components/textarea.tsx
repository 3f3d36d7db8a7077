import type { VNode } from 'preact'
import { classNames, isPresent } from './attributes.ts'
import { describedByOf, type FieldProps, LabelledField } from './field-group.tsx'

export interface TextareaProps extends FieldProps {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly spellcheck?: boolean | undefined
  readonly autocomplete?: string | undefined
}

/** A question answered in several lines. */
export function Textarea(props: TextareaProps): VNode {
  const id = props.id ?? props.name
  // A browser drops the first line break after the tag, so a value that starts with one is given another.
  const value = props.value?.startsWith('\n') ? `\n${props.value}` : props.value
  return (
    <LabelledField field={props} id={id}>
      {props.before}
      <textarea
        class={classNames('govuk-textarea', isPresent(props.error) && 'govuk-textarea--error', props.class)}
        id={id}
        name={props.name}
        rows={props.rows ?? 5}
        spellcheck={props.spellcheck}
        disabled={props.disabled}
        aria-describedby={describedByOf(id, props)}
        autocomplete={props.autocomplete}
        {...props.attributes}
      >
        {value}
      </textarea>
      {props.after}
    </LabelledField>
  )
}
