import type { VNode } from 'preact'
import type { WithheldRule } from '../../../policy/between-children.ts'
import type { Profile } from '../../../policy/profile.ts'
import { findError, Input, Select } from '../../../web/components/index.ts'
import { sourceText } from '../../concerns/index.ts'
import type { FormFrameProps } from './form-frame.tsx'
import { WhenItWas } from './when-it-was.tsx'

/** Asked where the policy wants more than a reason before parents are not told. */
export function WithheldFields({
  profile,
  rule,
  asksAdvice,
  colleagues,
  form,
  errors,
}: Pick<FormFrameProps, 'form' | 'errors'> & {
  readonly profile: Profile
  readonly rule: WithheldRule
  /** It is referred, so social care has a say. */
  readonly asksAdvice: boolean
  readonly colleagues: readonly { readonly adultId: string; readonly name: string }[]
}): VNode {
  const line = (name: string) => ({ name, value: form.text(name), error: findError(errors, name) })
  return (
    <>
      <h2 class="govuk-heading-m">If they are not told</h2>
      <p class="govuk-body">
        {rule.says} <span class="hf-meta">({sourceText(profile, rule.source)})</span> Nobody speaks with the parents of this child
        then, until the DSL lifts the hold.
      </p>
      {rule.second && (
        <Select
          {...line('approved-by')}
          label="Who of the team agrees to it, besides you"
          labelSize="s"
          items={[
            { value: '', text: 'Select a colleague' },
            ...colleagues.map(({ adultId, name }) => ({ value: adultId, text: name })),
          ]}
        />
      )}
      {rule.advice && asksAdvice && (
        <>
          <Input {...line('advised-by')} label="Who of social care supports it" labelSize="s" hint="Name" />
          <Input {...line('advised-role')} label="Their role" labelSize="s" />
          <WhenItWas day="advised" time="advised-time" form={form} errors={errors} />
        </>
      )}
    </>
  )
}
