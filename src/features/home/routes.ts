import { check } from '../../access/index.ts'
import { localDate } from '../../kernel/london-time.ts'
import { page } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { findOnDutyNow } from '../cover/index.ts'
import { findOwnConcernListings } from '../own-concerns/index.ts'
import { homePage } from './pages/home-page.tsx'
import { getHomeFacts } from './store.ts'

const recentMax = 5

const home = route({
  method: 'GET',
  path: '/',
  action: 'home.open',
  audit: 'home.opened',
  handle: async request => {
    const permit = request.permit()
    const { adultId } = request.someone
    const isTeam = check(request.someone, 'today.open', undefined).allowed
    const facts = await getHomeFacts(request, permit, {
      adultId,
      today: localDate(request.now),
      // The numbers are the team's: they wait for the second factor as the list does.
      isTeam: isTeam && request.session?.hasSecondFactor === true,
    })
    const concerns = await findOwnConcernListings(request, permit, adultId, recentMax)
    return page(homePage(request, { facts, concerns, onDuty: await findOnDutyNow(request), isTeam }))
  },
})

/** The page that everybody begins with. */
export const homeRoutes: readonly Route[] = [home]
