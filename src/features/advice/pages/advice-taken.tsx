/** Advice where it stands with a concern. */
import type { VNode } from 'preact'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Words } from '../../../web/components/index.ts'
import { type Advice, followingNames } from '../model.ts'

function Taken({ one, now }: { readonly one: Advice; readonly now: Instant }): VNode {
  return (
    <li>
      <strong>
        {one.agency}, {nearMomentInWords(one.at, now)}
      </strong>
      . With <bdi>{one.withWhom}</bdi>; the child was {one.named ? 'named' : 'not named'}.
      {one.reference !== '' && ` Reference ${one.reference}.`}
      <p class="govuk-body govuk-!-margin-bottom-0">Asked:</p>
      <Words as="div">{one.asked}</Words>
      <p class="govuk-body govuk-!-margin-bottom-0">Advised:</p>
      <Words as="div">{one.says}</Words>
      {one.decided !== null && (
        <>
          <p class="govuk-body govuk-!-margin-bottom-0">
            Decided after it: <bdi>{one.decided}</bdi>
            {one.followed && `. As advised: ${followingNames[one.followed].toLowerCase()}.`}
          </p>
          <Words as="div">{one.because ?? ''}</Words>
        </>
      )}
      {one.byName && <span class="hf-meta">Written down by {one.byName}</span>}
    </li>
  )
}

/** Advice that was taken, in a list; nothing where none was. */
export function AdviceTaken({ advice, now }: { readonly advice: readonly Advice[]; readonly now: Instant }): VNode | null {
  if (advice.length === 0) return null
  return (
    <section aria-labelledby="advice-taken">
      <h2 class="govuk-heading-m" id="advice-taken">
        Advice taken
      </h2>
      <ul class="govuk-list govuk-list--spaced">
        {advice.map(one => (
          <Taken one={one} now={now} />
        ))}
      </ul>
    </section>
  )
}
