import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { momentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  InsetText,
  NotificationBanner,
  PasswordInput,
  SummaryList,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { renderPage } from '../../../web/layout.tsx'
import { pageFor } from '../../../web/page.tsx'
import type { ListedProvider, OutsideAccount } from '../model.ts'

/** Where the browser is sent to a school's provider; the token shows that the link stood on a page of this visit. */
export function wayToProvider(provider: Pick<ListedProvider, 'school_id'>, next: string, formToken: string): string {
  return `/sign-in/with/${provider.school_id}?${new URLSearchParams({ next, token: formToken })}`
}

/** On the sign-in page: a button where one school has a provider, a way to the list where several have. */
export function ProviderButton(props: {
  readonly providers: readonly ListedProvider[]
  readonly next: string
  readonly formToken: string
}): VNode | null {
  const [first, ...others] = props.providers
  if (!first) return null
  return others.length === 0 ? (
    <Button href={wayToProvider(first, props.next, props.formToken)} look="secondary">
      Sign in with {first.name}
    </Button>
  ) : (
    <Button href={`/sign-in/with?${new URLSearchParams({ next: props.next })}`} look="secondary">
      Sign in with your school&rsquo;s account
    </Button>
  )
}

/** Whose account it is: one link for each school that has a provider. */
export function chooseProviderPage(props: {
  readonly now: Instant
  readonly next: string
  readonly formToken: string
  readonly providers: readonly ListedProvider[]
}): string {
  return renderPage({
    title: 'Sign in with your school’s account',
    nav: [],
    now: props.now,
    children: (
      <>
        <h1 class="govuk-heading-l">Sign in with your school&rsquo;s account</h1>
        <p class="govuk-body">Choose the school that you are working for now.</p>
        <ul class="govuk-list govuk-list--spaced">
          {props.providers.map(provider => (
            <li>
              <a class="govuk-link" href={wayToProvider(provider, props.next, props.formToken)}>
                {provider.school}
              </a>{' '}
              with {provider.name}
            </li>
          ))}
        </ul>
        <p class="govuk-body">
          <a class="govuk-link" href="/sign-in">
            Sign in with a password
          </a>
        </p>
      </>
    ),
  })
}

type Own = Request<'account.factors', Actor>

const account = { href: '/account', text: 'Your account' }

export interface OwnProviderProps {
  readonly provider: string | undefined
  readonly outside: OutsideAccount | undefined
  readonly errors: FieldErrors
}

function Bound({ request, outside }: { readonly request: Own; readonly outside: OutsideAccount }): VNode {
  return (
    <>
      <SummaryList
        rows={[
          { key: 'Account', value: outside.shown },
          { key: 'Added', value: momentInWords(outside.bound_at) },
        ]}
      />
      {!outside.works && <InsetText>Your school has another provider now. This account signs you in no more.</InsetText>}
      <Form action="/account/single-sign-on/remove" formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Button look="warning">Remove it</Button>
      </Form>
    </>
  )
}

/** The account of the school's provider by which somebody signs in. */
export function ownProviderPage(request: Own, { provider, outside, errors }: OwnProviderProps): string {
  return pageFor(
    request,
    { title: 'Single sign-on', errors, back: account },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Single sign-on</h1>
      <p class="govuk-body">
        {provider === undefined
          ? 'Your school has not set up single sign-on.'
          : `You can sign in at ${request.school.name} with your account of ${provider} in place of your password. What asks for a second proof still asks for the code of your authenticator or your passkey.`}
      </p>
      {outside && <Bound request={request} outside={outside} />}
      {provider !== undefined && (
        <Form action="/account/single-sign-on" formToken={request.formToken} commandKey={request.newCommandKey()}>
          <Button look={outside ? 'secondary' : undefined} preventDoubleClick id="add">
            {outside ? 'Use another account' : `Add your account of ${provider}`}
          </Button>
        </Form>
      )}
    </>,
  )
}

/** One more press, because a form may not lead to another site: browsers refuse that, and so a link does. */
export function onwardsPage(request: Own, provider: string, address: string): string {
  return pageFor(
    request,
    { title: `Go on to ${provider}`, back: { href: '/account/single-sign-on', text: 'Single sign-on' } },
    <>
      <h1 class="govuk-heading-l">Go on to {provider}</h1>
      <p class="govuk-body">
        {provider} asks you to sign in, and then brings you back. Make sure that it is your own account: whoever can sign in to it
        can sign in to Holdfast as you.
      </p>
      <Button href={address}>Go on to {provider}</Button>
    </>,
  )
}

type Keeper = Request<'sign-in.configure', Actor>

export interface ProviderTyped {
  readonly name: string
  readonly issuer: string
  readonly client: string
}

export interface ProviderSettingsProps {
  readonly typed: ProviderTyped
  readonly isSet: boolean
  /** The address that is entered at the provider. */
  readonly redirectUri: string
  readonly errors: FieldErrors
}

function Fields({ typed, isSet, errors }: ProviderSettingsProps): VNode {
  return (
    <>
      <Input
        name="name"
        label="What people here call it"
        hint="It stands on the button, such as “Microsoft 365” or “Google”"
        value={typed.name}
        width={20}
        error={findError(errors, 'name')}
      />
      <Input
        name="issuer"
        label="Issuer"
        hint="The whole address, as the provider gives it"
        value={typed.issuer}
        inputmode="url"
        autocapitalize="none"
        spellcheck={false}
        autocomplete="off"
        error={findError(errors, 'issuer')}
      />
      <Input
        name="client"
        label="Client ID"
        hint="Microsoft calls it “Application (client) ID”"
        value={typed.client}
        autocapitalize="none"
        spellcheck={false}
        autocomplete="off"
        error={findError(errors, 'client')}
      />
      <PasswordInput
        name="secret"
        label="Client secret"
        hint={
          isSet
            ? 'Leave it empty to keep the one that is there. It is never shown again.'
            : 'It is sealed when you save it, and never shown again.'
        }
        autocomplete="new-password"
        error={findError(errors, 'secret')}
      />
    </>
  )
}

/** Whom the school trusts to say who somebody is. */
export function providerSettingsPage(request: Keeper, props: ProviderSettingsProps): string {
  return pageFor(
    request,
    { title: 'Single sign-on', errors: props.errors, back: { href: '/people', text: 'People' } },
    <>
      {request.query.has('saved') && <NotificationBanner type="success" text="Saved. Try it before you tell people." />}
      <ErrorSummaryFor errors={props.errors} />
      <h1 class="govuk-heading-l">Single sign-on</h1>
      <p class="govuk-body">
        People can sign in at {request.school.name} with the account that they have for the school&rsquo;s mail, by OpenID
        Connect. Nobody has to: passwords and passkeys go on working, and the second proof for files stays Holdfast&rsquo;s own.
      </p>
      <WarningText>
        Whoever runs that provider can sign in as anybody who uses it here, and is held up by their authenticator alone.
      </WarningText>
      <p class="govuk-body">Enter this address at the provider, as the one to return to:</p>
      <p class="govuk-body">
        <strong class="hf-break">{props.redirectUri}</strong>
      </p>
      <Form action="/single-sign-on" formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Fields {...props} />
        <Button preventDoubleClick>Save</Button>
      </Form>
      {props.isSet && (
        <>
          <h2 class="govuk-heading-m">Try it</h2>
          <p class="govuk-body">Holdfast asks the provider who it is. Nobody is signed in by this.</p>
          <Form action="/single-sign-on/try" formToken={request.formToken}>
            <Button look="secondary">Ask the provider</Button>
          </Form>
          <h2 class="govuk-heading-m">Stop using it</h2>
          <p class="govuk-body">
            Whoever has no password and no passkey cannot sign in then, until you send them a mail for a new password. Sessions
            that are open end by themselves.
          </p>
          <Form action="/single-sign-on/remove" formToken={request.formToken} commandKey={request.newCommandKey()}>
            <Button look="warning">Remove single sign-on</Button>
          </Form>
        </>
      )}
    </>,
  )
}

/** What the provider answered when it was asked who it is. */
export function providerTriedPage(request: Keeper, name: string, says: string, isRight: boolean): string {
  return pageFor(
    request,
    {
      title: isRight ? 'The provider answers' : 'It does not work yet',
      back: { href: '/single-sign-on', text: 'Single sign-on' },
    },
    <>
      <h1 class="govuk-heading-l">{isRight ? `${name} answers` : 'It does not work yet'}</h1>
      <p class="govuk-body">{says}</p>
    </>,
  )
}
