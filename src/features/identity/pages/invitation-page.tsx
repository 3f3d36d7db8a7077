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

export interface InvitationPageProps {
  readonly now: Instant
  readonly path: string
  readonly formToken: string
  readonly school: string
  readonly demonstration: boolean
  readonly email: string
  readonly name: string
  /** The person has an account already: its password is asked for instead of a new one. */
  readonly joins: boolean
  readonly isNew: boolean
  /** Their account has no password that could be asked for. */
  readonly withoutPassword: boolean
  /** What the school calls its provider, where the account may begin with it. */
  readonly provider: string | undefined
  readonly errors?: FieldErrors
}

/** Whoever was invited says how they are called and chooses a password. */
export function invitationPage(props: InvitationPageProps): string {
  const { errors, joins, school } = props
  const title = joins ? `Join ${school}` : props.isNew ? 'Choose your password' : 'Choose a new password'
  return renderPage({
    title,
    school,
    nav: [],
    now: props.now,
    errors,
    demonstration: props.demonstration,
    children: (
      <>
        <ErrorSummaryFor errors={errors} />
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">
          {joins
            ? `You have an account in Holdfast already. Enter its password to use it at ${school} as well.`
            : `This is for your account at ${school}. You sign in with ${props.email}.`}
        </p>
        {props.withoutPassword && (
          <InsetText>
            Your account has no password yet. Sign in to Holdfast at your other school, choose a password under “Your account”,
            and then open this link again.
          </InsetText>
        )}
        {!props.isNew && <p class="govuk-body">You set up the authenticator on your telephone anew when you next need it.</p>}
        <Form action={props.path} formToken={props.formToken}>
          {/* Lets a password manager know whose password this is. */}
          <input type="hidden" name="email" autocomplete="username" value={props.email} />
          <Input
            name="name"
            label="Your full name"
            hint="As your colleagues know you"
            value={props.name}
            autocomplete="name"
            error={findError(errors, 'name')}
          />
          {joins ? (
            <PasswordInput name="password" label="Password of your account" error={findError(errors, 'password')} />
          ) : (
            <PasswordInput
              name="password"
              label="New password"
              hint="At least 12 characters. Three or four words that have nothing to do with each other make a good one."
              autocomplete="new-password"
              error={findError(errors, 'password')}
            />
          )}
          <Button preventDoubleClick>Save and sign in</Button>
        </Form>
        {props.provider !== undefined && (
          <>
            <h2 class="govuk-heading-m">Without a password</h2>
            <p class="govuk-body">
              You can use your account of {props.provider} instead. Make sure that it is your own: whoever can sign in to it can
              sign in to Holdfast as you.
            </p>
            <Button href={`${props.path}/with-provider?${new URLSearchParams({ token: props.formToken })}`} look="secondary">
              Use your account of {props.provider}
            </Button>
          </>
        )}
      </>
    ),
  })
}

/** The one answer for a link that is wrong, used, withdrawn or too old. */
export function noInvitationPage(now: Instant): string {
  return renderPage({
    title: 'This link does not work',
    nav: [],
    now,
    children: (
      <>
        <h1 class="govuk-heading-l">This link does not work</h1>
        <p class="govuk-body">It works once and for some days only. If you typed or pasted it, check that it is whole.</p>
        <p class="govuk-body">
          If you have chosen your password already,{' '}
          <a class="govuk-link" href="/sign-in">
            sign in
          </a>
          . Otherwise ask the person who looks after Holdfast at your school for a new one.
        </p>
      </>
    ),
  })
}
