import type { VNode } from 'preact'
import { InsetText, Scroll, Table } from '../../../web/components/index.ts'

export interface ShownAccount {
  readonly school: string
  readonly name: string
  readonly job: string
  readonly email: string
  /** The code that this person's authenticator shows now, where their roles ask for one. */
  readonly code: string | undefined
}

export interface ShownSchool {
  readonly name: string
  readonly visitorHref: string
}

/** Everybody invented who can sign in. */
export function AccountsPage({
  accounts,
  schools,
  password,
}: {
  accounts: readonly ShownAccount[]
  schools: readonly ShownSchool[]
  password: string
}): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Demonstration accounts</h1>
      <InsetText>
        Everybody here is invented, and so is everything that is recorded. These accounts cannot exist beside real data. The
        password of all of them is <code>{password}</code>. A code lasts half a minute: load this page again for the next.
      </InsetText>
      <p class="govuk-body">
        <a class="govuk-link" href="/sign-in">
          Sign in
        </a>{' '}
        or read the{' '}
        <a class="govuk-link" href="/demonstration/mail">
          mails that were sent
        </a>
        .
      </p>
      {schools.map(school => (
        <Scroll key={school.name} label={school.name}>
          <Table
            caption={school.name}
            captionSize="m"
            head={['Who', 'What they do', 'Address to sign in with', 'Code now']}
            rows={accounts
              .filter(account => account.school === school.name)
              .map(account => [account.name, account.job, account.email, account.code ?? ''])}
          />
          <p class="govuk-body">
            For adults without an account:{' '}
            <a class="govuk-link" href={school.visitorHref}>
              {school.name}’s own link
            </a>
          </p>
        </Scroll>
      ))}
    </>
  )
}
