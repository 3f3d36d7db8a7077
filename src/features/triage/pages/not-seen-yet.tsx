import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Button, WarningText } from '../../../web/components/index.ts'
import type { ConcernFacts } from '../model.ts'
import { dueInWords } from '../when.ts'

/** Stands above a concern until somebody has written that the child was seen or reached. */
export function NotSeenYet({ concern, now }: { readonly concern: ConcernFacts; readonly now: Instant }): VNode | null {
  const clock = concern.clocks.find(({ name }) => name === 'child-seen')
  if (!clock || concern.state === 'closed') return null
  return (
    <>
      <WarningText>
        Child not yet seen{clock.dueAt ? ` (${dueInWords(clock.dueAt, now)})` : ''}. {clock.says}
      </WarningText>
      <Button href={`/concerns/${concern.id}/child-seen`} look="secondary">
        Write down who saw the child
      </Button>
    </>
  )
}
