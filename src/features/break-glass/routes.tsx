import type { Actor } from '../../access/index.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { roleName } from '../people/index.ts'
import { askLead, breakGlass, openOnGround, reviewGlass } from './commands.ts'
import { type Glass, type GlassChild, glassHours, glassOutcomes } from './model.ts'
import { BreakPage, GlassFilePage, GlassListPage, OversightPage, ReviewPage, reviewTitles } from './pages/glass-pages.tsx'
import { isOpenStill } from './rules.ts'
import { findGlass, findGlassChild, findGlassFile, listGlass } from './store.ts'

type BreakRequest = Request<'glass.break', Actor>
type OversightRequest = Request<'oversight.open', Actor>
type AskRequest = Request<'oversight.ask', Actor>
type ReviewRequest = Request<'glass.review', Actor>

const list = route({
  method: 'GET',
  path: '/break-glass',
  action: 'glass.list',
  audit: 'glass.listed',
  handle: async request => {
    const all = await listGlass(request, request.permit())
    const listed = <GlassListPage all={all} self={request.someone.adultId} now={request.now} />
    return page(pageFor(request, { title: 'Files opened by breaking the glass', quickExit: true }, listed))
  },
})

type ChildRequest = BreakRequest | OversightRequest | AskRequest

async function childOf(request: ChildRequest): Promise<GlassChild> {
  const child = await findGlassChild(request, request.params['childId'] ?? '')
  if (!child) throw new NotFound()
  request.permit({ schoolId: request.school.id, id: child.childId, excluded: child.tied })
  return child
}

function breakPage(request: BreakRequest, child: GlassChild, form: FormValues, errors: FieldErrors): string {
  return pageFor(
    request,
    { title: 'Break the glass', errors, back: { href: '/children/find', text: 'Find a child' }, quickExit: true },
    <BreakPage
      child={child}
      now={request.now}
      form={form}
      errors={errors}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
    />,
  )
}

const ask = route({
  method: 'GET',
  path: '/children/:childId/break-glass',
  action: 'glass.break',
  audit: 'glass.opened',
  handle: async request => page(breakPage(request, await childOf(request), FormValues.empty(), [])),
})

const open = route({
  method: 'POST',
  path: '/children/:childId/break-glass',
  action: 'glass.break',
  audit: 'glass.broken',
  handle: async request => {
    const child = await childOf(request)
    const reading = new FormReading(request.form)
    const reason = reading.maybeText('reason')
    if (reason === null && reading.errors.length === 0) reading.fault('reason', 'Enter why it cannot wait.')
    const hours = reading.choice('hours', glassHours, 'Select until when.')
    if (reason === null || hours === undefined || reading.errors.length > 0)
      return invalid(breakPage(request, child, request.form, reading.errors))
    const broken = await breakGlass(request, child, { reason, hours: Number(hours) })
    if (!broken.ok) {
      const says = 'Nobody is left who would hear of it, so the file stays closed. Ring the numbers under “Whom to ring”.'
      return invalid(breakPage(request, child, request.form, [{ field: 'reason', says }]))
    }
    return redirect(`/break-glass/${broken.value}`)
  },
})

const backToFind = { href: '/children/find', text: 'Find a child' }

function oversightPage(request: OversightRequest | AskRequest, child: GlassChild, form: FormValues, errors: FieldErrors): string {
  const asks = request.path.endsWith('/ask-the-trust')
  return pageFor(
    request,
    {
      title: asks ? 'Ask the trust’s safeguarding lead' : 'Open a case for the trust',
      errors,
      back: asks ? { href: `/children/${child.childId}`, text: 'The file' } : backToFind,
      quickExit: true,
    },
    <OversightPage
      child={child}
      now={request.now}
      asks={asks}
      form={form}
      errors={errors}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
    />,
  )
}

function readGround(form: FormValues, says: string) {
  const reading = new FormReading(form)
  const reason = reading.maybeText('reason')
  if (reason === null && reading.errors.length === 0) reading.fault('reason', says)
  const hours = reading.choice('hours', glassHours, 'Select until when.')
  return { errors: reading.errors, ground: reason !== null && hours ? { reason, hours: Number(hours) } : undefined }
}

const askGround = route({
  method: 'GET',
  path: '/children/:childId/oversight',
  action: 'oversight.open',
  audit: 'page.opened',
  handle: async request => page(oversightPage(request, await childOf(request), FormValues.empty(), [])),
})

