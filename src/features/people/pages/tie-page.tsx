import type { Actor } from '../../../access/index.ts'
import { Button, ErrorSummaryFor, type FieldErrors, Form, findError, Input, Radios } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { type AdultRecord, type ListedAdult, tieKinds } from '../model.ts'
import type { FoundChildren } from '../queries.ts'
import { foundDetail } from './find-page.tsx'
import { childName, tieNames } from './words.ts'

export interface TiePageProps {
  readonly adult: AdultRecord
  readonly q: string
  readonly children: FoundChildren
  readonly adults: readonly ListedAdult[]
  readonly typed: FormValues
  readonly errors: FieldErrors
}

function choicesOf({ adult, children, adults }: TiePageProps) {
  return [
    ...children.children.map(child => ({ value: `child/${child.id}`, label: childName(child), hint: foundDetail(child) })),
    ...adults
      .filter(one => one.id !== adult.id)
      .slice(0, 20)
      .map(one => ({ value: `adult/${one.id}`, label: one.name, hint: one.jobTitle ?? 'Adult of this school' })),
  ]
}

/** Finding the child or adult to whom somebody is tied, and saying how: without a script. */
export function tiePage(request: Request<'tie.keep', Actor>, props: TiePageProps): string {
  const { adult, q, typed, errors } = props
  const choices = choicesOf(props)
  const path = `/people/${adult.id}/ties/new`
  return pageFor(
    request,
    { title: `Declare a tie: ${adult.name}`, errors, back: { href: `/people/${adult.id}`, text: adult.name } },
    <>
      <ErrorSummaryFor errors={errors} />
      <span class="govuk-caption-l">{adult.name}</span>
      <h1 class="govuk-heading-l">Declare a tie</h1>
      <p class="govuk-body">
        From the moment you save it, {adult.name} is outside every concern about that child or adult, earlier ones too.
      </p>
      <form method="get" action={path}>
        <Input
          name="q"
          label="Name of the child or adult"
          hint="The beginning of any of their names"
          type="search"
          value={q}
          width={20}
          autocomplete="off"
        />
        <Button look="secondary">Find</Button>
      </form>
      {q !== '' && choices.length === 0 && (
        <p class="govuk-body" role="status">
          Nobody was found. Try fewer letters, or another spelling.
        </p>
      )}
      {choices.length > 0 && (
        <Form action={path} formToken={request.formToken} commandKey={request.newCommandKey()}>
          <input type="hidden" name="q" value={q} />
          <Radios name="to" legend="Who is it?" items={choices} value={typed.text('to')} error={findError(errors, 'to')} />
          <Radios
            name="kind"
            legend={`What is ${adult.name} to them?`}
            items={tieKinds.map(kind => ({ value: kind, label: tieNames[kind] }))}
            value={typed.text('kind')}
            error={findError(errors, 'kind')}
          />
          <Button preventDoubleClick>Declare this tie</Button>
        </Form>
      )}
    </>,
  )
}
