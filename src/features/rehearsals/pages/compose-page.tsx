import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { dateInWords, momentInWords } from '../../../kernel/london-time.ts'
import { parsePlainDate } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { otherAuthority } from '../../../policy/where-to.ts'
import { findWallTime } from '../../../rehearsal/wall-time.ts'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  Details,
  ErrorSummaryFor,
  type FieldErrors,
  Fieldset,
  Form,
  findError,
  Input,
  Select,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { EventField, EventForm } from '../event-fields.ts'
import { roleOptions } from '../role-options.ts'
import { refOf, type Scenario, type TypedEvent, type TypedPerson, type TypedPupil } from '../scenario.ts'

export interface ComposeProps {
  readonly scenario: Scenario
  readonly forms: readonly EventForm[]
  readonly errors: FieldErrors
}

interface Shown extends ComposeProps {
  readonly profile: Profile
}

type Line = {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly hint?: string
  readonly width?: 5 | 10 | 20
}

/** How a date is typed here, since several stand on one line and in the file of a rehearsal. */
const dateHint = 'Year, month, day: 2026-11-20 is 20 November 2026'

/** When an event happens, as everybody says it; nothing where it is not a moment yet. */
function whenInWords({ date, time }: TypedEvent): string {
  const found = findWallTime(`${date.trim()} ${time.trim()}`)
  return found.ok ? `, ${momentInWords(found.value)}` : ''
}

/** Typed dates as everybody says them; what is none stays as it was typed. */
function datesInWords(typed: string): string {
  const say = (text: string) => {
    const found = parsePlainDate(text.trim())
    return found ? dateInWords(found) : text.trim()
  }
  return typed.split(',').map(say).join(', ')
}

const nobody = { value: '', text: 'Nobody' }

const named = (list: readonly { readonly name: string }[]) =>
  list.filter(one => one.name.trim() !== '').map(({ name }) => ({ value: name.trim(), text: name.trim() }))

function TextLine({ of, errors }: { readonly of: Line; readonly errors: FieldErrors }): VNode {
  const { name, label, value, hint, width } = of
  return (
    <Input name={name} label={label} hint={hint} value={value} width={width} error={findError(errors, name)} autocomplete="off" />
  )
}

function Remove({ what, row }: { readonly what: string; readonly row: number }): VNode {
  return (
    <Button look="secondary" name="_do" value={`remove ${what} ${row}`}>
      Take this {what} out
    </Button>
  )
}

/** Whether anything under these names is wrong: then it is not folded away. */
function isWrong(errors: FieldErrors, prefix: string): boolean {
  return errors.some(({ field }) => field.startsWith(prefix))
}

function PersonRow({ shown, person, row }: { readonly shown: Shown; readonly person: TypedPerson; readonly row: number }): VNode {
  const name = (key: string) => `person-${row}-${key}`
  const { errors } = shown
  const roles = roleOptions(shown.profile, [person.role, person.otherRole]).map(({ id, name: text }) => ({ value: id, text }))
  const title = roles.find(role => role.value === person.role)?.text ?? 'no role'
  const others = named(shown.scenario.people.filter(other => other !== person))
  const more = [
    person.away && `away on ${datesInWords(person.away)}`,
    person.relativeOf && 'a relative',
    person.parentOf && 'a parent',
  ].filter(Boolean)
  return (
    <Details
      summary={person.name === '' ? `Person ${row + 1}` : [...new Set([person.name, title]), ...more].join(', ')}
      isOpen={person.name === '' || isWrong(errors, `person-${row}-`)}
    >
      <input type="hidden" name={`person-${row}`} value="yes" />
      <div class="hf-fields">
        <TextLine of={{ name: name('name'), label: 'Name', value: person.name, width: 20 }} errors={errors} />
        <Select
          name={name('role')}
          label="Role"
          items={[{ value: '', text: 'No role' }, ...roles]}
          value={person.role}
          error={findError(errors, name('role'))}
        />
        <Select
          name={name('otherRole')}
          label="Also (optional)"
          items={[{ value: '', text: 'No other role' }, ...roles]}
          value={person.otherRole}
        />
        <TextLine
          of={{
            name: name('away'),
            label: 'Away on (optional)',
            hint: `${dateHint}; several with commas`,
            value: person.away,
            width: 20,
          }}
          errors={errors}
        />
        <Select name={name('relativeOf')} label="A relative of" items={[nobody, ...others]} value={person.relativeOf} />
        <Select
          name={name('parentOf')}
          label="Parent of"
          items={[nobody, ...named(shown.scenario.pupils)]}
          value={person.parentOf}
        />
        <TextLine
          of={{
            name: name('employer'),
            label: 'Employed by another (optional)',
            hint: 'For supply staff and contractors',
            value: person.employer,
            width: 20,
          }}
          errors={errors}
        />
      </div>
      <Remove what="person" row={row} />
    </Details>
  )
}

