import type { VNode } from 'preact'
import { Button, ErrorSummaryFor, type FieldErrors, Form, NotificationBanner, Textarea } from '../../../web/components/index.ts'
import type { TrustReport } from '../model.ts'

interface TrustPageProps {
  readonly formToken: string
  readonly commandKey: string
  readonly lines: string
  readonly errors: FieldErrors
  readonly report: TrustReport
  readonly isKept: boolean
}

/** How many pupils can name an adult whom they would tell, who cannot yet, and a form for what they answered. */
export function TrustPage({ report, errors, isKept, ...props }: TrustPageProps): VNode {
  const { pupils, named, share, toAsk } = report
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      {isKept && <NotificationBanner type="success" text="The answers are kept." />}
      <h1 class="govuk-heading-l">Trusted adults</h1>
      <p class="govuk-body">
        {pupils === 0
          ? 'Nobody is on roll.'
          : `${named} of ${pupils} pupils can name an adult of the school whom they would tell: ${share}%.`}
      </p>
      <h2 class="govuk-heading-m">Still to ask: {toAsk.length}</h2>
      {toAsk.length === 0 ? (
        <p class="govuk-body">Everybody has named somebody who works here.</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {toAsk.map(pupil => (
            <li>
              <a class="govuk-link" href={`/children/${pupil.childId}`}>
                <bdi>
                  {pupil.givenName} {pupil.familyName}
                </bdi>
              </a>
              {pupil.className && `, ${pupil.className}`}
              {pupil.named && `. They named ${pupil.named}, who no longer works here`}
            </li>
          ))}
        </ul>
      )}
      <Form action="/trusted-adults" formToken={props.formToken} commandKey={props.commandKey}>
        <Textarea
          name="lines"
          label="What pupils answered"
          labelSize="m"
          hint="One pupil a line: family name, first name, class, and the full name of the adult. A new answer replaces the one before."
          rows={8}
          value={props.lines}
          error={errors.length > 0 ? errors.map(error => error.says).join(' ') : undefined}
        />
        <Button preventDoubleClick>Keep the answers</Button>
      </Form>
    </>
  )
}
