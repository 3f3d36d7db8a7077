/** The registration mark of today: pasted for the school, or entered for one child. */
import type { VNode } from 'preact'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  InsetText,
  NotificationBanner,
  Radios,
  Textarea,
} from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { type AttendingChild, marks } from '../model.ts'
import { markInWords, markNames } from '../words.ts'

interface FormProps {
  readonly formToken: string
  readonly commandKey: string
  readonly form: FormValues
  readonly errors: FieldErrors
}

/** The office pastes today's marks. */
export function DayPage({
  counted,
  isKept,
  leftLines,
  ...props
}: FormProps & {
  readonly counted: { readonly marks: number; readonly absent: number }
  readonly isKept: boolean
  readonly leftLines: readonly string[]
}): VNode {
  const { form, errors } = props
  const faults = errors.map(error => error.says)
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      {isKept && <NotificationBanner type="success" text="The marks are kept. The safeguarding team sees them at triage." />}
      <h1 class="govuk-heading-l">Registration today</h1>
      {leftLines.length > 0 && (
        <InsetText>
          {leftLines.length === 1
            ? `Line ${leftLines[0]} of what you pasted is`
            : `Lines ${leftLines.join(', ')} of what you pasted are`}{' '}
          left to a colleague and not kept. Ask one to enter {leftLines.length === 1 ? 'that mark' : 'those marks'}.
        </InsetText>
      )}
      <p class="govuk-body">
        {counted.marks === 0
          ? 'No mark of today is entered yet.'
          : `${counted.marks} ${counted.marks === 1 ? 'mark' : 'marks'} of today, ${counted.absent} absent.`}
      </p>
      <Form action="/attendance/today" formToken={props.formToken} commandKey={props.commandKey}>
        <Textarea
          name="lines"
          label="The marks"
          labelSize="s"
          hint="Paste from the register, one pupil a line: family name, first name, class, mark (present, late or absent), time of arrival, and how they came, or why they are absent. An absence without a reason counts as unexplained. Entering a pupil again replaces the mark."
          rows={12}
          value={form.text('lines')}
          error={faults.length > 0 ? faults.join(' ') : undefined}
        />
        <Button preventDoubleClick>Keep the marks</Button>
      </Form>
    </>
  )
}

/** One child's mark of today, and a form for it. */
export function MarkToday({ child, ...props }: FormProps & { readonly child: AttendingChild }): VNode {
  const { form, errors } = props
  return (
    <>
      <h2 class="govuk-heading-m">Registration today</h2>
      <p class="govuk-body">{child.mark ? `${markInWords(child.mark)}.` : 'No mark yet.'}</p>
      <Form action={`/children/${child.childId}/attendance/mark`} formToken={props.formToken} commandKey={props.commandKey}>
        <Radios
          name="mark"
          legend="Is the child here?"
          legendSize="s"
          look="inline"
          value={form.text('mark')}
          error={findError(errors, 'mark')}
          items={marks.map(mark => ({ value: mark, label: markNames[mark] }))}
        />
        <Input
          name="at-time"
          label="When they came"
          hint="For example, 8:40am. Leave it empty where they are absent."
          value={form.text('at-time')}
          error={findError(errors, 'at-time')}
          width={10}
        />
        <Input
          name="mark-says"
          label="How they came, or why they are not here"
          hint="If anything is known."
          value={form.text('mark-says')}
          error={findError(errors, 'mark-says')}
        />
        <Button preventDoubleClick>Keep the mark</Button>
      </Form>
    </>
  )
}
