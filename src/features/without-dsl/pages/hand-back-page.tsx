import type { Actor } from '../../../access/index.ts'
import { momentInWords, nearMomentInWords, timeInWords, toLocal } from '../../../kernel/london-time.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  SummaryList,
  Textarea,
  Words,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { HandBack } from '../model.ts'

function begunWith(owed: HandBack): string {
  return owed.steps.map(step => `${timeInWords(toLocal(step.at).time)} ${step.withWhom}: ${step.says}`).join('\n')
}

/** The note for the DSL: what the concern was and what was done. Afterwards it stands as it was written. */
export function handBackPage(request: Request<'hand-back.write', Actor>, owed: HandBack, errors: FieldErrors): string {
  const { form, now } = request
  const typed = (name: string, first: string) => (form.has(name) ? form.text(name) : first)
  return pageFor(
    request,
    { title: 'Hand back to the DSL', errors, back: { href: '/' }, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Concern {owed.reference}</span>
        Hand back to the DSL
      </h1>
      {owed.writtenAt ? (
        <>
          <p class="govuk-body">You wrote this {nearMomentInWords(owed.writtenAt, now)}. The DSL has been told.</p>
          <SummaryList
            rows={[
              { key: 'The concern', value: <Words as="span">{owed.concerns}</Words> },
              { key: 'What was done', value: <Words as="span">{owed.actions}</Words> },
            ]}
          />
        </>
      ) : (
        <>
          <p class="govuk-body">
            You stood in for the safeguarding team from {momentInWords(owed.openedAt)}. The DSL stays accountable and must be
            brought up to date as soon as possible.
          </p>
          <Form action={`/hand-backs/${owed.id}`} formToken={request.formToken} commandKey={request.newCommandKey()}>
            <Textarea
              name="concerns"
              label="What was the concern?"
              labelSize="s"
              value={typed('concerns', '')}
              error={findError(errors, 'concerns')}
              attributes={{ dir: 'auto' }}
            />
            <Textarea
              name="actions"
              label="What was done, by whom and when?"
              labelSize="s"
              hint="Whom you told or rang, what they said, and what is still to be done"
              rows={6}
              value={typed('actions', begunWith(owed))}
              error={findError(errors, 'actions')}
              attributes={{ dir: 'auto' }}
            />
            <Button preventDoubleClick>Hand back</Button>
          </Form>
        </>
      )}
    </>,
  )
}
