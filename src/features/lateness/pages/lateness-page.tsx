import type { VNode } from 'preact'
import { dateInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import { addDays, type Instant } from '../../../kernel/plain-date.ts'
import { Button, Pagination, Select, Table, Words } from '../../../web/components/index.ts'
import { Views } from '../../patterns/index.ts'
import { lateOnPage, type Period } from '../model.ts'
import { type Lateness, type LatenessKind, type LateRecord, latenessKinds } from '../rules.ts'

export interface LatenessPageProps {
  readonly school: string
  readonly periods: readonly Period[]
  readonly period: Period
  readonly lateness: Lateness
  /** Which page of the list; the first is 1. */
  readonly pageNumber: number
  readonly now: Instant
}

const kindNames: Readonly<Record<LatenessKind, string>> = {
  'later-day': 'Entered on a later day',
  'after-departure': 'Written after the child had left',
  'delayed-start': 'Write-up begun late after a disclosure',
  'account-late': 'First-hand account late or missing',
}

function counted(lateness: Lateness): string {
  const late = lateness.late.length
  return `${late} of ${lateness.total} ${lateness.total === 1 ? 'record' : 'records'} ${late === 1 ? 'was' : 'were'} late or delayed.`
}

function Row({ late, now }: { readonly late: LateRecord; readonly now: Instant }): VNode {
  const { record, faults } = late
  return (
    <li class="hf-today__row">
      <div class="hf-today__what">
        <a class="govuk-link" href={`/concerns/${record.id}`}>
          {record.children.join(' and ') || 'A child not named yet'}
          <span class="govuk-visually-hidden"> concern {record.reference}</span>
        </a>
      </div>
      {faults.map(fault => (
        <div>{fault.says}</div>
      ))}
      {record.lateReason && (
        <div>
          Reason given: <Words as="span">{record.lateReason}</Words>
        </div>
      )}
      <div class="hf-meta">
        Recorded {nearMomentInWords(record.recordedAt, now)} by {record.writer ?? 'somebody without an account'}.{' '}
        {record.reference}
      </div>
    </li>
  )
}

/** What was written late or after a delay: in numbers for the school and for each person, and one by one. */
export function LatenessPage({ school, periods, period, lateness, pageNumber, now }: LatenessPageProps): VNode {
  const from = (pageNumber - 1) * lateOnPage
  const shown = lateness.late.slice(from, from + lateOnPage)
  const addressOf = (page: number) => `/late-records?period=${encodeURIComponent(period.id)}&page=${page}#one-by-one`
  return (
    <>
      <h1 class="govuk-heading-l">Late and delayed records</h1>
      <Views here="/late-records" />
      <form method="get" action="/late-records">
        <Select
          name="period"
          label="Period"
          value={period.id}
          items={periods.map(({ id, name, from, before }) => ({
            value: id,
            text: `${name}, ${dateInWords(from)} to ${dateInWords(addDays(before, -1))}`,
          }))}
        />
        <Button look="secondary">Show</Button>
      </form>
      <p class="govuk-body">{counted(lateness)}</p>
      <p class="govuk-hint">Of the records that you may see. One record may be late in several ways.</p>
      <Table
        caption={school}
        captionSize="m"
        head={['What', { content: 'Records', format: 'numeric' }]}
        rows={latenessKinds.map(kind => [kindNames[kind], { content: String(lateness.counts[kind]), format: 'numeric' }])}
        isFirstCellHeader
      />
      {lateness.writers.length > 0 && (
        <Table
          caption="By person"
          captionSize="m"
          head={['Who wrote it', { content: 'Records', format: 'numeric' }, { content: 'Late or delayed', format: 'numeric' }]}
          rows={lateness.writers.map(writer => [
            writer.writer ?? 'Somebody without an account',
            { content: String(writer.records), format: 'numeric' },
            { content: String(writer.late), format: 'numeric' },
          ])}
          isFirstCellHeader
        />
      )}
      <h2 class="govuk-heading-m" id="one-by-one">
        One by one
        {lateness.late.length > lateOnPage && `: ${from + 1} to ${from + shown.length} of ${lateness.late.length}, newest first`}
      </h2>
      {lateness.late.length === 0 ? (
        <p class="govuk-body">Nothing was late in this period.</p>
      ) : (
        <ul class="hf-today">
          {shown.map(late => (
            <Row late={late} now={now} />
          ))}
        </ul>
      )}
      {lateness.late.length > lateOnPage && (
        <Pagination
          label="Pages of this list"
          {...(pageNumber > 1 ? { previous: { href: addressOf(pageNumber - 1), text: 'Newer' } } : {})}
          {...(from + shown.length < lateness.late.length ? { next: { href: addressOf(pageNumber + 1), text: 'Older' } } : {})}
        />
      )}
    </>
  )
}
