import type { VNode } from 'preact'
import type { Profile } from '../../../policy/profile.ts'
import { Beside, Button, type Content, DateInput, type FieldErrors, findError, Input } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { FormContext } from '../form-reading.ts'

export interface SectionProps {
  readonly context: FormContext
  readonly errors: FieldErrors
}

export function Heading({ id, children }: { readonly id?: string; readonly children: Content }): VNode {
  return (
    <h2 class="govuk-heading-m govuk-!-margin-top-7" id={id}>
      {children}
    </h2>
  )
}

type At = Profile['concern']['reminders'][number]['at']

/** What the policy reminds the writer of at this place. */
export function remindersAt(profile: Profile, at: At): readonly string[] {
  return profile.concern.reminders.filter(reminder => reminder.at === at).map(reminder => reminder.says)
}

const topics: Readonly<Record<At, string>> = {
  before: 'acting at once',
  disclosure: 'a child who tells',
  'child-words': 'listening to a child',
  seen: 'writing facts',
  opinion: 'opinions',
  parents: 'talking to parents',
  images: 'images',
  injury: 'injuries',
  after: 'what comes afterwards',
}

/** A question with the policy's reminders beside it. */
export function Reminded({
  profile,
  at,
  children,
}: {
  readonly profile: Profile
  readonly at: At
  readonly children: Content
}): VNode {
  const reminders = remindersAt(profile, at)
  if (reminders.length === 0) return <>{children}</>
  return (
    <Beside asideLabel={`Our policy on ${topics[at]}`} aside={<Reminders reminders={reminders} />}>
      {children}
    </Beside>
  )
}

export function Reminders({ reminders }: { readonly reminders: readonly string[] }): VNode {
  return (
    <ul class="govuk-list govuk-list--bullet govuk-!-font-size-16 govuk-!-margin-bottom-0">
      {reminders.map(says => (
        <li>{says}</li>
      ))}
    </ul>
  )
}

export interface LineProps extends SectionProps {
  readonly name: string
  readonly label: Content
  readonly hint?: Content
  readonly width?: 5 | 10 | 20 | 30
  readonly isSmallLabel?: boolean
}

/** One line of text, with what was typed and what is wrong with it. */
export function Line({ context, errors, name, label, hint, width }: LineProps): VNode {
  return (
    <Input
      name={name}
      label={label}
      hint={hint}
      width={width}
      class={width ? undefined : 'govuk-!-width-two-thirds'}
      value={context.form.text(name)}
      error={findError(errors, name)}
      autocomplete="off"
      attributes={{ dir: 'auto' }}
    />
  )
}

export function DateLine({
  context,
  errors,
  name,
  legend,
  hint,
}: SectionProps & { readonly name: string; readonly legend: Content; readonly hint?: Content }): VNode {
  const values = Object.fromEntries(
    ['day', 'month', 'year'].map(part => [`${name}-${part}`, context.form.text(`${name}-${part}`)]),
  )
  return (
    <DateInput
      id={name}
      namePrefix={name}
      legend={legend}
      legendClass="govuk-fieldset__legend--s"
      hint={hint}
      values={values}
      error={findError(errors, `${name}-day`)}
    />
  )
}

/** A button that asks the server to do one small thing with the form and show it again. */
export function Step({ action, children }: { readonly action: string; readonly children: Content }): VNode {
  return (
    <Button look="secondary" name="_do" value={action}>
      {children}
    </Button>
  )
}

export function rowNumbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

export function isTicked(form: FormValues, name: string): boolean {
  return form.text(name) === 'yes'
}
