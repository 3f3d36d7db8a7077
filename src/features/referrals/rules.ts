/** Which step may follow which, and where a referral goes. Pure. */
import { daysBetween, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { chaseAt, chaseOn, isAskedOnADay, stageAnsweredOn } from '../../policy/chasing.ts'
import { doubtOf } from '../../policy/contact-doubts.ts'
import type { Profile, WrittenNeed } from '../../policy/profile.ts'
import { mailboxBeside, type Where, whereTo } from '../../policy/where-to.ts'
import type {
  Following,
  NewStep,
  Referral,
  ReferralClock,
  ReferralRefusal,
  ReferralState,
  ReferralStep,
  ReferralTimes,
} from './model.ts'

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

/** The written referral that a call still owes; undefined where it was sent, or the policy has none made. */
export function writingOwed(referral: Pick<Referral, 'clocks'>): ReferralClock | undefined {
  return referral.clocks.find(({ name, metAt, endedAt }) => name === 'referral-written' && !metAt && !endedAt)
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

/** The day on which somebody asks what came of it: where the policy has it kept it is asked for, where the answer's time is in days it may be set. */
export function reviewDayOf(
  profile: Profile,
  referral: Pick<Referral, 'agency' | 'authority'>,
  step: ReferralStep,
): 'needed' | 'offered' | 'none' {
  if (step === 'written' && writtenNeedsOf(profile, referral).includes('follow-up')) return 'needed'
  return (step === 'written' || step === 'chased') && isAskedOnADay(profile, referral) ? 'offered' : 'none'
}

/** What follows a step: when its answer is asked for next, by when a stage is answered, and what is done if it is not. */
export function followingOf(
  profile: Profile,
  referral: Referral,
  step: Pick<NewStep, 'kind' | 'at' | 'stage' | 'followUpOn'>,
): Following {
  const none = { answerDueOn: referral.answerDueOn, does: [], drops: [], opens: [] } as const
  const next = chaseAt(profile, referral, step.at) ?? null
  const onDay = (otherwise: Instant | null) =>
    step.followUpOn ? chaseOn(profile, referral, step.followUpOn, otherwise) : otherwise
  switch (step.kind) {
    case 'phoned':
      return { ...none, chaseAt: next }
    case 'written':
      // What was telephoned before is asked for from the call on; an answer that has come is not asked for.
      if (referral.state === 'answered') return { ...none, chaseAt: null }
      return { ...none, chaseAt: onDay(referral.state === 'decided' ? next : referral.chaseAt) }
    case 'chased':
      return { ...none, chaseAt: onDay(next), does: ['chase'] }
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

/** What a written referral to where this one goes is kept with. The demands are those of the authority's social care. */
export function writtenNeedsOf(profile: Profile, referral: Pick<Referral, 'agency' | 'authority'>): readonly WrittenNeed[] {
  const needs = profile.referrals.find(({ authority }) => authority === referral.authority)?.writtenNeeds ?? []
  return referral.agency === 'social-care' ? needs : needs.filter(need => need === 'reference' || need === 'follow-up')
}

/** The contacts of whom it went to, as the policy stands today; undefined where that is no contact of the policy any more. */
export function contactsOf(
  profile: Profile,
  referral: Pick<Referral, 'agency' | 'authority' | 'locality' | 'destinationContact' | 'channel'>,
): Pick<Extract<Where, { kind: 'found' }>, 'contacts' | 'writtenForm'> | undefined {
  const { agency, authority, locality, destinationContact: key } = referral
  const chosen = referral.channel === null || key === null ? undefined : profile.contacts[key]
  if (chosen) return { contacts: [chosen], ...mailboxBeside(chosen) }
  const where = whereTo(profile, agency, authority ?? undefined, locality ?? undefined)
  return where.kind === 'found' && where.contact === key ? where : undefined
}

/** Whom to ring before anything is sent, where the child's authority has a referral of this weight telephoned first and nobody has rung. */
export function ringsFirst(
  profile: Profile,
  referral: Pick<Referral, 'agency' | 'authority' | 'events' | 'urgent'>,
  level: number | undefined,
): string | undefined {
  const destination = profile.referrals.find(({ authority }) => authority === referral.authority)
  const rule = destination?.phoneFirst
  if (!rule || referral.agency !== 'social-care' || happened(referral, 'phoned')) return undefined
  if (!referral.urgent && rule.levelAtLeast !== undefined && (level ?? 0) < rule.levelAtLeast) return undefined
  const frontDoor = profile.contacts[destination.frontDoor]
  return frontDoor
    ? [frontDoor.who, frontDoor.phone, doubtOf(frontDoor)?.replace(/\.$/, '')].filter(Boolean).join(', ')
    : undefined
}

/** How many days help was needed before it was asked for; up to today where nobody has asked yet. */
export function waitOf(
  times: Pick<ReferralTimes, 'neededOn' | 'sentOn'>,
  today: PlainDate,
): { readonly days: number; readonly isSent: boolean } {
  return { days: Math.max(0, daysBetween(times.neededOn, times.sentOn ?? today)), isSent: times.sentOn !== null }
}

/** Those that waited longest first; at equal waits those that nobody has sent. */
export function byWait(all: readonly ReferralTimes[], today: PlainDate): readonly ReferralTimes[] {
  return all.toSorted((a, b) => {
    const [first, second] = [waitOf(a, today), waitOf(b, today)]
    return second.days - first.days || Number(first.isSent) - Number(second.isSent)
  })
}
