import type { Instant } from '../../../kernel/plain-date.ts'
import type { SummaryRow } from '../../../web/components/index.ts'
import type { AmendmentOnPage } from '../page-model.ts'
import { Moment, Words } from './parts.tsx'

/** The corrections of one judgement, the oldest first. */
export function amendmentRows(amendments: readonly Omit<AmendmentOnPage, 'id' | 'judgementId'>[], now: Instant): SummaryRow[] {
  return amendments.map(({ says, because, at, byName }) => ({
    key: 'Corrected',
    value: (
      <>
        <Words>{says}</Words>
        <p class="govuk-body">
          Why: {because}{' '}
          <span class="hf-meta">
            {byName}, <Moment at={at} now={now} />
          </span>
        </p>
      </>
    ),
  }))
}
