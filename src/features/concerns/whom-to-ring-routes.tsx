import { EmergencyBox } from '../../web/components/index.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { renderPage } from '../../web/layout.tsx'
import { outsideContacts } from './pages/ringing.tsx'

// The browser keeps this page for when the network is gone, so it holds nobody's name, nothing that was written, no form, and
// nothing that depends on the time of day.
const whomToRing = route({
  method: 'GET',
  path: '/whom-to-ring',
  action: 'concern.record',
  audit: 'page.opened',
  handle: async request => {
    request.permit()
    const title = 'Whom to ring now'
    return page(
      renderPage({
        title,
        school: request.school.name,
        demonstration: request.school.demonstration,
        children: (
          <>
            <h1 class="govuk-heading-l">{title}</h1>
            <EmergencyBox
              title="If a child is in danger, ring. You need no form for that"
              contacts={outsideContacts(request.profile)}
            />
            <h2 class="govuk-heading-m">If you were looking for another page</h2>
            <p class="govuk-body">
              There is no network just now, and nothing new was sent. What you had typed is on the page from which you came: go
              back to it and leave it open.
            </p>
            <p class="govuk-body">
              Tell the safeguarding lead or a deputy by voice. Write down on paper what you saw and heard, and what you did, with
              the times, and enter it when the network is there again.
            </p>
            <p class="govuk-body">
              <a class="govuk-link" href="/concerns/new">
                Try to open the form again
              </a>
            </p>
          </>
        ),
      }),
    )
  },
})

/** The page that stands in for any other while the network is gone. */
export const whomToRingRoutes: readonly Route[] = [whomToRing]
