import type { Action, Actor } from '../../access/index.ts'
import { type AdultId, isUuid } from '../../kernel/ids.ts'
import { dateInWords, localDate, startOfDay } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { isMailAddress } from '../../platform/mail-address.ts'
import { roleIds } from '../../policy/roles.ts'
import type { FieldError } from '../../web/components/index.ts'
import { dateEntries } from '../../web/http/form-dates.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { endSessionsOf, inviteAdult } from '../identity/index.ts'
import {
  type AppointmentToKeep,
  addAdult,
  changeAdult,
  declareTie,
  endAppointment,
  endDeclaredTie,
  holdAdult,
  isGuarded,
  keepAppointment,
} from './commands.ts'
import {
  type AdultFacts,
  type AdultRecord,
  type Appointment,
  adultKinds,
  endReasons,
  type PeopleRefusal,
  tieKinds,
} from './model.ts'
import { accountsPage } from './pages/accounts-page.tsx'
import { adultFormPage } from './pages/adult-form.tsx'
import { adultPage } from './pages/adult-page.tsx'
import { adultsPage } from './pages/adults-page.tsx'
import { appointmentFormPage } from './pages/appointment-form.tsx'
import { refusedPage } from './pages/refused-page.tsx'
import { EndRolePage } from './pages/team-pages.tsx'
import { tiePage } from './pages/tie-page.tsx'
import { invitationFaults, refusalSays } from './pages/words.ts'
import { findAdult, findAdults, findChildren } from './queries.ts'
import { afterDay, lastDay, phaseOf } from './rules.ts'
import { listAccountUses } from './store.ts'
import { findWhoIsLeft } from './team-store.ts'

type AdultRequest<A extends Action = Action> = Request<A, Actor>

/** The adult of the path, if this school has one and this person may see the record. */
async function getAdult<A extends Action>(request: AdultRequest<A>): Promise<AdultRecord> {
  const adult = await findAdult(request, request.params['adultId'] ?? '')
  if (!adult) throw new NotFound()
  request.permit({ schoolId: request.school.id })
  return adult
}

/** The same for a command that changes appointments: the record stays as it was read until the command is done. */
async function getHeldAdult(request: AdultRequest<'appointment.keep'>): Promise<AdultRecord> {
  request.permit({ schoolId: request.school.id })
  const adult = await holdAdult(request, request.params['adultId'] ?? '')
  if (!adult) throw new NotFound()
  return adult
}

function atAdult(adultId: string) {
  return redirect(`/people/${adultId}`)
}

// ---- adults

function adultEntries(adult: AdultRecord): FormValues {
  const { name, kind, jobTitle, employer, email, phone } = adult
  return FormValues.of([
    ['name', name],
    ['kind', kind],
    ['job', jobTitle ?? ''],
    ['employer', employer ?? ''],
    ['email', email ?? ''],
    ['phone', phone ?? ''],
  ])
}

function readAdult(reading: FormReading): AdultFacts {
  const name = reading.line('name', 'Enter a name.')
  const kind = reading.choice('kind', adultKinds, 'Select who they are to the school.') ?? 'staff'
  const jobTitle = reading.maybeLine('job')
  const employer = reading.maybeLine('employer')
  const email = reading.maybeLine('email')?.toLowerCase() ?? null
  if (email !== null && !isMailAddress(email)) reading.fault('email', 'Enter an email address like name@example.org.')
  return { name, kind, jobTitle, employer, email, phone: reading.maybeLine('phone') }
}

