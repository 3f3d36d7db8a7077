import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import {
  Button,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  NotificationBanner,
  Table,
  Textarea,
} from '../../../web/components/index.ts'
import { dateError, dateValues } from '../../../web/http/form-dates.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { AttendingChild, EnteredWeek } from '../model.ts'
import { MarkToday } from './marks.tsx'

interface FormProps {
  readonly formToken: string
  readonly commandKey: string
  readonly form: FormValues
  readonly errors: FieldErrors
}

function Week({ form, errors }: Pick<FormProps, 'form' | 'errors'>): VNode {
  return (
    <DateInput
      id="week"
      namePrefix="week"
      legend="Which week?"
      legendSize="s"
      hint="Any day of it."
      values={dateValues(form, 'week')}
      error={dateError(errors, 'week')}
    />
  )
}

/** The office pastes a week for the whole school. */
export function WeekPage({
  weeks,
  kept,
  ...props
}: FormProps & { readonly weeks: readonly EnteredWeek[]; readonly kept: number | undefined }): VNode {
  const { form, errors } = props
  const faults = errors.filter(error => error.field === 'lines').map(error => error.says)
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      {kept !== undefined && <NotificationBanner type="success" text={`The week of ${kept} pupils is kept.`} />}
      <h1 class="govuk-heading-l">Attendance of a week</h1>
      <p class="govuk-body">
        <a class="govuk-link" href="/attendance/today">
          Enter today’s registration
        </a>
      </p>
      <Form action="/attendance" formToken={props.formToken} commandKey={props.commandKey}>
        <Week form={form} errors={errors} />
        <Textarea
          name="lines"
          label="The figures"
          labelSize="s"
          hint="Paste from the register, one pupil a line: family name, first name, class, possible sessions, attended sessions. Entering a week again replaces it."
          rows={12}
          value={form.text('lines')}
          error={faults.length > 0 ? faults.join(' ') : undefined}
        />
        <Button preventDoubleClick>Keep the week</Button>
      </Form>
      <h2 class="govuk-heading-m">Weeks entered</h2>
      {weeks.length === 0 ? (
        <p class="govuk-body">None yet.</p>
      ) : (
        <Table
          caption="Weeks entered"
          captionClass="govuk-visually-hidden"
          head={['Week of', { content: 'Pupils', format: 'numeric' }]}
          rows={weeks.map(week => [dateInWords(week.weekStarts), { content: week.pupils, format: 'numeric' }])}
        />
      )}
    </>
  )
}

/** One child's weeks, and a form for another. */
export function ChildAttendancePage({
  child,
  markKey,
  ...props
}: FormProps & { readonly child: AttendingChild; readonly markKey: string }): VNode {
  const { form, errors } = props
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <span class="govuk-caption-l">{child.name}</span>
      <h1 class="govuk-heading-l">Attendance</h1>
      <MarkToday child={child} {...props} commandKey={markKey} />
      <h2 class="govuk-heading-m">By week</h2>
      {child.weeks.length === 0 ? (
        <p class="govuk-body">No week is entered yet.</p>
      ) : (
        <Table
          caption="Weeks entered"
          captionClass="govuk-visually-hidden"
          head={[
            'Week of',
            { content: 'Attended', format: 'numeric' },
            { content: 'Of', format: 'numeric' },
            { content: 'Per cent', format: 'numeric' },
          ]}
          rows={child.weeks.map(({ weekStarts, possible, attended }) => [
            dateInWords(weekStarts),
            { content: attended, format: 'numeric' },
            { content: possible, format: 'numeric' },
            { content: possible === 0 ? '–' : `${Math.round((attended / possible) * 100)}%`, format: 'numeric' },
          ])}
        />
      )}
      <h2 class="govuk-heading-m">Enter a week</h2>
      <Form action={`/children/${child.childId}/attendance`} formToken={props.formToken} commandKey={props.commandKey}>
        <Week form={form} errors={errors} />
        <Input
          name="possible"
          label="Sessions that there were"
          hint="Usually ten: a morning and an afternoon each day."
          value={form.text('possible')}
          error={findError(errors, 'possible')}
          inputmode="numeric"
          width={2}
        />
        <Input
          name="attended"
          label="Sessions attended"
          value={form.text('attended')}
          error={findError(errors, 'attended')}
          inputmode="numeric"
          width={2}
        />
        <Button preventDoubleClick>Keep the week</Button>
      </Form>
    </>
  )
}
