import type { Action, Actor, Permit } from '../../access/index.ts'
import type { ConcernId, ReferralId } from '../../kernel/ids.ts'
import { localDate, startOfDay } from '../../kernel/london-time.ts'
import { addDays } from '../../kernel/plain-date.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { pageFor } from '../../web/page.tsx'
import {
  type ConcernFacts,
  childrenNow,
  findConcernFacts,
  lockConcerns,
  type Opened,
  openConcern,
  revisionField,
} from '../triage/index.ts'
import { makeReferral, recordStep } from './commands.ts'
import { type Asked, readAsked, readReferral, readStep, stepQuestions, waysOf, whereOf } from './forms.ts'
import { type Referral, type ReferralRefusal, type ReferralStep, referralSteps } from './model.ts'
import { NewReferralPage } from './pages/new-referral-page.tsx'
import { ReferralPage } from './pages/referral-page.tsx'
import { StepPage } from './pages/step-page.tsx'
import { TimesPage } from './pages/times-page.tsx'
import { findConcernOfReferral, findReferral, listReferredBefore, listStatuses, listTimes } from './store.ts'
import { stateNames, stepNames } from './words.ts'

/** What has been said, with the child's statuses where the authority goes by one. */
async function askedOf({ request, permit, concern }: Opened<'referral.make'>, form: FormValues): Promise<Asked> {
  const asked = readAsked(form, childrenNow(concern))
  const home = asked.child?.homeAuthority ?? asked.said
  const goesByStatus = request.profile.referrals.some(found => found.authority === home && found.disabledChildren)
  if (!asked.child || !asked.agency || !goesByStatus) return asked
  return { ...asked, statuses: await listStatuses(request, permit, asked.child.childId, localDate(request.now)) }
}

async function newReferralPage(
  opened: Opened<'referral.make'>,
  form: FormValues,
  errors: FieldErrors,
  notice?: string,
): Promise<string> {
  const { request, permit, concern } = opened
  const children = childrenNow(concern)
  const asked = await askedOf(opened, form)
  const before = asked.child && asked.agency ? await listReferredBefore(request, permit, asked.child.childId, asked.agency) : []
  return pageFor(
    request,
    { title: 'Make a referral', errors, back: { href: `/concerns/${concern.id}`, text: 'The concern' }, quickExit: true },
    <NewReferralPage
      action={`/concerns/${concern.id}/referrals/new`}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      notice={notice}
      profile={request.profile}
      now={request.now}
      concern={concern}
      children={children}
      asked={asked}
      where={whereOf(request.profile, asked)}
      ways={waysOf(request.profile, asked)}
      before={before}
    />,
  )
}

const askReferral = route({
  method: 'GET',
  path: '/concerns/:concernId/referrals/new',
  action: 'referral.make',
  audit: 'concern.opened',
  handle: async request => {
    const opened = await openConcern(request)
    request.note({ event: 'concern.opened', subjectKind: 'concern', subject: opened.concern.id })
    return page(await newReferralPage(opened, FormValues.of(request.query), []))
  },
})

function says(refusal: ReferralRefusal): string {
  switch (refusal.code) {
    case 'concern-closed':
      return 'This concern is closed. Open it again before you refer.'
    case 'written-first':
      return 'This referral was telephoned and is not in writing. Record the written referral first, or write why none is due. What you typed is still here.'
    case 'phone-first':
      return `Ring first and record the call: ${refusal.ring}. The policy has a referral of this weight telephoned before it is written. What you typed is still here.`
    case 'not-referred-before':
      return 'Select an earlier referral of this child from the list.'
    case 'child-not-in-concern':
      return 'Select a child who is in this concern.'
    case 'changed-meanwhile':
      return `Somebody recorded a step while you were writing. It stands at: ${stateNames[refusal.state]}. What you typed is still here: save again if it is still right.`
    case 'not-in-this-state':
      return `This cannot be recorded now. It stands at: ${stateNames[refusal.state]}.`
  }
}

const openReferral = route({
  method: 'POST',
  path: '/concerns/:concernId/referrals/new',
  action: 'referral.make',
  audit: 'referral.made',
  handle: async request => {
    const opened = await openConcern(request, { lock: true })
    const asked = await askedOf(opened, request.form)
    const read = readReferral(request.profile, request.form, asked, request.now)
    if (!read.ok) return invalid(await newReferralPage(opened, request.form, read.refusal))
    const made = await makeReferral(request, opened.permit, opened.concern, read.value)
    return made.ok
      ? redirect(`/referrals/${made.value}?done=decided`)
      : conflict(await newReferralPage(opened, request.form, [], says(made.refusal)))
  },
})

interface OpenedReferral<A extends Action> {
  readonly request: Request<A, Actor>
  readonly permit: Permit<A>
  readonly referral: Referral
}

