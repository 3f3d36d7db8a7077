import type { Action, Actor } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { addDays, partsOf } from '../../kernel/plain-date.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { readTime } from '../../web/http/typed-times.ts'
import { pageFor } from '../../web/page.tsx'
import { plainName } from '../people/index.ts'
import { type AttendingChild, type ChangedMark, marks } from './model.ts'
import { ChildAttendancePage, WeekPage } from './pages/attendance-pages.tsx'
import { DayPage } from './pages/marks.tsx'
import { figuresFault, readFigure, readWeek, weekOf } from './rules.ts'
import { readDay } from './rules-marks.ts'
import { countMarks, findAttendingChild, keepMarks, keepWeeks, listEnteredWeeks, listRoll } from './store.ts'

type WeekRequest = Request<'attendance.keep', Actor>
type ChildRequest = Request<'attendance.child', Actor>

// A term and a half: what was entered long ago is of no use to whoever enters.
const shownDays = 120
const faultsShown = 20
const leftLinesShown = 20

function thisWeek(request: Request<Action, Actor>): FormValues {
  const { day, month, year } = partsOf(weekOf(localDate(request.now)))
  return FormValues.of([
    ['week-day', String(day)],
    ['week-month', String(month)],
    ['week-year', String(year)],
  ])
}

async function weekPage(request: WeekRequest, form: FormValues, errors: FieldErrors): Promise<string> {
  const permit = request.permit()
  const weeks = await listEnteredWeeks(request, permit, addDays(localDate(request.now), -shownDays))
  const kept = request.query.get('kept')
  return pageFor(
    request,
    { title: 'Attendance of a week', errors },
    <WeekPage
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      weeks={weeks}
      kept={kept !== null && /^\d{1,5}$/.test(kept) ? Number(kept) : undefined}
    />,
  )
}

/** The Monday of the week that was typed; a week that has not begun has no figures. */
function readWeekStarts(reading: FormReading, request: Request<Action, Actor>) {
  const day = reading.date('week', 'Enter a day of the week.')
  if (day !== undefined && weekOf(day) > localDate(request.now))
    return reading.fault('week-day', 'The week must have begun already.')
  return day && weekOf(day)
}

const askWeek = route({
  method: 'GET',
  path: '/attendance',
  action: 'attendance.keep',
  audit: 'attendance.opened',
  handle: async request => page(await weekPage(request, thisWeek(request), [])),
})

const enterWeek = route({
  method: 'POST',
  path: '/attendance',
  action: 'attendance.keep',
  audit: 'attendance.entered',
  handle: async request => {
    const permit = request.permit()
    const reading = new FormReading(request.form)
    const weekStarts = readWeekStarts(reading, request)
    const { figures, faults } = readWeek(request.form.text('lines'), await listRoll(request, permit), plainName)
    for (const fault of faults.slice(0, faultsShown)) reading.fault('lines', fault)
    if (faults.length > faultsShown) reading.fault('lines', `${faults.length - faultsShown} more lines are wrong.`)
    if (figures.length + faults.length === 0) reading.fault('lines', 'Paste the figures, one pupil a line.')
    if (reading.errors.length > 0 || !weekStarts) return invalid(await weekPage(request, request.form, reading.errors))
    await keepWeeks(
      request,
      permit,
      figures.map(figure => ({ ...figure, weekStarts })),
    )
    request.note({ event: 'attendance.entered', facts: { week: weekStarts, pupils: figures.length } })
    return redirect(`/attendance?kept=${figures.length}`)
  },
})

async function openChild(request: ChildRequest) {
  request.permit()
  const child = await findAttendingChild(request, request.params['childId'] ?? '')
  if (!child) throw new NotFound()
  return { child, permit: request.permit({ schoolId: request.school.id, excluded: child.tied as readonly AdultId[] }) }
}

function childPage(request: ChildRequest, child: AttendingChild, form: FormValues, errors: FieldErrors): string {
  return pageFor(
    request,
    { title: 'Attendance', errors, back: { href: `/children/${child.childId}`, text: 'The child’s file' }, quickExit: true },
    <ChildAttendancePage
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      markKey={request.newCommandKey()}
      form={form}
      errors={errors}
      child={child}
    />,
  )
}

const childWeeks = route({
  method: 'GET',
  path: '/children/:childId/attendance',
  action: 'attendance.child',
  audit: 'attendance.opened',
  handle: async request => {
    const { child } = await openChild(request)
    request.note({ event: 'attendance.opened', subjectKind: 'child', subject: child.childId })
    return page(childPage(request, child, thisWeek(request), []))
  },
})

