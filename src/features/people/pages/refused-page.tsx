import type { Action, Actor } from '../../../access/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'

/** Says why a press changed nothing, and the way back. */
export function refusedPage(request: Request<Action, Actor>, back: string, says: string): string {
  return pageFor(
    request,
    { title: 'Nothing was changed', back: { href: back } },
    <>
      <h1 class="govuk-heading-l">Nothing was changed</h1>
      <p class="govuk-body">{says}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={back}>
          Go back
        </a>
      </p>
    </>,
  )
}
