import type { VNode } from 'preact'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, Button, Checkboxes, Details, Pagination, Select } from '../../../web/components/index.ts'
import { clockTitles, dueInWords } from '../../triage/index.ts'
import { type ClockFilter, clocksOnPage, type RunningClock, type RunningClocks, type Share } from '../model.ts'
import { addressOf, countsOf } from '../rules.ts'

interface Opens {
  readonly concerns: boolean
  readonly people: boolean
}

export interface ClocksPageProps {
  readonly clocks: RunningClocks
  readonly filter: ClockFilter
  readonly opens: Opens
  readonly now: Instant
}

function hrefOf({ watched, area }: RunningClock, opens: Opens): string | undefined {
  if (watched.id === null || area === 'conduct') return undefined
  switch (watched.kind) {
    case 'concern':
      return `/concerns/${watched.id}`
    case 'referral':
      return `/referrals/${watched.id}`
    case 'child':
      return opens.concerns ? `/children/${watched.id}` : undefined
    case 'adult':
      return opens.people ? `/people/${watched.id}` : undefined
    default:
      return undefined
  }
}

function watchedInWords({ watched, area }: RunningClock): string {
  if (area === 'conduct') return 'A case about an adult'
  const names = watched.names.join(' and ')
  switch (watched.kind) {
    case 'concern':
      return `${names || 'A child not named yet'}, concern ${watched.says ?? ''}`.trim()
    case 'referral':
      return `${names || 'A child not named yet'}, referral${watched.says ? ` to ${watched.says}` : ''}`
    case 'child':
    case 'adult':
      return names || 'Somebody'
    default:
      return watched.says === null || watched.says === 'school' ? 'The school' : watched.says.replaceAll('-', ' ')
  }
}

function Row({ clock, opens, now }: { readonly clock: RunningClock; readonly opens: Opens; readonly now: Instant }): VNode {
  const href = hrefOf(clock, opens)
  const watched = watchedInWords(clock)
  const isLate = clock.dueAt !== null && clock.dueAt < now
  const title = clockTitles[clock.name] ?? clock.name
  return (
    <li class="hf-today__row">
      <div class="hf-today__what">
        {title}: {isLate ? <Badge kind="overdue">{dueInWords(clock.dueAt, now)}</Badge> : dueInWords(clock.dueAt, now)}
      </div>
      <div>
        {href ? (
          <a class="govuk-link" href={href}>
            {watched}
          </a>
        ) : (
          watched
        )}
      </div>
      <div class="hf-meta">
        {clock.says} {clock.ownerName ? `With ${clock.ownerName}.` : 'With nobody.'} Running since{' '}
        {nearMomentInWords(clock.basisAt, now)}.{clock.standing === 'setting' && ' A setting: no text gives this time.'}{' '}
        <a class="govuk-link" href={`/policy/rules/${clock.rule}?on=${clock.basisOn}`}>
          Why?<span class="govuk-visually-hidden"> {title}: the rule and where it comes from</span>
        </a>
      </div>
    </li>
  )
}

function counted({ count, overdue }: Share<unknown>): string {
  return overdue > 0 ? `${count}, ${overdue} overdue` : String(count)
}

function Filters({ clocks, filter }: Pick<ClocksPageProps, 'clocks' | 'filter'>): VNode {
  return (
    <form method="get" action="/clocks">
      <Select
        name="kind"
        label="Kind"
        value={filter.name ?? ''}
        items={[
          { value: '', text: 'All kinds' },
          ...clocks.kinds.map(kind => ({ value: kind.key, text: `${clockTitles[kind.key] ?? kind.key} (${counted(kind)})` })),
        ]}
      />
      <Select
        name="owner"
        label="With whom"
        value={filter.owner ?? ''}
        items={[
          { value: '', text: 'Everybody' },
          ...clocks.owners.map(owner => ({
            value: owner.key ?? 'nobody',
            text: `${owner.key === null ? 'Nobody' : (owner.name ?? 'Somebody')} (${counted(owner)})`,
          })),
        ]}
      />
      <Checkboxes
        name="overdue"
        look="small"
        values={filter.overdueOnly ? ['yes'] : []}
        items={[{ value: 'yes', label: 'Only what is overdue' }]}
      />
      <Button look="secondary">Show</Button>
    </form>
  )
}

/** Every clock that runs at the school, the longest overdue first. */
export function ClocksPage({ clocks, filter, opens, now }: ClocksPageProps): VNode {
  const { running, overdue } = countsOf(clocks)
  const from = (filter.page - 1) * clocksOnPage
  return (
    <>
      <h1 class="govuk-heading-l">Everything running</h1>
      <p class="govuk-body">
        {running === 0
          ? 'No clock runs. Each duty with a time appears here the moment it begins, and leaves when it is met.'
          : `${running} ${running === 1 ? 'clock runs' : 'clocks run'}; ${overdue === 0 ? 'none is' : overdue === 1 ? '1 is' : `${overdue} are`} overdue. Each is worked out as you open this page.`}
      </p>
      <p class="govuk-body">Listed and counted is what you may open. Other clocks run as well, and whoever has them sees them.</p>
      {running > 0 && (
        <Details summary="Narrow the list" isOpen={filter.name !== null || filter.owner !== null || filter.overdueOnly}>
          <Filters clocks={clocks} filter={filter} />
        </Details>
      )}
      {running > 0 && (
        <h2 class="govuk-heading-m">
          {clocks.total === 0
            ? 'Nothing of this kind runs'
            : `${from + Math.min(1, clocks.rows.length)} to ${from + clocks.rows.length} of ${clocks.total}, overdue first`}
        </h2>
      )}
      <ul class="hf-today">
        {clocks.rows.map(clock => (
          <Row key={clock.id} clock={clock} opens={opens} now={now} />
        ))}
      </ul>
      {clocks.total > clocksOnPage && (
        <Pagination
          label="Pages of this list"
          {...(filter.page > 1 ? { previous: { href: addressOf(filter, filter.page - 1), text: 'Earlier due' } } : {})}
          {...(from + clocks.rows.length < clocks.total
            ? { next: { href: addressOf(filter, filter.page + 1), text: 'Later due' } }
            : {})}
        />
      )}
    </>
  )
}
