import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { markAlertsSeen } from '../alerts/index.ts'
import { addToOwnConcern, finishOwnConcern, recordDirectReferral } from './commands.ts'
import { ownExplanationRoutes } from './explanation-routes.tsx'
import { firstHandRoutes } from './first-hand-routes.ts'
import { parseAddition, parseDirectReferral, parseFinishedPart } from './forms.ts'
import { openOwn } from './open-own.ts'
import { consultationRoutes, ownStepRoutes } from './own-step-routes.ts'
import { directReferralPage } from './pages/direct-referral-page.tsx'
import { finishPage } from './pages/finish-page.tsx'
import { ownConcernPage } from './pages/own-concern-page.tsx'
import { ownListPage } from './pages/own-list-page.tsx'
import { findOwnConcernListings } from './store.ts'

const listedMax = 50

const list = route({
  method: 'GET',
  path: '/my-concerns',
  action: 'home.open',
  audit: 'page.opened',
  handle: async request => {
    const permit = request.permit()
    const found = await findOwnConcernListings(request, permit, request.someone.adultId, listedMax + 1)
    return page(ownListPage(request, found.slice(0, listedMax), found.length > listedMax))
  },
})

const open = route({
  method: 'GET',
  path: '/my-concerns/:concernId',
  action: 'concern.own',
  audit: 'concern.own-opened',
  handle: async request => {
    const { concern, words } = await openOwn(request)
    await markAlertsSeen(request, concern.id)
    request.note({ event: 'concern.own-opened', subjectKind: 'concern', subject: concern.id })
    return page(ownConcernPage(request, { concern, words, errors: [] }))
  },
})

const add = route({
  method: 'POST',
  path: '/my-concerns/:concernId/addenda',
  action: 'concern.add-to-own',
  audit: 'concern.added-to',
  handle: async request => {
    const own = await openOwn(request)
    const parsed = parseAddition(request.form)
    if (!parsed.ok) return invalid(ownConcernPage(request, { ...own, errors: parsed.refusal }))
    await addToOwnConcern(request, own.permit, own, parsed.value)
    return redirect(`/my-concerns/${own.concern.id}?added`)
  },
})

const finishForm = route({
  method: 'GET',
  path: '/concerns/:concernId/finish',
  action: 'concern.add-to-own',
  audit: 'concern.own-opened',
  handle: async request => {
    const { concern, words } = await openOwn(request)
    if (!concern.stub) return redirect(`/my-concerns/${concern.id}`)
    return page(finishPage(request, { concern, words, errors: [] }))
  },
})

const finish = route({
  method: 'POST',
  path: '/concerns/:concernId/finish',
  action: 'concern.add-to-own',
  audit: 'concern.own-opened',
  handle: async request => {
    const own = await openOwn(request)
    const { concern, words, permit } = own
    // "Add another injury" and the like: the same form, with everything that was typed.
    const step = request.form.text('_do')
    if (step !== 'finish' && step !== '') return page(finishPage(request, { concern, words, errors: [] }))
    const parsed = parseFinishedPart(request.form, request.profile, words)
    if (!parsed.ok) return invalid(finishPage(request, { concern, words, errors: parsed.refusal }))
    const finished = await finishOwnConcern(request, permit, own, parsed.value)
    if (!finished.ok) return conflict(finishPage(request, { concern, words, errors: [], isFinishedAlready: true }))
    return redirect(`/my-concerns/${concern.id}?finished`)
  },
})

const referForm = route({
  method: 'GET',
  path: '/concerns/:concernId/direct-referral',
  action: 'referral.direct',
  audit: 'concern.own-opened',
  handle: async request => {
    const { concern, words } = await openOwn(request)
    return page(directReferralPage(request, { concern, words, errors: [] }))
  },
})

const refer = route({
  method: 'POST',
  path: '/concerns/:concernId/direct-referral',
  action: 'referral.direct',
  audit: 'referral.direct',
  handle: async request => {
    const own = await openOwn(request)
    const { concern, words, permit } = own
    const parsed = parseDirectReferral(request.form, request.profile, words, request.now)
    if (!parsed.ok) return invalid(directReferralPage(request, { concern, words, errors: parsed.refusal }))
    await recordDirectReferral(request, permit, own, parsed.value)
    return redirect(`/my-concerns/${concern.id}?referred`)
  },
})

/** What whoever reported a concern sees of it and may still do. */
export const ownConcernRoutes: readonly Route[] = [
  list,
  open,
  add,
  ...ownExplanationRoutes,
  finishForm,
  finish,
  referForm,
  refer,
  ...firstHandRoutes,
  ...ownStepRoutes,
  ...consultationRoutes,
]
