/** Which step may follow which, and where a referral goes. Pure. */
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { chaseAt, stageAnsweredOn } from '../../policy/chasing.ts'
import type { Agency } from '../../policy/clocks.ts'
import type { Contact, Profile, WrittenNeed } from '../../policy/profile.ts'
import { referralDestination } from '../../policy/referral-destination.ts'
import type { Following, NewStep, Referral, ReferralRefusal, ReferralState, ReferralStep } from './model.ts'

type Standing = Pick<Referral, 'state' | 'events' | 'clocks'>

/** What a form was filled in against. */
export function revisionOf(referral: Pick<Referral, 'state' | 'events'>): string {
  return `${referral.state}.${referral.events.length}`
}

function happened(referral: Pick<Referral, 'events'>, kind: ReferralStep): boolean {
  return referral.events.some(event => event.kind === kind)
}

/** The steps that can be taken now. A referral that was answered by telephone still goes in writing. */
export function stepsNow(referral: Pick<Referral, 'state' | 'events'>): readonly ReferralStep[] {
  const unwritten: readonly ReferralStep[] = happened(referral, 'written') ? [] : ['written']
  switch (referral.state) {
    case 'decided':
      return ['phoned', ...unwritten, 'concluded']
    case 'phoned':
    case 'written':
      return [...unwritten, 'chased', 'answered', 'escalated']
    case 'answered':
      return [...unwritten, 'escalated', 'concluded']
    case 'escalated':
      return [...unwritten, 'chased', 'answered', 'escalated', 'concluded']
    case 'concluded':
      return []
  }
}

/** Where a referral stands after a step. */
export function stateAfter(state: ReferralState, step: ReferralStep): ReferralState {
  switch (step) {
    case 'chased':
      return state
    case 'written':
      // An answer that came by telephone before the form was sent still stands.
      return state === 'decided' || state === 'phoned' ? 'written' : state
    case 'phoned':
    case 'answered':
    case 'escalated':
    case 'concluded':
      return step
  }
}

/** Refuses a step that has no place, or that was prepared before somebody else took one. */
export function checkStep(referral: Standing, step: ReferralStep, seenRevision: string): Result<ReferralState, ReferralRefusal> {
  if (seenRevision !== revisionOf(referral)) return refused({ code: 'changed-meanwhile', state: referral.state })
  if (!stepsNow(referral).includes(step)) return refused({ code: 'not-in-this-state', state: referral.state })
  return ok(stateAfter(referral.state, step))
}

/** Whether it waits for somebody outside. */
export function isWaiting(state: ReferralState): boolean {
  return state === 'phoned' || state === 'written' || state === 'escalated'
}

/** The answer's time has passed: whoever referred presses for it. */
export function isAnswerOverdue(referral: Standing, now: Instant): boolean {
  return referral.clocks.some(
    clock => clock.name === 'referral-answer' && !clock.metAt && !clock.endedAt && clock.dueAt !== null && now > clock.dueAt,
  )
}

/** Its answer is to be asked for now. */
export function isChaseDue(referral: Pick<Referral, 'chaseAt' | 'state'>, now: Instant): boolean {
  return isWaiting(referral.state) && referral.chaseAt !== null && referral.chaseAt <= now
}

/** What follows a step: when its answer is asked for next, by when a stage is answered, and what is done if it is not. */
export function followingOf(profile: Profile, referral: Referral, step: Pick<NewStep, 'kind' | 'at' | 'stage'>): Following {
  const none = { answerDueOn: referral.answerDueOn, does: [], drops: [], opens: [] } as const
  const next = chaseAt(profile, referral, step.at) ?? null
  switch (step.kind) {
    case 'phoned':
      return { ...none, chaseAt: next }
    case 'written':
      // What was telephoned before is asked for from the call on; an answer that has come is not asked for.
      return { ...none, chaseAt: referral.state === 'decided' ? next : referral.chaseAt }
    case 'chased':
      return { ...none, chaseAt: next, does: ['chase'] }
    case 'escalated':
      return escalated(profile, referral, step)
    case 'answered':
    case 'concluded':
      return { ...none, chaseAt: null, answerDueOn: null, drops: ['chase', 'next-stage'] }
  }
}

/** Whoever it was taken to has until a day to answer; after it comes the next stage or, after the last, asking again. */
function escalated(profile: Profile, referral: Referral, { at, stage }: Pick<NewStep, 'at' | 'stage'>): Following {
  const answerDueOn = stageAnsweredOn(profile, at) ?? null
  const next = escalationOf(profile, referral.authority).find(found => found.stage > stage)
  const task =
    next && answerDueOn
      ? { asks: 'next-stage' as const, says: `Stage ${next.stage}, unless they have answered: ${next.says}`, dueOn: answerDueOn }
      : undefined
  return {
    chaseAt: task ? null : (chaseAt(profile, referral, at) ?? null),
    answerDueOn,
    does: ['chase', 'next-stage'],
    drops: [],
    opens: task ? [task] : [],
  }
}

