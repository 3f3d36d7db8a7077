import type { VNode } from 'preact'
import { dateInWords, momentInWords } from '../../../kernel/london-time.ts'
import type { Profile } from '../../../policy/profile.ts'
import {
  Button,
  ButtonGroup,
  DateInput,
  ErrorSummaryFor,
  findError,
  Pagination,
  Select,
  Tag,
} from '../../../web/components/index.ts'
import { isNarrowed, type LogFiltersRead, logQuery } from '../filters.ts'
import type { LogFilters, LogLine, LogPage, LogSubject } from '../model.ts'
import { didInWords, groundInWords, kindInWords, rolesInWords } from '../words.ts'

export interface LogProps {
  readonly about: LogSubject
  readonly log: LogPage
  readonly read: LogFiltersRead
  readonly profile: Profile
  readonly linesEachPage: number
  /** Without what was looked at: for whoever answers for data, and opens no file. */
  readonly coarse: boolean
  readonly onPaper: boolean
}

export function logHref({ kind, id }: LogSubject, filters: LogFilters, part: '' | '/print' = ''): string {
  return `/${kind === 'child' ? 'children' : 'concerns'}/${id}/who-looked${part}${logQuery(filters)}`
}

function Line({ line, profile, coarse }: { readonly line: LogLine } & Pick<LogProps, 'profile' | 'coarse'>): VNode {
  const roles = rolesInWords(profile, line)
  const ground = groundInWords(line)
  return (
    <li>
      <span class="govuk-!-font-weight-bold">{momentInWords(line.at)}</span>
      <br />
      <bdi>{line.name ?? 'Somebody without an account'}</bdi>
      {roles && `, ${roles}`}
      <br />
      {coarse ? kindInWords(line) : didInWords(line)} {line.refused ? <Tag colour="red">Refused</Tag> : ground && `(${ground})`}
    </li>
  )
}

function DateBoxes({ name, legend, read }: { name: 'from' | 'to'; legend: string; read: LogFiltersRead }): VNode {
  const error = ['day', 'month', 'year'].map(part => findError(read.errors, `${name}-${part}`)).find(Boolean)
  return <DateInput id={name} namePrefix={name} legend={legend} legendSize="s" values={read.typed} error={error} />
}

function Filters({ about, log, read }: LogProps): VNode {
  const everything = { who: null, from: null, to: null, page: 1 }
  return (
    <form method="get" action={logHref(about, everything)} class="hf-no-print">
      <Select
        name="who"
        label="Who"
        labelSize="s"
        value={read.filters.who ?? ''}
        items={[{ value: '', text: 'Everybody' }, ...log.people.map(({ id, name }) => ({ value: id, text: name }))]}
      />
      <DateBoxes name="from" legend="From this day" read={read} />
      <DateBoxes name="to" legend="To this day" read={read} />
      <ButtonGroup>
        <Button look="secondary">Show these</Button>
        {(isNarrowed(read.filters) || read.errors.length > 0) && (
          <a class="govuk-link" href={logHref(about, everything)}>
            Show everything
          </a>
        )}
        <a class="govuk-link" href={logHref(about, { ...read.filters, page: 1 }, '/print')}>
          Print
        </a>
      </ButtonGroup>
    </form>
  )
}

function Pages({ about, log, read, linesEachPage }: LogProps): VNode | null {
  const pages = Math.ceil(log.total / linesEachPage)
  const { filters } = read
  if (pages < 2) return null
  const at = (page: number) => logHref(about, { ...filters, page })
  return (
    <Pagination
      label="Pages of the list"
      previous={filters.page > 1 ? { href: at(filters.page - 1), label: `Page ${filters.page - 1} of ${pages}` } : undefined}
      next={filters.page < pages ? { href: at(filters.page + 1), label: `Page ${filters.page + 1} of ${pages}` } : undefined}
    />
  )
}

function shownInWords({ log, read, linesEachPage, onPaper }: LogProps): string {
  const { who, from, to } = read.filters
  const parts = [
    who && `by ${log.people.find(({ id }) => id === who)?.name ?? 'somebody who is not in it'}`,
    from && `from ${dateInWords(from)}`,
    to && `to ${dateInWords(to)}`,
  ].filter(Boolean)
  const count = log.total === 0 ? 'Nothing' : log.total === 1 ? '1 line' : `${log.total} lines`
  const cut = onPaper && log.total > linesEachPage ? ` Only the newest ${linesEachPage} are on this paper.` : ''
  return `${count}${parts.length > 0 ? `, ${parts.join(', ')}` : ''}, the newest first.${cut}`
}

/** Who looked, when, at what and with which right; refused attempts too. */
export function WhoLookedPage(props: LogProps): VNode {
  const { about, log, read, profile, coarse, onPaper } = props
  return (
    <>
      <ErrorSummaryFor errors={read.errors} />
      <span class="govuk-caption-l">
        <bdi>{about.kind === 'child' ? about.name : `Concern ${about.name}`}</bdi>
      </span>
      <h1 class="govuk-heading-l">{about.kind === 'child' ? 'Who looked at this child' : 'Who looked at this concern'}</h1>
      <p class="govuk-body">
        Who opened, wrote, printed or shared something, and who asked for it and was refused. Looking at this page stands in it
        too.
      </p>
      {!onPaper && <Filters {...props} />}
      <p class="govuk-body" role="status">
        {shownInWords(props)}
      </p>
      <ol class="govuk-list govuk-list--spaced" reversed>
        {log.lines.map(line => (
          <Line line={line} profile={profile} coarse={coarse} />
        ))}
      </ol>
      {!onPaper && <Pages {...props} />}
    </>
  )
}
