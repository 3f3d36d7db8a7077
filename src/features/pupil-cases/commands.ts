import { authorise, type Permit, type Worker } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { PupilCaseRule } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { sourceText } from '../concerns/index.ts'
import { enterOfPupil, findPupil, type PupilWork, pupilSubject, tellRoles } from '../pupil-duties/index.ts'
import type { Attempt, CaseRefusal, NewPupilCase, PupilCase } from './model.ts'
import { checkCaseClosing, stepsFor } from './rules.ts'
import {
  findCase,
  insertCase,
  insertCaseEvent,
  insertCaseSteps,
  listContactsToTry,
  listEscalating,
  saveCaseStep,
  saveClosed,
  saveEscalated,
  saveHanded,
  saveReached,
  saveWith,
} from './store.ts'

type Answer<T> = Promise<Result<T, CaseRefusal>>

const ruleOf = (work: Work, kind: string): PupilCaseRule | undefined =>
  work.profile.pupilCases.find(({ kind: known }) => known === kind)

/** Opens a case: whom the policy tells hears of it, and its steps stand from then. */
export async function openPupilCase(work: PupilWork, opened: NewPupilCase): Answer<string> {
  const { childId, kind } = opened
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused({ code: 'no-such-child' })
  const permit = authorise(work.someone, 'pupil-case.open', pupilSubject(work, pupil))
  const rule = ruleOf(work, kind)
  if (!rule) return refused({ code: 'no-such-kind' })
  const since = opened.since ?? work.now
  if (since > work.now) return refused({ code: 'in-the-future' })
  if (rule.lookedAfter && opened.withId === undefined) return refused({ code: 'nobody-with-the-child' })
  const id = newId<string>()
  const escalatesAt = rule.escalates ? dueAt(rule.escalates.after, since, work.profile.calendar) : null
  await insertCase(work, permit, { ...opened, id, since, escalatesAt })
  insertCaseSteps(
    work,
    permit,
    { id, childId },
    stepsFor(rule, pupil.statuses).map(({ id: step, does, before, source }) => ({
      ...{ id: newId<string>(), step, does, before: before ?? null, ownerId: null },
      source: sourceText(work.profile, source),
    })),
  )
  enterOfPupil(work, permit, pupil, { kind: 'event', heading: rule.name })
  const source = sourceText(work.profile, rule.source)
  if (rule.tell) await tellRoles(work, permit, pupil, rule.tell, { rule: `pupil-cases.${kind}`, says: rule.says, source })
  work.note({ event: 'pupil-case.opened', subjectKind: 'child', subject: childId, facts: { case: id, kind, since } })
  return ok(id)
}

async function kept(
  work: PupilWork,
  id: string,
): Promise<{ readonly found: PupilCase; readonly permit: Permit<'pupil-case.keep'> } | undefined> {
  const found = await findCase(work, id)
  const pupil = found && (await findPupil(work, found.childId))
  if (!found || !pupil) return undefined
  const by = work.someone.adultId
  const ownerId = found.openedBy === by || found.withId === by ? by : found.openedBy
  return { found, permit: authorise(work.someone, 'pupil-case.keep', { ...pupilSubject(work, pupil), ownerId }) }
}

/** A case as it stands: the steps, whom somebody tried to reach and when, who looked after the child. */
export async function getPupilCase(work: PupilWork, id: string): Answer<PupilCase> {
  const opened = await kept(work, id)
  return opened ? ok(opened.found) : refused({ code: 'no-such-case' })
}

/** Whom to try for the child of a case, in order; nobody who must not be contacted is among them. */
export async function contactsToTry(work: PupilWork, id: string) {
  const opened = await kept(work, id)
  return opened ? listContactsToTry(work, opened.permit, opened.found.childId) : []
}

