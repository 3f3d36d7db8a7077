/** The challenges of a concern on the team's page. */
import type { VNode } from 'preact'
import { nearEndInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, Button, SummaryCard, SummaryList, Words } from '../../../web/components/index.ts'
import type { Challenge } from '../model.ts'

export function ChallengeCard({
  challenge,
  now,
  headingLevel,
}: {
  readonly challenge: Challenge
  readonly now: Instant
  readonly headingLevel: 2 | 3
}): VNode {
  const isLate = challenge.dueAt !== null && now > challenge.dueAt
  return (
    <SummaryCard title={`${challenge.by} is still worried, ${nearMomentInWords(challenge.at, now)}`} headingLevel={headingLevel}>
      <SummaryList
        rows={[
          { key: 'Why', value: <Words as="div">{challenge.says}</Words> },
          challenge.reopened && { key: 'The concern', value: 'It was closed, and was opened again by this.' },
          challenge.reply === null && {
            key: 'Answer',
            value: (
              <>
                <Badge kind={isLate ? 'overdue' : 'waiting'}>Open</Badge> due from {challenge.to ?? 'nobody yet'}
                {challenge.dueAt && `, ${nearEndInWords(challenge.dueAt, now)}`}
              </>
            ),
          },
          challenge.reply !== null && {
            key: `Answer by ${challenge.repliedBy ?? ''}`,
            value: (
              <>
                <Words as="div">{challenge.reply}</Words>
                {challenge.repliedAt && <span class="hf-meta">{nearMomentInWords(challenge.repliedAt, now)}</span>}
              </>
            ),
          },
        ]}
      />
    </SummaryCard>
  )
}

/** For the team: who is still worried about this concern, why, and where to answer. */
export function ChallengesOnConcern({
  concernId,
  challenges,
  now,
}: {
  readonly concernId: string
  readonly challenges: readonly Challenge[]
  readonly now: Instant
}): VNode | null {
  if (challenges.length === 0) return null
  return (
    <section aria-labelledby="still-worried">
      <h2 class="govuk-heading-m" id="still-worried">
        Still worried
      </h2>
      {challenges.map(challenge => (
        <ChallengeCard challenge={challenge} now={now} headingLevel={3} />
      ))}
      {challenges.some(challenge => challenge.reply === null) && (
        <Button href={`/concerns/${concernId}/challenges`}>Answer in writing</Button>
      )}
    </section>
  )
}
