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
import { type CoverFacts, coverKinds } from '../model.ts'
import { coverModeFields } from './mode-fields.tsx'
import { kindNames } from './words.ts'

/** Everybody of the team once, by name. */
export function teamOptions(facts: CoverFacts): { readonly value: AdultId; readonly text: string }[] {
  const byId = new Map(facts.appointments.map(appointment => [appointment.adultId, appointment.name]))
  return [...byId].map(([value, text]) => ({ value, text })).toSorted((a, b) => (a.text < b.text ? -1 : 1))
}

export interface DutyFormProps {
  readonly facts: CoverFacts
  readonly typed: FormValues
  readonly errors: FieldErrors
}

/** Putting somebody on duty. */
export function dutyFormPage(request: Request<'cover.keep', Actor>, { facts, typed, errors }: DutyFormProps): string {
  const time = (name: string, label: string) => (
    <Input
      name={name}
      label={label}
      hint="For example, 8:40am or 15:10"
      value={typed.text(name)}
      error={findError(errors, name)}
      width={10}
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
    { title: 'Add a duty', errors, back: { href: '/cover', text: 'Cover' } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Add a duty</h1>
      <Form action="/cover/duties/new" formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Select
          name="adult"
          label="Who"
          items={[{ value: '', text: 'Choose a person' }, ...teamOptions(facts)]}
          value={typed.text('adult')}
          error={findError(errors, 'adult')}
        />
        <Radios
          name="kind"
          legend="What for?"
          items={coverKinds.map(kind => ({
            value: kind,
            label: kindNames[kind],
            ...(kind === 'trip' ? { hint: 'They are with the trip, not in school' } : {}),
          }))}
          value={typed.text('kind')}
          error={findError(errors, 'kind')}
        />
        {date('starts', 'First day')}
        {time('from', 'From')}
        {date('ends', 'Last day', 'Leave it empty if it is the same day.')}
        {time('to', 'To')}
        {date('repeats', 'Repeat each week until', 'Only for the school day. It is left out of holidays by itself.')}
        {coverModeFields(typed, errors)}
        <Input
          name="phone"
          label="Telephone for this duty"
          hint="Leave it empty for their usual number."
          type="tel"
          width={20}
          value={typed.text('phone')}
          error={findError(errors, 'phone')}
          autocomplete="off"
        />
        <ButtonGroup>
          <Button preventDoubleClick>Add duty</Button>
          <a class="govuk-link" href="/cover">
            Cancel
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
