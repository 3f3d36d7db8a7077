import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Button, SummaryList, WarningText } from '../../../web/components/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { ConcernContent } from '../page-model.ts'
import { firstAnswerAt, type Reply, replyKindNames, toldUs, whoToldUs } from '../replies.ts'
import { dueInWords, spanInWords } from '../when.ts'
import { Moment, Section, Words } from './parts.tsx'

/** Stands above a concern while nobody has spoken with the child who told the school. */
export function WhoWaits({ concern, now }: { readonly concern: ConcernFacts; readonly now: Instant }): VNode | null {
  const clock = concern.clocks.find(({ name }) => name === 'child-response')
  if (!clock || concern.state === 'closed') return null
  return (
    <>
      <WarningText>
        Nobody has spoken yet with the child who told us ({dueInWords(clock.dueAt, now)}). {clock.says}
      </WarningText>
      <Button href={`/concerns/${concern.id}/replies/child`} look="secondary">
        Write down who spoke with the child
      </Button>
    </>
  )
}

function ReplyWords({ reply, now }: { readonly reply: Reply; readonly now: Instant }): VNode {
  if (reply.at === null)
    return (
      <>
        <Words>{reply.because}</Words>
        <span class="hf-meta">
          Written down by {reply.byName}, <Moment at={reply.recordedAt} now={now} />.
        </span>
      </>
    )
  return (
    <>
      <Moment at={reply.at} now={now} />, by {reply.givenBy}. <Words>{reply.says}</Words>
      <span class="hf-meta">
        {reply.leftOut && 'Nothing about another child is in it, says its writer. '}Written down by {reply.byName}.
      </span>
    </>
  )
}

/** What those who told us heard back, and how long the first answer took; nothing where neither a child nor a parent did. */
export function HeardBack({
  concern,
  content,
  now,
}: {
  readonly concern: ConcernFacts
  readonly content: ConcernContent
  readonly now: Instant
}): VNode | null {
  const waiting = whoToldUs.filter(whom => toldUs(whom, content))
  if (waiting.length === 0) return null
  return (
    <Section id="heard-back" title="Those who told us">
      <SummaryList
        rows={waiting.flatMap(whom => {
          const first = firstAnswerAt(content.replies, whom)
          return [
            {
              key: whom === 'child' ? 'First response to the child' : 'First answer to the parent',
              value: first ? `after ${spanInWords(concern.recordedAt, first)}` : 'None yet',
            },
            ...content.replies
              .filter(reply => reply.whom === whom)
              .map(reply => ({
                key: replyKindNames[whom][reply.kind] ?? '',
                value: <ReplyWords reply={reply} now={now} />,
              })),
          ]
        })}
      />
    </Section>
  )
}