const openForTrust = route({
  method: 'POST',
  path: '/children/:childId/oversight',
  action: 'oversight.open',
  audit: 'oversight.opened',
  handle: async request => {
    const child = await childOf(request)
    const { ground, errors } = readGround(request.form, 'Enter on what ground you open it.')
    if (!ground || errors.length > 0) return invalid(oversightPage(request, child, request.form, errors))
    const opened = await openOnGround(request, child, ground)
    if (opened.ok) return redirect(`/break-glass/${opened.value}`)
    const says = 'Nobody of the school is left who would hear of it, so the case stays closed.'
    return invalid(oversightPage(request, child, request.form, [{ field: 'reason', says }]))
  },
})

const askTheTrust = route({
  method: 'GET',
  path: '/children/:childId/ask-the-trust',
  action: 'oversight.ask',
  audit: 'page.opened',
  handle: async request => page(oversightPage(request, await childOf(request), FormValues.empty(), [])),
})

const sendToTrust = route({
  method: 'POST',
  path: '/children/:childId/ask-the-trust',
  action: 'oversight.ask',
  audit: 'oversight.asked',
  handle: async request => {
    const child = await childOf(request)
    const { ground, errors } = readGround(request.form, 'Enter what you ask.')
    if (!ground || errors.length > 0) return invalid(oversightPage(request, child, request.form, errors))
    const asked = await askLead(request, child, ground)
    if (asked.ok) return redirect('/break-glass')
    const says = 'The school’s trust has no safeguarding lead here who may look at this case.'
    return invalid(oversightPage(request, child, request.form, [{ field: 'reason', says }]))
  },
})

const read = route({
  method: 'GET',
  path: '/break-glass/:glassId',
  action: 'glass.read',
  audit: 'glass.file-opened',
  handle: async request => {
    const glass = await findGlass(request, request.params['glassId'] ?? '')
    if (!glass || !isOpenStill(glass, request.now)) throw new NotFound()
    const { schoolId, ...facts } = { schoolId: request.school.id, excluded: glass.excluded, ownerId: glass.adultId }
    const file = await findGlassFile(request, request.permit({ schoolId, ...facts }), glass.childId)
    if (!file) throw new NotFound()
    request.note({
      event: glass.kind === 'urgent' ? 'glass.file-opened' : 'oversight.read',
      subjectKind: 'child',
      subject: glass.childId,
      facts: { glass: glass.id, entries: file.entries.length },
    })
    const back = { href: '/break-glass', text: 'Files opened by breaking the glass' }
    return page(pageFor(request, { title: 'A file', back, quickExit: true }, <GlassFilePage file={file} glass={glass} />))
  },
})

async function glassOf(request: ReviewRequest): Promise<Glass> {
  const glass = await findGlass(request, request.params['glassId'] ?? '')
  if (!glass) throw new NotFound()
  request.permit({ schoolId: request.school.id, excluded: [...glass.excluded, glass.adultId], readers: glass.told })
  return glass
}

function reviewPage(request: ReviewRequest, glass: Glass, form: FormValues, errors: FieldErrors): string {
  return pageFor(
    request,
    {
      title: reviewTitles[glass.kind],
      errors,
      back: { href: '/break-glass', text: 'Files opened by breaking the glass' },
      quickExit: true,
    },
    <ReviewPage
      glass={glass}
      roleTitle={roleName(request.profile, glass.role)}
      form={form}
      errors={errors}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
    />,
  )
}

const askReview = route({
  method: 'GET',
  path: '/break-glass/:glassId/review',
  action: 'glass.review',
  audit: 'glass.opened',
  handle: async request => page(reviewPage(request, await glassOf(request), FormValues.empty(), [])),
})

const review = route({
  method: 'POST',
  path: '/break-glass/:glassId/review',
  action: 'glass.review',
  audit: 'glass.reviewed',
  handle: async request => {
    const glass = await glassOf(request)
    const reading = new FormReading(request.form)
    const outcome = reading.choice('outcome', glassOutcomes, 'Select whether it was right to open it.')
    const says = reading.maybeText('says')
    if (says === null && !reading.errors.some(({ field }) => field === 'says')) reading.fault('says', 'Enter what you found.')
    if (!outcome || says === null || reading.errors.length > 0)
      return invalid(reviewPage(request, glass, request.form, reading.errors))
    const reviewed = await reviewGlass(request, glass, { outcome, says })
    if (!reviewed.ok) return conflict(reviewPage(request, glass, request.form, []))
    return redirect('/break-glass')
  },
})

/** Breaking the glass, what was opened so, and its review. */
export const breakGlassRoutes: readonly Route[] = [
  list,
  ask,
  open,
  askGround,
  openForTrust,
  askTheTrust,
  sendToTrust,
  read,
  askReview,
  review,
]
