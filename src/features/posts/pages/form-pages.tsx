import type { VNode } from 'preact'
import {
  Button,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Radios,
  Select,
} from '../../../web/components/index.ts'
import { dateError, dateValues } from '../../../web/http/form-dates.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Colleague, Held, Post } from '../model.ts'

interface FormProps {
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly formToken: string
  readonly commandKey: string
}

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

/** Asks since when nobody holds a post and who covers it. */
export function VacancyPage(props: FormProps & { readonly post: Post; readonly colleagues: readonly Colleague[] }): VNode {
  const { post, form, errors } = props
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">{post.title}: to be confirmed</h1>
      <p class="govuk-body">
        Whoever covers the post is named in the register. It gives them no right and no alert: for that, appoint them.
      </p>
      <Form action={`/posts/${post.role}/vacancy`} formToken={props.formToken} commandKey={props.commandKey}>
        <DateInput
          id="since"
          namePrefix="since"
          legend="Since which day does nobody hold it?"
          legendSize="m"
          hint="Where somebody held it here, the day after their last counts."
          values={dateValues(form, 'since')}
          error={dateError(errors, 'since')}
        />
        <Select
          name="interim"
          label="Who covers it until then?"
          labelSize="m"
          value={form.text('interim')}
          items={[
            { value: '', text: 'Nobody' },
            ...props.colleagues.map(({ adultId, name }) => ({ value: adultId, text: name })),
          ]}
          error={findError(errors, 'interim')}
        />
        <Button preventDoubleClick>Keep it</Button>
      </Form>
    </>
  )
}

/** Asks for the signed job description of whoever holds a post. */
export function DescriptionPage(props: FormProps & { readonly held: Held; readonly title: string }): VNode {
  const { held, form, errors } = props
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        Job description: <bdi>{held.name}</bdi>, {props.title}
      </h1>
      <Form action={`/posts/descriptions/${held.appointmentId}`} formToken={props.formToken} commandKey={props.commandKey}>
        <DateInput
          id="signed"
          namePrefix="signed"
          legend="When was it signed?"
          legendSize="m"
          values={dateValues(form, 'signed')}
          error={dateError(errors, 'signed')}
        />
        <Input
          name="kept-where"
          label="Where is the signed copy kept?"
          labelSize="m"
          hint="For example: personnel file, school office"
          value={form.text('kept-where')}
          error={findError(errors, 'kept-where')}
        />
        <Radios
          name="names-lead"
          legend="Does it name the lead responsibility for safeguarding and child protection?"
          legendSize="m"
          value={form.text('names-lead')}
          items={yesNo}
          error={findError(errors, 'names-lead')}
        />
        <Radios
          name="names-online"
          legend="Does it name online safety, filtering and monitoring?"
          legendSize="m"
          value={form.text('names-online')}
          items={yesNo}
          error={findError(errors, 'names-online')}
        />
        <Button preventDoubleClick>Keep it</Button>
      </Form>
    </>
  )
}
