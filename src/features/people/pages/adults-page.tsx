import type { Actor } from '../../../access/index.ts'
import { Button, Input, Scroll, Table, Tag } from '../../../web/components/index.ts'
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

/** The adults of the school with the roles that they hold now. */
export function adultsPage(request: PageRequest, q: string, adults: readonly ListedAdult[]): string {
  return pageFor(
    request,
    { title: 'People', wide: true },
    <>
      <h1 class="govuk-heading-xl">People</h1>
      <form method="get" action="/people" class="hf-filters">
        <Input name="q" label="Name or job" type="search" value={q} width={20} autocomplete="off" />
        <Button look="secondary">Show</Button>
      </form>
      <p class="govuk-body" role="status">
        {adults.length === 0
          ? 'Nobody is like that. Try fewer letters.'
          : `${adults.length} ${adults.length === 1 ? 'person' : 'people'}`}
      </p>
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
      {mayOpen(request.someone, 'adult.keep') && (
        <Button href="/people/new" look="secondary">
          Add a person
        </Button>
      )}
    </>,
  )
}
