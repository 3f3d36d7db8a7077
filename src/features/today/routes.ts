import { h } from 'preact'
import { localDate } from '../../kernel/london-time.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { MissedNights } from '../checkpoints/index.ts'
import { dueToCheck } from '../directory/index.ts'
import { isLookOverdue, MailboxToday } from '../mailbox/index.ts'
import { editionsNow } from '../triage/index.ts'
import { getMeanwhileFacts } from './meanwhile-store.ts'
import { todayLists } from './model.ts'
import { TodayPage } from './pages/today-page.tsx'
import { shownOf, sortToday } from './rules.ts'
import { getTodayFacts, listTodayRows } from './store.ts'

export const todayRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/today',
    action: 'today.open',
    audit: 'today.opened',
    handle: async request => {
      const permit = request.permit()
      const roles = [...new Set(request.profile.routes.welfare.steps.flatMap(step => step.roles))]
      const facts = await getTodayFacts(request, permit, roles, editionsNow(request.profile))
      const sorted = sortToday(facts, request.now)
      const all = request.query.get('all') ?? undefined
      const shown = todayLists.flatMap(list => shownOf(sorted, list, all).map(concern => concern.id))
      const rows = await listTodayRows(request, permit, shown)
      const meanwhile = await getMeanwhileFacts(request, permit, request.someone.adultId)
      return page(
        pageFor(
          request,
          { title: 'Today', wide: true, quickExit: true },
          h(TodayPage, {
            sorted,
            rows,
            away: facts.away,
            mailbox: h(MailboxToday, {
              facts: facts.mailbox,
              profile: request.profile,
              now: request.now,
              formToken: request.formToken,
              commandKey: request.newCommandKey(),
            }),
            mailboxFirst: isLookOverdue(request.profile, facts.mailbox, request.now),
            siblings: facts.siblings,
            secondLooks: facts.secondLooks,
            glassToReview: facts.glassToReview,
            casesToReview: facts.casesToReview,
            absenceDrafts: facts.absenceDrafts,
            contactsDue: dueToCheck({ profile: request.profile, now: request.now, checks: facts.contactChecks }).length,
            meanwhile,
            missedNights: h(MissedNights, { last: facts.lastCheckpoint, today: localDate(request.now) }),
            lookingToAsk: facts.lookingToAsk,
            profile: request.profile,
            now: request.now,
            all,
          }),
        ),
      )
    },
  }),
]
