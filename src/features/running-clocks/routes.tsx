import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { ClocksPage } from './pages/clocks-page.tsx'
import { countsOf, filterOf } from './rules.ts'
import { getRunningClocks } from './store.ts'

/** One list of everything that runs at a school. */
export const runningClockRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/clocks',
    action: 'clock.list',
    audit: 'clocks.opened',
    handle: async request => {
      const permit = request.permit()
      const filter = filterOf(request.query)
      const clocks = await getRunningClocks(request, permit, filter)
      request.note({ event: 'clocks.opened', facts: { ...countsOf(clocks), shown: clocks.rows.length } })
      const opens = {
        concerns: mayOpen(request.someone, 'today.open'),
        people: mayOpen(request.someone, 'adult.list'),
      }
      return page(
        pageFor(
          request,
          { title: 'Everything running', wide: true, quickExit: true },
          <ClocksPage clocks={clocks} filter={filter} opens={opens} now={request.now} />,
        ),
      )
    },
  }),
]
