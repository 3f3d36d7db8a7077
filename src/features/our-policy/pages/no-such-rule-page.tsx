import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'

/** A rule that the policy of that day does not have: it may have had it before, or under another name. */
export function NoSuchRulePage({ on }: { readonly on: PlainDate }): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Our policy has no such rule</h1>
      <p class="govuk-body">
        Nothing of that name holds on {dateInWords(on)}. It may have been renamed or replaced since; what was decided under it
        keeps the words of its day.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/policy">
          Read our policy
        </a>
      </p>
    </>
  )
}
