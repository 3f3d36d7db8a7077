import { h } from 'preact'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { TodayPage } from './pages/today-page.tsx'
import { getTodayFacts } from './store.ts'

export const todayRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/today',
    action: 'today.open',
    audit: 'today.opened',
    handle: async request => {
      const permit = request.permit()
      const roles = [...new Set(request.profile.routes.welfare.steps.flatMap(step => step.roles))]
      const facts = await getTodayFacts(request, permit, roles)
      return page(
        pageFor(
          request,
          { title: 'Today', wide: true, quickExit: true },
          h(TodayPage, { facts, profile: request.profile, now: request.now }),
        ),
      )
    },
  }),
]
