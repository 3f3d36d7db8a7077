/** What every form about a concern has around its questions. */
import type { ComponentChildren, VNode } from 'preact'
import {
  Button,
  ButtonGroup,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  NotificationBanner,
} from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { revisionField } from '../form-names.ts'

export interface FormFrameProps {
  readonly action: string
  readonly formToken: string
  readonly commandKey: string
  readonly form: FormValues
  readonly errors: FieldErrors
  /** Why what was sent could not be taken though nothing in it is wrong. */
  readonly notice?: string | undefined
}

export function FormHead({
  caption,
  title,
  errors,
  notice,
}: { readonly caption: string; readonly title: string } & Pick<FormFrameProps, 'errors' | 'notice'>): VNode {
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      {notice && <NotificationBanner text={notice} title="Not saved yet" role="alert" />}
      <span class="govuk-caption-l">{caption}</span>
      <h1 class="govuk-heading-l">{title}</h1>
    </>
  )
}

export function FormFrame({
  frame,
  revision,
  save,
  cancelHref,
  children,
}: {
  readonly frame: FormFrameProps
  readonly revision?: string | undefined
  readonly save: string
  readonly cancelHref: string
  readonly children: ComponentChildren
}): VNode {
  return (
    <Form action={frame.action} formToken={frame.formToken} commandKey={frame.commandKey}>
      {revision !== undefined && <input type="hidden" name={revisionField} value={revision} />}
      {children}
      <ButtonGroup>
        <Button preventDoubleClick>{save}</Button>
        <a class="govuk-link" href={cancelHref}>
          Go back without saving
        </a>
      </ButtonGroup>
    </Form>
  )
}