const adultRoutes = [
  route({
    method: 'GET',
    path: '/people',
    action: 'adult.list',
    audit: 'adults.listed',
    handle: async request => {
      const permit = request.permit()
      const q = (request.query.get('q') ?? '').slice(0, 100)
      return page(adultsPage(request, q, await findAdults(request, permit, q)))
    },
  }),
  route({
    method: 'GET',
    path: '/people/accounts',
    action: 'adult.list',
    audit: 'adults.listed',
    handle: async request => page(accountsPage(request, await listAccountUses(request, request.permit()))),
  }),
  route({
    method: 'GET',
    path: '/people/new',
    action: 'adult.keep',
    audit: 'page.opened',
    handle: async request => {
      request.permit()
      return page(adultFormPage(request, { typed: FormValues.of([['kind', 'staff']]), errors: [] }))
    },
  }),
  route({
    method: 'POST',
    path: '/people/new',
    action: 'adult.keep',
    audit: 'adult.added',
    handle: async request => {
      request.permit()
      const reading = new FormReading(request.form)
      const facts = readAdult(reading)
      if (reading.errors.length > 0) return invalid(adultFormPage(request, { typed: request.form, errors: reading.errors }))
      const added = await addAdult(request, facts)
      return added.ok ? atAdult(added.value) : conflict(refusedPage(request, '/people', refusalSays(added.refusal)))
    },
  }),
  route({
    method: 'GET',
    path: '/people/:adultId',
    action: 'adult.list',
    audit: 'adult.opened',
    handle: async request => {
      const adult = await getAdult(request)
      request.note({ event: 'adult.opened', subjectKind: 'adult', subject: adult.id })
      return page(adultPage(request, adult))
    },
  }),
  route({
    method: 'GET',
    path: '/people/:adultId/edit',
    action: 'adult.keep',
    audit: 'adult.opened',
    handle: async request => {
      const adult = await getAdult(request)
      return page(adultFormPage(request, { typed: adultEntries(adult), errors: [], adult }))
    },
  }),
  route({
    method: 'POST',
    path: '/people/:adultId/edit',
    action: 'adult.keep',
    audit: 'adult.changed',
    handle: async request => {
      const adult = await getAdult(request)
      const reading = new FormReading(request.form)
      const facts = readAdult(reading)
      if (reading.errors.length > 0)
        return invalid(adultFormPage(request, { typed: request.form, errors: reading.errors, adult }))
      await changeAdult(request, adult, facts)
      return atAdult(adult.id)
    },
  }),
  route({
    method: 'POST',
    path: '/people/:adultId/invite',
    action: 'account.invite',
    audit: 'account.invited',
    handle: async request => {
      const adult = await getAdult(request)
      const invited = await inviteAdult(request, adult.id)
      if (invited.ok) return redirect(`/people/${adult.id}?${invited.value.isMailed ? 'invited' : 'asked'}`)
      return conflict(refusedPage(request, `/people/${adult.id}`, invitationFaults[invited.refusal]))
    },
  }),
  route({
    method: 'POST',
    path: '/people/:adultId/end-sessions',
    action: 'account.end-sessions',
    audit: 'account.sessions-ended',
    handle: async request => {
      const adult = await getAdult(request)
      if (adult.account.state !== 'open') throw new NotFound()
      await endSessionsOf(request, adult.id)
      return redirect(`/people/${adult.id}?signed-out`)
    },
  }),
]

// ---- appointments

function readEnd(reading: FormReading): Instant | null {
  const last = reading.maybeDate('ends')
  return last === null ? null : afterDay(last)
}

/** Reads a new appointment; what is wrong with it stands in `reading.errors`. */
function readNewAppointment(request: AdultRequest, reading: FormReading): AppointmentToKeep | undefined {
  const role = reading.choice('role', roleIds, 'Select a role.')
  const from = reading.choice('from', ['now', 'date'], 'Select from when.')
  const first = from === 'date' ? reading.date('starts', 'Enter the first day.') : undefined
  const startsAt = from === 'now' ? request.now : first && startOfDay(first)
  const endsAt = readEnd(reading)
  return role && startsAt && reading.errors.length === 0 ? { role, startsAt, endsAt } : undefined
}

/** The first moment is kept where the first day is: a role given at noon does not begin at midnight because its end was changed. */
function readChangedAppointment(reading: FormReading, before: Appointment): AppointmentToKeep | undefined {
  const first = reading.date('starts', 'Enter the first day.')
  const endsAt = readEnd(reading)
  if (!first || reading.errors.length > 0) return undefined
  const startsAt = first === localDate(before.startsAt) ? before.startsAt : startOfDay(first)
  return { id: before.id, role: before.role, startsAt, endsAt }
}

const refusedFields: Partial<Record<PeopleRefusal, string>> = {
  'ends-before-start': 'ends-day',
  'same-role-overlaps': 'role',
  'own-appointment': 'role',
}

