import type { Actor } from '../../../access/index.ts'
import { Button, Input, InsetText, Scroll, Table, Tag } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { mayOpen, pageFor } from '../../../web/page.tsx'
import type { ListedAdult } from '../model.ts'
import { roleName } from '../role-names.ts'
import { adultKindNames } from './words.ts'

type PageRequest = Request<'adult.list', Actor>

function rowOf(request: PageRequest, adult: ListedAdult) {
  return [
    <>
      <a class="govuk-link" href={`/people/${adult.id}`}>
        {adult.name}
      </a>{' '}
      {adult.absent && <Tag colour="orange">Out</Tag>}
    </>,
    adult.jobTitle ?? adultKindNames[adult.kind],
    adult.roles.length > 0 ? adult.roles.map(role => roleName(request.profile, role)).join(', ') : 'No role: no rights',
  ]
}

/** The posts that the policy names and that none of these holds. */
function VacantPosts({ request, adults }: { request: PageRequest; adults: readonly ListedAdult[] }) {
  const held = new Set(adults.flatMap(adult => adult.roles))
  const vacant = [...new Set(request.profile.team.map(member => member.role))].filter(role => !held.has(role))
  if (vacant.length === 0) return null
  return (
    <InsetText>
      Nobody holds: {vacant.map(role => roleName(request.profile, role)).join(', ')}. Our policy names{' '}
      {vacant.length === 1 ? 'this post' : 'these posts'}.
    </InsetText>
  )
}

/** The adults of the school with the roles that they hold now. */
export function adultsPage(request: PageRequest, q: string, adults: readonly ListedAdult[]): string {
  return pageFor(
    request,
    { title: 'People', wide: true },
    <>
      <h1 class="govuk-heading-xl">People</h1>
      <p class="govuk-body">
        <a class="govuk-link" href="/people/accounts">
          Accounts: who has none, or never used it
        </a>
      </p>
      <form method="get" action="/people" class="hf-filters">
        <Input name="q" label="Name or job" type="search" value={q} width={20} autocomplete="off" />
        <Button look="secondary">Show</Button>
      </form>
      <p class="govuk-body" role="status">
        {adults.length === 0
          ? 'Nobody is like that. Try fewer letters.'
          : `${adults.length} ${adults.length === 1 ? 'person' : 'people'}`}
      </p>
      {mayOpen(request.someone, 'sign-in.configure') && (
        <p class="govuk-body">
          <a class="govuk-link" href="/single-sign-on">
            Single sign-on
          </a>
        </p>
      )}
      {q.trim() === '' && <VacantPosts request={request} adults={adults} />}
      {adults.length > 0 && (
        <Scroll label="People">
          <Table
            caption="People"
            captionClass="govuk-visually-hidden"
            head={['Name', 'Job', 'Roles now']}
            rows={adults.map(adult => rowOf(request, adult))}
          />
        </Scroll>
      )}
      {mayOpen(request.someone, 'post.list') && (
        <p class="govuk-body">
          <a class="govuk-link" href="/posts">
            Posts of the policy: who holds each, and what is vacant
          </a>
        </p>
      )}
      {mayOpen(request.someone, 'team.changes') && (
        <p class="govuk-body">
          <a class="govuk-link" href="/team-changes">
            Changes of the safeguarding team
          </a>
        </p>
      )}
      {mayOpen(request.someone, 'adult.keep') && (
        <Button href="/people/new" look="secondary">
          Add a person
        </Button>
      )}
    </>,
  )
}
