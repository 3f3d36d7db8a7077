import { type Actor, check, type Permit } from '../../access/index.ts'
import type { EntryId, ReferralId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { type ClockEvent, clocksMetBy } from '../../policy/clocks.ts'
import type { Work } from '../../work/work.ts'
import { settleByReferral } from '../pathways/index.ts'
import {
  agencyNames,
  type ConcernFacts,
  clockFactsOf,
  clocksFor,
  type EntryToWrite,
  saveConcernChange,
  standIn,
  takingUp,
} from '../triage/index.ts'
import { recordStep as recordWithoutDsl } from '../without-dsl/index.ts'
import type { NewReferral, NewStep, Referral, ReferralRefusal } from './model.ts'
import { checkStep, followingOf, ringsFirst, writingOwed } from './rules.ts'
import { findPending, insertReferral, insertStep, listReferredBefore, saveFilledIn, saveFollowing, saveHome } from './store.ts'
import { stepNames } from './words.ts'

function entry(
  referral: Pick<Referral, 'id' | 'childId' | 'agency'>,
  concern: ConcernFacts,
  what: string,
  at: Instant,
): EntryToWrite {
  const { date, time } = toLocal(at)
  return {
    id: newId<EntryId>(),
    childId: referral.childId,
    kind: 'referral',
    heading: `Referral, ${agencyNames[referral.agency]}: ${what}`,
    happenedOn: date,
    happenedAtTime: time,
    referralId: referral.id,
    noteId: null,
    involvement: concern.children.find(child => child.childId === referral.childId)?.involvement ?? null,
    categories: [],
  }
}

/** Opens a referral to an agency for one child of a concern. Nothing is sent yet: the page shows whom to ring. */
export async function makeReferral(
  work: Work<Actor>,
  permit: Permit<'referral.make'>,
  concern: ConcernFacts,
  what: NewReferral,
): Promise<Result<ReferralId, ReferralRefusal>> {
  if (concern.state === 'closed') return refused({ code: 'concern-closed' })
  if (!concern.children.some(child => child.childId === what.childId && child.movedTo === null))
    return refused({ code: 'child-not-in-concern' })
  if (what.again) {
    const earlier = await listReferredBefore(work, permit, what.childId, what.agency)
    if (!earlier.some(one => one.id === what.again?.after)) return refused({ code: 'not-referred-before' })
  }
  const pending = what.again ? undefined : await findPending(work, permit, concern.id, what)
  const id = pending ?? newId<ReferralId>()
  const save = pending ? saveFilledIn : insertReferral
  await save(work, permit, concern, { ...what, id, eventId: newId<string>(), by: work.someone.adultId })
  if (what.learnsHome && what.authority) {
    await saveHome(work, permit, what.childId, what.authority, what.locality)
    work.note({ event: 'child.changed', subjectKind: 'child', subject: what.childId, facts: { homeAuthority: what.authority } })
  }
  const takenUp = takingUp(concern, work.someone.adultId, work.now)
  await saveConcernChange(work, permit, concern, {
    ...takenUp,
    entries: pending ? [] : [entry({ id, childId: what.childId, agency: what.agency }, concern, 'decided', work.now)],
  })
  if (takenUp.acknowledges) await standIn(work, concern)
  work.note({
    event: 'referral.made',
    subjectKind: 'referral',
    subject: id,
    facts: {
      concern: concern.id,
      child: what.childId,
      agency: what.agency,
      authority: what.authority,
      contact: what.destinationContact,
      consent: what.consent,
      ...(what.urgent === undefined ? {} : { urgent: what.urgent }),
      ...(what.channel === undefined ? {} : { channel: what.channel }),
      ...(what.again ? { after: what.again.after } : {}),
    },
  })
  return ok(id)
}

function clockEventOf(referral: Referral, step: NewStep): ClockEvent | undefined {
  const { at } = step
  switch (step.kind) {
    case 'phoned':
      return { event: 'referral.phoned', at, to: referral.agency }
    case 'written':
      return {
        event: 'referral.written',
        at,
        to: referral.agency,
        phoned: referral.events.some(event => event.kind === 'phoned'),
      }
    case 'answered':
      return { event: 'referral.answered', at, disagreed: step.disagrees }
    case 'escalated':
      return { event: 'referral.escalated', at }
    case 'chased':
    case 'concluded':
      return undefined
  }
}

/** Records a step of a referral; the clocks that it starts and meets are counted from when it happened. */
export async function recordStep(
  work: Work<Actor>,
  permit: Permit<'referral.make'>,
  concern: ConcernFacts,
  referral: Referral,
  step: NewStep,
  seenRevision: string,
): Promise<Result<true, ReferralRefusal>> {
  const checked = checkStep(referral, step.kind, seenRevision)
  if (!checked.ok) return checked
  const ring = step.kind === 'written' ? ringsFirst(work.profile, referral, concern.triage?.levelPosition) : undefined
  if (ring) return refused({ code: 'phone-first', ring })
  const owed = step.kind === 'concluded' ? writingOwed(referral) : undefined
  if (owed && !step.unwrittenBecause?.trim()) return refused({ code: 'written-first', dueAt: owed.dueAt })
  const event = clockEventOf(referral, step)
  const id = newId<string>()
  const running = referral.clocks.filter(clock => !clock.metAt && !clock.endedAt)
  const facts = {
    ...clockFactsOf(concern, referral.childId),
    ...(referral.authority ? { homeAuthority: referral.authority } : {}),
  }
  const started = event ? clocksFor(work, event, facts).filter(clock => !running.some(({ name }) => name === clock.name)) : []
  await insertStep(
    work,
    permit,
    referral,
    {
      state: checked.value,
      reference: step.reference,
      stage: step.kind === 'escalated' ? step.stage : referral.stage,
      followUpOn: step.followUpOn ?? null,
    },
    {
      id,
      referralId: referral.id,
      kind: step.kind,
      at: step.at,
      by: work.someone.adultId,
      withWhom: step.withWhom,
      outcome: step.outcome,
      says: step.says,
      placeRisks: step.placeRisks ?? '',
      attached: step.attached ?? '',
      unwrittenBecause: owed ? (step.unwrittenBecause ?? '') : '',
      reporterId: null,
    },
  )
  saveFollowing(work, permit, referral, followingOf(work.profile, referral, step), {
    by: work.someone.adultId,
    says: [stepNames[step.kind], step.withWhom].filter(Boolean).join(': '),
    newId,
  })
  // Of a call by whoever stands in for the team a DSL hears at the first chance, and countersigns it.
  if (step.kind === 'phoned' && !check(work.someone, 'file.read', { schoolId: work.school.id }).allowed)
    await recordWithoutDsl(work, permit, concern, {
      kind: 'referral',
      at: step.at,
      withWhom: `${referral.destination}: ${step.withWhom}`,
      says: step.says,
    })
  await saveConcernChange(work, permit, concern, {
    referralId: referral.id,
    ...(event ? { meets: clocksMetBy(event), metAt: step.at } : {}),
    ...(step.kind === 'concluded' ? { ends: running.map(clock => clock.id) } : {}),
    starts: started,
    entries: [entry(referral, concern, stepNames[step.kind].toLowerCase(), step.at)],
  })
  if (step.kind === 'phoned' || step.kind === 'written')
    await settleByReferral(work, permit, concern, {
      agency: referral.agency,
      at: step.at,
      withWhom: step.withWhom,
      reference: step.reference,
    })
  work.note({
    event: 'referral.step-recorded',
    subjectKind: 'referral',
    subject: referral.id,
    facts: { step: step.kind, event: id, at: step.at, concern: concern.id, stage: step.stage, disagrees: step.disagrees },
  })
  return ok(true)
}
