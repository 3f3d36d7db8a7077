import type { VNode } from 'preact'
import { dayInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, Button, Form, InsetText, TaskList, Words } from '../../../web/components/index.ts'
import type { OpenShare, SharedWithMe } from '../model.ts'
import { lastDayOf } from '../rules.ts'

/** What the safeguarding team has shared with whoever reads this page. */
export function SharedWithMePage({ shared, now }: { readonly shared: readonly SharedWithMe[]; readonly now: Instant }): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Shared with you</h1>
      {shared.length === 0 ? (
        <p class="govuk-body">Nothing is shared with you at the moment. What was shared for a time goes when the time is over.</p>
      ) : (
        <>
          <p class="govuk-body">
            The safeguarding team has shared this with you because you need it. Speak about it with nobody but them.
          </p>
          <TaskList
            idPrefix="shared"
            items={shared.map(one => ({
              title: one.className ? `${one.name}, ${one.className}` : one.name,
              href: `/shared/${one.id}`,
              hint: `Shared ${nearMomentInWords(one.madeAt, now)}, until the end of ${dayInWords(lastDayOf(one))}`,
              status: one.readAt ? 'Read' : <Badge kind="new">Not read yet</Badge>,
            }))}
          />
        </>
      )}
    </>
  )
}

interface SharedPageProps {
  readonly share: OpenShare
  readonly formToken: string
  readonly commandKey: string
  readonly now: Instant
}

/** The words themselves, and saying that they are read. */
export function SharedPage({ share, formToken, commandKey, now }: SharedPageProps): VNode {
  const { id, name, className, says, madeBy, madeAt, readAt } = share
  return (
    <>
      <span class="govuk-caption-l">Shared with you</span>
      <h1 class="govuk-heading-l">{className ? `${name}, ${className}` : name}</h1>
      <InsetText>
        <Words>{says}</Words>
      </InsetText>
      <p class="govuk-body">
        {madeBy} of the safeguarding team shared this with you {nearMomentInWords(madeAt, now)}. You can read it until the end of{' '}
        {dayInWords(lastDayOf(share))}. Speak about it with nobody but them.
      </p>
      {readAt ? (
        <p class="govuk-body">You said that you have read it, {nearMomentInWords(readAt, now)}.</p>
      ) : (
        <Form action={`/shared/${id}`} formToken={formToken} commandKey={commandKey}>
          <Button preventDoubleClick>I have read it</Button>
        </Form>
      )}
    </>
  )
}
