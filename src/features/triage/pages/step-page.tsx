import type { VNode } from 'preact'
import type { PathwayStep } from '../../../policy/pathways.ts'
import { Checkboxes, findError, Input, Radios, Select, Textarea } from '../../../web/components/index.ts'
import type { KeptStep } from '../../pathways/index.ts'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'
import { WhenItWas } from './when-it-was.tsx'

export interface StepPageProps extends FormFrameProps {
  readonly caption: string
  readonly step: KeptStep
  readonly rule: PathwayStep | undefined
  readonly eligible: readonly { readonly adultId: string; readonly name: string }[]
  readonly cancelHref: string
  /** Whoever owes it in person says that it is done, and nothing else. */
  readonly isOwn: boolean
  /** Said to them: why it is asked of them. */
  readonly asked?: string
  /** An agency has asked that nobody questions the children. */
  readonly areHeld?: boolean
}

function WhatCameOfIt({ step, rule, form, errors, areHeld }: StepPageProps): VNode {
  const proposed = step.events.findLast(event => event.kind === 'proposed')
  const isOpen = step.settledAt === null
  return (
    <Radios
      name="kind"
      legend="What came of it?"
      legendSize="s"
      value={form.text('kind')}
      error={findError(errors, 'kind')}
      items={[
        isOpen && { value: 'done', label: 'It is done' },
        isOpen && rule?.awaitsAdvice && { value: 'asked', label: 'Asked just now; the advice is awaited', hint: 'It stays open' },
        isOpen && { value: 'tried', label: 'Tried in vain', hint: 'It stays open' },
        isOpen && {
          value: 'not-done',
          label: 'It is not done',
          hint: rule?.second ? 'A second of the team has to agree' : 'Write below why not',
        },
        areHeld && { value: 'released', label: 'They say that the children may be questioned again' },
        isOpen &&
          proposed && {
            value: 'agree',
            label: 'I agree, as the second of the team, that it is not done',
            hint: `${proposed.byName}: ${proposed.says}`,
          },
      ]}
    />
  )
}

/** Writing down what was done about a step of the policy, or why it is not done. */
export function StepPage(props: StepPageProps): VNode {
  const { step, rule, form, errors, isOwn } = props
  const line = (name: string) => ({ name, value: form.text(name), error: findError(errors, name) })
  // A colleague who is brought in speaks with the team: there is no agency to name unless the policy asks for one.
  const isBroughtIn = isOwn && step.consultedId !== null
  const asksOf = (what: 'with-whom' | 'reference') => !isBroughtIn || rule?.needs.includes(what)
  return (
    <>
      <FormHead caption={props.caption} title={step.does} errors={errors} notice={props.notice} />
      {props.asked && <p class="govuk-body">{props.asked}</p>}
      <p class="govuk-hint">{step.source}</p>
      <FormFrame frame={props} save="Save" cancelHref={props.cancelHref}>
        {isOwn ? <input type="hidden" name="kind" value="done" /> : <WhatCameOfIt {...props} />}
        {asksOf('with-whom') && <Input {...line('with-whom')} label="With whom" labelSize="s" hint="Agency, name and role" />}
        {asksOf('reference') && <Input {...line('reference')} label="Their reference" labelSize="s" width={20} />}
        {rule?.needs.includes('adult') && (
          <Select
            {...line('adult')}
            label="Who takes it on"
            labelSize="s"
            hint="Whoever is part of the matter is not offered."
            items={[
              { value: '', text: 'Select a colleague' },
              ...props.eligible.map(({ adultId, name }) => ({ value: adultId, text: name })),
            ]}
          />
        )}
        <Textarea {...line('says')} label={rule?.asks ?? 'What was said or done, or why it is not done'} labelSize="s" rows={4} />
        {step.agency !== null && !isOwn && (
          <Checkboxes
            name="holds"
            look="small"
            values={form.all('holds')}
            items={[{ value: 'yes', label: 'They advised that nobody questions the children meanwhile' }]}
          />
        )}
        <WhenItWas day="on" time="time" form={form} errors={errors} />
      </FormFrame>
    </>
  )
}
