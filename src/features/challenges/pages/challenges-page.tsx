import type { Actor } from '../../../access/index.ts'
import { assertNever } from '../../../kernel/exhaustive.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  NotificationBanner,
  Textarea,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { findToAnswer } from '../commands.ts'
import type { ChallengesOf, ReplyRefusal } from '../model.ts'
import { ChallengeCard } from './on-concern.tsx'

function refusalInWords(refusal: ReplyRefusal): string {
  switch (refusal.code) {
    case 'answered-already':
      return 'Somebody has answered this meanwhile. What you typed is still here.'
    case 'not-yours':
      return 'You decided this yourself, so somebody else answers. What you typed is still here.'
    default:
      return assertNever(refusal)
  }
}

/** Where whoever was given a challenge answers it. */
export function challengesPage(
  request: Request<'challenge.answer', Actor>,
  found: ChallengesOf,
  errors: FieldErrors,
  refusal?: ReplyRefusal,
): string {
  const mine = findToAnswer(request, found.challenges)
  const isOpen = found.challenges.some(challenge => challenge.reply === null)
  const action = `/concerns/${found.concernId}/challenges`
  return pageFor(
    request,
    {
      title: 'Still worried',
      errors,
      back: { href: `/concerns/${found.concernId}`, text: 'The concern' },
      quickExit: true,
    },
    <>
      <ErrorSummaryFor errors={errors} />
      {refusal && <NotificationBanner text={refusalInWords(refusal)} title="Not saved yet" role="alert" />}
      {request.query.has('answered') && (
        <NotificationBanner
          type="success"
          text={
            found.challenges[0]?.isOutside
              ? 'Your answer is saved with the concern.'
              : 'Your answer is saved, and whoever asked is told that it is there.'
          }
        />
      )}
      <h1 class="govuk-heading-l">
        {found.reference && <span class="govuk-caption-l">Reference {found.reference}</span>}
        Whoever reported this is still worried
      </h1>
      {found.challenges.map(challenge => (
        <ChallengeCard challenge={challenge} now={request.now} headingLevel={2} />
      ))}
      {isOpen && !mine && <WarningText>Somebody who did not decide answers this: it is not yours to answer.</WarningText>}
      {found.challenges.some(challenge => challenge.isOutside) && (
        <WarningText>
          Whoever asked is outside this concern now: your answer is kept with it, and is not shown to them. They are not told that
          it is there.
        </WarningText>
      )}
      {(mine || refusal) && (
        <Form action={action} formToken={request.formToken} commandKey={request.newCommandKey()}>
          <input type="hidden" name="challenge" value={mine?.id ?? ''} />
          <Textarea
            name="says"
            label="Your answer, with the reason"
            labelSize="m"
            hint={
              mine?.isOutside
                ? 'They do not read it. If they are right, say what you do now.'
                : 'They read these words and nothing else of the case: no category, no level of need, nobody else’s name. If they are right, say what you do now.'
            }
            value={request.form.text('says')}
            error={findError(errors, 'says')}
            attributes={{ dir: 'auto' }}
          />
          <Button preventDoubleClick>Send this answer</Button>
        </Form>
      )}
    </>,
  )
}
