import { check } from '../../access/index.ts'
import { page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Route, route } from '../../web/http/route.ts'
import { findOwnTask } from '../accounts/index.ts'
import { findOwnNotices } from '../notices/index.ts'
import { alertsPage, toldPage } from './pages/alerts-page.tsx'
import { markAlertsSeen } from './reading.ts'
import { findOwnAlert, findOwnAlerts } from './reading-store.ts'

const list = route({
  method: 'GET',
  path: '/alerts',
  action: 'alert.own',
  audit: 'alerts.opened',
  handle: async request => {
    const permit = request.permit()
    const alerts = await findOwnAlerts(request, permit, request.someone.adultId)
    const notices = await findOwnNotices(request, permit, request.someone.adultId)
    return page(alertsPage(request, alerts, notices))
  },
})

/** Opening an alert is seeing it; then it leads to the concern, as the team sees it or as its reporter does. */
const open = route({
  method: 'GET',
  path: '/alerts/:alertId',
  action: 'alert.own',
  audit: 'alert.seen',
  handle: async request => {
    const permit = request.permit()
    const alert = await findOwnAlert(request, permit, request.someone.adultId, request.params['alertId'] ?? '')
    if (!alert) throw new NotFound()
    await markAlertsSeen(request, alert.concernId)
    if (alert.kind === 'action') return redirect('/actions')
    if (alert.kind === 'account-asked') return redirect(`/concerns/${alert.concernId}/first-hand`)
    const isForReporter = alert.kind === 'feedback' || !check(request.someone, 'concern.read', alert.access).allowed
    if (!isForReporter) return redirect(`/concerns/${alert.concernId}`)
    if (check(request.someone, 'concern.own', alert.access).allowed) return redirect(`/my-concerns/${alert.concernId}`)
    // Whoever was asked to write their own account opens nothing else of it.
    if (alert.kind === 'account-due' && (await findOwnTask(request, request.someone.adultId, alert.concernId)))
      return redirect(`/concerns/${alert.concernId}/first-hand`)
    return page(toldPage(request, alert))
  },
})

/** What this person was told of. */
export const alertRoutes: readonly Route[] = [list, open]
