import type { VNode } from 'preact'
import type { Visitor } from '../../../access/index.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  InsetText,
  Panel,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { visitorPageFor } from '../../../web/page.tsx'
import type { FormContext } from '../form-reading.ts'
import type { NewConcern } from '../model.ts'
import { CheckedGroups } from './check-page.tsx'
import { RingBecause } from './form-asked.tsx'
import { EnterKey, Questions } from './form-page.tsx'
import { Heading, Line, Reminders, remindersAt } from './form-parts.tsx'
import { FurtherRoutes } from './further-routes.tsx'
import { Contacts, contactsToRing, RingFirst, roleTitle } from './ringing.tsx'

type VisitorRequest = Request<'concern.record', Visitor>

function readers({ profile }: FormContext): string {
  const roles = [...new Set(profile.routes.welfare.steps[0]?.roles ?? [])]
  return roles.map(role => `the ${roleTitle(profile, role)}`).join(' and ')
}

function WhoReports(section: { readonly context: FormContext; readonly errors: FieldErrors }): VNode {
  return (
    <>
      <Heading>About you</Heading>
      <p class="govuk-body">
        You need not say who you are. It helps the child if the school can ask you something, and nobody is given your name who
        does not need it.
      </p>
      <Line {...section} name="reporter-name" label="Your name (optional)" width={20} />
      <Line
        {...section}
        name="reporter-contact"
        label="How to reach you (optional)"
        hint="A telephone number or a mail address"
        width={20}
      />
    </>
  )
}

/** The same form for adults without an account: nobody is looked up, nothing is kept before it is sent. */
export function visitorFormPage(
  request: VisitorRequest,
  context: FormContext,
  errors: FieldErrors,
  standing: 'being-written' | 'not-sent' = 'being-written',
): string {
  const path = `/report/${request.school.visitorToken}`
  const title = 'I am worried about a child'
  return visitorPageFor(
    request,
    { title, errors, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      {standing === 'not-sent' && (
        <WarningText>
          What you wrote has not been sent: this page had been open for too long, or did not arrive whole. All of it is still in
          the form below. Check it, and send it once more.
        </WarningText>
      )}
      <h1 class="govuk-heading-l">{title}</h1>
      <RingFirst profile={context.profile} now={context.now} helpHref={context.helpHref} />
      <p class="govuk-body">
        What you write here goes to {readers(context)} of {context.profile.school.name}. They will read it. If it is about one of
        them, name them below and they will not be given it.
      </p>
      <Reminders reminders={remindersAt(context.profile, 'before')} />
      {context.profile.concern.paperForm && (
        <p class="govuk-body">If you would rather write on paper: {context.profile.concern.paperForm.value}.</p>
      )}
      <InsetText>Nothing is saved until you send it. If you close this page, what you typed is gone.</InsetText>
      <Form action={path} formToken={request.formToken} id="concern-form" attributes={{ autocomplete: 'off' }}>
        <input type="hidden" name="concern-id" value={context.draftId} />
        <EnterKey />
        <Questions context={context} errors={errors} />
        <WhoReports context={context} errors={errors} />
        <Button name="_do" value="check">
          Check what you have written
        </Button>
      </Form>
    </>,
  )
}

/** Shows a visitor what was written once more; the page itself carries it, for nothing is kept yet. */
export function visitorCheckPage(request: VisitorRequest, context: FormContext, concern: NewConcern): string {
  const path = `/report/${request.school.visitorToken}`
  const kept = context.form.entries().filter(([name]) => name !== 'concern-id')
  return visitorPageFor(
    request,
    { title: 'Check what you have written', quickExit: true },
    <>
      <h1 class="govuk-heading-l">Check what you have written, then send it</h1>
      <RingBecause profile={context.profile} now={context.now} answers={concern.answers} />
      <CheckedGroups concern={concern} context={context} />
      <p class="govuk-body">When you send it, {readers(context)} are told at once. You cannot change it afterwards.</p>
      {/* The concern's id is the key: however often it is pressed, it is one sending. */}
      <Form action={path} formToken={request.formToken} commandKey={context.draftId}>
        <input type="hidden" name="concern-id" value={context.draftId} />
        {kept.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <ButtonGroup>
          <Button name="_do" value="submit" preventDoubleClick>
            Send
          </Button>
          <Button name="_do" value="stay" look="secondary">
            Go back and change it
          </Button>
        </ButtonGroup>
      </Form>
    </>,
  )
}

/** After a visitor has sent it: a reference, and whom to ring. Who in particular was told is not said. */
export function visitorDonePage(request: VisitorRequest, reference: string): string {
  const { profile, now } = request
  return visitorPageFor(
    request,
    { title: 'Thank you. It is recorded', quickExit: true },
    <>
      <Panel title="Thank you. It is recorded">
        Reference <strong>{reference}</strong>
      </Panel>
      <p class="govuk-body">Write the reference down: with it the school finds what you sent. This page cannot show it again.</p>
      <p class="govuk-body">
        The school's safeguarding team is told at once. If you left a way to reach you, they may ask you something. They may not
        be able to tell you what was done.
      </p>
      <h2 class="govuk-heading-m">If you think it cannot wait, or nothing happens</h2>
      <p class="govuk-body">Anybody may ring these numbers. You do not need the school's permission.</p>
      <Contacts
        contacts={contactsToRing(
          profile,
          [...new Set([...profile.emergency.map(one => one.contact), ...profile.routes.welfare.outside])],
          now,
        )}
      />
      {profile.challenge.further.some(route => route.who === 'families') && (
        <h2 class="govuk-heading-m">If you are not satisfied with the response</h2>
      )}
      <FurtherRoutes profile={profile} who="families" now={now} />
    </>,
  )
}
