import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { momentInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  InsetText,
  Scroll,
  Table,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { OwnPasskey } from '../model.ts'
import { type PasskeyAsk, PasskeyForm } from './passkey-form.tsx'

type Asked = Request<'account.own' | 'account.factors', Actor>

export interface PasskeysPageProps {
  readonly passkeys: readonly OwnPasskey[]
  /** Undefined where the address is a number, to which no passkey can belong. */
  readonly ask: PasskeyAsk | undefined
  readonly name: string
  readonly errors: FieldErrors
}

function Remove({ request, passkey }: { readonly request: Asked; readonly passkey: OwnPasskey }): VNode {
  return (
    <Form action={`/account/passkeys/${passkey.id}/remove`} formToken={request.formToken} commandKey={request.newCommandKey()}>
      <Button look="secondary" class="govuk-!-margin-bottom-0">
        Remove <span class="govuk-visually-hidden">{passkey.name}</span>
      </Button>
    </Form>
  )
}

function List({ request, passkeys }: { readonly request: Asked; readonly passkeys: readonly OwnPasskey[] }): VNode {
  if (passkeys.length === 0) return <p class="govuk-body">You have no passkeys yet.</p>
  return (
    <Scroll label="Your passkeys">
      <Table
        caption="Your passkeys"
        captionClass="govuk-visually-hidden"
        head={['Name', 'Added', 'Last used', { content: <span class="govuk-visually-hidden">Remove it</span> }]}
        rows={passkeys.map(passkey => [
          passkey.synced ? `${passkey.name} (copied between your devices)` : passkey.name,
          momentInWords(passkey.made_at),
          passkey.last_used_at ? nearMomentInWords(passkey.last_used_at, request.now) : 'Not yet',
          <Remove request={request} passkey={passkey} />,
        ])}
      />
    </Scroll>
  )
}

/** One's own passkeys: those there are, and a form for one more. */
export function passkeysPage(request: Asked, { passkeys, ask, name, errors }: PasskeysPageProps): string {
  return pageFor(
    request,
    { title: 'Passkeys', errors, back: { href: '/account', text: 'Your account' }, scripts: ['passkey'] },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Passkeys</h1>
      <p class="govuk-body">
        A passkey is kept by your device and opens with your fingerprint, your face or the device&rsquo;s own lock. With it you
        sign in without a password and without a code, and no false page can make you give it away.
      </p>
      <List request={request} passkeys={passkeys} />
      <h2 class="govuk-heading-m">Add a passkey</h2>
      {ask ? (
        <>
          <noscript>
            <p class="govuk-body">
              Passkeys need JavaScript, which is switched off in your browser. The code of your authenticator works without it.
            </p>
          </noscript>
          <PasskeyForm action="/account/passkeys" kind="make" formToken={request.formToken} ask={ask} button="Add a passkey">
            <Input
              name="name"
              label="Name"
              hint="So that you know it again, such as “school laptop”"
              value={name}
              width={20}
              error={findError(errors, 'name')}
            />
          </PasskeyForm>
        </>
      ) : (
        <InsetText>
          Passkeys belong to an address with a name. Open Holdfast by its name and not by a number to add one.
        </InsetText>
      )}
    </>,
  )
}
