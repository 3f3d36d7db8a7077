import type { VNode } from 'preact'
import type { Agency } from '../../../policy/profile.ts'
import type { Way } from '../../../policy/where-to.ts'
import { type FieldErrors, findError, Input, Radios } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { asksUrgency } from '../way.ts'

export interface WayFieldsProps {
  readonly agency: Agency
  readonly ways: readonly Way[]
  readonly form: FormValues
  readonly errors: FieldErrors
}

function Assessment({ form, errors }: WayFieldsProps): VNode {
  return (
    <Input
      name="assessment"
      label="Which assessment goes with it"
      hint="An early help assessment or one that equals it, with its date and the action plan."
      value={form.text('assessment')}
      error={findError(errors, 'assessment')}
    />
  )
}

/** Whether it is urgent; if it is not, which way it goes and with which assessment. */
export function WayFields(props: WayFieldsProps): VNode | null {
  const { agency, ways, form, errors } = props
  const needsAssessment = ways.some(way => way.needsAssessment)
  if (!asksUrgency(agency, ways)) return needsAssessment && ways.some(way => way.to) ? <Assessment {...props} /> : null
  return (
    <Radios
      name="urgent"
      legend="Does the child need protection at once?"
      legendSize="s"
      value={form.text('urgent')}
      error={findError(errors, 'urgent')}
      items={[
        { value: 'yes', label: 'Yes', hint: 'Ring first and record the call; then it goes in writing.' },
        {
          value: 'no',
          label: 'No, it is not urgent',
          conditional: (
            <Radios
              name="channel"
              legend="Which way does it go?"
              legendSize="s"
              value={form.text('channel')}
              error={findError(errors, 'channel')}
              items={ways.map(way => ({
                value: way.id,
                label: way.name,
                hint: way.to ? (way.to.email ?? way.to.who) : 'Say where the child lives: it goes by that.',
                conditional: way.needsAssessment && <Assessment {...props} />,
              }))}
            />
          ),
        },
      ]}
    />
  )
}