function authorityItems(profile: Profile) {
  const keys = [...new Set([profile.school.authority, ...profile.referrals.map(referral => referral.authority)])]
  const nameOf = (key: string) => profile.referrals.find(referral => referral.authority === key)?.authorityName ?? key
  const named = keys.map(key => ({ value: key, text: nameOf(key) }))
  return [{ value: '', text: 'Not known' }, ...named, { value: otherAuthority, text: 'Another authority' }]
}

function PupilRow({ shown, pupil, row }: { readonly shown: Shown; readonly pupil: TypedPupil; readonly row: number }): VNode {
  const name = (key: string) => `pupil-${row}-${key}`
  const line = (key: keyof TypedPupil, label: string, hint: string) => (
    <TextLine of={{ name: name(key), label, hint, value: pupil[key], width: 20 }} errors={shown.errors} />
  )
  const authorities = authorityItems(shown.profile)
  const home = authorities.find(item => item.value === pupil.authority)?.text ?? ''
  return (
    <Details
      summary={
        pupil.name === ''
          ? `Pupil ${row + 1}`
          : [pupil.name, home, pupil.born && `born on ${datesInWords(pupil.born)}`, pupil.status].filter(Boolean).join(', ')
      }
      isOpen={pupil.name === '' || isWrong(shown.errors, `pupil-${row}-`)}
    >
      <input type="hidden" name={`pupil-${row}`} value="yes" />
      <div class="hf-fields">
        <TextLine of={{ name: name('name'), label: 'Name', value: pupil.name, width: 20 }} errors={shown.errors} />
        <Select
          name={name('authority')}
          label="Lives in"
          items={authorities}
          value={pupil.authority}
          error={findError(shown.errors, name('authority'))}
        />
        {line('born', 'Born on (optional)', dateHint)}
        {line('leavesAt', 'Goes home at (optional)', 'For example 15:15')}
        {line('status', 'Status (optional)', 'For example looked-after, child-protection-plan')}
      </div>
      <Remove what="pupil" row={row} />
    </Details>
  )
}

/** What earlier events opened. */
function refItems({ scenario, forms }: Shown, before: number) {
  return scenario.events.slice(0, before).flatMap(({ event, answers }, index) => {
    const form = forms.find(one => one.event === event)
    if (!form?.opens) return []
    const alleged = (answers['alleged'] ?? []).filter(answer => answer !== '')
    const text = `${index + 1}: ${form.name}`
    const beside = { value: `${refOf(index)}-conduct`, text: `${text}, the part about the adult` }
    return [{ value: refOf(index), text }, ...(alleged.length > 0 ? [beside] : [])]
  })
}

type FieldProps = { readonly shown: Shown; readonly field: EventField; readonly event: TypedEvent; readonly row: number }

function choicesOf({ shown, field, row }: FieldProps) {
  const { people, pupils } = shown.scenario
  switch (field.kind) {
    case 'ref':
      return refItems(shown, row)
    case 'person':
    case 'people':
      return named(people)
    case 'pupils':
      return named(pupils)
    case 'anybody':
      return [...named(pupils), ...named(people)]
    case 'yes-no':
      return [
        { value: 'yes', text: 'Yes' },
        { value: 'no', text: 'No' },
      ]
    default:
      return (field.options ?? []).map(option => ({ value: option.id, text: option.name }))
  }
}

function Answer(props: FieldProps): VNode {
  const { shown, field, event, row } = props
  const name = `event-${row}-answer-${field.key}`
  const answers = event.answers[field.key] ?? []
  const error = findError(shown.errors, name)
  const label = field.optional ? `${field.label} (optional)` : field.label
  switch (field.kind) {
    case 'line':
    case 'date':
    case 'number': {
      const hint = field.kind === 'date' ? dateHint : undefined
      return (
        <Input
          name={name}
          label={label}
          hint={hint}
          value={answers[0] ?? ''}
          error={error}
          width={field.kind === 'number' ? 5 : 20}
          autocomplete="off"
        />
      )
    }
    case 'people':
    case 'pupils':
    case 'anybody':
    case 'some-of':
      return (
        <Checkboxes
          name={name}
          legend={label}
          look="small"
          items={choicesOf(props).map(({ value, text }) => ({ value, label: text }))}
          values={answers}
          error={error}
        />
      )
    default:
      return (
        <Select
          name={name}
          label={label}
          items={[{ value: '', text: 'Choose' }, ...choicesOf(props)]}
          value={answers[0]}
          error={error}
        />
      )
  }
}

