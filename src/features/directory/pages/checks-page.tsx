import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import {
  Button,
  ButtonGroup,
  Checkboxes,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  NotificationBanner,
  Radios,
  Textarea,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { Line } from '../model.ts'
import type { DueContact } from '../rules.ts'
import { checkInWords, dueNames } from '../words.ts'

type CheckRequest = Request<'contact.check', Actor>

function Tried({ one }: { readonly one: DueContact }): VNode {
  const { contact, doubts, check } = one.line
  return (
    <>
      {dueNames[one.because]}. {doubts.map(doubt => `${doubt.says} `)}
      {check && `${checkInWords(check)} `}
      <a class="govuk-link" href={`/help/checks/${contact.key}`}>
        Something is wrong<span class="govuk-visually-hidden"> with {contact.who}</span>
      </a>
    </>
  )
}

const numbersOf = ({ contact }: Line) => [contact.phone, contact.email, contact.web].filter(Boolean).join(', ')

/** The contacts that the team is to try, all in one form: whoever has rung ten ticks ten. */
export function checksPage(request: CheckRequest, due: readonly DueContact[], errors: FieldErrors): string {
  const done = request.query.get('done')
  return pageFor(
    request,
    { title: 'Contacts to check', errors, back: { href: '/help', text: 'Whom to ring' } },
    <>
      <ErrorSummaryFor errors={errors} />
      {done !== null && <NotificationBanner type="success" text="It is kept, with your name and today’s date." />}
      <h1 class="govuk-heading-l">Contacts to check</h1>
      {due.length === 0 ? (
        <p class="govuk-body">Every contact of the policy has been checked and found right.</p>
      ) : (
        <Form action="/help/checks" formToken={request.formToken} commandKey={request.newCommandKey()}>
          <Checkboxes
            name="right"
            legend="Which ones have you tried and found right?"
            legendSize="m"
            hint="Try each by telephone, or open it. A number that answers with somebody else’s name is wrong."
            look="small"
            values={request.form.all('right')}
            error={findError(errors, 'right')}
            items={due.map(one => ({
              value: one.line.contact.key,
              label: `${one.line.contact.who}${numbersOf(one.line) === '' ? '' : `: ${numbersOf(one.line)}`}`,
              hint: <Tried one={one} />,
            }))}
          />
          <Button preventDoubleClick>These are right</Button>
        </Form>
      )}
    </>,
  )
}

/** One contact: right, or what is wrong with it. */
export function checkPage(request: CheckRequest, line: Line, errors: FieldErrors): string {
  const { form } = request
  return pageFor(
    request,
    { title: 'Check a contact', errors, back: { href: '/help/checks', text: 'Contacts to check' } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">Check a contact</span>
        {line.contact.who}
      </h1>
      <p class="govuk-body">
        {numbersOf(line) || 'No number is known here.'} {line.doubts.map(doubt => `${doubt.says} `)}
        {checkInWords(line.check)}
      </p>
      <Form action={`/help/checks/${line.contact.key}`} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Radios
          name="outcome"
          legend="What did you find?"
          legendSize="s"
          value={form.text('outcome')}
          error={findError(errors, 'outcome')}
          items={[
            { value: 'right', label: 'It is right' },
            { value: 'wrong', label: 'Something is wrong' },
          ]}
        />
        <Textarea
          name="says"
          label="What is wrong"
          labelSize="s"
          hint="Everybody of the school reads it beside the contact. To put the right number in, change the policy."
          rows={3}
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
        <ButtonGroup>
          <Button preventDoubleClick>Keep it</Button>
          <a class="govuk-link" href="/policy/changes">
            Change the policy
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
