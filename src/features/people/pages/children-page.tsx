import type { Actor } from '../../../access/index.ts'
import { Button, Input, Pagination, Scroll, Select, Table, Tag } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { mayOpen, pageFor } from '../../../web/page.tsx'
import { type ListedChildren, type NamedChild, type Standing, standings } from '../model.ts'
import { eachPage, type ListAsked } from '../queries.ts'
import { byYearGroup } from '../rules.ts'
import { childName, standingNames, yearName } from './words.ts'

type PageRequest = Request<'child.keep', Actor>

const standingColours = {
  'on-roll': undefined,
  dual: 'blue',
  left: 'grey',
  'not-on-roll': 'purple',
  unidentified: 'orange',
} as const satisfies Record<Standing, string | undefined>

/** How a child stands to the school, where it is not plainly on the roll. */
export function StandingTag({ standing }: { readonly standing: Standing }) {
  return standing === 'on-roll' ? null : <Tag colour={standingColours[standing]}>{standingNames[standing]}</Tag>
}

function pageHref(asked: ListAsked, page: number): string {
  return `/children?${new URLSearchParams({ q: asked.q, year: asked.year, class: asked.className, standing: asked.standing, page: String(page) })}`
}

function Filter({ asked, list, isTeam }: { readonly asked: ListAsked; readonly list: ListedChildren; readonly isTeam: boolean }) {
  const shown = standings.filter(standing => isTeam || (standing !== 'unidentified' && standing !== 'not-on-roll'))
  return (
    <form method="get" action="/children" class="hf-filters">
      <Input name="q" label="Name" value={asked.q} type="search" width={20} autocomplete="off" />
      <Select
        name="year"
        label="Year"
        value={asked.year}
        items={[
          { value: '', text: 'All' },
          ...list.yearGroups.toSorted(byYearGroup).map(year => ({ value: year, text: yearName(year) })),
        ]}
      />
      <Select
        name="class"
        label="Class"
        value={asked.className}
        items={[{ value: '', text: 'All' }, ...list.classNames.map(name => ({ value: name, text: name }))]}
      />
      <Select
        name="standing"
        label="Standing"
        value={asked.standing}
        items={[{ value: '', text: 'All but leavers' }, ...shown.map(one => ({ value: one, text: standingNames[one] }))]}
      />
      <Button look="secondary">Show</Button>
    </form>
  )
}

function rowOf(child: NamedChild, isTeam: boolean) {
  const file = isTeam ? `/children/${child.id}` : `/children/${child.id}/details`
  return [
    <>
      <a class="govuk-link" href={file}>
        {childName(child)}
      </a>{' '}
      <StandingTag standing={child.standing} />
    </>,
    yearName(child.yearGroup),
    child.className ?? '',
    <a class="govuk-link" href={`/children/${child.id}/details`}>
      Details<span class="govuk-visually-hidden"> of {childName(child)}</span>
    </a>,
  ]
}

function Steps({ asked, total }: { readonly asked: ListAsked; readonly total: number }) {
  const last = Math.max(1, Math.ceil(total / eachPage))
  if (last === 1) return null
  return (
    <Pagination
      previous={asked.page > 1 ? { href: pageHref(asked, asked.page - 1) } : undefined}
      next={asked.page < last ? { href: pageHref(asked, asked.page + 1) } : undefined}
      items={Array.from({ length: last }, (_, index) => ({
        number: index + 1,
        href: pageHref(asked, index + 1),
        isCurrent: index + 1 === asked.page,
      }))}
    />
  )
}

/** The school's children, by name, year and class. */
export function childrenPage(request: PageRequest, asked: ListAsked, list: ListedChildren): string {
  const isTeam = mayOpen(request.someone, 'file.read')
  return pageFor(
    request,
    { title: 'Children', wide: true },
    <>
      <h1 class="govuk-heading-xl">Children</h1>
      <Filter asked={asked} list={list} isTeam={isTeam} />
      <p class="govuk-body" role="status">
        {list.total === 0
          ? 'No child is like that. Try fewer letters, or take a filter away.'
          : `${list.total} ${list.total === 1 ? 'child' : 'children'}`}
      </p>
      {list.total > 0 && (
        <Scroll label="Children">
          <Table
            caption="Children"
            captionClass="govuk-visually-hidden"
            head={['Name', 'Year', 'Class', 'Details']}
            rows={list.children.map(child => rowOf(child, isTeam))}
          />
        </Scroll>
      )}
      <Steps asked={asked} total={list.total} />
      <Button href="/children/new" look="secondary">
        Add a child
      </Button>
    </>,
  )
}
