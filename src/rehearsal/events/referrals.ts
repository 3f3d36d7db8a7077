import { z } from 'zod'
import { authorise, check } from '../../access/index.ts'
import { findRecordedConcern } from '../../features/concerns/index.ts'
import { getOwnWords, recordDirectReferral } from '../../features/own-concerns/index.ts'
import { findReferral, makeReferral, type NewStep, recordStep, referralRevisionOf } from '../../features/referrals/index.ts'
import { type ConcernChild, subjectsOf } from '../../features/triage/index.ts'
import type { ReferralId } from '../../kernel/ids.ts'
import type { Agency } from '../../policy/profile.ts'
import { type Where, whereTo } from '../../policy/where-to.ts'
import { accepted, type EventKinds, type EventOf, eventKind, notAccepted } from '../event-kind.ts'
import { agency, person, ref, text } from '../keys.ts'
import type { Answer, Ask } from '../model.ts'
import type { Stage } from '../stage.ts'
import { nothingThere, type OpenedConcern, onConcern } from './concern-ref.ts'
import { findConcernOwner, listReferrals, type ReferralFound } from './referrals-store.ts'
import { rehearsed } from './words.ts'

type Opened = OpenedConcern<'referral.make'>

function whereFor(opened: Opened, to: Agency, child: ConcernChild): Where {
  return whereTo(opened.work.profile, to, child.homeAuthority ?? undefined, child.locality ?? undefined)
}

/** Whether the parents agree, and what is not known of where it goes. */
function asksFor(stage: Stage, opened: Opened, to: Agency): readonly Ask[] {
  const source = { document: 'design', section: 'authority', title: 'The design of the product' }
  const consent: Ask = { code: 'consent', says: 'Do the parents agree, and if not, why does it go ahead?', source }
  const places = subjectsOf(opened.concern).flatMap((child): Ask[] => {
    const where = whereFor(opened, to, child)
    const of = stage.keyOf(child.childId) ?? ''
    if (where.kind === 'ask') return [{ code: 'home-authority', says: `${where.says} (${of})`, source }]
    if (where.kind === 'found' && where.askLocality)
      return [{ code: 'locality', says: `In which part of the authority does ${of} live?`, source }]
    return []
  })
  return [consent, ...places]
}

/** The open referral of a child to an agency, made where there is none. */
async function referralOf(
  opened: Opened,
  found: readonly ReferralFound[],
  to: Agency,
  child: ConcernChild,
): Promise<ReferralId | Answer> {
  const known = found.find(referral => referral.agency === to && referral.childId === child.childId)
  if (known) return known.id
  const where = whereFor(opened, to, child)
  const made = await makeReferral(opened.work, opened.permit, opened.concern, {
    childId: child.childId,
    agency: to,
    authority: child.homeAuthority,
    locality: child.locality,
    learnsHome: false,
    destination: where.kind === 'found' ? where.name : rehearsed,
    destinationContact: where.kind === 'found' ? where.contact : null,
    consent: 'not-sought',
    consentSays: rehearsed,
    asks: rehearsed,
  })
  return made.ok ? made.value : refusedStep(made.refusal)
}

/** Why a step was refused, where there is more to say than that it has no place now. */
const whyNot: Readonly<Record<string, string>> = {
  'phone-first': 'The need is such that the policy has the authority rung first: record the call, and then what was written.',
  'no-referral': 'No referral has been made yet that this could belong to.',
  'concern-closed': 'The concern is closed.',
  'child-not-in-concern': 'The concern is not about this child.',
  'not-referred-before': 'Nothing was referred before that could be referred again.',
}

function refusedStep({ code, ...more }: { readonly code: string; readonly state?: string }): Answer {
  const at = more.state === undefined ? '' : ` It stands at: ${more.state}.`
  return notAccepted({
    code,
    says: whyNot[code] ?? `This step of the referral has no place now.${at}`,
    source: { document: 'design', section: 'referral' },
  })
}

async function take(opened: Opened, id: ReferralId, step: Pick<NewStep, 'kind'> & Partial<NewStep>): Promise<Answer | undefined> {
  const { work, permit, concern } = opened
  const referral = await findReferral(work, id)
  if (!referral) return nothingThere(id)
  const done = await recordStep(
    work,
    permit,
    concern,
    referral,
    {
      at: work.now,
      withWhom: rehearsed,
      says: rehearsed,
      outcome: '',
      reference: '',
      disagrees: false,
      stage: referral.stage,
      ...step,
    },
    referralRevisionOf(referral),
  )
  return done.ok ? undefined : refusedStep(done.refusal)
}

const madeKeys = { ref, by: person, to: agency } as const

/** Whoever reported it and is not of the team rings themselves: their own words are kept, and the team hears of it. */
async function referDirectly(stage: Stage, event: EventOf<typeof madeKeys>): Promise<Answer> {
  const id = stage.refs.get(event.ref)?.id ?? ''
  return stage.act(event.by, async work => {
    const concern = await findRecordedConcern(work, id)
    if (!concern) return nothingThere(event.ref)
    const permit = authorise(work.someone, 'referral.direct', concern.access)
    const own = authorise(work.someone, 'concern.own', concern.access)
    const words = await getOwnWords(work, own, work.someone.adultId, concern.id)
    const subjects = words.children.filter(child => child.involvement === 'subject')
    const where = whereTo(work.profile, event.to, subjects[0]?.homeAuthority ?? undefined, undefined)
    await recordDirectReferral(
      work,
      permit,
      { concern, words },
      {
        childIds: subjects.map(child => child.childId),
        agency: event.to,
        destination: where.kind === 'found' ? where.name : rehearsed,
        destinationContact: where.kind === 'found' ? where.contact : null,
        withWhom: rehearsed,
        at: work.now,
        consent: 'not-sought',
        consentSays: rehearsed,
        reference: '',
        says: rehearsed,
      },
    )
    return accepted()
  })
}

