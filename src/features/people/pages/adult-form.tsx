import type { Actor } from '../../../access/index.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Radios,
} from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { type AdultRecord, adultKinds } from '../model.ts'
import { adultKindNames } from './words.ts'

export interface AdultFormProps {
  readonly typed: FormValues
  readonly errors: FieldErrors
  readonly adult?: AdultRecord
}

/** Adding an adult, or changing what is known of one. */
export function adultFormPage(request: Request<'adult.keep', Actor>, { typed, errors, adult }: AdultFormProps): string {
  const title = adult ? `Change the details of ${adult.name}` : 'Add a person'
  const back = adult ? `/people/${adult.id}` : '/people'
  const input = (name: string, label: string, more: object = {}) => (
    <Input name={name} label={label} value={typed.text(name)} error={findError(errors, name)} autocomplete="off" {...more} />
  )
  return pageFor(
    request,
    { title, errors, back: { href: back } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <Form
        action={adult ? `/people/${adult.id}/edit` : '/people/new'}
        formToken={request.formToken}
        commandKey={request.newCommandKey()}
      >
        {input('name', 'Full name')}
        <Radios
          name="kind"
          legend="Who are they to the school?"
          items={adultKinds.map(kind => ({ value: kind, label: adultKindNames[kind] }))}
          value={typed.text('kind')}
          error={findError(errors, 'kind')}
        />
        {input('job', 'Job')}
        {input('employer', 'Employer (if not the school)')}
        {input('email', 'Email', { type: 'email' })}
        {input('phone', 'Telephone', { type: 'tel', width: 20, hint: 'Shown when they are on duty for safeguarding' })}
        <ButtonGroup>
          <Button preventDoubleClick>{adult ? 'Save' : 'Add person'}</Button>
          <a class="govuk-link" href={back}>
            Cancel
          </a>
        </ButtonGroup>
      </Form>
      {!adult && <p class="govuk-body">They have no rights until you appoint them to a role on their page.</p>}
    </>,
  )
}
