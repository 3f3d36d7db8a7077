import { type Actor, check } from '../../../access/index.ts'
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
} from '../../../web/components/index.ts'
import { dateError, dateValues } from '../../../web/http/form-dates.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { absenceReasons, type CoverFacts } from '../model.ts'
import { OutList } from './cover-page.tsx'
import { teamOptions } from './duty-form.tsx'
import { reasonNames } from './words.ts'

export interface OutPageProps {
  readonly facts: CoverFacts
  readonly typed: FormValues
  readonly errors: FieldErrors
}

function When({
  typed,
  errors,
  name,
  legend,
  dateLegend,
  first,
}: OutPageProps & {
  readonly name: 'from' | 'until'
  readonly legend: string
  readonly dateLegend: string
  readonly first: readonly { readonly value: string; readonly label: string }[]
}) {
  const fields = (
    <>
      <DateInput
        id={`${name}-date`}
        namePrefix={`${name}-date`}
        legend={dateLegend}
        values={dateValues(typed, `${name}-date`)}
        error={dateError(errors, `${name}-date`)}
      />
      <Input
        name={`${name}-time`}
        label="Time (if not the whole day)"
        hint="For example, 1:30pm"
        value={typed.text(`${name}-time`)}
        error={findError(errors, `${name}-time`)}
        width={10}
        autocomplete="off"
      />
    </>
  )
  return (
    <Radios
      name={name}
      legend={legend}
      value={typed.text(name)}
      error={findError(errors, name)}
      items={[...first, { value: 'date', label: name === 'from' ? 'From a day' : 'Until a day', conditional: fields }]}
    />
  )
}

/** Saying that one is out, or that a colleague is; and that they are back. */
export function outPage(request: Request<'absence.own', Actor>, props: OutPageProps): string {
  const { facts, typed, errors } = props
  const isKeeper = check(request.someone, 'cover.keep', undefined).allowed
  const own = facts.absences.filter(absence => absence.adultId === request.someone.adultId)
  const others = teamOptions(facts).filter(option => option.value !== request.someone.adultId)
  return pageFor(
    request,
    { title: 'I am out', errors, back: isKeeper ? { href: '/cover', text: 'Cover' } : { href: '/' } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">{isKeeper ? 'Somebody is out' : 'I am out'}</h1>
      <p class="govuk-body">
        Whoever is out is not told of new concerns while somebody else can be. It holds from the moment you save it.
      </p>
      {own.length > 0 && <OutList request={request} absences={own} />}
      <Form action="/cover/out" formToken={request.formToken} commandKey={request.newCommandKey()}>
        {isKeeper && (
          <Select
            name="adult"
            label="Who"
            items={[{ value: request.someone.adultId, text: `${request.someone.name} (me)` }, ...others]}
            value={typed.text('adult')}
            error={findError(errors, 'adult')}
          />
        )}
        <Radios
          name="reason"
          legend="Why?"
          look="small"
          items={absenceReasons.map(reason => ({ value: reason, label: reasonNames[reason] }))}
          value={typed.text('reason')}
          error={findError(errors, 'reason')}
        />
        <When {...props} name="from" legend="From when?" dateLegend="First day" first={[{ value: 'now', label: 'From now' }]} />
        <When
          {...props}
          name="until"
          legend="Until when?"
          dateLegend="Last day"
          first={[
            { value: 'today', label: 'For the rest of today' },
            { value: 'back', label: 'Until they say that they are back' },
          ]}
        />
        <ButtonGroup>
          <Button preventDoubleClick>Save</Button>
          <a class="govuk-link" href={isKeeper ? '/cover' : '/'}>
            Cancel
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
