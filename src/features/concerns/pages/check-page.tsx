import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { Button, ButtonGroup, Form, InsetText, NotificationBanner, SummaryList } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { CoachAdvice, coach } from '../coach/index.ts'
import type { FormContext } from '../form-reading.ts'
import type { NewConcern } from '../model.ts'
import { checkedGroups } from './check-rows.tsx'
import { RingBecause } from './form-asked.tsx'
import { PolicySays } from './policy-says.tsx'

export interface CheckPageProps {
  readonly context: FormContext
  readonly concern: NewConcern
  readonly version: number
  /** The names and titles of those who get it the moment it is sent; empty where nobody inside can be given it. */
  readonly goesTo: readonly string[]
  /** The form was changed in another tab after this page was drawn. */
  readonly wasChanged?: boolean
}

/** Each group of what was written, under its heading. */
export function CheckedGroups({
  concern,
  context,
  changeHref,
}: Pick<CheckPageProps, 'concern' | 'context'> & { readonly changeHref?: (field: string) => string }): VNode {
  return (
    <>
      {checkedGroups(concern, context, changeHref).map(group => (
        <>
          <h2 class="govuk-heading-m">{group.title}</h2>
          <SummaryList rows={group.rows} />
        </>
      ))}
    </>
  )
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}

function WhatHappens({ goesTo }: { readonly goesTo: readonly string[] }): VNode {
  if (goesTo.length === 0)
    return (
      <InsetText>
        Nobody in school can be given this at the moment. It is kept all the same, and the next page shows whom to ring outside.
      </InsetText>
    )
  return (
    <InsetText>
      It goes at once to <strong>{listed(goesTo)}</strong>. You will see here when it has been seen. You cannot change it
      afterwards, and you can always add to it.
    </InsetText>
  )
}

/** Shows what was written once more, and sends it. */
export function checkPage(request: Request<'concern.record' | 'draft.own', Actor>, page: CheckPageProps): string {
  const { context, concern } = page
  const path = `/concerns/drafts/${context.draftId}`
  return pageFor(
    request,
    { title: 'Check what you have written', back: { href: path }, quickExit: true },
    <>
      {page.wasChanged && (
        <NotificationBanner text="This was changed in another tab. Here is what stands now: read it once more before you send it." />
      )}
      <h1 class="govuk-heading-l">Check what you have written, then send it</h1>
      <RingBecause profile={context.profile} now={context.now} answers={concern.answers} />
      <PolicySays profile={context.profile} prompts={concern.prompts} now={context.now} helpHref={context.helpHref} />
      <CheckedGroups concern={concern} context={context} changeHref={field => `${path}#${field}`} />
      <CoachAdvice advice={coach(concern.account)} changeHref={field => `${path}#${field}`} />
      <h2 class="govuk-heading-m">What happens when you send it</h2>
      <WhatHappens goesTo={page.goesTo} />
      {/* The draft's id is the key: from whichever tab and however often it is pressed, it is one sending. */}
      <Form action={`${path}/submit`} formToken={request.formToken} commandKey={context.draftId}>
        <input type="hidden" name="_version" value={page.version} />
        <ButtonGroup>
          <Button preventDoubleClick>Send</Button>
          <a class="govuk-link" href={path}>
            Go back and change it
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
