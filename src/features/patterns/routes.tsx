import { dateInWords, localDate } from '../../kernel/london-time.ts'
import { page } from '../../web/http/reply.ts'
import { NotFound, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { IndicatorsPage } from './pages/indicators-page.tsx'
import { RankedPage } from './pages/ranked-page.tsx'
import { TrendsPage } from './pages/trends-page.tsx'
import { UnsettledPage } from './pages/unsettled-page.tsx'
import { ranked, signsAsked } from './rules-signs.ts'
import { categoryRows, categoryTotal, overlapRows, spanOf, termsUntil, trendsOf } from './rules-trends.ts'
import { listChildrenForSigns } from './sign-store.ts'
import { findIndicatedChild, listIndicators, listTermCounts, listUnsettled } from './store.ts'

const rankedChildren = route({
  method: 'GET',
  path: '/signs',
  action: 'patterns.open',
  audit: 'patterns.opened',
  handle: async request => {
    const permit = request.permit()
    const today = localDate(request.now)
    const groups = request.profile.signs
    const children = groups.length > 0 ? await listChildrenForSigns(request, permit, signsAsked(groups, today)) : []
    return page(
      pageFor(
        request,
        { title: 'Signs together', wide: true, quickExit: true },
        <RankedPage
          groups={groups.map(group => ({ group, children: ranked(group, children, today, dateInWords) }))}
          profile={request.profile}
        />,
      ),
    )
  },
})

const termTrends = route({
  method: 'GET',
  path: '/trends',
  action: 'patterns.open',
  audit: 'patterns.opened',
  handle: async request => {
    const permit = request.permit()
    const { profile } = request
    const terms = termsUntil(profile.calendar, localDate(request.now))
    const asked = request.query.get('term')
    const term = terms.find(({ name }) => name === asked) ?? terms[0]
    const counts = term ? await listTermCounts(request, permit, spanOf(term, profile.calendar)) : []
    return page(
      pageFor(
        request,
        { title: 'Trends of a term', quickExit: true },
        <TrendsPage
          terms={terms}
          term={term}
          categories={categoryRows(profile, counts)}
          total={categoryTotal(counts)}
          overlaps={overlapRows(profile, counts)}
          trends={trendsOf(profile, counts)}
        />,
      ),
    )
  },
})

const unsettledNeeds = route({
  method: 'GET',
  path: '/early-help',
  action: 'patterns.open',
  audit: 'patterns.opened',
  handle: async request => {
    const permit = request.permit()
    const asked = request.profile.questions.flatMap(({ id, settles }) => (settles ? [{ question: settles, settledBy: id }] : []))
    const children = asked.length > 0 ? await listUnsettled(request, permit, asked) : []
    return page(
      pageFor(
        request,
        { title: 'Early help to be considered', quickExit: true },
        <UnsettledPage profile={request.profile} isAsked={asked.length > 0} rows={children} />,
      ),
    )
  },
})

const childIndicators = route({
  method: 'GET',
  path: '/children/:childId/indicators',
  action: 'file.read',
  audit: 'file.opened',
  handle: async request => {
    request.permit()
    const childId = request.params['childId'] ?? ''
    const child = await findIndicatedChild(request, childId)
    if (!child) throw new NotFound()
    const indicators = await listIndicators(request, request.permit(child.subject), childId)
    request.note({ event: 'file.opened', subjectKind: 'child', subject: childId, facts: { indicators: indicators.length } })
    return page(
      pageFor(
        request,
        { title: 'Signs by date', back: { href: `/children/${childId}`, text: 'The child’s file' }, quickExit: true },
        <IndicatorsPage name={child.name} profile={request.profile} indicators={indicators} />,
      ),
    )
  },
})

/** Signs together, trends of a term, needs that nobody decided on, and one child's signs by date. */
export const patternRoutes: readonly Route[] = [rankedChildren, termTrends, unsettledNeeds, childIndicators]
