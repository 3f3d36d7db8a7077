import { type Actor, check, type Permit } from '../../access/index.ts'
import type { AdultId, AlertId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { type AlertToSend, openHandBack, type RecordedConcern, sourceText } from '../concerns/index.ts'
import { findRoleHolders, type RoleHolder } from '../role-holders/index.ts'
import type { HandBack, NewStep, StepOf } from './model.ts'
import { findTold, insertHandBackAlerts, insertStep, saveCountersigned, saveHandBack } from './store.ts'

/** Each person once, in the order of the roles; never whoever acts, nor anybody outside the concern. */
async function holdersOf(
  work: Work<Actor>,
  roles: readonly RoleId[],
  excluded: readonly AdultId[],
): Promise<readonly RoleHolder[]> {
  const holders = await findRoleHolders(work, roles)
  const inOrder = roles.flatMap(role => holders.filter(holder => holder.role === role))
  return inOrder.filter(
    (holder, index) =>
      holder.adultId !== work.someone.adultId &&
      !excluded.includes(holder.adultId) &&
      inOrder.findIndex(other => other.adultId === holder.adultId) === index,
  )
}

function sendMails(work: Work<Actor>, concern: StepOf, alerts: readonly AlertToSend[]): void {
  for (const alert of alerts) {
    work.note({
      event: 'alert.told',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { adult: alert.adultId, rule: alert.rule },
    })
    work.send({ kind: 'alert-mail', adultId: alert.adultId, concernId: concern.id })
  }
}

export function stepOf(concern: Pick<RecordedConcern, 'id' | 'access'>): StepOf {
  return { id: concern.id, excluded: concern.access.excluded ?? [] }
}

/** Who is told when whoever reported a concern cannot reach a DSL: all of the roles that the policy names. */
export async function findSeniorLeaders(work: Work<Actor>, concern: StepOf): Promise<readonly RoleHolder[]> {
  const roles = work.profile.unanswered.filter(rule => rule.on === 'unreachable').flatMap(rule => rule.tell)
  return holdersOf(work, [...new Set(roles)], concern.excluded)
}

/** Keeps that no DSL could be reached, and tells everybody whom the policy names then. A second press tells nobody again. */
export async function sayUnreachable(
  work: Work<Actor>,
  permit: Permit<'concern.cannot-reach'>,
  concern: RecordedConcern,
): Promise<void> {
  if (concern.saidUnreachable) return
  const [rule] = work.profile.unanswered.filter(one => one.on === 'unreachable')
  const told = await findTold(work, permit, concern.id)
  const leaders = concern.acknowledgedAt ? [] : await findSeniorLeaders(work, stepOf(concern))
  const alerts = leaders.map(
    (leader): AlertToSend => ({
      id: newId<AlertId>(),
      adultId: leader.adultId,
      role: leader.role,
      // Whoever has it already is told once more; to the others it comes now, and they may act on it.
      kind: told.includes(leader.adultId) ? 'second-alert' : 'passed-on',
      step: 0,
      rule: 'unanswered.unreachable',
      says: rule?.says ?? '',
      source: rule ? sourceText(work.profile, rule.source) : '',
    }),
  )
  const pressed: NewStep = { kind: 'pressed', at: work.now, withWhom: '', says: '' }
  await insertStep(work, permit, stepOf(concern), work.someone.adultId, pressed, alerts)
  work.note({
    event: 'concern.cannot-reach',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { told: alerts.map(alert => alert.adultId) },
  })
  sendMails(work, stepOf(concern), alerts)
}

type RecordPermit = Permit<'concern.add-to-own'> | Permit<'concern.add-to'> | Permit<'referral.direct'> | Permit<'referral.make'>

/** Keeps what was done without a DSL, and tells all who open files of it: one of them reads and countersigns it. */
export async function recordStep(work: Work<Actor>, permit: RecordPermit, concern: StepOf, what: NewStep): Promise<void> {
  const team = await holdersOf(work, work.school.fileRoles, concern.excluded)
  const alerts = team.map(
    (member): AlertToSend => ({
      id: newId<AlertId>(),
      adultId: member.adultId,
      role: member.role,
      kind: 'without-dsl',
      step: 0,
      rule: 'unanswered.done-meanwhile',
      says: 'Something was done about it while no DSL could be reached. Read it and countersign it.',
      source: 'Whatever is done without a DSL is told to one at the first chance',
    }),
  )
  const id = await insertStep(work, permit, concern, work.someone.adultId, what, alerts)
  // Whoever acts on what came to them stands in for the team.
  if (!check(work.someone, 'file.read', { schoolId: work.school.id }).allowed && work.someone.standsIn?.includes(concern.id))
    await openHandBack(work, concern.id, work.someone.adultId)
  work.note({
    event: 'fallback.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { step: id, kind: what.kind, at: what.at },
  })
  sendMails(work, concern, alerts)
}

/** Shows that a DSL has read what was done without one and stands by it. */
export async function countersign(work: Work<Actor>, permit: Permit<'fallback.countersign'>, concern: StepOf): Promise<void> {
  const steps = await saveCountersigned(work, permit, concern.id, work.someone.adultId)
  work.note({ event: 'fallback.countersigned', subjectKind: 'concern', subject: concern.id, facts: { steps: [...steps] } })
}

/** Writes the note that is owed; whoever leads is told. False where it was written before. */
export async function writeHandBack(
  work: Work<Actor>,
  permit: Permit<'hand-back.write'>,
  owed: HandBack,
  note: { readonly concerns: string; readonly actions: string },
): Promise<boolean> {
  if (!(await saveHandBack(work, permit, owed.id, note))) return false
  const concern = { id: owed.concernId, excluded: owed.access.excluded ?? [] }
  const leads = await holdersOf(work, ['dsl'], concern.excluded)
  const readers = leads.length > 0 ? leads : await holdersOf(work, work.school.fileRoles, concern.excluded)
  const alerts = readers.map(
    (reader): AlertToSend => ({
      id: newId<AlertId>(),
      adultId: reader.adultId,
      role: reader.role,
      kind: 'handed-back',
      step: 0,
      rule: 'unanswered.handed-back',
      says: `${work.someone.name} stood in for the safeguarding team and has written what was done.`,
      source: 'Whoever stands in brings the DSL up to date as soon as possible',
    }),
  )
  await insertHandBackAlerts(work, permit, concern, alerts)
  work.note({ event: 'hand-back.written', subjectKind: 'concern', subject: owed.concernId, facts: { handBack: owed.id } })
  sendMails(work, concern, alerts)
  return true
}
