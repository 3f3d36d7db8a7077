import type { VNode } from 'preact'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { AwaitingSibling } from '../../household/index.ts'

/** Brothers and sisters who may be affected by a concern about their household, until somebody has said yes or no. */
export function SiblingsToConfirm({
  siblings,
  now,
}: {
  readonly siblings: readonly AwaitingSibling[]
  readonly now: Instant
}): VNode | null {
  if (siblings.length === 0) return null
  return (
    <section aria-labelledby="siblings">
      <h2 class="govuk-heading-m" id="siblings">
        Brothers and sisters to confirm ({siblings.length})
      </h2>
      <p class="govuk-hint">They may be affected by a concern about their household. Say whether they are.</p>
      <ul class="hf-today">
        {siblings.map(({ concernId, reference, name, className, linkedAt }) => (
          <li class="hf-today__row">
            <div class="hf-today__what">
              <a class="govuk-link" href={`/concerns/${concernId}/household`}>
                {[name, className].filter(Boolean).join(', ')}
              </a>
            </div>
            <div class="hf-meta">
              Linked {nearMomentInWords(linkedAt, now)}. {reference}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
