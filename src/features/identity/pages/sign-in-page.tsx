import type { Instant } from '../../../kernel/plain-date.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  InsetText,
  PasswordInput,
} from '../../../web/components/index.ts'
import { renderPage } from '../../../web/layout.tsx'
import type { ListedProvider } from '../model.ts'
import { type PasskeyAsk, PasskeyForm } from './passkey-form.tsx'
import { ProviderButton } from './provider-pages.tsx'

export interface SignInPageProps {
  readonly now: Instant
  readonly formToken: string
  readonly next: string
  readonly email?: string
  readonly errors?: FieldErrors
  readonly signedOut?: boolean
  /** Comes from an invitation, with a password just chosen. */
  readonly hasChosen?: boolean
  /** Leads to the demonstration accounts, in a demonstration. */
  readonly demonstration?: boolean
  /** What is asked of a device that keeps a passkey; undefined where none can belong to this address. */
  readonly passkey?: PasskeyAsk | undefined
  /** The schools with a provider of their own. */
  readonly providers: readonly ListedProvider[]
}

/** Email address and password. */
export function signInPage({
  now,
  formToken,
  next,
  email,
  errors,
  signedOut,
  hasChosen,
  demonstration,
  passkey,
  providers,
}: SignInPageProps): string {
  return renderPage({
    title: 'Sign in',
    nav: [],
    now,
    errors,
    demonstration,
    scripts: passkey ? ['passkey'] : [],
    children: (
      <>
        <ErrorSummaryFor errors={errors} />
        {signedOut && <InsetText>You have signed out.</InsetText>}
        {hasChosen && <InsetText>Your password is saved. Sign in with it.</InsetText>}
        <h1 class="govuk-heading-l">Sign in</h1>
        <Form action="/sign-in" formToken={formToken}>
          <input type="hidden" name="next" value={next} />
          <Input
            name="email"
            type="email"
            label="Email address"
            hint="The address that your school has for you"
            value={email}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            error={findError(errors, 'email')}
          />
          <PasswordInput name="password" label="Password" error={findError(errors, 'password')} />
          <Button preventDoubleClick>Sign in</Button>
        </Form>
        {passkey && (
          <PasskeyForm
            action="/sign-in/passkey"
            kind="prove"
            formToken={formToken}
            ask={passkey}
            button="Sign in with a passkey"
            secondary
          >
            <input type="hidden" name="next" value={next} />
          </PasskeyForm>
        )}
        <ProviderButton providers={providers} next={next} formToken={formToken} />
        {demonstration && (
          <p class="govuk-body">
            This is a demonstration.{' '}
            <a class="govuk-link" href="/demonstration">
              See who you can sign in as
            </a>
            .
          </p>
        )}
        <h2 class="govuk-heading-m">If you cannot sign in</h2>
        <p class="govuk-body">
          Ask the person who looks after Holdfast at your school. Do not wait to report a worry about a child: tell the
          safeguarding lead in person or by telephone now.
        </p>
      </>
    ),
  })
}
