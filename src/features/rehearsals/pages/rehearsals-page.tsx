import type { Actor } from '../../../access/index.ts'
import { Button } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { Shipped } from '../shipped.ts'

/** Where somebody begins who asks what would happen. */
export function rehearsalsPage(
  request: Request<'rehearsal.play', Actor>,
  shipped: readonly Pick<Shipped, 'name' | 'title'>[],
): string {
  return pageFor(
    request,
    { title: 'Rehearsals', back: { href: '/policy', text: 'Our policy' } },
    <>
      <h1 class="govuk-heading-l">What would happen?</h1>
      <p class="govuk-body">
        Say what happens, to whom and when. Holdfast plays it under your own policy with invented people: who is told, what is due
        by when, what is asked, who could open it, and which paragraph says so. Nothing is kept and no mail leaves.
      </p>
      <Button href="/rehearsals/compose">Compose a rehearsal</Button>
      {shipped.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Ready to play</h2>
          <ul class="govuk-list">
            {shipped.map(({ name, title }) => (
              <li key={name}>
                <a class="govuk-link" href={`/rehearsals/compose?from=${name}`}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>,
  )
}
