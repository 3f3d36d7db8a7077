import type { VNode } from 'preact'
import type { Attributes, Content } from './attributes.ts'
import { ErrorSummary } from './error-summary.tsx'

/** What is wrong with one answer; `field` is the id of the control that it stands beside. */
export interface FieldError {
  readonly field: string
  readonly says: string
}

/** Everything that is wrong with what was sent, in the order of the form. */
export type FieldErrors = readonly FieldError[]

/** The hidden inputs' names, which the server reads back. */
export const formTokenName = '_token'
export const commandKeyName = '_key'

export interface FormProps {
  readonly action?: string | undefined
  /** Proves that the form came from this session. */
  readonly formToken?: string | undefined
  /** Names this one sending, so that pressing twice records once. */
  readonly commandKey?: string | undefined
  /** Sends files as well. */
  readonly hasFiles?: boolean | undefined
  readonly id?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly children: Content
}

/** A form that changes something: posted, with its token and its key, judged by the server alone. */
export function Form(props: FormProps): VNode {
  return (
    <form
      method="post"
      action={props.action}
      enctype={props.hasFiles ? 'multipart/form-data' : undefined}
      id={props.id}
      class={props.class}
      noValidate
      {...props.attributes}
    >
      {props.formToken !== undefined && <input type="hidden" name={formTokenName} value={props.formToken} />}
      {props.commandKey !== undefined && <input type="hidden" name={commandKeyName} value={props.commandKey} />}
      {props.children}
    </form>
  )
}

/** What is wrong with one field, if anything is; several faults are joined. */
export function findError(errors: FieldErrors | undefined, field: string): string | undefined {
  const says = errors?.filter(error => error.field === field).map(error => error.says) ?? []
  return says.length > 0 ? says.join(' ') : undefined
}

export interface ErrorSummaryForProps {
  readonly errors: FieldErrors | undefined
  readonly title?: Content
}

/** The error summary of a form, or nothing where nothing is wrong. */
export function ErrorSummaryFor({ errors, title }: ErrorSummaryForProps): VNode | null {
  if (!errors || errors.length === 0) return null
  return <ErrorSummary title={title} errors={errors.map(error => ({ href: `#${error.field}`, says: error.says }))} />
}
