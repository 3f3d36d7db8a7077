import type { Permit } from '../../access/index.ts'
import { page } from '../../web/http/reply.ts'
import { route, visitorRoute } from '../../web/http/route.ts'
import { pageFor, visitorPageFor } from '../../web/page.tsx'
import type { Work } from '../../work/work.ts'
import { getFormFacts } from './form-store.ts'
import { ConductAdvice } from './pages/conduct-advice-page.tsx'

const title = 'I am worried about an adult'

async function holdersOf(work: Work, permit: Permit<'conduct.advice'>) {
  const roles = [...new Set(work.profile.conduct.chains.flatMap(({ steps }) => steps.flatMap(step => step.roles)))]
  const facts = await getFormFacts(work, permit, { childIds: [], findChild: '', adultIds: [], needsAdults: false, roles })
  return facts.team
}

const forColleagues = route({
  method: 'GET',
  path: '/worried-about-an-adult',
  action: 'conduct.advice',
  audit: 'conduct-advice.opened',
  handle: async request => {
    const holders = await holdersOf(request, request.permit())
    return page(
      pageFor(
        request,
        { title, quickExit: true },
        <ConductAdvice profile={request.profile} now={request.now} holders={holders} helpHref="/help" />,
      ),
    )
  },
})

const forVisitors = visitorRoute({
  method: 'GET',
  path: '/report/:visitorToken/about-an-adult',
  action: 'conduct.advice',
  audit: 'conduct-advice.opened',
  handle: async request => {
    request.permit()
    const helpHref = `/report/${request.school.visitorToken}/help`
    const advice = <ConductAdvice profile={request.profile} now={request.now} holders={undefined} helpHref={helpHref} />
    return page(
      visitorPageFor(request, { title, quickExit: true, back: { href: `/report/${request.school.visitorToken}` } }, advice),
    )
  },
})

/** Whom to go to about an adult, until that has a room of its own. */
export const conductAdviceRoutes = [forColleagues, forVisitors]