/** The stages of taking it further, of the authority to which it went where its policy has them. */
export function escalationOf(profile: Profile, authority: string | null): Profile['escalation'] {
  return profile.referrals.find(found => found.authority === authority)?.escalation ?? profile.escalation
}

/** Where a referral goes: found in the policies, to be asked for, or to be typed because no policy names anybody. */
export type Where =
  | {
      readonly kind: 'found'
      readonly name: string
      readonly contact: string | null
      readonly contacts: readonly Contact[]
      readonly writtenForm?: string
      readonly askLocality?: readonly { readonly id: string; readonly name: string }[]
    }
  | { readonly kind: 'ask'; readonly says: string; readonly choices: readonly { readonly id: string; readonly name: string }[] }
  | { readonly kind: 'type' }

/** The authority chosen where the child's is not among those that the policies hold. */
export const otherAuthority = 'another'

/** Where a request to this agency about a child of this home goes. The school's own authority is never assumed for the child's. */
export function whereTo(profile: Profile, agency: Agency, home: string | undefined, locality: string | undefined): Where {
  switch (agency) {
    case 'social-care':
      return socialCare(profile, home, locality)
    case 'police':
      return police(profile)
    case 'lado':
      return fromDirectory(profile, 'lado', profile.school.authority)
    case 'early-help':
    case 'prevent':
    case 'mental-health': {
      if (home !== undefined) return fromDirectory(profile, agency, home, agency === 'early-help' ? locality : undefined)
      const asked = referralDestination(profile, undefined)
      return asked.kind === 'ask' ? { kind: 'ask', says: asked.says, choices: asked.choices } : { kind: 'type' }
    }
    case 'other':
      return { kind: 'type' }
  }
}

function socialCare(profile: Profile, home: string | undefined, locality: string | undefined): Where {
  const found = referralDestination(profile, home, locality)
  if (found.kind === 'ask') {
    if (found.because === 'authority-not-in-policies') return { kind: 'type' }
    return { kind: 'ask', says: found.says, choices: found.choices }
  }
  const contacts = [
    found.frontDoor,
    ...(found.outOfHours ? [found.outOfHours] : []),
    ...(found.locality ? [found.locality.contact] : []),
  ]
  return {
    kind: 'found',
    name: found.frontDoor.who,
    contact: found.frontDoor.key,
    contacts,
    ...(found.destination.writtenForm === undefined ? {} : { writtenForm: found.destination.writtenForm }),
    ...(found.askLocality ? { askLocality: found.askLocality } : {}),
  }
}

function fromDirectory(profile: Profile, purpose: string, authority: string, locality?: string): Where {
  const entry = profile.directory?.find(found => found.purpose === purpose && found.authority === authority)
  const contact = entry && profile.contacts[entry.contact]
  if (!contact) return { kind: 'type' }
  const place = locality === undefined ? undefined : referralDestination(profile, authority, locality)
  const local = place?.kind === 'found' && place.locality ? [place.locality.contact] : []
  return { kind: 'found', name: contact.who, contact: contact.key, contacts: [contact, ...local] }
}

/** The emergency number first, then the number for what can wait. */
function police(profile: Profile): Where {
  const named = profile.directory?.find(found => found.purpose === 'police' && found.authority === profile.school.authority)
  const keys = [...new Set(['police', ...(named ? [named.contact] : []), 'police-101'])]
  const contacts = keys.flatMap(key => (profile.contacts[key] ? [profile.contacts[key]] : []))
  const [first] = contacts
  return first ? { kind: 'found', name: first.who, contact: first.key, contacts } : { kind: 'type' }
}

/** What a written referral to where this one goes is kept with. The demands are those of the authority's social care. */
export function writtenNeedsOf(profile: Profile, referral: Pick<Referral, 'agency' | 'authority'>): readonly WrittenNeed[] {
  const needs = profile.referrals.find(({ authority }) => authority === referral.authority)?.writtenNeeds ?? []
  return referral.agency === 'social-care' ? needs : needs.filter(need => need === 'reference' || need === 'follow-up')
}

/** Whom to ring before anything is sent, where the child's authority has a referral of this weight telephoned first and nobody has rung. */
export function ringsFirst(
  profile: Profile,
  referral: Pick<Referral, 'agency' | 'authority' | 'events'>,
  level: number | undefined,
): string | undefined {
  const destination = profile.referrals.find(({ authority }) => authority === referral.authority)
  const rule = destination?.phoneFirst
  if (!rule || referral.agency !== 'social-care' || happened(referral, 'phoned')) return undefined
  if (rule.levelAtLeast !== undefined && (level ?? 0) < rule.levelAtLeast) return undefined
  const frontDoor = profile.contacts[destination.frontDoor]
  return frontDoor ? [frontDoor.who, frontDoor.phone].filter(Boolean).join(', ') : undefined
}
