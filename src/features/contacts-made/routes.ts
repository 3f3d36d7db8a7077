import type { Action, Actor, Permit } from '../../access/index.ts'
import type { AuditEvent } from '../../audit/events.ts'
import type { Result } from '../../kernel/result.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { recordEmergencyCall, recordFamilyContact } from './commands.ts'
import { parseEmergencyCall, parseFamilyContact } from './forms.ts'
import type { TouchedConcern } from './model.ts'
import { emergencyCallPage } from './pages/emergency-call-page.tsx'
import { familyContactPage } from './pages/family-contact-page.tsx'
import { findTouched } from './store.ts'

/** Where a contact is written down: by whoever reported the concern, or by the team. */
export interface Door {
  readonly action: string
  readonly back: string
}

interface ContactForm<A extends Action, T> {
  /** `/my-concerns` or `/concerns`. */
  readonly under: '/my-concerns' | '/concerns'
  readonly path: string
  readonly action: A
  readonly opens: AuditEvent
  readonly does: AuditEvent
  draw(request: Request<A, Actor>, concern: TouchedConcern, door: Door, errors: FieldErrors): string
  parse(request: Request<A, Actor>): Result<T, FieldErrors>
  command(request: Request<A, Actor>, permit: Permit<A>, concern: TouchedConcern, what: T): Promise<void>
}

function contactRoutesOf<A extends Action, T>(form: ContactForm<A, T>): readonly Route[] {
  const path = `${form.under}/:concernId${form.path}`
  const open = async (request: Request<A, Actor>) => {
    const concern = await findTouched(request, request.params['concernId'] ?? '')
    if (!concern) throw new NotFound()
    const back = `${form.under}/${concern.id}`
    return { concern, permit: request.permit(concern.access), door: { action: `${back}${form.path}`, back } }
  }
  return [
    route({
      method: 'GET',
      path,
      action: form.action,
      audit: form.opens,
      handle: async request => {
        const { concern, door } = await open(request)
        request.note({ event: form.opens, subjectKind: 'concern', subject: concern.id })
        return page(form.draw(request, concern, door, []))
      },
    }),
    route({
      method: 'POST',
      path,
      action: form.action,
      audit: form.does,
      handle: async request => {
        const { concern, permit, door } = await open(request)
        const read = form.parse(request)
        if (!read.ok) return invalid(form.draw(request, concern, door, read.refusal))
        await form.command(request, permit, concern, read.value)
        return redirect(`${door.back}?${form.under === '/concerns' ? 'done=contact' : 'contact'}`)
      },
    }),
  ]
}

const call = {
  path: '/emergency-call',
  does: 'agency-call.recorded',
  draw: emergencyCallPage,
  parse: (request: Request) => parseEmergencyCall(request.form, request.now),
  command: recordEmergencyCall,
} as const
const talk = {
  path: '/family-contact',
  does: 'family-contact.recorded',
  draw: familyContactPage,
  parse: (request: Request) => parseFamilyContact(request.form, request.now),
  command: recordFamilyContact,
} as const

/** Writing down that the emergency number was rung, or that a parent was spoken with. */
export const contactRoutes: readonly Route[] = [
  ...contactRoutesOf({ ...call, under: '/my-concerns', action: 'agency-call.own', opens: 'concern.own-opened' }),
  ...contactRoutesOf({ ...call, under: '/concerns', action: 'agency-call.record', opens: 'concern.opened' }),
  ...contactRoutesOf({ ...talk, under: '/my-concerns', action: 'family-contact.own', opens: 'concern.own-opened' }),
  ...contactRoutesOf({ ...talk, under: '/concerns', action: 'family-contact.record', opens: 'concern.opened' }),
]
