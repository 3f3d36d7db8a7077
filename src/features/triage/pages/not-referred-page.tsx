import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { agencyIds, type Profile } from '../../../policy/profile.ts'
import { Button, DateInput, ErrorSummaryFor, type FieldErrors, Select, SummaryList } from '../../../web/components/index.ts'
import { dateError, dateValues } from '../../../web/http/form-dates.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { Views } from '../../patterns/index.ts'
import type { NotReferredRow, RegisterAsked } from '../page-model.ts'
import { stateNames } from '../words.ts'
import { amendmentRows } from './amendment-rows.tsx'
import { agencyName } from './not-referred.tsx'
import { Moment, Words } from './parts.tsx'

export interface NotReferredPageProps {
  readonly profile: Profile
  readonly now: Instant
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly asked: RegisterAsked
  readonly rows: readonly NotReferredRow[]
  /** Whether there are more than are shown. */
  readonly isCut: boolean
}

/** The register's span and agency in words: it stands on the page and on every printed sheet. */
export function registerInWords(profile: Profile, { from, to, agency }: RegisterAsked, count: number): string {
  const span =
    from && to
      ? ` from ${dateInWords(from)} to ${dateInWords(to)}`
      : from
        ? ` since ${dateInWords(from)}`
        : to
          ? ` until ${dateInWords(to)}`
          : ''
  const whom = agency ? `, ${agencyName(profile, agency)}` : ''
  return `${count} ${count === 1 ? 'decision' : 'decisions'}${span}${whom}`
}

function Filters({ profile, form, errors }: Pick<NotReferredPageProps, 'profile' | 'form' | 'errors'>): VNode {
  const listed = profile.notReferred?.agencies.map(({ id }) => id) ?? []
  const agencies = [...listed, ...agencyIds.filter(id => !listed.includes(id))]
  return (
    <form method="get" action="/not-referred" class="hf-no-print" novalidate>
      <DateInput
        id="from"
        namePrefix="from"
        legend="From"
        legendSize="s"
        values={dateValues(form, 'from')}
        error={dateError(errors, 'from')}
      />
      <DateInput
        id="to"
        namePrefix="to"
        legend="To"
        legendSize="s"
        values={dateValues(form, 'to')}
        error={dateError(errors, 'to')}
      />
      <Select
        name="agency"
        label="Agency"
        labelSize="s"
        value={form.text('agency')}
        items={[{ value: '', text: 'All' }, ...agencies.map(id => ({ value: id, text: agencyName(profile, id) }))]}
      />
      <Button look="secondary">Show</Button>
    </form>
  )
}

function Row({ row, profile, now }: { readonly row: NotReferredRow } & Pick<NotReferredPageProps, 'profile' | 'now'>): VNode {
  const children = row.children.map(({ name, className }) => [name, className].filter(Boolean).join(', ')).join('; ')
  return (
    <SummaryList
      card={{ title: `${children || 'A child not named yet'}: ${agencyName(profile, row.agency)}`, headingLevel: 2 }}
      rows={[
        { key: 'Why not referred', value: <Words>{row.reason}</Words> },
        ...amendmentRows(row.amendments, now),
        {
          key: row.atClosing ? 'Closed' : 'Decided',
          value: (
            <>
              <Moment at={row.at} now={now} />, {row.byName}
            </>
          ),
        },
        {
          key: 'Concern',
          value: (
            <>
              <a class="govuk-link" href={`/concerns/${row.concernId}`}>
                {row.reference}
              </a>
              : {stateNames[row.state].toLowerCase()}
            </>
          ),
        },
        row.referredAt !== null && {
          key: 'Since then',
          value: (
            <>
              Referred after all, <Moment at={row.referredAt} now={now} />
            </>
          ),
        },
      ]}
    />
  )
}

/** Decisions not to refer, for supervision: whom, to which agency, why, and what was corrected or done since. */
export function NotReferredPage(props: NotReferredPageProps): VNode {
  const { profile, now, asked, rows, isCut } = props
  return (
    <>
      <ErrorSummaryFor errors={props.errors} />
      <h1 class="govuk-heading-l">Not referred</h1>
      <Views here="/not-referred" />
      <p class="govuk-body">
        Each decision not to turn to an agency, with its reason. What is written here cannot be changed; a correction stands
        beside it.
      </p>
      <Filters profile={profile} form={props.form} errors={props.errors} />
      <p class="govuk-body">
        <strong>{registerInWords(profile, asked, rows.length)}</strong>
        {isCut && `, the newest; narrow the dates to see the others`}.{' '}
        <span class="hf-no-print">To print it, use your browser (Ctrl and P).</span>
      </p>
      {rows.map(row => (
        <Row row={row} profile={profile} now={now} />
      ))}
    </>
  )
}
