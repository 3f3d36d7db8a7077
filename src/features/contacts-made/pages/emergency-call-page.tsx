import type { Action, Actor } from '../../../access/index.ts'
import {
  Button,
  ButtonGroup,
  ContactList,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Radios,
  Textarea,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { contactsToRing } from '../../concerns/index.ts'
import { serviceNames, services, type TouchedConcern } from '../model.ts'
import type { Door } from '../routes.ts'
import { WhenFields } from './when-fields.tsx'

/** Where whoever rang the emergency number, or knows who did, writes it down. */
export function emergencyCallPage(
  request: Request<Action, Actor>,
  concern: TouchedConcern,
  door: Door,
  errors: FieldErrors,
): string {
  const { form, profile, now, someone } = request
  const numbers = profile.emergency.slice(0, 1).map(({ contact }) => contact)
  const line = (name: string) => ({ name, value: form.text(name), error: findError(errors, name), attributes: { dir: 'auto' } })
  return pageFor(
    request,
    { title: 'Write down an emergency call', errors, back: { href: door.back }, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>
        Write down an emergency call
      </h1>
      <p class="govuk-body">Ring first, if nobody has:</p>
      <div class="govuk-body">
        <ContactList contacts={contactsToRing(profile, numbers, now)} />
      </div>
      <Form action={door.action} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <WhenFields form={form} now={now} errors={errors} time="At what time was the call?" />
        <Input
          {...line('rang-by')}
          value={form.has('rang-by') ? form.text('rang-by') : someone.name}
          label="Who rang?"
          labelSize="s"
          class="govuk-!-width-two-thirds"
        />
        <Radios
          name="service"
          legend="Which service?"
          legendSize="s"
          look="small"
          value={form.text('service')}
          error={findError(errors, 'service')}
          items={services.map(service => ({ value: service, label: serviceNames[service] }))}
        />
        <Input {...line('incident')} label="Incident number, if they gave one" labelSize="s" width={20} />
        <Textarea {...line('says')} label="What they said, and who comes, if you know" labelSize="s" rows={3} />
        <p class="govuk-body">Whoever has this concern is told, and given the next steps to do.</p>
        <ButtonGroup>
          <Button preventDoubleClick>Write it down</Button>
          <a class="govuk-link" href={door.back}>
            Go back without saving
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
