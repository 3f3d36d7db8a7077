import type { VNode } from 'preact'
import type { Profile } from '../../../policy/profile.ts'
import { roleTitle, routesOf } from '../../../policy/profile-values.ts'
import type { RoleId } from '../../../policy/roles.ts'
import {
  Button,
  type FieldErrors,
  Fieldset,
  findError,
  Input,
  InsetText,
  Select,
  type SelectOption,
} from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Changeable } from '../model.ts'
import { routeFormOf, type TypedStep, typedSteps } from '../route-form.ts'
import { sentencesToCheck } from '../rules-route-words.ts'
import { checkSentence } from './route-in-words.tsx'

interface Parts {
  readonly profile: Profile
  readonly what: Changeable
  readonly form: FormValues
  readonly errors: FieldErrors
}

const moved: Readonly<Record<string, string>> = {
  up: 'The step was moved up.',
  down: 'The step was moved down.',
  out: 'The step was taken out.',
  add: 'There is one more step, at the end.',
}

/** The people of a school whom a route can name. */
function rolesToChoose(profile: Profile): readonly SelectOption[] {
  const known = [
    ...profile.team.map(({ role }) => role),
    ...routesOf(profile).flatMap(({ route }) => route.steps.flatMap(({ roles }) => roles)),
  ]
  return [{ value: '', text: '' }, ...[...new Set<RoleId>(known)].map(role => ({ value: role, text: roleTitle(profile, role) }))]
}

interface StepProps {
  readonly step: TypedStep
  readonly number: number
  readonly last: number
  readonly roles: readonly SelectOption[]
  /** The step for which its sentence was written, where it may not be true here. */
  readonly writtenFor: number | undefined
  readonly errors: FieldErrors
}

function Step({ step, number, last, roles, writtenFor, errors }: StepProps): VNode {
  const name = `step-${number}`
  const act = (value: string, text: string) => (
    <Button look="secondary" name="do" value={`${value}-${number}`} attributes={{ formaction: '/policy/changes/new#steps' }}>
      {text}
      <span class="govuk-visually-hidden"> step {number}</span>
    </Button>
  )
  return (
    <Fieldset legend={`Step ${number}`} legendSize="s">
      {[...step.roles, ''].map((role, index) => (
        <Select
          key={index}
          id={index === 0 ? `${name}-role` : `${name}-role-${index + 1}`}
          name={`${name}-role`}
          label={index === 0 ? 'Who is told' : step.tell === 'all' ? 'And' : 'Or else'}
          items={roles}
          value={role}
          error={index === 0 ? findError(errors, `${name}-role`) : undefined}
        />
      ))}
      <Select
        name={`${name}-tell`}
        label="How many of them hear"
        items={[
          { value: 'first', text: 'The first who is there' },
          { value: 'all', text: 'All of them' },
        ]}
        value={step.tell}
      />
      <Input
        name={`${name}-says`}
        label="In words"
        hint={writtenFor === undefined ? undefined : checkSentence(writtenFor)}
        value={step.says}
        error={findError(errors, `${name}-says`)}
        autocomplete="off"
      />
      <div class="govuk-button-group">
        {number > 1 && act('up', 'Move up')}
        {number < last && act('down', 'Move down')}
        {act('out', 'Take out')}
      </div>
    </Fieldset>
  )
}

function Outside({ profile, form, errors }: Omit<Parts, 'what'>): VNode {
  const contacts = Object.values(profile.contacts)
  const items = [{ value: '', text: '' }, ...contacts.map(({ key, who }) => ({ value: key, text: who }))]
  const chosen = [...form.all('outside').filter(key => key !== ''), '']
  return (
    <Fieldset legend="If nobody in school can be told, whom to ring outside" legendSize="s">
      {chosen.map((key, index) => (
        <Select
          key={index}
          id={index === 0 ? 'outside' : `outside-${index + 1}`}
          name="outside"
          label={index === 0 ? 'First' : index === chosen.length - 1 ? 'One more' : 'Then'}
          items={items}
          value={key}
          error={index === 0 ? findError(errors, 'outside') : undefined}
        />
      ))}
    </Fieldset>
  )
}

/** The steps of a route, each to be moved, changed or taken out by buttons that draw the page again. */
export function RouteFields({ profile, what, form, errors }: Parts): VNode {
  const steps = typedSteps(form)
  const roles = rolesToChoose(profile)
  const said = moved[form.text('did')]
  const checks = sentencesToCheck(typedSteps(routeFormOf(profile, what)), steps)
  return (
    <div id="steps">
      {/* Enter in a line of words sends the form on, it does not press the first button of a step. */}
      <button type="submit" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true">
        See what it would alter
      </button>
      <input type="hidden" name="steps" value={String(steps.length)} />
      {said !== undefined && <InsetText>{said} Nothing is proposed yet.</InsetText>}
      {steps.map((step, index) => (
        <Step key={index} {...{ step, roles, errors }} number={index + 1} last={steps.length} writtenFor={checks[index]} />
      ))}
      <Button look="secondary" name="do" value="add" attributes={{ formaction: '/policy/changes/new#steps' }}>
        Add a step
      </Button>
      <Outside profile={profile} form={form} errors={errors} />
    </div>
  )
}
