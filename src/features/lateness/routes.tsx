import { localDate } from '../../kernel/london-time.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { lateOnPage } from './model.ts'
import { LatenessPage } from './pages/lateness-page.tsx'
import { latenessOf, periodsUntil } from './rules.ts'
import { getLatenessFacts } from './store.ts'

const lateRecords = route({
  method: 'GET',
  path: '/late-records',
  action: 'lateness.open',
  audit: 'lateness.opened',
  handle: async request => {
    const permit = request.permit()
    const periods = periodsUntil(request.profile.calendar, localDate(request.now))
    const asked = request.query.get('period')
    const period = periods.find(({ id }) => id === asked) ?? periods[0]
    if (!period) throw new Error('there is always a period')
    const facts = await getLatenessFacts(request, permit, period)
    const lateness = latenessOf(request.profile, facts, request.now)
    const pages = Math.max(1, Math.ceil(lateness.late.length / lateOnPage))
    const pageNumber = Math.min(pages, Number(/^[1-9]\d{0,4}$/.exec(request.query.get('page') ?? '')?.[0] ?? 1))
    request.note({
      event: 'lateness.opened',
      facts: { from: period.from, before: period.before, records: lateness.total, late: lateness.late.length },
    })
    return page(
      pageFor(
        request,
        { title: 'Late and delayed records', wide: true, quickExit: true },
        <LatenessPage
          periods={periods}
          period={period}
          lateness={lateness}
          pageNumber={pageNumber}
          now={request.now}
          school={request.school.name}
        />,
      ),
    )
  },
})

/** For the quality of the records: what was written late, of the school and of each person. */
export const latenessRoutes: readonly Route[] = [lateRecords]
