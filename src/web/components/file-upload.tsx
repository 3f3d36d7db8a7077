import type { VNode } from 'preact'
import { classNames, isPresent } from './attributes.ts'
import { describedByOf, type FieldProps, LabelledField } from './field-group.tsx'

export interface FileUploadProps extends FieldProps {
  readonly multiple?: boolean | undefined
  /** The kinds of file that the browser offers first; the server judges for itself. */
  readonly accept?: string | undefined
}

/** Asks for a file, with the browser's own control. */
export function FileUpload(props: FileUploadProps): VNode {
  const id = props.id ?? props.name
  return (
    <LabelledField field={props} id={id}>
      {props.before}
      <input
        class={classNames('govuk-file-upload', props.class, isPresent(props.error) && 'govuk-file-upload--error')}
        id={id}
        name={props.name}
        type="file"
        accept={props.accept}
        disabled={props.disabled}
        multiple={props.multiple}
        aria-describedby={describedByOf(id, props)}
        {...props.attributes}
      />
      {props.after}
    </LabelledField>
  )
}
