import type { Instant } from '../../../kernel/plain-date.ts'
import type { SummaryRow } from '../../../web/components/index.ts'
import type { SecondLookOnPage } from '../page-model.ts'
import { Moment } from './parts.tsx'

/** The later looks at a decision, the oldest first. */
export function secondLookRows(looks: readonly SecondLookOnPage[], now: Instant): SummaryRow[] {
  return looks.map(({ edition, outcome, because, at, byName }) => ({
    key: 'Looked again',
    value: (
      <>
        {outcome === 'changed' ? 'Changed' : 'Unchanged'} under {edition}. {because}{' '}
        <span class="hf-meta">
          {byName}, <Moment at={at} now={now} />
        </span>
      </>
    ),
  }))
}
