import type { Actor } from '../../access/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route, visitorRoute } from '../../web/http/route.ts'
import { mayOpen, pageFor, visitorPageFor } from '../../web/page.tsx'
import { findRoleHolders } from '../role-holders/index.ts'
import { recordChecks } from './commands.ts'
import { checkOutcomes } from './model.ts'
import { checkPage, checksPage } from './pages/checks-page.tsx'
import { Directory } from './pages/directory-page.tsx'
import { directoryOf, dueToCheck, lineOf, mattersOf, postsOf } from './rules.ts'
import { findContactChecks } from './store.ts'

const title = 'Whom to ring'

const forColleagues = route({
  method: 'GET',
  path: '/help',
  action: 'directory.open',
  audit: 'directory.opened',
  handle: async request => {
    request.permit()
    const { profile, now } = request
    const checks = await findContactChecks(request)
    const holders = await findRoleHolders(
      request,
      profile.team.map(({ role }) => role),
    )
    const book = { profile, now, checks }
    return page(
      pageFor(
        request,
        { title, wide: true, quickExit: true },
        <Directory
          posts={postsOf(profile, holders)}
          parts={directoryOf(book)}
          matters={mattersOf(profile)}
          reader={{ now, isVisitor: false }}
          due={mayOpen(request.someone, 'contact.check') ? dueToCheck(book).length : undefined}
          reportHref="/concerns/new"
        />,
      ),
    )
  },
})

const forVisitors = visitorRoute({
  method: 'GET',
  path: '/report/:visitorToken/help',
  action: 'directory.open',
  audit: 'directory.opened',
  handle: async request => {
    request.permit()
    const { profile, now } = request
    const report = `/report/${request.school.visitorToken}`
    return page(
      visitorPageFor(
        request,
        { title, wide: true, quickExit: true, back: { href: report } },
        <Directory
          posts={postsOf(profile, [])}
          parts={directoryOf({ profile, now, checks: [] })}
          matters={mattersOf(profile)}
          reader={{ now, isVisitor: true }}
          due={undefined}
          reportHref={report}
        />,
      ),
    )
  },
})

type CheckRequest = Request<'contact.check', Actor>

async function dueNow(request: CheckRequest) {
  return dueToCheck({ profile: request.profile, now: request.now, checks: await findContactChecks(request) })
}

const openChecks = route({
  method: 'GET',
  path: '/help/checks',
  action: 'contact.check',
  audit: 'contact-checks.opened',
  handle: async request => {
    request.permit()
    return page(checksPage(request, await dueNow(request), []))
  },
})

const checkSeveral = route({
  method: 'POST',
  path: '/help/checks',
  action: 'contact.check',
  audit: 'contact.checked',
  handle: async request => {
    const permit = request.permit()
    const right = request.form.all('right')
    const kept = await recordChecks(
      request,
      permit,
      right.map(contact => ({ contact, outcome: 'right', says: '' }) as const),
    )
    if (kept > 0) return redirect('/help/checks?done')
    return invalid(
      checksPage(request, await dueNow(request), [{ field: 'right', says: 'Select the contacts that you found right.' }]),
    )
  },
})

async function lineFor(request: CheckRequest) {
  const checks = await findContactChecks(request)
  const line = lineOf({ profile: request.profile, now: request.now, checks }, request.params['contact'] ?? '')
  if (!line) throw new NotFound()
  return line
}

const openCheck = route({
  method: 'GET',
  path: '/help/checks/:contact',
  action: 'contact.check',
  audit: 'contact-checks.opened',
  handle: async request => {
    request.permit()
    return page(checkPage(request, await lineFor(request), []))
  },
})

const checkOne = route({
  method: 'POST',
  path: '/help/checks/:contact',
  action: 'contact.check',
  audit: 'contact.checked',
  handle: async request => {
    const permit = request.permit()
    const line = await lineFor(request)
    const reading = new FormReading(request.form)
    const outcome = reading.choice('outcome', checkOutcomes, 'Select what you found.')
    const says = reading.maybeText('says') ?? ''
    if (outcome === 'wrong' && says === '') reading.fault('says', 'Enter what is wrong.')
    if (!outcome || reading.errors.length > 0) return invalid(checkPage(request, line, reading.errors))
    await recordChecks(request, permit, [{ contact: line.contact.key, outcome, says }])
    return redirect('/help/checks?done')
  },
})

/** Whom to ring, for everybody; and the checks that keep it right, for the safeguarding team. */
export const directoryRoutes: readonly Route[] = [forColleagues, forVisitors, openChecks, checkSeveral, openCheck, checkOne]
