import { type Action, type Actor, check } from '../../access/index.ts'
import { type AdultId, isUuid } from '../../kernel/ids.ts'
import { endOfDay, localDate, startOfDay, toInstant } from '../../kernel/london-time.ts'
import { addDays, daysBetween, type Instant, type PlainDate, parsePlainDate } from '../../kernel/plain-date.ts'
import type { FieldError } from '../../web/components/index.ts'
import { dateEntries } from '../../web/http/form-dates.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { type AbsenceAsked, addDuty, type DutyAsked, removeDuty, sayBack, sayOut } from './commands.ts'
import { absenceReasons, type CoverFacts, type CoverRefusal, coverKinds, coverModes } from './model.ts'
import { coverPage } from './pages/cover-page.tsx'
import { dutyFormPage, teamOptions } from './pages/duty-form.tsx'
import { outPage } from './pages/out-page.tsx'
import { refusalSays } from './pages/words.ts'
import { getTeamFacts, getWeek } from './queries.ts'
import { mondayOf, repeated, weekThatMatters } from './rules.ts'

type CoverRequest<A extends Action> = Request<A, Actor>

const longestInDays = 120

function shownWeek(typed: string, today: PlainDate): PlainDate {
  const asked = parsePlainDate(typed)
  return asked ? mondayOf(asked) : weekThatMatters(today)
}

async function coverHtml(request: CoverRequest<'cover.keep'>, typed: string): Promise<string> {
  const permit = request.permit()
  const monday = shownWeek(typed, localDate(request.now))
  const week = await getWeek(request, permit, monday)
  const team = new Set(week.facts.appointments.map(appointment => appointment.adultId))
  const { absences } = await getTeamFacts(request)
  return coverPage(
    request,
    week,
    absences.filter(absence => team.has(absence.adultId)),
  )
}

// ---- duties

interface DutyRead {
  readonly reading: FormReading
  readonly asked: DutyAsked | undefined
}

function readRepeats(reading: FormReading, kind: string | undefined, first: PlainDate | undefined): PlainDate | null {
  const until = reading.maybeDate('repeats')
  if (until !== null && kind !== 'school-day') reading.fault('repeats-day', 'Only a duty of the school day is repeated.')
  if (until !== null && first && (until < first || daysBetween(first, until) > 366))
    reading.fault('repeats-day', 'It can be repeated for up to a year.')
  return until
}

function readDuty(request: CoverRequest<'cover.keep'>): DutyRead {
  const reading = new FormReading(request.form)
  const adultId = request.form.text('adult')
  if (!isUuid(adultId)) reading.fault('adult', 'Choose a person.')
  const kind = reading.choice('kind', coverKinds, 'Select what for.')
  const first = reading.date('starts', 'Enter the first day.')
  const from = reading.time('from', 'Enter the time from which.')
  const last = reading.maybeDate('ends') ?? first
  const to = reading.time('to', 'Enter the time until which.')
  if (first && first < localDate(request.now)) reading.fault('starts-day', 'The first day must be today or later.')
  if (first && last && daysBetween(first, last) > longestInDays)
    reading.fault('ends-day', `One duty lasts up to ${longestInDays} days.`)
  const until = readRepeats(reading, kind, first)
  const phone = reading.maybeLine('phone')
  const mode = reading.choice('mode', coverModes, 'Select how.')
  const reason = reading.maybeLine('reason')
  if (mode === 'remote' && reason === null) reading.fault('reason', 'Say why it is not done in person.')
  if (!kind || !mode || !first || !from || !last || !to || reading.errors.length > 0) return { reading, asked: undefined }
  const span = { startsAt: toInstant(first, from), endsAt: toInstant(last, to) }
  if (span.endsAt <= span.startsAt) {
    reading.fault('to', 'The end must be after the start.')
    return { reading, asked: undefined }
  }
  const days = daysBetween(first, last)
  const at = (date: PlainDate) => ({ startsAt: toInstant(date, from), endsAt: toInstant(addDays(date, days), to) })
  return {
    reading,
    asked: {
      adultId,
      kind,
      phone,
      mode,
      reason: mode === 'remote' ? reason : null,
      stretches: repeated({ ...span, date: first }, until, request.profile.calendar, at),
    },
  }
}

function newDuty(request: CoverRequest<'cover.keep'>): FormValues {
  const { dayStarts, dayEnds } = request.profile.calendar
  const date = parsePlainDate(request.query.get('date') ?? '') ?? localDate(request.now)
  return FormValues.of([
    ['kind', 'school-day'],
    ['mode', 'in-person'],
    ...dateEntries('starts', date),
    ['from', dayStarts],
    ['to', dayEnds],
  ])
}

function dutyErrors(refusal: CoverRefusal): FieldError[] {
  return [{ field: refusal === 'on-duty-then' ? 'starts-day' : 'adult', says: refusalSays(refusal) }]
}

