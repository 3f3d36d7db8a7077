import type { Actor } from '../../../access/index.ts'
import type { Profile } from '../../../policy/profile.ts'
import {
  Button,
  ButtonGroup,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Radios,
  Select,
  Textarea,
} from '../../../web/components/index.ts'
import { dateError, dateValues } from '../../../web/http/form-dates.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { ChildRecord, Standing } from '../model.ts'
import { authorityName, childName, standingNames } from './words.ts'

export interface ChildFormProps {
  readonly typed: FormValues
  readonly errors: FieldErrors
  /** Absent for a new child. */
  readonly child?: ChildRecord
}

/** One list for authority and locality, so that the two can never disagree. */
export function homeOptions(profile: Profile): { value: string; text: string }[] {
  return profile.referrals.flatMap(({ authority, localities = [] }) => {
    const name = authorityName(profile, authority)
    if (localities.length === 0) return [{ value: authority, text: name }]
    return [
      ...localities.map(place => ({ value: `${authority}/${place.id}`, text: `${name}, ${place.name}` })),
      { value: authority, text: `${name}, locality not known` },
    ]
  })
}

export function standingsFor(child: ChildRecord | undefined): readonly Standing[] {
  const usual: Standing[] = ['on-roll', 'dual', 'not-on-roll']
  if (child === undefined) return usual
  return child.standing === 'unidentified' ? [...usual, 'unidentified'] : [...usual, 'left']
}

function Names({ typed, errors }: ChildFormProps) {
  return (
    <>
      <Input
        name="given"
        label="First name"
        value={typed.text('given')}
        error={findError(errors, 'given')}
        width={20}
        autocomplete="off"
      />
      <Input
        name="family"
        label="Family name"
        value={typed.text('family')}
        error={findError(errors, 'family')}
        width={20}
        autocomplete="off"
      />
      <Input
        name="known-as"
        label="Known as (if different)"
        value={typed.text('known-as')}
        error={findError(errors, 'known-as')}
        width={20}
        autocomplete="off"
      />
      <DateInput
        id="born"
        namePrefix="born"
        legend="Date of birth"
        hint="For example, 27 3 2016. Leave it empty if nobody knows."
        values={dateValues(typed, 'born')}
        error={dateError(errors, 'born')}
      />
    </>
  )
}

function Place({ typed, errors, child }: ChildFormProps) {
  const choices = standingsFor(child).map(standing => ({
    value: standing,
    label: standingNames[standing],
    ...(standing === 'dual' || standing === 'left'
      ? {
          conditional: (
            <Input
              name={`other-school-${standing}`}
              label={standing === 'dual' ? 'The other school' : 'The school they went to (if known)'}
              value={typed.text(`other-school-${standing}`)}
              error={findError(errors, `other-school-${standing}`)}
            />
          ),
        }
      : {}),
  }))
  return (
    <>
      <Radios
        name="standing"
        legend="How do they belong to this school?"
        items={choices}
        value={typed.text('standing')}
        error={findError(errors, 'standing')}
      />
      <Input
        name="year"
        label="Year group"
        hint="A number, R for reception, N for nursery"
        value={typed.text('year')}
        error={findError(errors, 'year')}
        width={4}
        autocomplete="off"
      />
      <Input
        name="class"
        label="Class or tutor group"
        value={typed.text('class')}
        error={findError(errors, 'class')}
        width={10}
        autocomplete="off"
      />
    </>
  )
}

function Home({ profile, typed, errors }: ChildFormProps & { readonly profile: Profile }) {
  return (
    <>
      <Select
        name="home"
        label="Which authority do they live in?"
        hint="Referrals go to the authority where the child lives, not where the school is."
        items={[{ value: '', text: 'Not known' }, ...homeOptions(profile)]}
        value={typed.text('home')}
        error={findError(errors, 'home')}
      />
      <Input
        name="leaves-at"
        label="When do they leave the premises (if not at the end of the day)?"
        hint="For example, 13:15"
        value={typed.text('leaves-at')}
        error={findError(errors, 'leaves-at')}
        width={5}
        autocomplete="off"
      />
      <Textarea
        name="description"
        label="Description"
        hint="Only for a child who is not on our roll or not identified: what helps to recognise them."
        rows={2}
        value={typed.text('description')}
        error={findError(errors, 'description')}
      />
    </>
  )
}

/** Adding a child, or changing what is known of one. */
export function childFormPage(request: Request<'child.keep', Actor>, props: ChildFormProps): string {
  const { child, errors } = props
  const title =
    child === undefined
      ? 'Add a child'
      : child.standing === 'unidentified'
        ? 'Say who this child is'
        : `Change the details of ${childName(child)}`
  const back = child ? `/children/${child.id}/details` : '/children'
  return pageFor(
    request,
    { title, errors, back: { href: back } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <Form
        action={child ? `/children/${child.id}/details/edit` : '/children/new'}
        formToken={request.formToken}
        commandKey={request.newCommandKey()}
      >
        <Names {...props} />
        <Place {...props} />
        <Home {...props} profile={request.profile} />
        <ButtonGroup>
          <Button preventDoubleClick>{child ? 'Save' : 'Add child'}</Button>
          <a class="govuk-link" href={back}>
            Cancel
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
