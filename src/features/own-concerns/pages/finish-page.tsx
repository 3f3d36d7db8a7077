import type { Actor } from '../../../access/index.ts'
import { momentInWords } from '../../../kernel/london-time.ts'
import {
  Button,
  ButtonGroup,
  Details,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  InsetText,
  Textarea,
  WarningText,
  Words,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { accountBoxes, BodyMapFields, EnterKey, markFieldsOf, type RecordedConcern } from '../../concerns/index.ts'
import type { OwnWords } from '../model.ts'

export interface FinishPageProps {
  readonly concern: RecordedConcern
  readonly words: OwnWords
  readonly errors: FieldErrors
  /** Another tab was first: what is typed here must go another way. */
  readonly isFinishedAlready?: boolean
}

/** Finishes what was left as two lines under urgency. */
export function finishPage(request: Request<'concern.add-to-own', Actor>, page: FinishPageProps): string {
  const { concern, words, errors } = page
  const { form, profile } = request
  const first = words.parts[0]
  const hasMarks =
    markFieldsOf(form).some(mark => mark.region !== '' || mark.description !== '') || form.text('_do').includes('mark')
  const isInjured = hasMarks || errors.some(error => error.field.startsWith('mark-'))
  const reminders = (at: string) =>
    profile.concern.reminders.filter(reminder => reminder.at === at).map(reminder => reminder.says)
  return pageFor(
    request,
    { title: 'Finish the record', errors, back: { href: `/my-concerns/${concern.id}` }, scripts: ['body-map'], quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      {page.isFinishedAlready && (
        <WarningText>
          This record was finished in another tab or on another device. Copy what is missing there into “Add to it” on the page of
          your concern.
        </WarningText>
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Reference {concern.reference}</span>
        Finish the record
      </h1>
      {first && (
        <InsetText>
          <p>You wrote on {momentInWords(first.writtenAt)}:</p>
          <Words as="div">{[first.childWords, first.seen, first.opinion, first.done].filter(Boolean).join('\n')}</Words>
          <p class="hf-meta govuk-!-margin-bottom-0">This stays as it is.</p>
        </InsetText>
      )}
      <Form action={`/concerns/${concern.id}/finish`} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <EnterKey />
        {accountBoxes.map(box => (
          <Textarea
            name={box.name}
            label={box.says}
            labelSize="s"
            hint={reminders(box.at)[0]}
            rows={box.name === 'seen' || box.name === 'child-words' ? 5 : 3}
            value={form.text(box.name)}
            error={findError(errors, box.name)}
            attributes={{ dir: 'auto' }}
          />
        ))}
        <Details summary="I have seen an injury or a mark" isOpen={isInjured}>
          <BodyMapFields form={form} marked={words.children} errors={errors} />
        </Details>
        <ButtonGroup>
          <Button name="_do" value="finish">
            Finish the record
          </Button>
          <a class="govuk-link" href={`/my-concerns/${concern.id}`}>
            Not now
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