type Caller = 'school' | 'reporter' | 'anybody'

/** As whom somebody rings: for the school, as the one who reported it, or as anybody may. */
async function callerOf(stage: Stage, event: EventOf<typeof madeKeys>): Promise<Caller> {
  const kept = stage.refs.get(event.ref)
  if (kept?.kind !== 'concern') return 'school'
  const caller = await stage.ask(event.by, async (work): Promise<Caller> => {
    if ((await kept.opens(work)) === 'whole') return 'school'
    const concern = await findRecordedConcern(work, kept.id)
    return concern && check(work.someone, 'referral.direct', concern.access).allowed ? 'reporter' : 'anybody'
  })
  return caller ?? 'school'
}

/** The LADO is spoken with about the adult: for whoever has the case beside the concern, that is where it is kept. */
async function withLado(stage: Stage, name: string, event: EventOf<typeof madeKeys>): Promise<Answer | undefined> {
  const ref = `${event.ref}-conduct`
  const beside = stage.refs.get(ref)
  const own = event.to === 'lado' ? beside?.handles?.[name] : undefined
  if (!beside || !own) return undefined
  const opened = await stage.ask(event.by, work => beside.opens(work))
  return opened === 'whole' ? own(stage, { ...event, ref } as never) : undefined
}

/** A call or a form for each child whom the concern is about: a referral is one child's. */
async function refer(stage: Stage, name: string, event: EventOf<typeof madeKeys>, kind: 'phoned' | 'written'): Promise<Answer> {
  const asCase = await withLado(stage, name, event)
  if (asCase) return asCase
  const caller = kind === 'phoned' ? await callerOf(stage, event) : 'school'
  if (caller === 'reporter') return referDirectly(stage, event)
  // Every policy lets anybody ring. Of such a call Holdfast knows nothing.
  if (caller === 'anybody') return accepted()
  return onConcern(stage, name, event, 'referral.make', async opened => {
    const found = await listReferrals(stage.admin, stage.schoolId, opened.concern.id)
    for (const child of subjectsOf(opened.concern)) {
      const id = await referralOf(opened, found, event.to, child)
      if (typeof id !== 'string') return id
      const refusal = await take(opened, id, { kind })
      if (refusal) return refusal
    }
    return accepted(asksFor(stage, opened, event.to))
  })
}

const answerKeys = {
  ref,
  by: person.optional(),
  outcome: text.optional(),
  stage: z.union([z.number().int().min(1), z.string().min(1)]).optional(),
} as const

/** Words by which an answer says that the agency will not do what was asked. */
const unmet = /disagree|declin|reject|refus|no[- ]further|not[- ](met|accepted|agreed)|below|inadequate/i

/** Those whose time for this runs; where none runs, all of them. */
function awaiting(referrals: readonly ReferralFound[], kind: 'answered' | 'escalated'): readonly ReferralFound[] {
  const clock = kind === 'answered' ? 'referral-answer' : 'referral-escalation'
  const waiting = referrals.filter(({ running }) => running.includes(clock))
  return waiting.length > 0 ? waiting : referrals
}

/** What came back of a referral, or that it is taken further: of each that stands where this can follow. */
async function follow(
  stage: Stage,
  name: string,
  event: EventOf<typeof answerKeys>,
  kind: 'answered' | 'escalated',
): Promise<Answer> {
  const owner = await findConcernOwner(stage.admin, stage.schoolId, stage.refs.get(event.ref)?.id ?? null)
  const by = event.by ?? stage.keyOf(owner)
  if (!by) return nothingThere(event.ref)
  return onConcern(stage, name, { ...event, by }, 'referral.make', async opened => {
    const { outcome = '' } = event
    const asks: Ask[] =
      kind === 'answered' && outcome === ''
        ? [{ code: 'outcome', says: 'What did they decide, and does it meet the child’s need?', source: {} }]
        : []
    let refusal: Answer | undefined
    let taken = 0
    for (const { id } of awaiting(await listReferrals(stage.admin, stage.schoolId, opened.concern.id), kind)) {
      const step = { kind, outcome, disagrees: unmet.test(outcome), ...(kind === 'escalated' ? stageOf(event.stage) : {}) }
      const refused = await take(opened, id, step)
      if (refused) refusal ??= refused
      else taken += 1
    }
    if (taken > 0) return accepted(asks)
    return refusal ?? refusedStep({ code: 'no-referral' })
  })
}

function stageOf(stage: string | number | undefined): { readonly stage?: number } {
  const number = Number(/\d+/.exec(String(stage ?? ''))?.[0] ?? Number.NaN)
  return Number.isNaN(number) ? {} : { stage: number }
}

export const referralEvents: EventKinds = {
  'referral.phoned': eventKind({
    keys: madeKeys,
    run: (stage, event) => refer(stage, 'referral.phoned', event, 'phoned'),
  }),
  'referral.written': eventKind({ keys: madeKeys, run: (stage, event) => refer(stage, 'referral.written', event, 'written') }),
  'referral.answered': eventKind({
    keys: answerKeys,
    run: (stage, event) => follow(stage, 'referral.answered', event, 'answered'),
  }),
  'referral.escalated': eventKind({
    keys: answerKeys,
    run: (stage, event) => follow(stage, 'referral.escalated', event, 'escalated'),
  }),
}
