import type { VNode } from 'preact'
import { DateInput, type FieldErrors, findError, Input } from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import type { FormValues } from '../../../web/http/form-values.ts'

/** Day and time of what may as well have been a moment ago: then both stay empty. */
export function WhenItWas({
  day,
  time,
  form,
  errors,
}: {
  readonly day: string
  readonly time: string
  readonly form: FormValues
  readonly errors: FieldErrors
}): VNode {
  return (
    <>
      <DateInput
        id={day}
        namePrefix={day}
        legend="On which day?"
        hint="Leave the day and the time empty if it was just now."
        legendSize="s"
        values={dateTyped(form, day)}
        error={findError(errors, `${day}-day`)}
      />
      <Input
        name={time}
        label="At what time?"
        labelSize="s"
        hint="For example, 9:40am or 14:15"
        width={5}
        value={form.text(time)}
        error={findError(errors, time)}
      />
    </>
  )
}
