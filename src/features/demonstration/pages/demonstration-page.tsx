import { Button, InsetText, Scroll, Table } from '../../../web/components/index.ts'
import { renderPage } from '../../../web/layout.tsx'
import type { DemonstrationSchool } from '../model.ts'
import { type DemonstrationAccount, partInWords } from '../queries.ts'

export interface DemonstrationPageProps {
  readonly schools: readonly DemonstrationSchool[]
  readonly accounts: readonly DemonstrationAccount[]
  readonly password: string
  readonly hasMails: boolean
}

/** Whom one can sign in as. */
export function demonstrationPage({ schools, accounts, password, hasMails }: DemonstrationPageProps): string {
  return renderPage({
    title: 'Demonstration accounts',
    demonstration: true,
    nav: [],
    wide: true,
    children: (
      <>
        <h1 class="govuk-heading-l">Demonstration accounts</h1>
        <p class="govuk-body">
          These are demonstration accounts. Every person and every child here is invented. Do not enter anything about a real
          child: a demonstration and real records can never share a database.
        </p>
        <InsetText>
          The password of every account is <strong>{password}</strong>
        </InsetText>
        <p class="govuk-body">
          Where a code is shown, Holdfast asks for it when you open more than your own concerns. Each code works once and for
          about a minute.
        </p>
        <Button href="/demonstration" look="secondary">
          Show the codes of this moment
        </Button>
        {hasMails && (
          <p class="govuk-body">
            <a class="govuk-link" href="/demonstration/mail">
              Read the mails that would have been sent
            </a>
          </p>
        )}
        {schools.map(school => (
          <Scroll label={school.name}>
            <Table
              caption={school.name}
              captionSize="m"
              isFirstCellHeader
              head={['Name', 'Role', 'Email address', 'Code now']}
              rows={accounts
                .filter(account => account.school === school.name)
                .map(account => [
                  account.name,
                  partInWords(account),
                  <a class="govuk-link" href={`/sign-in?email=${encodeURIComponent(account.email)}`}>
                    {account.email}
                  </a>,
                  account.code ?? 'Not needed',
                ])}
            />
            <p class="govuk-body">
              For adults without an account:{' '}
              <a class="govuk-link" href={school.visitorPath}>
                the link of {school.name}
              </a>
            </p>
          </Scroll>
        ))}
      </>
    ),
  })
}
