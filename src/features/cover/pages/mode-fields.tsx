import type { VNode } from 'preact'
import { type FieldErrors, findError, Input, Radios } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'

/** In person, or exceptionally not, and then why. */
export function coverModeFields(typed: FormValues, errors: FieldErrors): VNode {
  const why = (
    <Input
      name="reason"
      label="Why not in person?"
      value={typed.text('reason')}
      error={findError(errors, 'reason')}
      autocomplete="off"
    />
  )
  return (
    <Radios
      name="mode"
      legend="How?"
      look="small"
      items={[
        { value: 'in-person', label: 'In person' },
        { value: 'remote', label: 'Not in person: by telephone, mail or video, in an exceptional case', conditional: why },
      ]}
      value={typed.text('mode')}
      error={findError(errors, 'mode')}
    />
  )
}
