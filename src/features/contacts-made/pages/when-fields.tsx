import type { VNode } from 'preact'
import { localDate, toLocal } from '../../../kernel/london-time.ts'
import { type Instant, partsOf } from '../../../kernel/plain-date.ts'
import { DateInput, type FieldErrors, findError, Input } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'

/** The time, and the day, which is today unless said otherwise. */
export function WhenFields({
  form,
  now,
  errors,
  time,
}: {
  readonly form: FormValues
  readonly now: Instant
  readonly errors: FieldErrors
  readonly time: string
}): VNode {
  const today = partsOf(localDate(now))
  const values = form.has('on-day')
    ? Object.fromEntries(['day', 'month', 'year'].map(part => [`on-${part}`, form.text(`on-${part}`)]))
    : { 'on-day': today.day, 'on-month': today.month, 'on-year': today.year }
  return (
    <>
      <Input
        name="at"
        label={time}
        labelSize="s"
        hint={`For example, 9:40am or ${toLocal(now).time}`}
        width={10}
        value={form.text('at')}
        error={findError(errors, 'at')}
      />
      <DateInput
        id="on"
        namePrefix="on"
        legend="On which day?"
        legendClass="govuk-fieldset__legend--s"
        values={values}
        error={errors.find(error => error.field.startsWith('on-'))?.says}
      />
    </>
  )
}
