import { type Actor, authorise, check, type SubjectFacts } from '../../access/index.ts'
import type { AdultId, AppointmentId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { RoleId } from '../../policy/roles.ts'
import { guardedRoles } from '../../policy/stand-in-roles.ts'
import type { Work } from '../../work/work.ts'
import { closeIfLeft } from '../identity/index.ts'
import { findPupil } from '../pupil-duties/index.ts'
import { beginStatusDuties, endStatusDuties } from '../statuses/index.ts'
import { countOtherLeads, hasSuccessor } from './lead-store.ts'
import type {
  AdultFacts,
  AdultRecord,
  ChildContact,
  ChildFacts,
  ChildRecord,
  ChildStatus,
  EndReason,
  PeopleRefusal,
  Tie,
  TieKind,
} from './model.ts'
import { searchName } from './names.ts'
import { appointmentFault, endedAt, leadPostFault, phaseOf } from './rules.ts'
import {
  deleteSiblings,
  endAddress,
  endContact,
  endTie,
  findAdultRecord,
  findChildrenTies,
  insertAddress,
  insertAdult,
  insertChild,
  insertSiblings,
  insertTie,
  isChildKnown,
  lockAdult,
  saveAppointment,
  saveContact,
  saveStatus,
  updateAdult,
  updateChild,
} from './store.ts'
import { endTeamRole, proposeTeamChange } from './team-commands.ts'

type PeopleWork = Work<Actor>
type Answer<T = undefined> = Promise<Result<T, PeopleRefusal>>

const done = ok(undefined)

function ofSchool(work: PeopleWork): SubjectFacts {
  return { schoolId: work.school.id }
}

/** What a permit is asked with for a child's own record: whoever is tied to the child is outside it. */
export function childSubject(work: Work, child: Pick<ChildRecord, 'tied'>): SubjectFacts {
  return { schoolId: work.school.id, excluded: child.tied }
}

// ---- children

function searchNameOf(facts: ChildFacts): string {
  return searchName(facts.givenName, facts.familyName, facts.knownAs)
}

/** Adds a child to the school's own list. */
export async function addChild(work: PeopleWork, facts: ChildFacts): Answer<ChildId> {
  const permit = authorise(work.someone, 'child.keep', ofSchool(work))
  const childId = newId<ChildId>()
  if (await isChildKnown(work, childId, facts)) return refused('same-child-exists')
  await insertChild(work, permit, childId, facts, searchNameOf(facts))
  work.note({ event: 'child.added', subjectKind: 'child', subject: childId, facts: { standing: facts.standing } })
  return ok(childId)
}

/** The names of the facts that differ: the audit trail says what was changed and never what it says. */
export function changedFields<T extends object>(before: T, after: T): string[] {
  return (Object.keys(after) as (keyof T & string)[]).filter(key => before[key] !== after[key])
}

/** Changes what is known of a child, its standing included. */
export async function changeChild(work: PeopleWork, child: ChildRecord, facts: ChildFacts): Answer {
  const permit = authorise(work.someone, 'child.keep', childSubject(work, child))
  if (await isChildKnown(work, child.id, facts)) return refused('same-child-exists')
  await updateChild(work, permit, child.id, facts, searchNameOf(facts))
  const event = child.standing === 'unidentified' && facts.standing !== 'unidentified' ? 'child.identified' : 'child.changed'
  work.note({
    event,
    subjectKind: 'child',
    subject: child.id,
    facts: { fields: changedFields<ChildFacts>(child, facts), standing: facts.standing },
  })
  return done
}

function noteChild(work: PeopleWork, child: ChildRecord, part: string, id: string, what: 'added' | 'changed' | 'ended') {
  work.note({ event: 'child.changed', subjectKind: 'child', subject: child.id, facts: { part, id, what } })
}

/** Adds a person to ring or not to ring, or changes one. */
export async function keepContact(work: PeopleWork, child: ChildRecord, contact: ChildContact): Answer {
  const permit = authorise(work.someone, 'child.contacts', childSubject(work, child))
  const isNew = !child.contacts.some(known => known.id === contact.id)
  await saveContact(work, permit, child.id, contact)
  noteChild(work, child, contact.barred ? 'barred-contact' : 'contact', contact.id, isNew ? 'added' : 'changed')
  return done
}

/** Takes a contact off the list; it stays in the record with its end. */
export async function removeContact(work: PeopleWork, child: ChildRecord, contactId: string): Answer {
  const permit = authorise(work.someone, 'child.contacts', childSubject(work, child))
  if (!(await endContact(work, permit, child.id, contactId))) return refused('already-ended')
  noteChild(work, child, 'contact', contactId, 'ended')
  return done
}

export interface NewAddress {
  readonly address: string
  readonly says: string | null
  readonly startsOn: PlainDate
  /** The addresses at which the child lives no longer. */
  readonly replaces: readonly string[]
}

/** Adds where a child lives or stays; a child may live in two places. */
export async function addAddress(work: PeopleWork, child: ChildRecord, { replaces, ...address }: NewAddress): Answer {
  const permit = authorise(work.someone, 'child.contacts', childSubject(work, child))
  const id = newId<string>()
  for (const old of replaces) await endAddress(work, permit, child.id, old, address.startsOn)
  await insertAddress(work, permit, child.id, { id, endsOn: null, ...address })
  noteChild(work, child, 'address', id, 'added')
  return done
}

/** Says that a child lives somewhere no longer. */
export async function leaveAddress(work: PeopleWork, child: ChildRecord, addressId: string, on: PlainDate): Answer {
  const permit = authorise(work.someone, 'child.contacts', childSubject(work, child))
  if (!(await endAddress(work, permit, child.id, addressId, on))) return refused('already-ended')
  noteChild(work, child, 'address', addressId, 'ended')
  return done
}

/** Adds a status, or changes its dates and its social worker. */
export async function keepStatus(work: PeopleWork, child: ChildRecord, status: ChildStatus): Answer {
  const permit = authorise(work.someone, 'child.statuses', childSubject(work, child))
  const isNew = !child.statuses.some(known => known.id === status.id)
  await saveStatus(work, permit, child.id, status)
  noteChild(work, child, 'status', status.id, isNew ? 'added' : status.endsOn ? 'ended' : 'changed')
  await followStatus(work, child, status, isNew)
  return done
}

/** What the policy owes while a status lasts begins and ends with it. */
async function followStatus(work: PeopleWork, child: ChildRecord, status: ChildStatus, isNew: boolean): Promise<void> {
  const before = child.statuses.find(known => known.id === status.id)
  const ends = status.endsOn !== null && before?.endsOn === null
  if (!ends && !(isNew && status.endsOn === null)) return
  const pupil = await findPupil(work, child.id)
  if (!pupil) return
  if (ends) await endStatusDuties(work, pupil, status.id)
  else await beginStatusDuties(work, pupil, status)
}

/** Says that two children are brothers or sisters. */
export async function addSibling(work: PeopleWork, child: ChildRecord, otherId: string): Answer {
  const permit = authorise(work.someone, 'child.keep', childSubject(work, child))
  const [other] = await findChildrenTies(work, [otherId])
  if (!other || other.id === child.id || other.tied.includes(work.someone.adultId)) return refused('no-such-child')
  if (!(await insertSiblings(work, permit, child.id, other.id))) return refused('already-siblings')
  noteChild(work, child, 'sibling', other.id, 'added')
  return done
}

/** Says that two children are not brothers or sisters after all. */
export async function removeSibling(work: PeopleWork, child: ChildRecord, otherId: ChildId): Answer {
  const permit = authorise(work.someone, 'child.keep', childSubject(work, child))
  if (!(await deleteSiblings(work, permit, child.id, otherId))) return refused('already-ended')
  noteChild(work, child, 'sibling', otherId, 'ended')
  return done
}

// ---- adults

/** Adds an adult as this school knows them. They have no rights until they are appointed. */
export async function addAdult(work: PeopleWork, facts: AdultFacts): Answer<AdultId> {
  const permit = authorise(work.someone, 'adult.keep', ofSchool(work))
  const adultId = newId<AdultId>()
  await insertAdult(work, permit, adultId, facts)
  work.note({ event: 'adult.added', subjectKind: 'adult', subject: adultId, facts: { kind: facts.kind } })
  return ok(adultId)
}

export async function changeAdult(work: PeopleWork, adult: AdultRecord, facts: AdultFacts): Answer {
  const permit = authorise(work.someone, 'adult.keep', ofSchool(work))
  await updateAdult(work, permit, adult.id, facts)
  work.note({
    event: 'adult.changed',
    subjectKind: 'adult',
    subject: adult.id,
    facts: { fields: changedFields<AdultFacts>(adult, facts) },
  })
  return done
}

/**
 * The adult's record, held until the end of the transaction: two changes to their appointments come one after the other, so that
 * neither overlaps what the other has just written.
 */
export async function holdAdult(work: PeopleWork, adultId: string): Promise<AdultRecord | undefined> {
  return (await lockAdult(work, adultId)) ? findAdultRecord(work, adultId) : undefined
}

export interface AppointmentToKeep {
  /** Absent for a new one. */
  readonly id?: AppointmentId
  readonly role: RoleId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
}

/** Whether changes of this role take two people at this school. */
export function isGuarded(work: Work, role: RoleId): boolean {
  return guardedRoles(work.school.fileRoles, work.profile).has(role)
}

/** Appoints an adult to a role, or changes the dates of an appointment; where the role is of the safeguarding team, proposes it. */
export async function keepAppointment(
  work: PeopleWork,
  adult: AdultRecord,
  asked: AppointmentToKeep,
): Answer<'kept' | 'proposed'> {
  const permit = authorise(work.someone, 'appointment.keep', ofSchool(work))
  const adultId = adult.id
  const before = adult.appointments.find(appointment => appointment.id === asked.id)
  if (asked.id && !before) return refused('no-such-part')
  const fault = appointmentFault(asked, adult.appointments, { actor: work.someone.adultId, adult: adultId })
  if (fault) return refused(fault)
  const role = before?.role ?? asked.role
  const { lead } = work.profile
  if (lead && role === 'dsl') {
    const isSuccession = lead.neverVacant === true && before === undefined && asked.startsAt > work.now
    const others = await countOtherLeads(work, permit, adultId, asked, isSuccession)
    const leadFault = leadPostFault(lead, asked, adult.appointments, others)
    if (leadFault) return refused(leadFault)
    const leaves = lead.neverVacant && before && asked.endsAt !== null && asked.endsAt !== before.endsAt ? asked.endsAt : null
    if (leaves && !(await hasSuccessor(work, permit, adultId, leaves))) return refused('lead-vacant')
  }
  const { startsAt, endsAt } = asked
  if (isGuarded(work, role)) return proposeTeamChange(work, permit, adult, { before, role, startsAt, endsAt })
  const id = asked.id ?? newId<AppointmentId>()
  await saveAppointment(work, permit, adultId, { id, role, startsAt, endsAt })
  const facts = { appointment: id, role, starts: startsAt, ends: endsAt, changed: before !== undefined }
  work.note({ event: 'appointment.started', subjectKind: 'adult', subject: adultId, facts })
  await closeIfLeft(work, adultId)
  return ok('kept')
}

/**
 * Ends an appointment now. The right that came from it ends with this transaction, and with the last one the account. Where the role is
 * of the safeguarding team it says why, and a second person looks at it afterwards.
 */
export async function endAppointment(
  work: PeopleWork,
  adult: AdultRecord,
  appointmentId: string,
  why: EndReason | undefined,
): Answer {
  const permit = authorise(work.someone, 'appointment.keep', ofSchool(work))
  const adultId = adult.id
  const appointment = adult.appointments.find(one => one.id === appointmentId)
  if (!appointment) return refused('no-such-part')
  if (phaseOf(appointment, work.now) === 'over') return refused('already-over')
  const endsAt = endedAt(appointment, work.now)
  if (isGuarded(work, appointment.role)) {
    if (!why) return refused('needs-why')
    const ended = await endTeamRole(work, permit, adult, appointment, why)
    if (!ended.ok) return ended
  } else {
    await saveAppointment(work, permit, adultId, {
      id: appointment.id,
      role: appointment.role,
      startsAt: appointment.startsAt,
      endsAt,
    })
    work.note({
      event: 'appointment.ended',
      subjectKind: 'adult',
      subject: adultId,
      facts: { appointment: appointmentId, role: appointment.role, ends: endsAt },
    })
  }
  await closeIfLeft(work, adultId)
  return done
}

// ---- ties

export interface TieToDeclare {
  readonly kind: TieKind
  readonly childId?: string
  readonly otherAdultId?: string
}

function isTiedAlready(adult: AdultRecord, asked: TieToDeclare, now: Instant): boolean {
  return adult.ties.some(
    tie =>
      phaseOf(tie, now) !== 'over' &&
      ((asked.childId !== undefined && tie.child?.id === asked.childId) ||
        (asked.otherAdultId !== undefined && tie.adult?.id === asked.otherAdultId)),
  )
}

/** Declares that an adult is tied to a child or to another adult: from this moment the adult is outside all that concerns them. */
export async function declareTie(work: PeopleWork, adult: AdultRecord, asked: TieToDeclare): Answer {
  const permit = authorise(work.someone, 'tie.keep', ofSchool(work))
  if (isTiedAlready(adult, asked, work.now)) return refused('already-tied')
  const id = newId<string>()
  if (asked.childId !== undefined) {
    const [child] = await findChildrenTies(work, [asked.childId])
    if (!child) return refused('no-such-child')
    await insertTie(work, permit, { id, adultId: adult.id, kind: asked.kind, to: { childId: child.id } })
  } else {
    const other = asked.otherAdultId === undefined ? undefined : await findAdultRecord(work, asked.otherAdultId)
    if (!other) return refused('no-such-adult')
    if (other.id === adult.id) return refused('tie-to-self')
    await insertTie(work, permit, { id, adultId: adult.id, kind: asked.kind, to: { adultId: other.id } })
  }
  const facts = { tie: id, kind: asked.kind, child: asked.childId, other: asked.otherAdultId }
  work.note({ event: 'tie.declared', subjectKind: 'adult', subject: adult.id, facts })
  return done
}

/** Whether this person may end the tie: nobody lets themselves back in. */
export function mayEndTie(work: PeopleWork, adult: AdultRecord, tie: Tie): boolean {
  const isOwn = adult.id === work.someone.adultId || tie.adult?.id === work.someone.adultId
  return !isOwn && check(work.someone, 'tie.keep', ofSchool(work)).allowed
}

/** Ends a tie. What comes from now on is open to the adult again; what was shut to them stays shut. */
export async function endDeclaredTie(work: PeopleWork, adult: AdultRecord, tieId: string): Answer {
  const permit = authorise(work.someone, 'tie.keep', ofSchool(work))
  const tie = adult.ties.find(one => one.id === tieId)
  if (!tie) return refused('no-such-part')
  if (phaseOf(tie, work.now) === 'over') return refused('already-ended')
  if (!mayEndTie(work, adult, tie)) return refused('own-tie')
  await endTie(work, permit, tieId, adult.id, tie.child?.id ?? null)
  work.note({ event: 'tie.ended', subjectKind: 'adult', subject: adult.id, facts: { tie: tieId } })
  return done
}