function EventRow({ shown, event, row }: { readonly shown: Shown; readonly event: TypedEvent; readonly row: number }): VNode {
  const form = shown.forms.find(one => one.event === event.event)
  const fields = form?.fields ?? []
  const few = fields.filter(field => !field.optional)
  const more = fields.filter(field => field.optional)
  const answer = (field: EventField) => <Answer key={field.key} shown={shown} field={field} event={event} row={row} />
  const isShort = ({ kind }: EventField) => !['people', 'pupils', 'anybody', 'some-of'].includes(kind)
  const asked = more.some(field => (event.answers[field.key] ?? []).some(text => text !== ''))
  const isOpen = asked || more.some(field => isWrong(shown.errors, `event-${row}-answer-${field.key}`))
  return (
    <Fieldset legend={`${row + 1}. ${form?.name ?? event.event}${whenInWords(event)}`} legendSize="m" class="hf-fields-group">
      <input type="hidden" name={`event-${row}`} value={event.event} />
      <div class="hf-fields">
        <TextLine
          of={{ name: `event-${row}-date`, label: 'Date', hint: dateHint, value: event.date, width: 10 }}
          errors={shown.errors}
        />
        <TextLine
          of={{ name: `event-${row}-time`, label: 'Time', hint: 'For example 14:10', value: event.time, width: 5 }}
          errors={shown.errors}
        />
        {few.filter(isShort).map(answer)}
      </div>
      {few.filter(field => !isShort(field)).map(answer)}
      {more.length > 0 && (
        <Details summary="More that may be said" isOpen={isOpen}>
          <div class="hf-fields">{more.filter(isShort).map(answer)}</div>
          {more.filter(field => !isShort(field)).map(answer)}
        </Details>
      )}
      <Remove what="event" row={row} />
    </Fieldset>
  )
}

function Play({ id }: { readonly id?: string }): VNode {
  return (
    <Button name="_do" value="play" id={id}>
      Play it
    </Button>
  )
}

/** Composing what happens: who is there, which child, and what happens when. */
export function composePage(request: Request<'rehearsal.play', Actor>, props: ComposeProps): string {
  const shown = { ...props, profile: request.profile }
  const { people, pupils, events } = props.scenario
  return pageFor(
    request,
    { title: 'Compose a rehearsal', errors: props.errors, wide: true, back: { href: '/rehearsals', text: 'Rehearsals' } },
    <>
      <ErrorSummaryFor errors={props.errors} />
      <h1 class="govuk-heading-l">What if this happened?</h1>
      <p class="govuk-body">
        Say who is there and what happens, then play it: you read who would be told, what would be due and which paragraph says
        so. Everybody here is invented, nothing is kept, and no mail leaves. Only the people listed are there; every other post is
        vacant.
      </p>
      <Form action="/rehearsals/compose" formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Play id="play" />
        <h2 class="govuk-heading-m">Who is there</h2>
        {people.map((person, row) => (
          <PersonRow key={row} shown={shown} person={person} row={row} />
        ))}
        <Button look="secondary" name="_do" value="add person">
          Add a person
        </Button>
        <h2 class="govuk-heading-m">Which pupils</h2>
        {pupils.map((pupil, row) => (
          <PupilRow key={row} shown={shown} pupil={pupil} row={row} />
        ))}
        <Button look="secondary" name="_do" value="add pupil">
          Add a pupil
        </Button>
        <h2 class="govuk-heading-m">What happens</h2>
        {events.map((event, row) => (
          <EventRow key={row} shown={shown} event={event} row={row} />
        ))}
        <Select
          name="added"
          label="What happens next?"
          items={props.forms.map(({ event, name }) => ({ value: event, text: name }))}
        />
        <ButtonGroup>
          <Button look="secondary" name="_do" value="add event">
            Add this event
          </Button>
          <Play />
        </ButtonGroup>
      </Form>
    </>,
  )
}
