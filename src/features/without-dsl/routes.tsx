import type { Actor, Permit } from '../../access/index.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import { findRecordedConcern, type RecordedConcern } from '../concerns/index.ts'
import { concernTitle, FormFrame, FormHead, formRoutes, openConcern } from '../triage/index.ts'
import { countersign, findSeniorLeaders, recordStep, sayUnreachable, stepOf, writeHandBack } from './commands.ts'
import { readHandBack, readStep } from './form.ts'
import type { HandBack } from './model.ts'
import { handBackPage } from './pages/hand-back-page.tsx'
import { StepFields } from './pages/step-fields.tsx'
import { withoutDslPage } from './pages/without-dsl-page.tsx'
import { findHandBack } from './store.ts'

type OwnAction = 'concern.own' | 'concern.add-to-own' | 'concern.cannot-reach'

async function openOwn<A extends OwnAction>(
  request: Request<A, Actor>,
): Promise<{ readonly concern: RecordedConcern; readonly permit: Permit<A> }> {
  const concern = await findRecordedConcern(request, request.params['concernId'] ?? '')
  if (!concern) throw new NotFound()
  return { concern, permit: request.permit(concern.access) }
}

const press = route({
  method: 'POST',
  path: '/concerns/:concernId/cannot-reach',
  action: 'concern.cannot-reach',
  audit: 'concern.cannot-reach',
  handle: async request => {
    const { concern, permit } = await openOwn(request)
    await sayUnreachable(request, permit, concern)
    return redirect(`/concerns/${concern.id}/without-dsl`)
  },
})

const list = route({
  method: 'GET',
  path: '/concerns/:concernId/without-dsl',
  action: 'concern.own',
  audit: 'concern.own-opened',
  handle: async request => {
    const { concern } = await openOwn(request)
    request.note({ event: 'concern.own-opened', subjectKind: 'concern', subject: concern.id })
    const leaders = await findSeniorLeaders(request, stepOf(concern))
    return page(withoutDslPage(request, { concern, leaders, errors: [] }))
  },
})

const advice = route({
  method: 'POST',
  path: '/concerns/:concernId/without-dsl',
  action: 'concern.add-to-own',
  audit: 'fallback.recorded',
  handle: async request => {
    const { concern, permit } = await openOwn(request)
    const read = readStep(request.form, request.now, 'advice')
    if (!read.ok) {
      const leaders = await findSeniorLeaders(request, stepOf(concern))
      return invalid(withoutDslPage(request, { concern, leaders, errors: read.refusal }))
    }
    await recordStep(request, permit, stepOf(concern), read.value)
    return redirect(`/concerns/${concern.id}/without-dsl?recorded`)
  },
})

/** For whoever stands in for the team; the team itself records its work as its own. */
const acted = formRoutes<'concern.add-to'>({
  path: '/acted',
  action: 'concern.add-to',
  opens: 'concern.opened',
  does: 'fallback.recorded',
  draw: async ({ request, concern, form, errors, notice, frame }) =>
    pageFor(
      request,
      {
        title: 'What you did without a DSL',
        errors,
        back: { href: `/concerns/${concern.id}`, text: 'The concern' },
        quickExit: true,
      },
      <>
        <FormHead
          caption={`${concernTitle(concern)}, ${concern.reference}`}
          title="What you did without a DSL"
          errors={errors}
          notice={notice}
        />
        <FormFrame frame={frame} save="Record this" cancelHref={`/concerns/${concern.id}`}>
          <StepFields form={form} errors={errors} now={request.now} />
        </FormFrame>
      </>,
    ),
  submit: async ({ request, permit, concern }) => {
    const read = readStep(request.form, request.now, 'act')
    if (!read.ok) return { kind: 'invalid', errors: read.refusal }
    await recordStep(request, permit, concern, read.value)
    return { kind: 'done', to: `/concerns/${concern.id}?done=acted` }
  },
})

const sign = route({
  method: 'POST',
  path: '/concerns/:concernId/countersign',
  action: 'fallback.countersign',
  audit: 'fallback.countersigned',
  handle: async request => {
    const { concern, permit } = await openConcern(request, { lock: true })
    await countersign(request, permit, concern)
    return redirect(`/concerns/${concern.id}?done=countersigned`)
  },
})

async function openHandBack(
  request: Request<'hand-back.write', Actor>,
): Promise<{ readonly owed: HandBack; readonly permit: Permit<'hand-back.write'> }> {
  const owed = await findHandBack(request, request.params['handBackId'] ?? '')
  if (!owed) throw new NotFound()
  return { owed, permit: request.permit(owed.access) }
}

const handBackForm = route({
  method: 'GET',
  path: '/hand-backs/:handBackId',
  action: 'hand-back.write',
  audit: 'hand-back.opened',
  handle: async request => {
    const { owed } = await openHandBack(request)
    request.note({ event: 'hand-back.opened', subjectKind: 'concern', subject: owed.concernId })
    return page(handBackPage(request, owed, []))
  },
})

const handBack = route({
  method: 'POST',
  path: '/hand-backs/:handBackId',
  action: 'hand-back.write',
  audit: 'hand-back.written',
  handle: async request => {
    const { owed, permit } = await openHandBack(request)
    const read = readHandBack(request.form, request.now)
    if (!read.ok) return invalid(handBackPage(request, owed, read.refusal))
    if (!(await writeHandBack(request, permit, owed, read.value))) return conflict(handBackPage(request, owed, []))
    return redirect(`/hand-backs/${owed.id}`)
  },
})

/** What is done when no DSL can be reached, and what is handed back afterwards. */
export const withoutDslRoutes: readonly Route[] = [press, list, advice, ...acted, sign, handBackForm, handBack]
