import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import {
  Button,
  ContactList,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  NotificationBanner,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { CannotReach, contactsToRing, type RecordedConcern } from '../../concerns/index.ts'
import { roleName } from '../../people/index.ts'
import type { RoleHolder } from '../../role-holders/index.ts'
import { StepFields } from './step-fields.tsx'

export interface WithoutDslProps {
  readonly concern: RecordedConcern
  readonly leaders: readonly RoleHolder[]
  readonly errors: FieldErrors
}

type OwnRequest = Request<'concern.own' | 'concern.add-to-own', Actor>

function Leaders({ request, page }: { readonly request: OwnRequest; readonly page: WithoutDslProps }): VNode {
  const { leaders, concern } = page
  if (leaders.length === 0) return <p class="govuk-body">No senior leader can be given this one. Go on to the next.</p>
  return (
    <>
      {concern.saidUnreachable && <p class="govuk-body">All of them have been told.</p>}
      <div class="govuk-body">
        <ContactList
          contacts={leaders.map(leader => ({
            name: leader.name,
            phone: leader.phone ?? undefined,
            detail: `${roleName(request.profile, leader.role)}${leader.absent ? ', not in school now' : ''}`,
          }))}
        />
      </div>
    </>
  )
}

/** Whom to ring when no DSL can be reached, in the order of the policy, and where to write down what was done. */
export function withoutDslPage(request: OwnRequest, page: WithoutDslProps): string {
  const { concern, errors } = page
  const { profile, now, form } = request
  const danger = profile.emergency.slice(0, 1).map(({ contact }) => contact)
  return pageFor(
    request,
    { title: 'No DSL can be reached', errors, back: { href: `/my-concerns/${concern.id}` }, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      {request.query.has('recorded') && (
        <NotificationBanner type="success" text="Recorded. A DSL is told, reads it and countersigns it." />
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>
        No DSL can be reached: do not wait
      </h1>
      {concern.acknowledgedAt && (
        <WarningText>
          {concern.acknowledgedBy ?? 'Somebody'} has it since {nearMomentInWords(concern.acknowledgedAt, now)}. Speak with them
          first.
        </WarningText>
      )}
      <p class="govuk-body">If a child is in danger now:</p>
      <div class="govuk-body">
        <ContactList contacts={contactsToRing(profile, danger, now)} />
      </div>
      <p class="govuk-body">Otherwise go down this list until somebody answers.</p>
      <h2 class="govuk-heading-m">1. A senior leader</h2>
      <Leaders request={request} page={page} />
      {!concern.saidUnreachable && (
        <CannotReach concern={concern} formToken={request.formToken} commandKey={request.newCommandKey()} />
      )}
      <h2 class="govuk-heading-m">2. Outside school, in this order</h2>
      <div class="govuk-body">
        <ContactList contacts={contactsToRing(profile, profile.routes.welfare.outside, now)} />
      </div>
      <h2 class="govuk-heading-m">Write down the advice that you were given</h2>
      <Form action={`/concerns/${concern.id}/without-dsl`} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <StepFields form={form} errors={errors} now={now} />
        <Button>Record this</Button>
      </Form>
      <p class="govuk-body">
        <a class="govuk-link" href={`/concerns/${concern.id}/direct-referral`}>
          I have made a referral myself: record it
        </a>
      </p>
    </>,
  )
}
