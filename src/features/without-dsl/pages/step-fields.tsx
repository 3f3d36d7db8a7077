import type { VNode } from 'preact'
import { toLocal } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { type FieldErrors, findError, Input, Textarea } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'

/** Whom somebody spoke to without a DSL, when, and what came of it. */
export function StepFields({ form, errors, now }: { form: FormValues; errors: FieldErrors; now: Instant }): VNode {
  const field = (name: string) => ({ name, value: form.text(name), error: findError(errors, name) })
  return (
    <>
      <Input
        {...field('with-whom')}
        label="Whom did you ring or speak to?"
        hint="The service and the person’s name, if they gave it"
        class="govuk-!-width-two-thirds"
        attributes={{ dir: 'auto' }}
      />
      <Input {...field('at')} label="At what time today?" hint={`For example, 9:40am or ${toLocal(now).time}`} width={10} />
      <Textarea {...field('says')} label="What did they say, and what did you do?" rows={4} attributes={{ dir: 'auto' }} />
    </>
  )
}
