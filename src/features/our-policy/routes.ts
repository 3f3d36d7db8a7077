import { h } from 'preact'
import { localDate } from '../../kernel/london-time.ts'
import { parsePlainDate } from '../../kernel/plain-date.ts'
import { findRules } from '../../policy/find-rule.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { NoSuchRulePage } from './pages/no-such-rule-page.tsx'
import { OurPolicy } from './pages/our-policy.tsx'
import { RulePage } from './pages/rule-page.tsx'

const back = { href: '/policy', text: 'Our policy' }

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
  route({
    method: 'GET',
    path: '/policy/rules/:rule',
    action: 'policy.read',
    audit: 'policy.opened',
    handle: async request => {
      request.permit()
      const today = localDate(request.now)
      const on = parsePlainDate(request.query.get('on') ?? '') ?? today
      const id = request.params['rule'] ?? ''
      const profile = request.policyOn(on)
      const rules = findRules(profile, id)
      if (rules.length === 0)
        return page(pageFor(request, { title: 'Our policy has no such rule', back }, h(NoSuchRulePage, { on })))
      return page(pageFor(request, { title: 'Why?', back }, h(RulePage, { id, rules, profile, on, today })))
    },
  }),
]
