import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { StackedTable } from '../../../web/components/index.ts'
import { Views } from '../../patterns/index.ts'
import { agencyNames } from '../../triage/index.ts'
import type { ReferralTimes } from '../model.ts'
import { byWait, waitOf } from '../rules.ts'

interface TimesPageProps {
  readonly school: string
  readonly today: PlainDate
  readonly rows: readonly ReferralTimes[]
  readonly isCut: boolean
}

function waitInWords(row: ReferralTimes, today: PlainDate): string {
  const { days, isSent } = waitOf(row, today)
  return `${days} ${days === 1 ? 'day' : 'days'}${isSent ? '' : ' so far: nothing is sent'}`
}

/** How long help was needed before it was asked for, the longest first. */
export function TimesPage({ school, today, rows, isCut }: TimesPageProps): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">From the need to the referral</h1>
      <Views here="/referral-times" />
      <p class="govuk-body">
        Of the last twelve months, and all that are open: since when help from outside was agreed to be needed, and when it was
        asked for by telephone or in writing.
      </p>
      {isCut && <p class="govuk-body">Only the newest {rows.length} are shown.</p>}
      {rows.length === 0 ? (
        <p class="govuk-body">Nobody was referred in this time.</p>
      ) : (
        <StackedTable
          caption={school}
          captionSize="m"
          head={['Child', 'To', 'Needed', 'Sent', 'Waited', 'Answered']}
          rows={byWait(rows, today).map(row => [
            <a class="govuk-link" href={`/referrals/${row.id}`}>
              {[row.childName, row.className].filter(Boolean).join(', ')}
            </a>,
            `${agencyNames[row.agency]}: ${row.destination}`,
            dateInWords(row.neededOn),
            row.sentOn ? dateInWords(row.sentOn) : 'Not yet',
            waitInWords(row, today),
            row.answeredOn ? dateInWords(row.answeredOn) : 'Not yet',
          ])}
        />
      )}
    </>
  )
}
