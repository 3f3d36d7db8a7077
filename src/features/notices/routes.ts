import { page } from '../../web/http/reply.ts'
import { NotFound, type Route, route } from '../../web/http/route.ts'
import { noticePage } from './pages/notice-page.tsx'
import { findAndSeeNotice } from './store.ts'

const open = route({
  method: 'GET',
  path: '/notices/:noticeId',
  action: 'alert.own',
  audit: 'notice.seen',
  handle: async request => {
    const permit = request.permit()
    const notice = await findAndSeeNotice(request, permit, request.someone.adultId, request.params['noticeId'] ?? '')
    if (!notice) throw new NotFound()
    return page(noticePage(request, notice))
  },
})

/** What this person was told of the team itself. */
export const noticeRoutes: readonly Route[] = [open]
