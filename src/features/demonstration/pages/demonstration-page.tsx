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

const first = ['dsl', 'deputy-dsl', 'headteacher', 'teacher', 'supply']

/** Those whose work the product is about stand first. */
function placeOf({ roles }: DemonstrationAccount): number {
  const place = first.findIndex(role => roles.includes(role))
  return place < 0 ? first.length : place
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
        <nav aria-label="Schools">
          <ul class="govuk-list">
            {schools.map((school, index) => (
              <li>
                <a class="govuk-link" href={`#school-${index}`}>
                  {school.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {schools.map((school, index) => (
          <Scroll label={school.name}>
            <Table
              attributes={{ id: `school-${index}` }}
              caption={school.name}
              captionSize="m"
              isFirstCellHeader
              head={['Name', 'Role', 'Email address', 'Code now']}
              rows={accounts
                .filter(account => account.school === school.name)
                .toSorted((a, b) => placeOf(a) - placeOf(b))
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
