import { type Action, type Actor, check } from '../../access/index.ts'
import { type AdultId, isUuid } from '../../kernel/ids.ts'
import { localDate, toInstant } from '../../kernel/london-time.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { coverModes, coverRefusalSays } from '../cover/index.ts'
import { type CoverNamed, cancel, nameCover, planActivity } from './commands.ts'
import { activityKinds } from './model.ts'
import { activitiesPage } from './pages/activities-page.tsx'
import { activityFormPage } from './pages/activity-form.tsx'
import { activityPage } from './pages/activity-page.tsx'
import { packPage, packRefusedPage } from './pages/pack-page.tsx'
import { type ActivityWithCover, coverOfActivity, findActivities } from './queries.ts'
import { findActivity, listLeaders, type NewActivity } from './store.ts'

type ActivityRequest<A extends Action> = Request<A, Actor>

async function getEntry(request: ActivityRequest<'activity.read' | 'cover.keep'>): Promise<ActivityWithCover> {
  const activity = await findActivity(request, request.params['activityId'] ?? '')
  if (!activity || activity.cancelledAt !== null) throw new NotFound()
  request.permit({ schoolId: request.school.id, id: activity.id, ownerId: activity.leaderId ?? undefined })
  return coverOfActivity(request, activity)
}

function readActivity(request: ActivityRequest<'cover.keep'>): {
  reading: FormReading
  asked: Omit<NewActivity, 'id'> | undefined
} {
  const reading = new FormReading(request.form)
  const kind = reading.choice('kind', activityKinds, 'Select what it is.')
  const title = reading.line('title', 'Enter what it is called.')
  const first = reading.date('starts', 'Enter the first day.')
  const from = reading.time('from', 'Enter the time at which it begins.')
  const last = reading.maybeDate('ends') ?? first
  const to = reading.time('to', 'Enter the time at which it ends.')
  const leader = request.form.text('leader')
  if (leader !== '' && !isUuid(leader)) reading.fault('leader', 'Choose a person.')
  if (first && first < localDate(request.now)) reading.fault('starts-day', 'The first day must be today or later.')
  if (!kind || !first || !from || !last || !to || reading.errors.length > 0) return { reading, asked: undefined }
  const span = { startsAt: toInstant(first, from), endsAt: toInstant(last, to) }
  if (span.endsAt <= span.startsAt) {
    reading.fault('to', 'The end must be after the start.')
    return { reading, asked: undefined }
  }
  return { reading, asked: { kind, title, ...span, leaderId: leader === '' ? null : (leader as AdultId) } }
}

const planRoutes = [
  route({
    method: 'GET',
    path: '/activities',
    action: 'activity.list',
    audit: 'activities.opened',
    handle: async request => {
      const permit = request.permit()
      const isKeeper = check(request.someone, 'cover.keep', undefined).allowed
      const entries = await findActivities(request, permit, isKeeper ? {} : { leaderId: request.someone.adultId })
      return page(activitiesPage(request, entries, isKeeper))
    },
  }),
  route({
    method: 'GET',
    path: '/activities/new',
    action: 'cover.keep',
    audit: 'page.opened',
    handle: async request => {
      const leaders = await listLeaders(request, request.permit())
      return page(activityFormPage(request, { leaders, typed: FormValues.of([]), errors: [] }))
    },
  }),
  route({
    method: 'POST',
    path: '/activities/new',
    action: 'cover.keep',
    audit: 'activity.planned',
    handle: async request => {
      const leaders = await listLeaders(request, request.permit())
      const { reading, asked } = readActivity(request)
      if (asked?.leaderId && !leaders.some(leader => leader.id === asked.leaderId)) reading.fault('leader', 'Choose a person.')
      if (!asked || reading.errors.length > 0)
        return invalid(activityFormPage(request, { leaders, typed: request.form, errors: reading.errors }))
      return redirect(`/activities/${await planActivity(request, asked)}`)
    },
  }),
]

function readCover(request: ActivityRequest<'cover.keep'>): { reading: FormReading; named: CoverNamed | undefined } {
  const reading = new FormReading(request.form)
  const adultId = request.form.text('adult')
  if (!isUuid(adultId)) reading.fault('adult', 'Choose who of the safeguarding team covers it.')
  const phone = reading.line('phone', 'Enter the telephone number under which they are reached then.')
  const mode = reading.choice('mode', coverModes, 'Select how.')
  const reason = reading.maybeLine('reason')
  if (mode === 'remote' && reason === null) reading.fault('reason', 'Say why it is not done in person.')
  if (!mode || reading.errors.length > 0) return { reading, named: undefined }
  return { reading, named: { adultId: adultId as AdultId, phone, mode, reason: mode === 'remote' ? reason : null } }
}

const entryRoutes = [
  route({
    method: 'GET',
    path: '/activities/:activityId',
    action: 'activity.read',
    audit: 'activity.opened',
    handle: async request => {
      const entry = await getEntry(request)
      return page(activityPage(request, entry, { typed: FormValues.of([['mode', 'in-person']]), errors: [] }))
    },
  }),
  route({
    method: 'POST',
    path: '/activities/:activityId/cover',
    action: 'cover.keep',
    audit: 'activity.covered',
    handle: async request => {
      const entry = await getEntry(request)
      const { reading, named } = readCover(request)
      if (!named) return invalid(activityPage(request, entry, { typed: request.form, errors: reading.errors }))
      const done = await nameCover(request, entry.activity, entry.facts, entry.standing, named)
      if (done.ok) return redirect(`/activities/${entry.activity.id}`)
      const errors = [{ field: 'adult', says: coverRefusalSays(done.refusal) }]
      return invalid(activityPage(request, entry, { typed: request.form, errors }))
    },
  }),
  route({
    method: 'POST',
    path: '/activities/:activityId/cancel',
    action: 'cover.keep',
    audit: 'activity.cancelled',
    handle: async request => {
      const entry = await getEntry(request)
      await cancel(request, entry.activity, entry.standing)
      return redirect('/activities')
    },
  }),
  route({
    method: 'GET',
    path: '/activities/:activityId/pack',
    action: 'activity.read',
    audit: 'activity.pack-printed',
    handle: async request => {
      const entry = await getEntry(request)
      return entry.standing.confirmed ? page(packPage(request, entry)) : conflict(packRefusedPage(request, entry))
    },
  }),
]

/** Closures, trips and activities outside school hours, with who of the team is behind each. */
export const activityRoutes: readonly Route[] = [...planRoutes, ...entryRoutes]