const enterChildWeek = route({
  method: 'POST',
  path: '/children/:childId/attendance',
  action: 'attendance.child',
  audit: 'attendance.entered',
  handle: async request => {
    const { child, permit } = await openChild(request)
    const reading = new FormReading(request.form)
    const weekStarts = readWeekStarts(reading, request)
    const [possible, attended] = [readFigure(request.form.text('possible')), readFigure(request.form.text('attended'))]
    if (possible === undefined) reading.fault('possible', 'Enter how many sessions there were, in numbers.')
    if (attended === undefined) reading.fault('attended', 'Enter how many sessions were attended, in numbers.')
    const fault = possible !== undefined && attended !== undefined ? figuresFault(possible, attended) : undefined
    if (fault) reading.fault('attended', `Check the figures: ${fault}.`)
    if (reading.errors.length > 0 || !weekStarts || possible === undefined || attended === undefined)
      return invalid(childPage(request, child, request.form, reading.errors))
    await keepWeeks(request, permit, [{ childId: child.childId, weekStarts, possible, attended }])
    request.note({ event: 'attendance.entered', subjectKind: 'child', subject: child.childId, facts: { week: weekStarts } })
    return redirect(`/children/${child.childId}/attendance`)
  },
})

/** The numbers of the lines that were left to a colleague, as the address has them. */
function leftLinesOf(text: string | null): readonly string[] {
  return text !== null && /^\d{1,4}(?:-\d{1,4}){0,19}$/.test(text) ? text.split('-') : []
}

function noteChange(request: Request<Action, Actor>, { childId, was, wasAt, mark, at }: ChangedMark): void {
  request.note({ event: 'attendance.entered', subjectKind: 'child', subject: childId, facts: { was, wasAt, mark, at } })
}

async function dayPage(request: WeekRequest, form: FormValues, errors: FieldErrors): Promise<string> {
  const permit = request.permit()
  const counted = await countMarks(request, permit)
  return pageFor(
    request,
    { title: 'Registration today', errors, back: { href: '/attendance', text: 'Attendance of a week' } },
    <DayPage
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      counted={counted}
      isKept={request.query.get('kept') === 'yes'}
      leftLines={leftLinesOf(request.query.get('left'))}
    />,
  )
}

const askDay = route({
  method: 'GET',
  path: '/attendance/today',
  action: 'attendance.keep',
  audit: 'attendance.opened',
  handle: async request => page(await dayPage(request, FormValues.of([]), [])),
})

const enterDay = route({
  method: 'POST',
  path: '/attendance/today',
  action: 'attendance.keep',
  audit: 'attendance.entered',
  handle: async request => {
    const permit = request.permit()
    const reading = new FormReading(request.form)
    const {
      marks: found,
      leftLines,
      faults,
    } = readDay(request.form.text('lines'), await listRoll(request, permit), plainName, readTime)
    for (const fault of faults.slice(0, faultsShown)) reading.fault('lines', fault)
    if (faults.length > faultsShown) reading.fault('lines', `${faults.length - faultsShown} more lines are wrong.`)
    if (found.length + leftLines.length + faults.length === 0) reading.fault('lines', 'Paste the marks, one pupil a line.')
    if (reading.errors.length > 0) return invalid(await dayPage(request, request.form, reading.errors))
    const changed = await keepMarks(request, permit, found)
    request.note({
      event: 'attendance.entered',
      facts: { day: localDate(request.now), pupils: found.length, left: leftLines.length },
    })
    for (const change of changed) noteChange(request, change)
    const left = leftLines.slice(0, leftLinesShown).join('-')
    return redirect(
      `/attendance/today?${new URLSearchParams({ ...(found.length > 0 && { kept: 'yes' }), ...(left && { left }) })}`,
    )
  },
})

const enterChildMark = route({
  method: 'POST',
  path: '/children/:childId/attendance/mark',
  action: 'attendance.child',
  audit: 'attendance.entered',
  handle: async request => {
    const { child, permit } = await openChild(request)
    const reading = new FormReading(request.form)
    const mark = marks.find(one => one === request.form.text('mark'))
    if (!mark) reading.fault('mark', 'Select whether the child is here.')
    const atTime = reading.maybeTime('at-time')
    if (mark && mark !== 'absent' && atTime === null && reading.errors.length === 0)
      reading.fault('at-time', 'Enter when the child came.')
    const says = reading.maybeLine('mark-says') ?? ''
    if (reading.errors.length > 0 || !mark) return invalid(childPage(request, child, request.form, reading.errors))
    const [changed] = await keepMarks(request, permit, [{ childId: child.childId, mark, atTime, says }])
    if (changed) noteChange(request, changed)
    else request.note({ event: 'attendance.entered', subjectKind: 'child', subject: child.childId, facts: { mark } })
    return redirect(`/children/${child.childId}/attendance`)
  },
})

/** Attendance by week and the mark of today, for the school and for one child. */
export const attendanceRoutes: readonly Route[] = [
  askWeek,
  enterWeek,
  askDay,
  enterDay,
  childWeeks,
  enterChildWeek,
  enterChildMark,
]
