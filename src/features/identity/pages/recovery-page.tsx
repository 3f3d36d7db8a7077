import type { Actor } from '../../../access/index.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  InsetText,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'

type Asked = Request<'account.own' | 'account.factors', Actor>

const account = { href: '/account', text: 'Your account' }

/** Says what recovery codes are, and makes them. */
export function recoveryCodesPage(request: Asked, left: number): string {
  return pageFor(
    request,
    { title: 'Recovery codes', back: account },
    <>
      <h1 class="govuk-heading-l">Recovery codes</h1>
      <p class="govuk-body">
        When you are without your phone, a recovery code opens what your authenticator would. Each works once. Keep them on paper,
        in a place that only you open, and not beside your computer.
      </p>
      <p class="govuk-body">
        {left === 0 ? 'You have no codes left.' : `You have ${left} ${left === 1 ? 'code' : 'codes'} left.`}
      </p>
      {left > 0 && <InsetText>New codes take the place of those that you have now. The old ones stop working.</InsetText>}
      <Form action="/account/recovery-codes" formToken={request.formToken}>
        <Button preventDoubleClick>{left > 0 ? 'Make new codes' : 'Make codes'}</Button>
      </Form>
    </>,
  )
}

export interface NewCodesPageProps {
  readonly email: string
  readonly codes: readonly string[]
}

/** The codes themselves: this once. */
export function newCodesPage(request: Asked, { email, codes }: NewCodesPageProps): string {
  return pageFor(
    request,
    { title: 'Your new recovery codes' },
    <>
      <h1 class="govuk-heading-l">Your new recovery codes</h1>
      <WarningText>Print or copy these codes now. They are not shown again.</WarningText>
      <p class="govuk-body">For Holdfast, {email}. Each code works once. Strike out a code when you have used it.</p>
      <ol class="govuk-list govuk-list--number govuk-list--spaced">
        {codes.map(code => (
          <li>
            <code class="govuk-!-font-size-24">{code}</code>
          </li>
        ))}
      </ol>
      <p class="govuk-body hf-no-print">To print them, use your browser&rsquo;s Print.</p>
      <Button href="/account">I have kept them</Button>
    </>,
  )
}

export interface RecoveryCodePageProps {
  readonly next: string
  readonly errors: FieldErrors
}

/** Asks for a recovery code in place of the authenticator's. */
export function recoveryCodePage(request: Asked, { next, errors }: RecoveryCodePageProps): string {
  return pageFor(
    request,
    { title: 'Enter a recovery code', errors, back: { href: `/code?next=${encodeURIComponent(next)}`, text: 'Enter your code' } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Enter a recovery code</h1>
      <p class="govuk-body">Each code works once. We tell you by mail that one was used. You can record a concern without it.</p>
      <Form action="/code/recovery" formToken={request.formToken}>
        <input type="hidden" name="next" value={next} />
        <Input
          name="code"
          label="Recovery code"
          hint="4 groups of 4 letters and digits, from your paper"
          width={20}
          autocomplete="off"
          spellcheck={false}
          error={findError(errors, 'code')}
        />
        <Button preventDoubleClick>Continue</Button>
      </Form>
      <h2 class="govuk-heading-m">If you have no recovery code</h2>
      <p class="govuk-body">Ask the person who looks after Holdfast at your school to let you set up an authenticator again.</p>
    </>,
  )
}
