import type { Action, Actor } from '../../../access/index.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummaryFor,
  type FieldErrors,
  Fieldset,
  Form,
  findError,
  Input,
  Radios,
  Textarea,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { type TouchedConcern, wayNames, ways } from '../model.ts'
import type { Door } from '../routes.ts'
import { WhenFields } from './when-fields.tsx'

/** Where a talk with a parent is written down; what comes first is said before anything is typed. */
export function familyContactPage(
  request: Request<Action, Actor>,
  concern: TouchedConcern,
  door: Door,
  errors: FieldErrors,
): string {
  const { form, profile, now } = request
  const reminders = profile.concern.reminders.filter(reminder => reminder.at === 'parents')
  const line = (name: string) => ({ name, value: form.text(name), error: findError(errors, name), attributes: { dir: 'auto' } })
  return pageFor(
    request,
    { title: 'Write down a talk with a parent', errors, back: { href: door.back }, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>
        Write down a talk with a parent
      </h1>
      {concern.parentsHeld && (
        <WarningText>
          Nobody speaks with the parents about this now, until the safeguarding team lifts it. If it has happened all the same,
          write it down: it is kept, and they are told.
        </WarningText>
      )}
      {concern.triagedAt === null && !concern.parentsHeld && (
        <WarningText>
          The safeguarding team has not judged this yet. Speak with one of them before you speak with a parent: a parent who hears
          of it too soon can put the child at risk.
        </WarningText>
      )}
      {reminders.map(({ says }) => (
        <p class="govuk-body">{says}</p>
      ))}
      <Form action={door.action} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Fieldset legend="Agreed with one of the safeguarding team" legendSize="m">
          <p class="govuk-hint">If nobody had agreed, leave both empty. It is kept all the same, and they are told.</p>
          <Input {...line('agreed-with')} label="Who agreed?" class="govuk-!-width-two-thirds" />
          <Input {...line('agreed-at')} label="When, that day?" width={10} />
        </Fieldset>
        <WhenFields form={form} now={now} errors={errors} time="At what time did you speak with the parent?" />
        <Input
          {...line('who')}
          label="Whom did you speak with?"
          labelSize="s"
          hint="The name, and who it is to the child"
          class="govuk-!-width-two-thirds"
        />
        <Radios
          name="how"
          legend="How?"
          legendSize="s"
          look="small"
          value={form.text('how')}
          error={findError(errors, 'how')}
          items={ways.map(way => ({ value: way, label: wayNames[way] }))}
        />
        <Textarea {...line('says')} label="What was said" labelSize="s" rows={4} />
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
