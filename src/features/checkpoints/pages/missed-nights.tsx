import type { VNode } from 'preact'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { WarningText } from '../../../web/components/index.ts'
import { owedOn } from '../nights.ts'
import { daysInWords } from './audit-page.tsx'

/** Says, to whoever may read checkpoints, that a night was missed. `last` is null for everybody else, and where none was ever made. */
export function MissedNights({ last, today }: { readonly last: PlainDate | null; readonly today: PlainDate }): VNode | null {
  const owed = owedOn(today, last ?? undefined)
  if (owed.length === 0) return null
  return (
    <WarningText>
      No checkpoint of the audit trail was made for {daysInWords(owed)}. Tell whoever runs Holdfast.{' '}
      <a class="govuk-link" href="/audit">
        See the audit trail
      </a>
    </WarningText>
  )
}