function appointmentErrors(refusal: PeopleRefusal, isNew: boolean, endsAt: Instant | null): FieldError[] {
  if (refusal === 'lead-vacant' && endsAt) {
    const says = `The lead role would be vacant from ${dateInWords(localDate(endsAt))}. Propose a successor from that day first; then set this last day.`
    return [{ field: 'ends-day', says }]
  }
  const field = refusedFields[refusal] ?? 'role'
  return [{ field: field === 'role' && !isNew ? 'starts-day' : field, says: refusalSays(refusal) }]
}

function afterKeeping(adultId: string, kept: 'kept' | 'proposed') {
  return kept === 'proposed' ? redirect(`/people/${adultId}?proposed`) : atAdult(adultId)
}

async function endRolePage(
  request: AdultRequest<'appointment.keep'>,
  { adult, appointment }: { readonly adult: AdultRecord; readonly appointment: Appointment },
  errors: FieldError[],
): Promise<string> {
  const permit = request.permit({ schoolId: request.school.id })
  return pageFor(
    request,
    { title: `End a role now: ${adult.name}`, errors, back: { href: `/people/${adult.id}`, text: adult.name } },
    <EndRolePage
      adult={adult}
      appointment={appointment}
      profile={request.profile}
      left={await findWhoIsLeft(request, permit, adult.id)}
      opensFiles={request.school.fileRoles.includes(appointment.role)}
      form={request.form}
      errors={errors}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
    />,
  )
}

function findAppointment(adult: AdultRecord, id: string | undefined): Appointment {
  const found = adult.appointments.find(appointment => appointment.id === id)
  if (!found) throw new NotFound()
  return found
}

const appointmentRoutes = [
  route({
    method: 'GET',
    path: '/people/:adultId/appointments/new',
    action: 'appointment.keep',
    audit: 'adult.opened',
    handle: async request => {
      const adult = await getAdult(request)
      return page(appointmentFormPage(request, { adult, typed: FormValues.empty(), errors: [] }))
    },
  }),
  route({
    method: 'POST',
    path: '/people/:adultId/appointments/new',
    action: 'appointment.keep',
    audit: 'appointment.started',
    handle: async request => {
      const adult = await getHeldAdult(request)
      const reading = new FormReading(request.form)
      const asked = readNewAppointment(request, reading)
      if (!asked) return invalid(appointmentFormPage(request, { adult, typed: request.form, errors: reading.errors }))
      const kept = await keepAppointment(request, adult, asked)
      if (!kept.ok)
        return invalid(
          appointmentFormPage(request, {
            adult,
            typed: request.form,
            errors: appointmentErrors(kept.refusal, true, asked.endsAt),
          }),
        )
      return afterKeeping(adult.id, kept.value)
    },
  }),
  route({
    method: 'GET',
    path: '/people/:adultId/appointments/:appointmentId',
    action: 'appointment.keep',
    audit: 'adult.opened',
    handle: async request => {
      const adult = await getAdult(request)
      const appointment = findAppointment(adult, request.params['appointmentId'])
      const dates = [
        ...dateEntries('starts', localDate(appointment.startsAt)),
        ...dateEntries('ends', appointment.endsAt && lastDay(appointment.endsAt)),
      ]
      return page(appointmentFormPage(request, { adult, typed: FormValues.of(dates), errors: [], appointment }))
    },
  }),
  route({
    method: 'POST',
    path: '/people/:adultId/appointments/:appointmentId',
    action: 'appointment.keep',
    audit: 'appointment.started',
    handle: async request => {
      const adult = await getHeldAdult(request)
      const appointment = findAppointment(adult, request.params['appointmentId'])
      const reading = new FormReading(request.form)
      const asked = readChangedAppointment(reading, appointment)
      if (!asked)
        return invalid(appointmentFormPage(request, { adult, typed: request.form, errors: reading.errors, appointment }))
      const kept = await keepAppointment(request, adult, asked)
      if (!kept.ok)
        return invalid(
          appointmentFormPage(request, {
            adult,
            typed: request.form,
            errors: appointmentErrors(kept.refusal, false, asked.endsAt),
            appointment,
          }),
        )
      return afterKeeping(adult.id, kept.value)
    },
  }),
  route({
    method: 'POST',
    path: '/people/:adultId/appointments/:appointmentId/end',
    action: 'appointment.keep',
    audit: 'appointment.ended',
    handle: async request => {
      const adult = await getHeldAdult(request)
      const appointment = findAppointment(adult, request.params['appointmentId'])
      const reading = new FormReading(request.form)
      const asksWhy = isGuarded(request, appointment.role) && phaseOf(appointment, request.now) !== 'over'
      const why = asksWhy ? reading.choice('why', endReasons, 'Select why the role ends at once.') : undefined
      if (reading.errors.length > 0) return invalid(await endRolePage(request, { adult, appointment }, reading.errors))
      const ended = await endAppointment(request, adult, appointment.id, why)
      return ended.ok ? atAdult(adult.id) : conflict(refusedPage(request, `/people/${adult.id}`, refusalSays(ended.refusal)))
    },
  }),
  route({
    method: 'GET',
    path: '/people/:adultId/appointments/:appointmentId/end',
    action: 'appointment.keep',
    audit: 'adult.opened',
    handle: async request => {
      const adult = await getAdult(request)
      const appointment = findAppointment(adult, request.params['appointmentId'])
      return page(await endRolePage(request, { adult, appointment }, []))
    },
  }),
]

