import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Table } from '../../../web/components/index.ts'
import type { Indicator } from '../model.ts'
import { persistenceOf } from '../rules-trends.ts'

export interface IndicatorsPageProps {
  readonly name: string
  readonly profile: Profile
  readonly indicators: readonly Indicator[]
}

function Dated({
  question,
  indicators,
  profile,
}: {
  readonly question: string
  readonly indicators: readonly Indicator[]
  readonly profile: Profile
}): VNode {
  const known = profile.questions.find(({ id }) => id === question)
  const span = persistenceOf(indicators)
  return (
    <>
      <Table
        caption={known?.asks ?? question}
        captionSize="m"
        head={['Day', 'Sign', 'Concern']}
        rows={indicators.map(({ option, on, concernId, reference }) => [
          dateInWords(on),
          known?.options.find(({ id }) => id === option)?.name ?? option,
          <a class="govuk-link" href={`/concerns/${concernId}`}>
            {reference}
          </a>,
        ])}
      />
      {span && (
        <p class="govuk-body">
          <strong>
            {indicators.length} {indicators.length === 1 ? 'sign' : 'signs'} over {span.weeks}{' '}
            {span.weeks === 1 ? 'week' : 'weeks'}
          </strong>
          , from {dateInWords(span.first)} to {dateInWords(span.last)}.
        </p>
      )}
    </>
  )
}

/** One child's dated signs over all concerns: whether something goes on shows only so. */
export function IndicatorsPage({ name, profile, indicators }: IndicatorsPageProps): VNode {
  const questions = [...new Set(indicators.map(({ question }) => question))]
  return (
    <>
      <span class="govuk-caption-l">{name}</span>
      <h1 class="govuk-heading-l">Signs by date</h1>
      {questions.length === 0 && (
        <p class="govuk-body">No sign with a day is recorded. They are given at triage, where the policy asks for them.</p>
      )}
      {questions.map(question => (
        <Dated
          question={question}
          indicators={indicators.filter(indicator => indicator.question === question)}
          profile={profile}
        />
      ))}
    </>
  )
}