/** Somebody tried to reach the family. An answer ends what would have been done without one. */
export async function recordAttempt(work: PupilWork, id: string, attempt: Attempt): Answer<true> {
  const opened = await kept(work, id)
  if (!opened) return refused({ code: 'no-such-case' })
  const { found, permit } = opened
  if (found.closedAt !== null) return refused({ code: 'over-already' })
  if (attempt.at > work.now) return refused({ code: 'in-the-future' })
  const { contactId } = attempt
  if (contactId !== null && !(await listContactsToTry(work, permit, found.childId)).some(one => one.contactId === contactId))
    return refused({ code: 'contact-not-allowed' })
  await insertCaseEvent(work, permit, found, { ...attempt, id: newId<string>(), kind: 'attempt' })
  if (attempt.result === 'answered') await saveReached(work, permit, id, attempt.at)
  work.note({
    event: 'pupil-case.attempted',
    subjectKind: 'child',
    subject: found.childId,
    facts: { case: id, result: attempt.result, at: attempt.at },
  })
  return ok(true)
}

/** Somebody else looks after the child from now on. */
export async function lookAfter(work: PupilWork, id: string, adultId: AdultId): Answer<true> {
  const opened = await kept(work, id)
  if (!opened) return refused({ code: 'no-such-case' })
  const { found, permit } = opened
  if (found.closedAt !== null) return refused({ code: 'over-already' })
  await saveWith(work, permit, id, adultId)
  const bare = { contactId: null, withWhom: '', result: null, says: '' }
  await insertCaseEvent(work, permit, found, { ...bare, id: newId<string>(), kind: 'looked-after', at: work.now })
  work.note({ event: 'pupil-case.looked-after', subjectKind: 'child', subject: found.childId, facts: { case: id, by: adultId } })
  return ok(true)
}

/** The child was given to somebody. */
export async function handOver(work: PupilWork, id: string, to: string, at: Instant): Answer<true> {
  const opened = await kept(work, id)
  if (!opened) return refused({ code: 'no-such-case' })
  if (opened.found.closedAt !== null) return refused({ code: 'over-already' })
  if (to.trim() === '') return refused({ code: 'not-handed-over' })
  if (at > work.now) return refused({ code: 'in-the-future' })
  await saveHanded(work, opened.permit, id, to, at)
  work.note({ event: 'pupil-case.handed-over', subjectKind: 'child', subject: opened.found.childId, facts: { case: id, at } })
  return ok(true)
}

/** What the policy asks for is done, or is not and why. */
export async function settleCaseStep(
  work: PupilWork,
  id: string,
  step: string,
  settled: 'done' | 'not-done',
  says: string,
): Answer<true> {
  const found = await findCase(work, id)
  const pupil = found && (await findPupil(work, found.childId))
  if (!found || !pupil) return refused({ code: 'no-such-case' })
  const permit = authorise(work.someone, 'pupil-case.settle', pupilSubject(work, pupil))
  if (says.trim() === '') return refused({ code: 'no-outcome' })
  if (!(await saveCaseStep(work, permit, id, step, settled, says))) return refused({ code: 'over-already' })
  work.note({ event: 'pupil-case.settled', subjectKind: 'child', subject: found.childId, facts: { case: id, step, settled } })
  return ok(true)
}

/** It is over: with what came of it, the handover where there is one, and the steps that come first. */
export async function closePupilCase(work: PupilWork, id: string, outcome: string): Answer<true> {
  const opened = await kept(work, id)
  if (!opened) return refused({ code: 'no-such-case' })
  const checked = checkCaseClosing(ruleOf(work, opened.found.kind), opened.found, outcome)
  if (!checked.ok) return checked
  await saveClosed(work, opened.permit, id, outcome)
  work.note({ event: 'pupil-case.closed', subjectKind: 'child', subject: opened.found.childId, facts: { case: id } })
  return ok(true)
}

/** Nobody was reached within the policy's time: its next step stands with what was tried, and whom it names is told. */
export async function watchPupilCases(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const due = await listEscalating(work, permit)
  for (const { id, childId, kind } of due) {
    const rule = ruleOf(work, kind)?.escalates
    const pupil = rule && (await findPupil(work, childId))
    if (!rule || !pupil) continue
    const source = sourceText(work.profile, rule.source)
    const told = await tellRoles(work, permit, pupil, rule.tell, { rule: `pupil-cases.${kind}-goes-on`, says: rule.says, source })
    const step = { id: newId<string>(), step: rule.step.id, does: rule.step.does, source, before: rule.step.before ?? null }
    insertCaseSteps(work, permit, { id, childId }, [{ ...step, ownerId: told[0] ?? null }])
    saveEscalated(work, permit, id)
  }
  return due.length
}
