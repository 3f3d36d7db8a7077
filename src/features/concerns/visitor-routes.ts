import type { Visitor } from '../../access/index.ts'
import { isUuid } from '../../kernel/ids.ts'
import { isReference, referenceOf } from '../../kernel/reference.ts'
import { newId } from '../../platform/identifiers.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { compressedPage, conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, visitorRoute } from '../../web/http/route.ts'
import { recordConcern } from './commands.ts'
import { askingOf, type FormContext, settled } from './form-reading.ts'
import { parseConcernForm } from './form-schema.ts'
import { getFormFacts } from './form-store.ts'
import { visitorCheckPage, visitorDonePage, visitorFormPage } from './pages/visitor-pages.tsx'

type VisitorRequest = Request<'concern.record', Visitor>

async function contextOf(request: VisitorRequest, form: FormValues): Promise<FormContext> {
  const permit = request.permit()
  const given = form.text('concern-id')
  return {
    draftId: isUuid(given) ? given : newId<string>(),
    form,
    facts: await getFormFacts(request, permit, askingOf(form, request.profile, 'visitor')),
    onDuty: [],
    profile: request.profile,
    now: request.now,
    writer: 'visitor',
    adviceHref: `/report/${request.school.visitorToken}/about-an-adult`,
    helpHref: `/report/${request.school.visitorToken}/help`,
  }
}

const openForm = visitorRoute({
  method: 'GET',
  path: '/report/:visitorToken',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: async request => compressedPage(visitorFormPage(request, await contextOf(request, FormValues.empty()), [])),
})

const send = visitorRoute({
  method: 'POST',
  path: '/report/:visitorToken',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: async request => {
    const context = await contextOf(request, settled(request.form))
    const step = context.form.text('_do')
    if (step !== 'check' && step !== 'submit') return page(visitorFormPage(request, context, []))
    const parsed = parseConcernForm(context)
    if (!parsed.ok) return invalid(visitorFormPage(request, context, parsed.refusal))
    if (step === 'check') return page(visitorCheckPage(request, context, parsed.value))
    const recorded = await recordConcern(request, parsed.value)
    const done = (reference: string) => redirect(`/report/${request.school.visitorToken}/done/${reference}`)
    if (recorded.ok) return done(recorded.value.reference)
    if (recorded.refusal.code === 'already-recorded') return done(referenceOf(parsed.value.id))
    return invalid(visitorFormPage(request, context, [{ field: 'other-child-1-given', says: 'Enter the child once more.' }]))
  },
  giveBack: async request => {
    const context = await contextOf(request, settled(request.form))
    return conflict(visitorFormPage(request, context, [], 'not-sent'))
  },
})

const done = visitorRoute({
  method: 'GET',
  path: '/report/:visitorToken/done/:reference',
  action: 'concern.record',
  audit: 'concern.form-opened',
  handle: async request => {
    request.permit()
    const reference = request.params['reference'] ?? ''
    if (!isReference(reference)) throw new NotFound()
    return page(visitorDonePage(request, reference))
  },
})

/** The way in for adults without an account, by the school's own link. */
export const visitorRoutes = [openForm, send, done]
