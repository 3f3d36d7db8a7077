import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { localDate } from '../../../kernel/london-time.ts'
import { Beside, Button, ButtonGroup, Pagination } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { AwaitingConfirmation, Caution } from '../../household/index.ts'
import { Hints } from '../../patterns/index.ts'
import { entriesEachPage, type FiltersRead, filtersQuery, isFiltered, noFilters } from '../filters.ts'
import type { Chronology, FileHeader } from '../model.ts'
import type { ChildFile } from '../queries.ts'
import { layOutTimeline } from '../timeline.ts'
import { countInWords } from '../words.ts'
import { Entries } from './chronology.tsx'
import { FilterFaults, FiltersForm } from './filters-form.tsx'
import { Facts, StatusTags, Warnings, WhoLine } from './header.tsx'
import { OpenWork } from './open-work.tsx'
import { fileHref, nameOf } from './parts.tsx'
import { Pattern } from './pattern.tsx'
import { TimelinePicture } from './timeline-picture.tsx'

type PageRequest = Request<'file.read', Actor>

interface PageProps extends Omit<ChildFile, 'namesSearched'> {
  readonly request: PageRequest
  readonly read: FiltersRead
}

function Doing({ header, read }: Pick<PageProps, 'header' | 'read'>): VNode {
  const print = `/children/${header.id}/print${filtersQuery({ ...read.filters, words: true, page: 1 })}`
  return (
    <ButtonGroup>
      <Button href={`/concerns/new?child=${header.id}`}>Record a concern about {header.knownAs ?? header.givenName}</Button>
      <Button href={`/children/${header.id}/notes/new`} look="secondary">
        Write a note
      </Button>
      <Button href={`/children/${header.id}/plans`} look="secondary">
        Plans
      </Button>
      <Button href={print} look="secondary">
        Print
      </Button>
      <a class="govuk-link" href={`/children/${header.id}/shares`}>
        Share with colleagues
      </a>
      <a class="govuk-link" href={`/children/${header.id}/details`}>
        Change details
      </a>
      <a class="govuk-link" href={`/children/${header.id}/attendance`}>
        Attendance
      </a>
      <a class="govuk-link" href={`/children/${header.id}/indicators`}>
        Signs by date
      </a>
      <a class="govuk-link" href={`/children/${header.id}/who-looked`}>
        Who looked
      </a>
    </ButtonGroup>
  )
}

function Pages({ header, chronology, read }: Omit<PageProps, 'request' | 'signs'>): VNode | null {
  const pages = Math.ceil(chronology.matching / entriesEachPage)
  const { filters } = read
  if (pages < 2) return null
  const at = (page: number) => fileHref(header, { ...filters, page }, '#chronology')
  return (
    <Pagination
      label="Pages of the chronology"
      previous={filters.page > 1 ? { href: at(filters.page - 1) } : undefined}
      next={filters.page < pages ? { href: at(filters.page + 1) } : undefined}
      items={Array.from({ length: pages }, (_, index) => ({
        number: index + 1,
        href: at(index + 1),
        isCurrent: index + 1 === filters.page,
      }))}
    />
  )
}

function WordsSwitch({ header, read }: Pick<PageProps, 'header' | 'read'>): VNode {
  const { filters } = read
  return (
    <p class="govuk-body hf-no-print">
      <a class="govuk-link" href={fileHref(header, { ...filters, words: !filters.words }, '#chronology')}>
        {filters.words ? 'Show headings only' : 'Show the full words'}
      </a>
      {' · '}
      {isFiltered(filters) && (
        <>
          <a
            class="govuk-link"
            href={fileHref(header, { ...noFilters, order: filters.order, words: filters.words }, '#chronology')}
          >
            Show every entry
          </a>
          {' · '}
        </>
      )}
      <a
        class="govuk-link"
        href={fileHref(header, { ...filters, order: filters.order === 'newest' ? 'oldest' : 'newest', page: 1 }, '#chronology')}
      >
        {filters.order === 'newest' ? 'Show the oldest first' : 'Show the newest first'}
      </a>
    </p>
  )
}

function Listed({ request, header, chronology, read }: PageProps): VNode {
  const { filters } = read
  return (
    <section aria-labelledby="chronology">
      <h2 class="govuk-heading-l" id="chronology">
        Chronology
      </h2>
      <p class="govuk-body">
        {chronology.total === 0
          ? 'Nothing is in this file yet. Concerns, notes, decisions and referrals about this child will stand here in the order of time.'
          : `${countInWords(request.profile, filters, { shown: chronology.matching, total: chronology.total })}, ${filters.order} first.`}
      </p>
      {chronology.total > 0 && <WordsSwitch header={header} read={read} />}
      {chronology.total > 0 && chronology.matching === 0 && (
        <p class="govuk-body">No entry is of this kind, category and time.</p>
      )}
      {chronology.entries.length > 0 && <Entries chronology={chronology} profile={request.profile} now={request.now} />}
      <Pages header={header} chronology={chronology} read={read} />
    </section>
  )
}

function Drawn({ request, header, chronology, read }: PageProps): VNode | null {
  const timeline = layOutTimeline(chronology.points, header.statuses, read.filters, localDate(request.now))
  return (
    <section aria-labelledby="timeline">
      <h2 class="govuk-heading-l" id="timeline">
        Timeline
      </h2>
      {chronology.total > 0 && <FiltersForm header={header} chronology={chronology} profile={request.profile} read={read} />}
      {timeline ? (
        <TimelinePicture timeline={timeline} header={header} filters={read.filters} />
      ) : (
        <p class="govuk-body">There is nothing to draw yet.</p>
      )}
      <Pattern occasions={chronology.occasions} profile={request.profile} />
    </section>
  )
}

/** A child's file as the safeguarding team reads it. */
export function childPage(request: PageRequest, file: ChildFile, read: FiltersRead): string {
  const { header }: { readonly header: FileHeader } = file
  const chronology: Chronology = file.chronology
  const props = { request, header, chronology, read, signs: file.signs }
  return pageFor(
    request,
    { title: nameOf(header), errors: read.errors, back: { href: '/children', text: 'Children' }, quickExit: true, wide: true },
    <>
      <FilterFaults read={read} />
      <span class="govuk-caption-xl">Child protection file</span>
      <h1 class="govuk-heading-xl govuk-!-margin-bottom-3">{nameOf(header)}</h1>
      <WhoLine header={header} profile={request.profile} now={request.now} />
      <StatusTags header={header} profile={request.profile} now={request.now} />
      <Warnings header={header} />
      <Caution household={header.household} profile={request.profile} />
      <AwaitingConfirmation household={header.household} />
      <Doing header={header} read={read} />
      <Beside asideLabel="About the child" aside={<Facts header={header} profile={request.profile} now={request.now} />}>
        <Hints groups={file.signs} />
        <OpenWork header={header} now={request.now} />
      </Beside>
      <Drawn {...props} />
      <Listed {...props} />
    </>,
  )
}