const dutyRoutes = [
  route({
    method: 'GET',
    path: '/cover',
    action: 'cover.keep',
    audit: 'cover.opened',
    handle: async request => page(await coverHtml(request, request.query.get('week') ?? '')),
  }),
  route({
    method: 'GET',
    path: '/cover/duties/new',
    action: 'cover.keep',
    audit: 'page.opened',
    handle: async request => {
      request.permit()
      return page(dutyFormPage(request, { facts: await getTeamFacts(request), typed: newDuty(request), errors: [] }))
    },
  }),
  route({
    method: 'POST',
    path: '/cover/duties/new',
    action: 'cover.keep',
    audit: 'cover.changed',
    handle: async request => {
      request.permit()
      const facts = await getTeamFacts(request)
      const { reading, asked } = readDuty(request)
      if (!asked) return invalid(dutyFormPage(request, { facts, typed: request.form, errors: reading.errors }))
      const added = await addDuty(request, facts, asked)
      if (!added.ok) return invalid(dutyFormPage(request, { facts, typed: request.form, errors: dutyErrors(added.refusal) }))
      return redirect(`/cover?week=${mondayOf(localDate(asked.stretches[0]?.startsAt ?? request.now))}`)
    },
  }),
  route({
    method: 'POST',
    path: '/cover/duties/:dutyId/remove',
    action: 'cover.keep',
    audit: 'cover.changed',
    handle: async request => {
      request.permit()
      const removed = await removeDuty(request, request.params['dutyId'] ?? '')
      if (!removed.ok && removed.refusal === 'no-such-duty') throw new NotFound()
      const week = parsePlainDate(request.form.text('week'))
      return redirect(week ? `/cover?week=${mondayOf(week)}` : '/cover')
    },
  }),
]

// ---- absences

function readFrom(reading: FormReading, now: Instant): Instant | undefined {
  const from = reading.choice('from', ['now', 'date'], 'Select from when.')
  if (from !== 'date') return from && now
  const date = reading.date('from-date', 'Enter the first day.')
  const time = reading.maybeTime('from-time')
  return date && (time ? toInstant(date, time) : startOfDay(date))
}

function readUntil(reading: FormReading, now: Instant): Instant | null | undefined {
  const until = reading.choice('until', ['today', 'back', 'date'], 'Select until when.')
  if (until === 'today') return endOfDay(localDate(now))
  if (until !== 'date') return until && null
  const date = reading.date('until-date', 'Enter the last day.')
  const time = reading.maybeTime('until-time')
  return date && (time ? toInstant(date, time) : endOfDay(date))
}

function readOut(
  request: CoverRequest<'absence.own'>,
  facts: CoverFacts,
): { reading: FormReading; asked: AbsenceAsked | undefined } {
  const reading = new FormReading(request.form)
  const me = request.someone.adultId
  const adultId = (request.form.text('adult') || me) as AdultId
  if (adultId !== me && !teamOptions(facts).some(option => option.value === adultId))
    reading.fault('adult', 'Choose somebody of the safeguarding team.')
  const reason = reading.choice('reason', absenceReasons, 'Select why.')
  const startsAt = readFrom(reading, request.now)
  const endsAt = readUntil(reading, request.now)
  if (endsAt && endsAt <= request.now) reading.fault('until-date-day', 'The end must be in the future.')
  else if (startsAt && endsAt && endsAt <= startsAt) reading.fault('until-date-day', 'The end must be after the start.')
  const asked =
    reason && startsAt && endsAt !== undefined && reading.errors.length === 0 ? { adultId, reason, startsAt, endsAt } : undefined
  return { reading, asked }
}

function afterOut(request: CoverRequest<'absence.own'>): Reply {
  return redirect(check(request.someone, 'cover.keep', undefined).allowed ? '/cover' : '/cover/out')
}

const absenceRoutes = [
  route({
    method: 'GET',
    path: '/cover/out',
    action: 'absence.own',
    audit: 'page.opened',
    handle: async request => {
      request.permit()
      const typed = FormValues.of([
        ['reason', 'out'],
        ['from', 'now'],
        ['until', 'today'],
      ])
      return page(outPage(request, { facts: await getTeamFacts(request), typed, errors: [] }))
    },
  }),
  route({
    method: 'POST',
    path: '/cover/out',
    action: 'absence.own',
    audit: 'absence.started',
    handle: async request => {
      request.permit()
      const facts = await getTeamFacts(request)
      const { reading, asked } = readOut(request, facts)
      if (!asked) return invalid(outPage(request, { facts, typed: request.form, errors: reading.errors }))
      await sayOut(request, asked)
      return afterOut(request)
    },
  }),
  route({
    method: 'POST',
    path: '/cover/out/:absenceId/end',
    action: 'absence.own',
    audit: 'absence.ended',
    handle: async request => {
      request.permit()
      const back = await sayBack(request, request.params['absenceId'] ?? '')
      if (back.ok) return afterOut(request)
      if (back.refusal === 'no-such-absence') throw new NotFound()
      const errors = [{ field: 'reason', says: refusalSays(back.refusal) }]
      return conflict(
        outPage(request, {
          facts: await getTeamFacts(request),
          typed: FormValues.of([
            ['reason', 'out'],
            ['from', 'now'],
            ['until', 'today'],
          ]),
          errors,
        }),
      )
    },
  }),
]

export const coverRoutes: readonly Route[] = [...dutyRoutes, ...absenceRoutes]
