import type { VNode } from 'preact'
import { endInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { ClockName } from '../../../policy/profile.ts'
import { StackedTable, WarningText } from '../../../web/components/index.ts'
import { clockTitles } from '../../triage/index.ts'
import type { Effects } from '../model.ts'
import { RouteInWords } from './route-in-words.tsx'

const shownMax = 50
/** What is counted leaves out what the reader is outside of; the number must not pass for all. */
const others = 'Other clocks may run as well, and whoever has them sees them.'

function due(at: Instant | null): string {
  return at === null ? 'nothing due' : endInWords(at)
}

function Clocks({ clocks, now }: { readonly clocks: Effects['clocks']; readonly now: Instant }): VNode {
  const moves = clocks.some(clock => clock.moves)
  if (clocks.length === 0) return <p class="govuk-body">No clock that you may open would be due at another moment. {others}</p>
  return (
    <>
      <p class="govuk-body">
        {moves
          ? `${clocks.length} running ${clocks.length === 1 ? 'clock' : 'clocks'} would be due at another moment.`
          : `${clocks.length} running ${clocks.length === 1 ? 'clock began' : 'clocks began'} under this rule. Each keeps the time of the policy under which it began; the last column says when it would be due had it begun under the new one.`}{' '}
        {others}
      </p>
      <StackedTable
        caption="Running clocks"
        head={['Clock', 'Began', 'Due now', moves ? 'Due then' : 'Under the new time']}
        rows={clocks
          .slice(0, shownMax)
          .map(clock => [
            clockTitles[clock.name as ClockName] ?? clock.name,
            nearMomentInWords(clock.basisAt, now),
            due(clock.dueAt),
            due(clock.dueThen),
          ])}
      />
      {clocks.length > shownMax && <p class="govuk-body">And {clocks.length - shownMax} more.</p>}
    </>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }): VNode {
  return (
    <ul class="govuk-list">
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** What a change would alter, before it does: running clocks and routes, by today's appointments. */
export function EffectsOf({ effects, now }: { readonly effects: Effects; readonly now: Instant }): VNode {
  return (
    <>
      {effects.words.map(route => (
        <RouteInWords key={route.path} route={route} />
      ))}
      <h2 class="govuk-heading-m">What it would alter</h2>
      {effects.replaces !== undefined && (
        <WarningText>
          A change of this from the same day is approved already: change {effects.replaces}. This one would take its place.
        </WarningText>
      )}
      {effects.staleSentence !== undefined && (
        <WarningText>
          Only the time changes. The sentence that everybody reads stays: “{effects.staleSentence}” See that it does not say the
          old time.
        </WarningText>
      )}
      <Clocks clocks={effects.clocks} now={now} />
      {effects.routes.length === 0 ? (
        <p class="govuk-body">No route would lead to anybody else.</p>
      ) : (
        <>
          <p class="govuk-body">By today’s appointments:</p>
          <StackedTable
            caption="Routes"
            head={['Route', 'Leads now to', 'Would lead to']}
            rows={effects.routes.map(route => [route.title, <Lines lines={route.before} />, <Lines lines={route.after} />])}
          />
        </>
      )}
      {effects.next.map(({ count, before, after }) => (
        <p class="govuk-body" key={before}>
          {count} {count === 1 ? 'concern waits' : 'concerns wait'} to be acknowledged. If nobody does, the next to hear was:{' '}
          {before}. It would be: {after}.
        </p>
      ))}
    </>
  )
}