// ---- ties

async function tieHtml(request: AdultRequest<'tie.keep'>, adult: AdultRecord, q: string, errors: FieldError[]): Promise<string> {
  const permit = request.permit({ schoolId: request.school.id })
  const children = await findChildren(request, permit, q)
  const adults = q.trim() === '' ? [] : await findAdults(request, permit, q)
  return tiePage(request, { adult, q, children, adults, typed: request.form, errors })
}

function readTie(form: FormValues): {
  reading: FormReading
  childId: string | undefined
  otherAdultId: AdultId | undefined
  kind: (typeof tieKinds)[number] | undefined
} {
  const reading = new FormReading(form)
  const [what = '', id = ''] = form.text('to').split('/')
  const isChosen = isUuid(id) && (what === 'child' || what === 'adult')
  if (!isChosen) reading.fault('to', 'Select who it is.')
  const kind = reading.choice('kind', tieKinds, 'Select what they are to each other.')
  return {
    reading,
    childId: isChosen && what === 'child' ? id : undefined,
    otherAdultId: isChosen && what === 'adult' ? (id as AdultId) : undefined,
    kind,
  }
}

const tieRoutes = [
  route({
    method: 'GET',
    path: '/people/:adultId/ties/new',
    action: 'tie.keep',
    audit: 'adult.opened',
    handle: async request => {
      const adult = await getAdult(request)
      return page(await tieHtml(request, adult, (request.query.get('q') ?? '').slice(0, 100), []))
    },
  }),
  route({
    method: 'POST',
    path: '/people/:adultId/ties/new',
    action: 'tie.keep',
    audit: 'tie.declared',
    handle: async request => {
      const adult = await getAdult(request)
      const q = request.form.text('q').slice(0, 100)
      const { reading, kind, childId, otherAdultId } = readTie(request.form)
      if (!kind || reading.errors.length > 0) return invalid(await tieHtml(request, adult, q, reading.errors))
      const declared = await declareTie(request, adult, {
        kind,
        ...(childId ? { childId } : {}),
        ...(otherAdultId ? { otherAdultId } : {}),
      })
      if (!declared.ok) return invalid(await tieHtml(request, adult, q, [{ field: 'to', says: refusalSays(declared.refusal) }]))
      return atAdult(adult.id)
    },
  }),
  route({
    method: 'POST',
    path: '/people/:adultId/ties/:tieId/end',
    action: 'tie.keep',
    audit: 'tie.ended',
    handle: async request => {
      const adult = await getAdult(request)
      const ended = await endDeclaredTie(request, adult, request.params['tieId'] ?? '')
      return ended.ok ? atAdult(adult.id) : conflict(refusedPage(request, `/people/${adult.id}`, refusalSays(ended.refusal)))
    },
  }),
]

export const adultsRoutes: readonly Route[] = [...adultRoutes, ...appointmentRoutes, ...tieRoutes]
