import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { momentInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import { Button, Form, Scroll, SummaryList, Table, Tag } from '../../../web/components/index.ts'
import { keptFormDays } from '../../../web/http/kept-forms.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { KeptFormFound, OpenSession, OutsideAccount } from '../model.ts'

export interface AccountPageProps {
  readonly email: string
  readonly hasAuthenticator: boolean
  readonly recoveryCodesLeft: number
  readonly passkeys: number
  readonly hasSeveralSchools: boolean
  readonly hasPassword: boolean
  /** What the school calls its provider. */
  readonly provider: string | undefined
  readonly outside: OutsideAccount | undefined
  readonly sessions: readonly OpenSession[]
  /** The session in which the page is looked at. */
  readonly current: string
  readonly kept: readonly KeptFormFound[]
}

type Asked = Request<'account.own', Actor>

function EndSession({ request, session }: { readonly request: Asked; readonly session: OpenSession }): VNode {
  return (
    <Form action={`/account/sessions/${session.id}/end`} formToken={request.formToken} commandKey={request.newCommandKey()}>
      <Button look="secondary" class="govuk-!-margin-bottom-0">
        End <span class="govuk-visually-hidden">the session started {momentInWords(session.startedAt)}</span>
      </Button>
    </Form>
  )
}

function Sessions({
  request,
  sessions,
  current,
}: { readonly request: Asked } & Pick<AccountPageProps, 'sessions' | 'current'>): VNode {
  return (
    <>
      <h2 class="govuk-heading-m">Where you are signed in</h2>
      <p class="govuk-body">End a session that you do not know, or that you left open. It ends at once.</p>
      <Scroll label="Open sessions">
        <Table
          caption="Open sessions"
          captionClass="govuk-visually-hidden"
          head={['Started', 'Last used', 'School', { content: <span class="govuk-visually-hidden">End it</span> }]}
          rows={sessions.map(session => [
            momentInWords(session.startedAt),
            nearMomentInWords(session.lastSeenAt, request.now),
            session.school ?? 'None chosen yet',
            session.id === current ? <Tag>This one</Tag> : <EndSession request={request} session={session} />,
          ])}
        />
      </Scroll>
      {sessions.length > 1 && (
        <Form action="/account/sessions/end-others" formToken={request.formToken} commandKey={request.newCommandKey()}>
          <Button look="warning">End all other sessions</Button>
        </Form>
      )}
    </>
  )
}

function KeptForms({ request, kept }: { readonly request: Asked; readonly kept: readonly KeptFormFound[] }): VNode {
  return (
    <>
      <h2 class="govuk-heading-m">Forms kept for you</h2>
      <p class="govuk-body">
        You sent these when your session had ended. They have not arrived anywhere. After {keptFormDays} days they are forgotten.
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {kept.map(form => (
          <li>
            <a class="govuk-link" href={`/kept-forms/${form.id}`}>
              Kept {nearMomentInWords(form.keptAt, request.now)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function passkeyRow(count: number) {
  return {
    key: 'Passkeys',
    value: count === 0 ? 'None' : String(count),
    actions: [{ href: '/account/passkeys', text: count === 0 ? 'Add' : 'Change', hiddenText: 'passkeys' }],
  }
}

function recoveryRow(left: number) {
  return {
    key: 'Recovery codes',
    value: left === 0 ? 'None' : `${left} left`,
    actions: [{ href: '/account/recovery-codes', text: left === 0 ? 'Make' : 'Replace', hiddenText: 'recovery codes' }],
  }
}

function providerRow({ provider, outside }: Pick<AccountPageProps, 'provider' | 'outside'>) {
  const value = outside ? (outside.works ? outside.shown : `${outside.shown}, which signs you in no more`) : 'Not used'
  return {
    key: provider ?? 'Single sign-on',
    value,
    actions: [
      { href: '/account/single-sign-on', text: outside ? 'Change' : 'Add', hiddenText: 'the account of your school’s provider' },
    ],
  }
}

/** One's own account: sessions, second factor, password, kept forms. */
export function accountPage(request: Asked, props: AccountPageProps): string {
  return pageFor(
    request,
    { title: 'Your account' },
    <>
      <h1 class="govuk-heading-l">Your account</h1>
      {props.kept.length > 0 && <KeptForms request={request} kept={props.kept} />}
      <SummaryList
        rows={[
          { key: 'Name', value: request.someone.name },
          { key: 'Email address', value: props.email },
          {
            key: 'School',
            value: request.school.name,
            ...(props.hasSeveralSchools ? { actions: [{ href: '/choose-school', text: 'Change', hiddenText: 'school' }] } : {}),
          },
          {
            key: 'Password',
            value: props.hasPassword ? 'Set' : 'None',
            actions: [{ href: '/account/password', text: props.hasPassword ? 'Change' : 'Choose', hiddenText: 'password' }],
          },
          ...(props.provider !== undefined || props.outside ? [providerRow(props)] : []),
          {
            key: 'Authenticator',
            value: props.hasAuthenticator ? 'Set up' : 'Not set up',
            actions: [
              {
                href: '/account/authenticator',
                text: props.hasAuthenticator ? 'Replace' : 'Set up',
                hiddenText: 'authenticator',
              },
            ],
          },
          ...(props.hasAuthenticator ? [passkeyRow(props.passkeys), recoveryRow(props.recoveryCodesLeft)] : []),
        ]}
      />
      <Sessions request={request} sessions={props.sessions} current={props.current} />
    </>,
  )
}