async function permitted<A extends Action>(request: Request<A, Actor>): Promise<OpenedReferral<A>> {
  const referral = await findReferral(request, request.params['referralId'] as ReferralId)
  if (!referral) throw new NotFound()
  return {
    request,
    referral,
    permit: request.permit({ schoolId: request.school.id, id: referral.id, excluded: referral.excluded }),
  }
}

const doneNames: Readonly<Record<string, string>> = {
  decided: 'The referral is open. Ring now, and record the call.',
  ...Object.fromEntries(referralSteps.map(step => [step, `Recorded: ${stepNames[step].toLowerCase()}.`])),
}

const readReferralPage = route({
  method: 'GET',
  path: '/referrals/:referralId',
  action: 'referral.read',
  audit: 'referral.opened',
  handle: async request => {
    const { referral } = await permitted(request)
    request.note({
      event: 'referral.opened',
      subjectKind: 'referral',
      subject: referral.id,
      facts: { concern: referral.concernId },
    })
    return page(
      pageFor(
        request,
        {
          title: 'Referral',
          back: { href: `/concerns/${referral.concernId}`, text: 'The concern' },
          wide: true,
          quickExit: true,
        },
        <ReferralPage
          profile={request.profile}
          now={request.now}
          referral={referral}
          done={doneNames[request.query.get('done') ?? '']}
        />,
      ),
    )
  },
})

function stepPage(
  { request, referral }: OpenedReferral<'referral.make'>,
  step: ReferralStep,
  form: FormValues,
  errors: FieldErrors,
  notice?: string,
): string {
  return pageFor(
    request,
    {
      title: stepQuestions[step].title,
      errors,
      back: { href: `/referrals/${referral.id}`, text: 'The referral' },
      quickExit: true,
    },
    <StepPage
      action={`/referrals/${referral.id}/${step}`}
      formToken={request.formToken}
      commandKey={request.newCommandKey()}
      form={form}
      errors={errors}
      notice={notice}
      profile={request.profile}
      now={request.now}
      referral={referral}
      step={step}
    />,
  )
}

/** Locks the referral's concern before both are read, so that what is judged is what is changed. */
async function lockBoth(
  request: Request<'referral.make', Actor>,
): Promise<OpenedReferral<'referral.make'> & { concern: ConcernFacts }> {
  const concernId: ConcernId | undefined = await findConcernOfReferral(request, request.params['referralId'] as ReferralId)
  if (!concernId) throw new NotFound()
  await lockConcerns(request, [concernId])
  const concern = await findConcernFacts(request, concernId)
  if (!concern) throw new NotFound()
  return { ...(await permitted(request)), concern }
}

async function takeStep(request: Request<'referral.make', Actor>, step: ReferralStep): Promise<Reply> {
  const { concern, ...opened } = await lockBoth(request)
  const { referral, permit } = opened
  const read = readStep(request.profile, referral, step, request.form, request.now)
  if (!read.ok) return invalid(stepPage(opened, step, request.form, read.refusal))
  const result = await recordStep(request, permit, concern, referral, read.value, request.form.text(revisionField))
  return result.ok
    ? redirect(`/referrals/${referral.id}?done=${step}`)
    : conflict(stepPage(opened, step, request.form, [], says(result.refusal)))
}

const stepRoutes: readonly Route[] = referralSteps.flatMap(step => [
  route({
    method: 'GET',
    path: `/referrals/:referralId/${step}`,
    action: 'referral.make',
    audit: 'referral.opened',
    handle: async request => {
      const opened = await permitted(request)
      request.note({ event: 'referral.opened', subjectKind: 'referral', subject: opened.referral.id })
      return page(stepPage(opened, step, FormValues.empty(), []))
    },
  }),
  route({
    method: 'POST',
    path: `/referrals/:referralId/${step}`,
    action: 'referral.make',
    audit: 'referral.step-recorded',
    handle: request => takeStep(request, step),
  }),
])

const timesMax = 500
const shownDays = 365

const times = route({
  method: 'GET',
  path: '/referral-times',
  action: 'referral.times',
  audit: 'referral.times-opened',
  handle: async request => {
    const today = localDate(request.now)
    const found = await listTimes(request, request.permit(), startOfDay(addDays(today, -shownDays)), timesMax + 1)
    const rows = found.slice(0, timesMax)
    request.note({ event: 'referral.times-opened', facts: { rows: rows.length } })
    return page(
      pageFor(
        request,
        { title: 'From the need to the referral', wide: true, quickExit: true },
        <TimesPage school={request.school.name} today={today} rows={rows} isCut={found.length > timesMax} />,
      ),
    )
  },
})

/** The pages and commands by which a referral is made, followed and concluded. */
export const referralRoutes: readonly Route[] = [askReferral, openReferral, readReferralPage, times, ...stepRoutes]
