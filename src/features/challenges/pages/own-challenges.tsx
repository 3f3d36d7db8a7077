/** What stands with one's own concern: that one is still worried, and the answer. */
import type { VNode } from 'preact'
import { nearEndInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, Button, InsetText, Words } from '../../../web/components/index.ts'
import type { OwnChallenge } from '../model.ts'

function One({ challenge, now }: { readonly challenge: OwnChallenge; readonly now: Instant }): VNode {
  const isLate = challenge.dueAt !== null && now > challenge.dueAt
  return (
    <InsetText>
      <p>
        <strong>You were still worried</strong>, {nearMomentInWords(challenge.at, now)}.
      </p>
      <Words as="div">{challenge.says}</Words>
      {challenge.isOutside ? (
        <p>It is with the safeguarding team. What they can tell you here appears on this page.</p>
      ) : challenge.reply === null ? (
        <p>
          <Badge kind={isLate ? 'overdue' : 'waiting'}>Open</Badge>{' '}
          {challenge.to ? `${challenge.to} answers in writing` : 'Nobody in school can be given this just now; it is kept'}
          {challenge.dueAt && `; the answer ${isLate ? 'was' : 'is'} due ${nearEndInWords(challenge.dueAt, now)}`}.
        </p>
      ) : (
        <>
          <p>
            <strong>{challenge.repliedBy ?? 'The safeguarding team'} answered</strong>
            {challenge.repliedAt && `, ${nearMomentInWords(challenge.repliedAt, now)}`}.
          </p>
          <Words as="div">{challenge.reply}</Words>
        </>
      )}
    </InsetText>
  )
}

/** One's challenges of a concern with their answers, and the way to another one. */
export function OwnChallenges({
  concernId,
  challenges,
  now,
}: {
  readonly concernId: string
  readonly challenges: readonly OwnChallenge[]
  readonly now: Instant
}): VNode {
  const isOpen = challenges.some(challenge => challenge.reply === null)
  return (
    <>
      <h2 class="govuk-heading-m" id="still-worried">
        Still worried?
      </h2>
      {challenges.map(challenge => (
        <One challenge={challenge} now={now} />
      ))}
      {isOpen ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/my-concerns/${concernId}/still-worried`}>
            What else you can do while you wait
          </a>
        </p>
      ) : (
        <>
          <p class="govuk-body">
            {challenges.length > 0
              ? 'If this does not settle it, say so again. Somebody else answers.'
              : 'If you doubt that enough is done, or hear nothing, say so. Somebody must answer you in writing.'}
          </p>
          <Button href={`/my-concerns/${concernId}/still-worried`} look="secondary">
            I am still worried, or not satisfied
          </Button>
        </>
      )}
    </>
  )
}
