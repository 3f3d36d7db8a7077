import { h } from 'preact'
import { localDate } from '../../kernel/london-time.ts'
import { addDays, type PlainDate, parsePlainDate } from '../../kernel/plain-date.ts'
import { differencesBetween } from '../../policy/differences.ts'
import { type FoundRule, findRules } from '../../policy/find-rule.ts'
import { citedEdition } from '../../policy/guidance-editions.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { ComparePage, StatutePage } from './pages/compare-page.tsx'
import { NoSuchRulePage } from './pages/no-such-rule-page.tsx'
import { OpenPage } from './pages/open-page.tsx'
import { OurPolicy } from './pages/our-policy.tsx'
import { RulePage } from './pages/rule-page.tsx'
import { askedSide, readSides, schoolsOf } from './sides.ts'

const back = { href: '/policy', text: 'Our policy' }

/** Whether the school's own decision about the rule took effect on this very day: what began before it keeps what stood. */
function changedOn(rules: readonly FoundRule[], on: PlainDate): boolean {
  return rules.some(({ layer, clock }) => layer === 'decisions' && clock?.duration.from === on)
}

export const ourPolicyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/policy',
    action: 'policy.read',
    audit: 'policy.opened',
    handle: async request => {
      request.permit()
      const showGaps = mayOpen(request.someone, 'today.open')
      const shown = {
        profile: request.profile,
        showGaps,
        mayExamine: mayOpen(request.someone, 'policy.examine'),
        seesChanges: mayOpen(request.someone, 'policy.changes'),
        mayRehearse: mayOpen(request.someone, 'rehearsal.play'),
        today: localDate(request.now),
      }
      return page(pageFor(request, { title: 'Our policy', wide: true }, h(OurPolicy, shown)))
    },
  }),
  route({
    method: 'GET',
    path: '/policy/compare',
    action: 'policy.examine',
    audit: 'policy.opened',
    handle: async request => {
      request.permit()
      const { left, right, errors } = readSides(request)
      if (right === 'statute')
        return page(pageFor(request, { title: 'Our policy and statute', back, wide: true }, h(StatutePage, { side: left })))
      const { policies } = request
      const schools = schoolsOf(request).map(key => ({
        key,
        name: key === request.school.key ? 'Our policy' : policies.profile(key, left.on).school.name,
        editions: policies.changes?.(key) ?? [],
      }))
      const asked = { left: askedSide(request, 'left'), right: askedSide(request, 'right') }
      const differences = right ? differencesBetween(left.profile, right.profile) : []
      return page(
        pageFor(
          request,
          { title: 'Compare our policy', errors, back, wide: true },
          h(ComparePage, { left, right, differences, schools, asked, errors }),
        ),
      )
    },
  }),
  route({
    method: 'GET',
    path: '/policy/open',
    action: 'policy.examine',
    audit: 'policy.opened',
    handle: async request => {
      request.permit()
      const { profile } = request
      const then = request.policyOn(citedEdition(profile)?.since ?? profile.edition.date)
      const mayPropose = mayOpen(request.someone, 'policy.propose')
      return page(pageFor(request, { title: 'What our policy leaves open', back }, h(OpenPage, { profile, then, mayPropose })))
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
      const earlier = changedOn(rules, on) ? { profile: request.policyOn(addDays(on, -1)) } : undefined
      const before = earlier && { ...earlier, rules: findRules(earlier.profile, id) }
      return page(pageFor(request, { title: 'Why?', back }, h(RulePage, { id, rules, profile, on, today, before })))
    },
  }),
]
