import type { Actor } from '../../../access/index.ts'
import type { AdultId } from '../../../kernel/ids.ts'
import {
  Button,
  ButtonGroup,
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
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { activityKinds } from '../model.ts'
import { activityNames } from '../words.ts'

export interface ActivityFormProps {
  readonly leaders: readonly { readonly id: AdultId; readonly name: string }[]
  readonly typed: FormValues
  readonly errors: FieldErrors
}

/** Planning a closure, a trip or an activity. */
export function activityFormPage(request: Request<'cover.keep', Actor>, { leaders, typed, errors }: ActivityFormProps): string {
  const line = (name: string, label: string, hint?: string, width?: 10 | 20) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      value={typed.text(name)}
      error={findError(errors, name)}
      width={width}
      autocomplete="off"
    />
  )
  const date = (name: string, legend: string, hint?: string) => (
    <DateInput
      id={name}
      namePrefix={name}
      legend={legend}
      hint={hint}
      values={dateValues(typed, name)}
      error={dateError(errors, name)}
    />
  )
  return pageFor(
    request,
    { title: 'Add a trip, an activity or a closure', errors, back: { href: '/activities', text: 'Trips and activities' } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Add a trip, an activity or a closure</h1>
      <Form action="/activities/new" formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Radios
          name="kind"
          legend="What is it?"
          look="small"
          items={activityKinds.map(kind => ({ value: kind, label: activityNames[kind] }))}
          value={typed.text('kind')}
          error={findError(errors, 'kind')}
        />
        {line('title', 'What is it called?', 'Name no child. For example, Year 9 to Carsington Water')}
        {date('starts', 'First day')}
        {line('from', 'It begins at', 'For example, 8:40am or 15:10', 10)}
        {date('ends', 'Last day', 'Leave it empty if it is the same day.')}
        {line('to', 'It ends at', 'For example, 8:40am or 15:10', 10)}
        <Select
          name="leader"
          label="Who leads it?"
          hint="They print its pack. Leave it empty for a closure."
          items={[{ value: '', text: 'Nobody yet' }, ...leaders.map(({ id, name }) => ({ value: id, text: name }))]}
          value={typed.text('leader')}
          error={findError(errors, 'leader')}
        />
        <ButtonGroup>
          <Button preventDoubleClick>Save</Button>
          <a class="govuk-link" href="/activities">
            Cancel
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
