import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, Button, Chronology, type HeadingLevel } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { OwnConcernListing } from '../model.ts'
import { standingInWords } from '../rules.ts'

function whom(concern: OwnConcernListing): string {
  return concern.children.length > 0 ? concern.children.join(', ') : 'A child'
}

function ListingBadge({ concern }: { readonly concern: OwnConcernListing }): VNode | null {
  if (concern.stub) return <Badge kind="due-today">To finish</Badge>
  if (concern.hasNews) return <Badge kind="new">New answer</Badge>
  return concern.isUnreached ? <Badge kind="unreached" /> : null
}

export interface OwnConcernsProps {
  readonly concerns: readonly OwnConcernListing[]
  readonly now: Instant
  readonly headingLevel: HeadingLevel
}

/** One's own concerns, each with how it stands. */
export function OwnConcerns({ concerns, now, headingLevel }: OwnConcernsProps): VNode {
  return (
    <Chronology
      headingLevel={headingLevel}
      items={concerns.map(concern => ({
        when: nearMomentInWords(concern.recordedAt, now),
        dateTime: concern.recordedAt,
        title: (
          <a class="govuk-link" href={`/my-concerns/${concern.id}`}>
            {whom(concern)}
            <span class="govuk-visually-hidden">, reference {concern.reference}</span>
          </a>
        ),
        badge: <ListingBadge concern={concern} />,
        body: <p class="govuk-body">{standingInWords(concern, now)}.</p>,
        meta: `Reference ${concern.reference}`,
      }))}
    />
  )
}

/** Everything that this person reported or wrote. */
export function ownListPage(
  request: Request<'home.open', Actor>,
  concerns: readonly OwnConcernListing[],
  isCut: boolean,
): string {
  return pageFor(
    request,
    { title: 'My concerns', back: { href: '/', text: 'Home' }, quickExit: true },
    <>
      <h1 class="govuk-heading-l">My concerns</h1>
      {concerns.length === 0 ? (
        <>
          <p class="govuk-body">
            You have not recorded a concern yet. When you do, it stands here with whether it has been seen, and what you are told
            about it.
          </p>
          <Button href="/concerns/new">I am worried about a child</Button>
        </>
      ) : (
        <OwnConcerns concerns={concerns} now={request.now} headingLevel={2} />
      )}
      {isCut && <p class="govuk-body">The latest {concerns.length} are shown.</p>}
    </>,
  )
}
