import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { roleTitle } from '../../../policy/profile-values.ts'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  DateInput,
  Details,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  SummaryList,
  Textarea,
} from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Changeable, Effects, NewProposal } from '../model.ts'
import { EffectsOf } from './effects.tsx'
import { RouteFields } from './route-fields.tsx'

/** What may be changed, by kind. */
export function ChoosePage({ changeables }: { readonly changeables: readonly Changeable[] }): VNode {
  const groups = Map.groupBy(changeables, ({ group }) => group)
  return (
    <>
      <h1 class="govuk-heading-l">What should change?</h1>
      <p class="govuk-body">
        Choose what your school may set for itself. Levels of need, where a referral goes and what guidance demands cannot be
        changed here.
      </p>
      {[...groups].map(([group, all]) => (
        <Details key={group} summary={`${group} (${all.length})`}>
          <ul class="govuk-list govuk-list--spaced">
            {all.map(one => (
              <li key={one.path}>
                <a class="govuk-link" href={`/policy/changes/new?what=${encodeURIComponent(one.path)}`}>
                  {one.title}
                </a>
                <div class="hf-meta">Now: {one.now}</div>
              </li>
            ))}
          </ul>
        </Details>
      ))}
    </>
  )
}

interface FormParts {
  readonly profile: Profile
  readonly what: Changeable
  readonly form: FormValues
  readonly errors: FieldErrors
}

function Days({
  name,
  legend,
  form,
  errors,
}: { readonly name: string; readonly legend: string } & Pick<FormParts, 'form' | 'errors'>): VNode {
  const error = ['day', 'month', 'year'].flatMap(part => findError(errors, `${name}-${part}`) ?? []).join(' ')
  return (
    <DateInput
      id={name}
      namePrefix={name}
      legend={legend}
      legendSize="s"
      values={dateTyped(form, name)}
      error={error === '' ? undefined : error}
    />
  )
}

const lines = [
  ['who', 'Who answers'],
  ['purpose', 'What for'],
  ['phone', 'Telephone'],
  ['email', 'Mail'],
  ['web', 'Web page'],
  ['hours', 'When they answer'],
] as const

function ValueField({ profile, what, form, errors }: FormParts): VNode {
  const field = { name: 'value', value: form.text('value'), error: findError(errors, 'value') }
  switch (what.form) {
    case 'duration':
      return (
        <>
          <Input
            {...field}
            label="The new time"
            hint="Such as 30 minutes, 2 school days, end of school day, by 15:30, no time given."
            autocomplete="off"
          />
          {form.has('sentence') && (
            <Input
              name="sentence"
              label="The sentence that everybody reads"
              hint="Change it where it says the old time."
              value={form.text('sentence')}
              error={findError(errors, 'sentence')}
              autocomplete="off"
            />
          )}
        </>
      )
    case 'time':
      return <Input {...field} label="The new time of day" hint="Such as 8:45am." autocomplete="off" />
    case 'count':
      return <Input {...field} label="The new number" autocomplete="off" />
    case 'roles':
      return (
        <Checkboxes
          name="value"
          legend="Who is told"
          hint="In the order below, where one comes before another."
          look="small"
          values={form.all('value')}
          error={findError(errors, 'value')}
          items={[...new Set(profile.team.map(({ role }) => role))].map(role => ({
            value: role,
            label: roleTitle(profile, role),
          }))}
        />
      )
    case 'contact':
      return (
        <>
          {lines.map(([name, label]) => (
            <Input
              key={name}
              name={name}
              label={label}
              value={form.text(name)}
              error={findError(errors, name)}
              autocomplete="off"
            />
          ))}
        </>
      )
    case 'span':
      return (
        <>
          <Days name="begins" legend="First day" form={form} errors={errors} />
          <Days name="ends" legend="Last day" form={form} errors={errors} />
        </>
      )
    case 'closure':
      return (
        <>
          <Input
            name="says"
            label="What it is"
            hint="Such as a training day."
            value={form.text('says')}
            error={findError(errors, 'says')}
            autocomplete="off"
          />
          <Days name="begins" legend="First day" form={form} errors={errors} />
          <Days name="ends" legend="Last day" form={form} errors={errors} />
        </>
      )
    case 'open-days':
      return (
        <>
          <p class="govuk-body">On which of these days do children attend after all?</p>
          <Days name="begins" legend="First day" form={form} errors={errors} />
          <Days name="ends" legend="Last day" form={form} errors={errors} />
        </>
      )
    case 'route':
      return <RouteFields profile={profile} what={what} form={form} errors={errors} />
    case 'words':
      return <Textarea {...field} label="What the school decides" rows={4} />
  }
}

export interface ProposePageProps extends FormParts {
  readonly formToken: string
  readonly commandKey: string
}

/** Another value for one thing, with its reason and where it was decided. */
export function ProposePage({ formToken, commandKey, ...parts }: ProposePageProps): VNode {
  const { what, form, errors } = parts
  return (
    <>
      <ErrorSummaryFor
        errors={errors.map(({ field, says }) => ({ field: field === 'value' && what.form === 'roles' ? 'value' : field, says }))}
      />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Propose a change: {what.group}</span>
        {what.title}
      </h1>
      <p class="govuk-body">Now: {what.now}.</p>
      <Form action="/policy/changes/new" formToken={formToken} commandKey={commandKey}>
        <input type="hidden" name="what" value={what.path} />
        <ValueField {...parts} />
        <Days name="from" legend="From which day should it hold?" form={form} errors={errors} />
        <Input
          name="because"
          label="Why should it change?"
          value={form.text('because')}
          error={findError(errors, 'because')}
          autocomplete="off"
        />
        <Input
          name="section"
          label="Where was it decided?"
          hint="The meeting, the minute, or the paragraph of the text."
          value={form.text('section')}
          error={findError(errors, 'section')}
          autocomplete="off"
        />
        <Button preventDoubleClick>See what it would alter</Button>
      </Form>
    </>
  )
}

export interface CheckPageProps {
  readonly what: Changeable
  readonly form: FormValues
  readonly proposal: NewProposal
  readonly effects: Effects
  readonly now: Instant
  readonly formToken: string
  readonly commandKey: string
}

/** What only this page or the buttons of the form add. */
const notSentOn = ['checked', 'do', 'did']

/** What the change would alter, before it is sent to whoever approves. */
export function CheckPage({ what, form, proposal, effects, now, formToken, commandKey }: CheckPageProps): VNode {
  const fields = form.entries().filter(([name]) => !notSentOn.includes(name))
  return (
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Before you send it</span>
        {what.title}
      </h1>
      <SummaryList
        rows={[
          { key: 'Now', value: proposal.was },
          { key: 'Then', value: proposal.says },
          { key: 'From', value: dateInWords(proposal.fromOn) },
          { key: 'Why', value: proposal.because },
          { key: 'Decided', value: proposal.section },
        ]}
      />
      <EffectsOf effects={effects} now={now} />
      <p class="govuk-body">A second person approves it. Until then nothing changes.</p>
      <Form action="/policy/changes/new" formToken={formToken} commandKey={commandKey}>
        {fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="checked" value="yes" />
        <ButtonGroup>
          <Button preventDoubleClick>Send it for approval</Button>
          {(what.form === 'route' || what.form === 'duration') && (
            <Button look="secondary" name="do" value="again">
              {what.form === 'route' ? 'Change the steps or their sentences' : 'Change the time or its sentence'}
            </Button>
          )}
        </ButtonGroup>
      </Form>
    </>
  )
}
