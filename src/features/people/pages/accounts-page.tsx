import type { Actor } from '../../../access/index.ts'
import { dateInWords, localDate, momentInWords } from '../../../kernel/london-time.ts'
import { Scroll, Table, Tag } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { AccountUse } from '../model.ts'
import { type AccountStanding, accountStanding } from '../rules.ts'

const order: readonly AccountStanding[] = ['never-used', 'none', 'closed', 'not-yet', 'used']

function stateOf(use: AccountUse, standing: AccountStanding) {
  switch (standing) {
    case 'never-used':
      return <Tag colour="red">Never used</Tag>
    case 'none':
      return <Tag colour="orange">No account</Tag>
    case 'closed':
      return <Tag colour="grey">Closed</Tag>
    case 'not-yet':
      return 'Not used yet, in the first week'
    case 'used':
      return use.lastUsedAt === null ? '' : `Last signed in ${momentInWords(use.lastUsedAt)}`
  }
}

/** Who of those who work here cannot sign in, or never has. */
export function accountsPage(request: Request<'adult.list', Actor>, uses: readonly AccountUse[]): string {
  const today = localDate(request.now)
  const rows = uses
    .map(use => ({ use, standing: accountStanding(use, today) }))
    .toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing))
  const never = rows.filter(({ standing }) => standing === 'never-used').length
  return pageFor(
    request,
    { title: 'Accounts', wide: true, back: { href: '/people', text: 'People' } },
    <>
      <h1 class="govuk-heading-l">Accounts</h1>
      <p class="govuk-body">
        Everybody who works here records under their own name.{' '}
        {never === 0 ? 'Nobody has' : never === 1 ? 'One of them has' : `${never} of them have`} left their account unused past
        the first week.
      </p>
      <Scroll label="Accounts">
        <Table
          caption="Accounts"
          captionClass="govuk-visually-hidden"
          head={['Name', 'Here since', 'Account']}
          rows={rows.map(({ use, standing }) => [
            use.jobTitle ? `${use.name}, ${use.jobTitle}` : use.name,
            dateInWords(localDate(use.startsAt)),
            stateOf(use, standing),
          ])}
        />
      </Scroll>
    </>,
  )
}
