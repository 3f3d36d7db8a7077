import { type Actor, freshFactorMinutes } from '../../../access/index.ts'
import { Button, ErrorSummaryFor, type FieldErrors, Form, findError, Input, InsetText } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { type PasskeyAsk, PasskeyForm } from './passkey-form.tsx'

export interface CodePageProps {
  readonly action: string
  /** Where to go when the code is right. */
  readonly next: string
  readonly errors: FieldErrors
  readonly passkey?: PasskeyAsk | undefined
}

function CodeInput({ errors, label }: { readonly errors: FieldErrors; readonly label: string }) {
  return (
    <Input
      name="code"
      label={label}
      hint="6 digits, from your authenticator app"
      width={10}
      inputmode="numeric"
      autocomplete="one-time-code"
      spellcheck={false}
      error={findError(errors, 'code')}
    />
  )
}

/** Asks for the code of the person's authenticator. */
export function codePage(
  request: Request<'account.own' | 'account.factors', Actor>,
  { action, next, errors, passkey }: CodePageProps,
): string {
  return pageFor(
    request,
    { title: 'Enter your code', errors, scripts: passkey ? ['passkey'] : [] },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Enter your code</h1>
      <p class="govuk-body">
        {request.session?.hasSecondFactor
          ? `What you are opening asks for a proof that it is you, not older than ${freshFactorMinutes} minutes.`
          : 'What you are opening holds more than your own concerns, so we ask for a second proof that it is you.'}{' '}
        You can record a concern without it.
      </p>
      {passkey && (
        <PasskeyForm action="/code/passkey" kind="prove" formToken={request.formToken} ask={passkey} button="Use a passkey">
          <input type="hidden" name="next" value={next} />
        </PasskeyForm>
      )}
      <Form action={action} formToken={request.formToken}>
        <input type="hidden" name="next" value={next} />
        <CodeInput errors={errors} label="Code" />
        <Button preventDoubleClick>Continue</Button>
      </Form>
      <h2 class="govuk-heading-m">If you do not have your phone</h2>
      <p class="govuk-body">
        <a class="govuk-link" href={`/code/recovery?next=${encodeURIComponent(next)}`}>
          Use a recovery code
        </a>{' '}
        from your paper. If you have none, ask the person who looks after Holdfast at your school to let you set up an
        authenticator again.
      </p>
    </>,
  )
}

export interface SetUpPageProps extends CodePageProps {
  readonly secret: string
  /** The secret, sealed, as the form carries it. */
  readonly pending: string
  readonly link: string
  readonly replaces: boolean
}

/** Walks somebody through connecting an authenticator app. */
export function setUpPage(request: Request<'account.own' | 'account.factors', Actor>, props: SetUpPageProps): string {
  const title = props.replaces ? 'Set up another authenticator' : 'Set up an authenticator'
  return pageFor(
    request,
    { title, errors: props.errors },
    <>
      <ErrorSummaryFor errors={props.errors} />
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        An authenticator app shows a new code every 30 seconds. With it, somebody who learns your password still cannot open a
        child&rsquo;s file.
      </p>
      {props.replaces && <InsetText>The authenticator that you use now stops working when this one is set up.</InsetText>}
      <ol class="govuk-list govuk-list--number">
        <li>Open an authenticator app on your phone. If you have none, get one that your school recommends.</li>
        <li>
          Add an account and choose to type a key. Name it Holdfast, and type this key:
          <p class="govuk-body govuk-!-margin-top-2">
            <code class="govuk-!-font-size-24">{(props.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
          </p>
          <p class="govuk-body">
            Or, if the app is on this device,{' '}
            <a class="govuk-link" href={props.link}>
              add Holdfast to it with this link
            </a>
            .
          </p>
        </li>
        <li>Type the code that the app then shows.</li>
      </ol>
      <Form action={props.action} formToken={request.formToken}>
        <input type="hidden" name="next" value={props.next} />
        <input type="hidden" name="secret" value={props.pending} />
        <CodeInput errors={props.errors} label="Code that the app shows now" />
        <Button preventDoubleClick>Set up</Button>
      </Form>
    </>,
  )
}
