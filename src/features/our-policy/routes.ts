import { h } from 'preact'
import { localDate } from '../../kernel/london-time.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { OurPolicy } from './pages/our-policy.tsx'

export const ourPolicyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/policy',
    action: 'policy.read',
    audit: 'policy.opened',
    handle: async request => {
      request.permit()
      const showGaps = mayOpen(request.someone, 'today.open')
      const shown = { profile: request.profile, showGaps, today: localDate(request.now) }
      return page(pageFor(request, { title: 'Our policy', wide: true }, h(OurPolicy, shown)))
    },
  }),
]
