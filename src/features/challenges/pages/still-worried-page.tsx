import type { Actor } from '../../../access/index.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  NotificationBanner,
  Textarea,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { FurtherRoutes, type RecordedConcern } from '../../concerns/index.ts'
import type { OwnChallenge } from '../model.ts'

export interface StillWorriedProps {
  readonly concern: RecordedConcern
  readonly before: readonly OwnChallenge[]
  readonly errors: FieldErrors
}

/** Where whoever reported a concern says that they are still worried, and finds what else is open to them. */
export function stillWorriedPage(request: Request<'concern.challenge', Actor>, props: StillWorriedProps): string {
  const { concern, before, errors } = props
  const { profile, now } = request
  const open = before.find(challenge => challenge.reply === null)
  return pageFor(
    request,
    {
      title: 'I am still worried',
      errors,
      back: { href: `/my-concerns/${concern.id}`, text: 'Your concern' },
      quickExit: true,
    },
    <>
      <ErrorSummaryFor errors={errors} />
      {open && (
        <NotificationBanner
          text={
            open.isOutside
              ? 'You have said so already: it is with the safeguarding team.'
              : 'You have said so already, and the answer is not written yet. It stays open until it is.'
          }
        />
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>I am still worried, or not satisfied with the response
      </h1>
      {!open && (
        <>
          <p class="govuk-body">
            You need not be sure. It goes to somebody who did not decide, and who must answer you in writing with the reason. A
            concern that was closed is opened again.
          </p>
          <Form
            action={`/my-concerns/${concern.id}/still-worried`}
            formToken={request.formToken}
            commandKey={request.newCommandKey()}
          >
            <Textarea
              name="says"
              label="Why are you still worried?"
              labelSize="m"
              hint="What you doubt, what has happened since, or that you have heard nothing."
              value={request.form.text('says')}
              error={findError(errors, 'says')}
              attributes={{ dir: 'auto' }}
            />
            <Button preventDoubleClick>I am still worried: send this</Button>
          </Form>
        </>
      )}
      <h2 class="govuk-heading-m">What else is open to you</h2>
      <p class="govuk-body">
        Anybody may ring social care or the police themselves.{' '}
        <a class="govuk-link" href={`/concerns/${concern.id}/direct-referral`}>
          The numbers, and where to write down that you have rung
        </a>
      </p>
      <FurtherRoutes profile={profile} who="staff" now={now} />
    </>,
  )
}
