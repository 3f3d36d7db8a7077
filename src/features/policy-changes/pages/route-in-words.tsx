import type { VNode } from 'preact'
import { WarningText } from '../../../web/components/index.ts'
import type { WordedRoute, WordedStep } from '../rules-route-words.ts'

/** Said at a step whose sentence was written for another place in the route. */
export function checkSentence(writtenFor: number): string {
  return `Check this sentence: it was written for step ${writtenFor}, and others are told here or before now.`
}

function Steps({ title, steps }: { readonly title: string; readonly steps: readonly WordedStep[] }): VNode {
  return (
    <div class="govuk-grid-column-one-half">
      <h3 class="govuk-heading-s">{title}</h3>
      <ol class="govuk-list govuk-list--number govuk-list--spaced">
        {steps.map(({ who, says, writtenFor }) => (
          <li key={who}>
            {who}. {says}
            {writtenFor !== undefined && (
              <div>
                <strong>{checkSentence(writtenFor)}</strong>
              </div>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** A route as people read it now and would read it then, for whoever proposes it and whoever approves it. */
export function RouteInWords({ route }: { readonly route: WordedRoute }): VNode {
  const toCheck = route.after.flatMap(({ writtenFor }, index) => (writtenFor === undefined ? [] : [index + 1]))
  return (
    <section aria-label={`${route.title}, in words`}>
      <h2 class="govuk-heading-m">{route.title}: what people will read</h2>
      {toCheck.length > 0 && (
        <WarningText>
          Read the {toCheck.length === 1 ? 'sentence of step' : 'sentences of steps'} {toCheck.join(' and ')} again: “if neither
          is there” may no longer be true where it stands now.
        </WarningText>
      )}
      <div class="govuk-grid-row">
        <Steps title="Now" steps={route.before} />
        <Steps title="Then" steps={route.after} />
      </div>
    </section>
  )
}
