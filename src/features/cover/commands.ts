import { type Actor, authorise, check, type Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import type { AbsenceReason, CoverFacts, CoverKind, CoverMode, CoverRefusal, Stretch } from './model.ts'
import { meet } from './rules.ts'
import { deleteDuty, endAbsence, endDuty, findAbsence, findDuty, insertAbsence, insertDuties } from './store.ts'

type CoverWork = Work<Actor>
type Answer = Promise<Result<undefined, CoverRefusal>>

const done = ok(undefined)

function ofSchool(work: CoverWork) {
  return { schoolId: work.school.id }
}

export interface DutyAsked {
  readonly adultId: string
  readonly kind: CoverKind
  readonly phone: string | null
  readonly mode: CoverMode
  readonly reason: string | null
  /** The closure, trip or activity that it covers. */
  readonly activityId?: string
  readonly stretches: readonly Stretch[]
}

/** Puts somebody of the team on duty, once or week by week. */
export async function addDuty(work: CoverWork, facts: CoverFacts, asked: DutyAsked): Answer {
  const permit = authorise(work.someone, 'cover.keep', ofSchool(work))
  const person = facts.appointments.find(appointment => appointment.adultId === asked.adultId)
  if (!person) return refused('not-of-the-team')
  // Of the same kind: somebody on the rota may go with a trip, and the rota then shows the gap. On the telephone one may cover two activities.
  const mayShare = asked.activityId !== undefined && asked.kind !== 'trip'
  const clash =
    !mayShare &&
    facts.duties.some(
      duty => duty.adultId === asked.adultId && duty.kind === asked.kind && asked.stretches.some(stretch => meet(duty, stretch)),
    )
  if (clash) return refused('on-duty-then')
  const stretches = asked.stretches.map(stretch => ({ ...stretch, id: newId<string>() }))
  const { kind, phone, mode, reason } = asked
  await insertDuties(work, permit, {
    adultId: person.adultId,
    kind,
    phone,
    mode,
    reason,
    activityId: asked.activityId ?? null,
    stretches,
  })
  work.send({ kind: 'look-again' })
  const first = stretches[0]
  work.note({
    event: 'cover.changed',
    subjectKind: 'adult',
    subject: person.adultId,
    facts: { what: 'added', kind, mode, duties: stretches.length, starts: first?.startsAt, ends: first?.endsAt },
  })
  return done
}

/** Takes a duty off the rota. What has been of it stays: who was on duty when may be asked years later. */
export async function removeDuty(work: CoverWork, dutyId: string): Answer {
  const permit = authorise(work.someone, 'cover.keep', ofSchool(work))
  const duty = await findDuty(work, dutyId)
  if (!duty) return refused('no-such-duty')
  if (duty.endsAt <= work.now) return refused('over-already')
  const isRunning = duty.startsAt < work.now
  if (isRunning) await endDuty(work, permit, dutyId)
  else await deleteDuty(work, permit, dutyId)
  work.send({ kind: 'look-again' })
  work.note({
    event: 'cover.changed',
    subjectKind: 'adult',
    subject: duty.adultId,
    facts: { what: isRunning ? 'ended' : 'removed', duty: dutyId },
  })
  return done
}

/** One's own absence is one's own to say; a colleague's is the team's. */
function absencePermit(work: CoverWork, adultId: string): Permit<'absence.own'> | Permit<'cover.keep'> {
  return adultId === work.someone.adultId
    ? authorise(work.someone, 'absence.own', ofSchool(work))
    : authorise(work.someone, 'cover.keep', ofSchool(work))
}

export interface AbsenceAsked {
  readonly adultId: AdultId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly reason: AbsenceReason
}

/** Says that somebody cannot be reached. From that moment every route passes over them. */
export async function sayOut(work: CoverWork, asked: AbsenceAsked): Answer {
  const permit = absencePermit(work, asked.adultId)
  await insertAbsence(work, permit, work.someone.adultId, { id: newId<string>(), ...asked })
  // A gap that opens at once is noticed at once, not at the next minute.
  work.send({ kind: 'look-again' })
  const facts = { starts: asked.startsAt, ends: asked.endsAt, reason: asked.reason }
  work.note({ event: 'absence.started', subjectKind: 'adult', subject: asked.adultId, facts })
  return done
}

/** Says that somebody is back, or will not be out after all. */
export async function sayBack(work: CoverWork, absenceId: string): Answer {
  const absence = await findAbsence(work, absenceId)
  // A colleague's absence that is not theirs to end is no absence to them, whether the id is real or not.
  const isTheirs = absence?.adultId === work.someone.adultId || check(work.someone, 'cover.keep', ofSchool(work)).allowed
  if (!absence || !isTheirs) return refused('no-such-absence')
  const permit = absencePermit(work, absence.adultId)
  if (absence.endsAt !== null && absence.endsAt <= work.now) return refused('over-already')
  await endAbsence(work, permit, absence.adultId, absenceId)
  work.send({ kind: 'look-again' })
  work.note({ event: 'absence.ended', subjectKind: 'adult', subject: absence.adultId, facts: { absence: absenceId } })
  return done
}
