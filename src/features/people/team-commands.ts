import { type Actor, authorise, type Permit, type Worker } from '../../access/index.ts'
import type { AppointmentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { closeIfLeft } from '../identity/index.ts'
import { countOtherLeads, hasSuccessor } from './lead-store.ts'
import type { AdultRecord, Appointment, EndReason, PeopleRefusal, TeamChange, TeamRefusal } from './model.ts'
import { roleName } from './role-names.ts'
import { leadPostFault } from './rules.ts'
import { changeKind, isWaiting, lapsesAt } from './rules-of-team.ts'
import { findAdultRecord, lockAdult } from './store.ts'
import { insertTeamChange, lapseTeamChanges, saveEndedNow, saveTeamAnswer, saveTeamWithdrawal } from './team-store.ts'
import { answeredSays, changeInWords, ownRoleSays, teamSource } from './team-words.ts'

const linkTo = (id: string) => `/team-changes/${id}`

interface Asked {
  readonly before: Appointment | undefined
  readonly role: RoleId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
}

/** Proposes a change of somebody's role in the team. It holds when a second person agrees; the first of a school needs none. */
export async function proposeTeamChange(
  work: Work<Actor>,
  permit: Permit<'appointment.keep'>,
  adult: AdultRecord,
  { before, role, startsAt, endsAt }: Asked,
): Promise<Result<'kept' | 'proposed', PeopleRefusal>> {
  const kind = changeKind(before, { startsAt, endsAt })
  if (kind === 'same') return ok('kept')
  const appointmentId = before?.id ?? newId<AppointmentId>()
  const change = {
    id: newId<string>(),
    kind,
    adultId: adult.id,
    role,
    appointmentId,
    startsAt,
    endsAt,
    lapsesAt: lapsesAt(work.now),
  }
  const what = changeInWords(work.profile, { ...change, adultName: adult.name })
  const says = `${work.someone.name} proposes: ${what}. It waits for your answer.`
  const made = await insertTeamChange(work, permit, change, { says, source: teamSource, link: linkTo(change.id) })
  if ('fault' in made) return refused(made.fault)
  for (const adultId of made.told) work.send({ kind: 'notice-mail', adultId })
  const facts = { change: change.id, kind, appointment: appointmentId, role, starts: startsAt, ends: endsAt }
  const isDone = made.state === 'agreed'
  work.note({
    event: isDone ? 'appointment.started' : 'team-change.proposed',
    subjectKind: 'adult',
    subject: adult.id,
    facts: { ...facts, ...(isDone ? { nobodyElse: true } : { told: made.told }) },
  })
  return ok(isDone ? 'kept' : 'proposed')
}

/** Takes a role of the team away at once. A second person looks at it afterwards, and may give it back. */
export async function endTeamRole(
  work: Work<Actor>,
  permit: Permit<'appointment.keep'>,
  adult: AdultRecord,
  appointment: Appointment,
  why: EndReason,
): Promise<Result<undefined, PeopleRefusal>> {
  if (adult.id === work.someone.adultId) return refused('own-appointment')
  const id = newId<string>()
  const role = roleName(work.profile, appointment.role)
  const told = await saveEndedNow(
    work,
    permit,
    { id, appointmentId: appointment.id, why },
    {
      says: `${work.someone.name} ended at once the role of ${adult.name} as ${role}. Look whether it was right: you can give it back.`,
      saysSelf: `Your role of ${role} has ended.`,
      source: teamSource,
      link: linkTo(id),
    },
  )
  if (told === 'already-over') return refused(told)
  for (const adultId of [...told, adult.id]) work.send({ kind: 'notice-mail', adultId })
  work.note({
    event: 'appointment.ended',
    subjectKind: 'adult',
    subject: adult.id,
    facts: { appointment: appointment.id, role: appointment.role, ends: work.now, change: id, why, told },
  })
  return ok(undefined)
}

/** Whether the post of DSL can be held so, as far as the policy has a rule of its own for it. */
async function leadFaultOf(
  work: Work<Actor>,
  permit: Permit<'team.answer'>,
  change: TeamChange,
): Promise<'lead-post-taken' | 'lead-not-senior' | 'lead-vacant' | undefined> {
  const { lead } = work.profile
  await lockAdult(work, change.adultId)
  if (!lead || change.role !== 'dsl') return undefined
  if (change.kind === 'shorten') {
    const leaves = lead.neverVacant ? change.endsAt : null
    return leaves && !(await hasSuccessor(work, permit, change.adultId, leaves)) ? 'lead-vacant' : undefined
  }
  const isBack = change.state === 'to-review'
  const startsAt = (isBack ? change.wasStartsAt : null) ?? change.startsAt
  const span = { id: change.appointmentId, role: change.role, startsAt, endsAt: isBack ? change.wasEndsAt : change.endsAt }
  const adult = await findAdultRecord(work, change.adultId)
  const others = await countOtherLeads(work, permit, change.adultId, span)
  const fault = leadPostFault(lead, span, adult?.appointments ?? [], others)
  return fault === 'lead-post-taken' || fault === 'lead-not-senior' ? fault : undefined
}

const eventOf = { agreed: 'team-change.agreed', declined: 'team-change.declined', upheld: 'team-change.upheld' } as const

/** A second person answers: neither whoever proposed it nor whom it concerns. */
export async function answerTeamChange(
  work: Work<Actor>,
  change: TeamChange,
  given: { readonly agrees: boolean; readonly because: string | null },
): Promise<Result<undefined, TeamRefusal>> {
  const { id, adultId, proposedBy } = change
  const permit = authorise(work.someone, 'team.answer', { schoolId: work.school.id, id, excluded: [proposedBy, adultId] })
  if (!isWaiting(change, work.now)) return refused('not-open')
  const writes = (change.state === 'open') === given.agrees
  const fault = writes ? await leadFaultOf(work, permit, change) : undefined
  if (fault) return refused(fault)
  const answered = await saveTeamAnswer(work, permit, id, given, {
    says: answeredSays(work.profile, change, work.someone.name, given.agrees),
    saysSelf: ownRoleSays(work.profile, change),
    source: teamSource,
    link: linkTo(id),
  })
  if ('fault' in answered) return refused(answered.fault)
  work.send({ kind: 'notice-mail', adultId: proposedBy })
  if (writes) work.send({ kind: 'notice-mail', adultId })
  const { state } = answered
  work.note({
    event: state === 'agreed' || state === 'declined' || state === 'upheld' ? eventOf[state] : 'team-change.given-back',
    subjectKind: 'adult',
    subject: adultId,
    facts: {
      change: id,
      kind: change.kind,
      appointment: change.appointmentId,
      role: change.role,
      proposedBy,
      ends: change.endsAt,
    },
  })
  if (writes) await closeIfLeft(work, adultId)
  return ok(undefined)
}

/** Whoever proposed it takes it back before it is answered. */
export async function withdrawTeamChange(work: Work<Actor>, change: TeamChange): Promise<Result<undefined, TeamRefusal>> {
  const permit = authorise(work.someone, 'appointment.keep', { schoolId: work.school.id, excluded: [change.adultId] })
  if (change.proposedBy !== work.someone.adultId || !(await saveTeamWithdrawal(work, permit, change.id)))
    return refused('not-open')
  work.note({ event: 'team-change.withdrawn', subjectKind: 'adult', subject: change.adultId, facts: { change: change.id } })
  return ok(undefined)
}

/** What nobody answered in its time is over, and whoever proposed it hears so. */
export async function watchTeamChanges(work: Work<Worker>): Promise<boolean> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const lapsed = await lapseTeamChanges(work, permit, {
    says: 'Nobody answered a change of the safeguarding team that you proposed, and it has lapsed. Propose it again if it is still needed.',
    source: teamSource,
    link: '/team-changes/',
  })
  for (const { id, adultId, proposedBy } of lapsed) {
    work.send({ kind: 'notice-mail', adultId: proposedBy })
    work.note({ event: 'team-change.lapsed', subjectKind: 'adult', subject: adultId, facts: { change: id, proposedBy } })
  }
  return lapsed.length > 0
}
