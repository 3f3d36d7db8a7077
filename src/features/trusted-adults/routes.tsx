import type { Actor } from '../../access/index.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { plainName } from '../people/index.ts'
import { getTrustReport, recordTrustedAdults } from './commands.ts'
import { TrustPage } from './pages/trust-page.tsx'
import { readTrust } from './paste.ts'
import { getPeople } from './store.ts'

type TrustRequest = Request<'trusted-adult.keep', Actor>

const faultsShown = 20

async function trustPage(request: TrustRequest, errors: FieldErrors): Promise<string> {
  return pageFor(
    request,
    { title: 'Trusted adults', errors, back: { href: '/today', text: 'Today' }, quickExit: true },
    <TrustPage
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      lines={request.form.text('lines')}
      errors={errors}
      report={await getTrustReport(request)}
      isKept={request.query.has('kept')}
    />,
  )
}

const openTrust = route({
  method: 'GET',
  path: '/trusted-adults',
  action: 'trusted-adult.keep',
  audit: 'trusted-adults.opened',
  handle: async request => {
    request.permit()
    return page(await trustPage(request, []))
  },
})

const keepTrust = route({
  method: 'POST',
  path: '/trusted-adults',
  action: 'trusted-adult.keep',
  audit: 'trusted-adult.recorded',
  handle: async request => {
    const permit = request.permit()
    const { found, faults } = readTrust(request.form.text('lines'), await getPeople(request, permit), plainName)
    const says = found.length + faults.length === 0 ? ['Paste what pupils answered, one pupil a line.'] : faults
    if (says.length > 0) {
      const more = says.length > faultsShown ? [`${says.length - faultsShown} more lines are wrong.`] : []
      const errors = [...says.slice(0, faultsShown), ...more].map(one => ({ field: 'lines', says: one }))
      return invalid(await trustPage(request, errors))
    }
    const kept = await recordTrustedAdults(request, found)
    if (!kept.ok)
      return invalid(await trustPage(request, [{ field: 'lines', says: 'Somebody in it has just left. Send it again.' }]))
    return redirect('/trusted-adults?kept')
  },
})

/** Whom each pupil trusts, and whom somebody has yet to ask. */
export const trustedAdultRoutes: readonly Route[] = [openTrust, keepTrust]
