import type { Actor, SubjectFacts, Worker } from '../../access/index.ts'
import { authorise } from '../../access/index.ts'
import type { AdultId, ChildId, EntryId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { ClockFacts } from '../../policy/clocks.ts'
import type { ClockName, PupilMoment } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { startClocks } from '../clocks/index.ts'
import type { ClockToStart } from '../concerns/index.ts'
import type { OwnTell } from '../notices/index.ts'
import { findRoleHolders, type RoleHolder } from '../role-holders/index.ts'
import type { PupilAsk, PupilEntry, PupilFacts, PupilPermit, PupilSubject } from './model.ts'
import { asksOf, factsOf, hearersOf, ownerOf, pupilClock, remindersOf, rulesOn, tellsOf } from './rules.ts'
import {
  findPupilFacts,
  insertPupilEntry,
  insertPupilNotices,
  insertReminders,
  listClocksOfLeavers,
  listDueReminders,
  saveOwner,
  saveRemindersTold,
} from './store.ts'

/** A pupil as the rules know them today; undefined where there is none at this school. */
export function findPupil(work: Work, childId: ChildId): Promise<PupilFacts | undefined> {
  return findPupilFacts(work, childId, localDate(work.now))
}

/** What a permit is asked with: whoever is tied to the pupil is outside. */
export function pupilSubject(work: Work, pupil: Pick<PupilFacts, 'tied'>): SubjectFacts {
  return { schoolId: work.school.id, excluded: pupil.tied }
}

async function tellThem(work: Work, permit: PupilPermit, childId: ChildId, tells: readonly OwnTell[]): Promise<void> {
  if (tells.length === 0) return
  insertPupilNotices(
    work,
    permit,
    childId,
    tells.map(tell => ({ ...tell, id: newId<string>() })),
  )
  for (const { adultId } of tells) work.send({ kind: 'notice-mail', adultId })
  work.note({
    event: 'pupil.told',
    subjectKind: 'child',
    subject: childId,
    facts: { told: tells.map(({ adultId }) => adultId), rules: [...new Set(tells.map(({ rule }) => rule))] },
  })
}

/** Tells those who hold these roles, as for anything that happens to a pupil; gives who was told. */
export async function tellRoles(
  work: Work,
  permit: PupilPermit,
  pupil: Pick<PupilFacts, 'childId' | 'tied'>,
  to: { readonly tell: 'all' | 'first'; readonly roles: readonly RoleId[] },
  what: Pick<OwnTell, 'rule' | 'says' | 'source'>,
): Promise<readonly AdultId[]> {
  const hearers = hearersOf(to, await findRoleHolders(work), pupil.tied).map(hearer => ({ ...hearer, ...what }))
  const tells = hearers.filter((tell, index) => hearers.findIndex(({ adultId }) => adultId === tell.adultId) === index)
  await tellThem(work, permit, pupil.childId, tells)
  return tells.map(({ adultId }) => adultId)
}

/** What happened to a pupil: what it belongs to, and the facts that the policy asks about. */
export interface Happening {
  readonly on: PupilMoment
  readonly subject: PupilSubject
  readonly pupil: PupilFacts
  readonly facts?: ClockFacts
  /** From when a later telling counts, where that is not now. */
  readonly from?: Instant
}

/** Tells whom the policy tells, now and later, and gives what it asks. */
export async function tellOfPupil(work: Work, permit: PupilPermit, happening: Happening): Promise<readonly PupilAsk[]> {
  const { on, subject, pupil, facts, from = work.now } = happening
  const rules = rulesOn(work.profile, on, factsOf(pupil, facts))
  if (rules.length === 0) return []
  const later = remindersOf(work.profile, rules, from, newId)
  if (later.length > 0) insertReminders(work, permit, subject, later)
  if (rules.some(({ tell, unsettled }) => tell && !unsettled)) {
    const holders = await findRoleHolders(work)
    await tellThem(work, permit, pupil.childId, tellsOf(work.profile, rules, holders, pupil.tied))
  }
  return asksOf(rules)
}

export interface ClockToRun {
  readonly name: ClockName
  readonly at?: Instant
  readonly facts?: ClockFacts
  /** It was met before and begins anew. */
  readonly again?: boolean
  /** Changes what the policy's rule gives, such as a day that a plan itself names. */
  readonly adjust?: (clock: ClockToStart) => ClockToStart
}

/** Starts the clocks that the policy has for this; gives what was started. */
export async function runPupilClocks(
  work: Work,
  subject: PupilSubject & { readonly excluded?: PupilFacts['tied'] },
  pupil: PupilFacts,
  clocks: readonly ClockToRun[],
): Promise<readonly ClockToStart[]> {
  const holders: readonly RoleHolder[] = await findRoleHolders(work)
  const { fileRoles } = work.school
  const started = clocks.flatMap(({ name, at = work.now, facts, again = false, adjust = clock => clock }) =>
    pupilClock(
      work.profile,
      name,
      { at, facts: factsOf(pupil, facts), holders, tied: [...pupil.tied, ...(subject.excluded ?? [])], fileRoles, again },
      newId,
    ).map(adjust),
  )
  startClocks(work, { ...subject, area: 'welfare' }, started)
  return started
}

/** Writes a line into the pupil's chronology. */
export function enterOfPupil(
  work: Work,
  permit: PupilPermit,
  pupil: PupilFacts,
  line: Pick<PupilEntry, 'kind' | 'heading'> & Partial<Pick<PupilEntry, 'happenedOn' | 'excluded'>>,
): void {
  insertPupilEntry(work, permit, pupil.childId, {
    id: newId<EntryId>(),
    happenedOn: localDate(work.now),
    ...line,
    excluded: [...new Set([...pupil.tied, ...(line.excluded ?? [])])],
  })
}

/** Tells of what nobody has settled in time, once. */
export async function watchReminders(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const due = await listDueReminders(work, permit)
  if (due.length === 0) return 0
  const holders = await findRoleHolders(work)
  for (const { childId, tied, rule, says, source, tell, roles } of due) {
    const tells = hearersOf({ tell, roles }, holders, tied).map(hearer => ({ ...hearer, rule, says, source }))
    await tellThem(work, permit, childId, tells)
  }
  saveRemindersTold(
    work,
    permit,
    due.map(({ id }) => id),
  )
  return due.length
}

/** What somebody owed for pupils who has left passes to whoever the policy names after them, and is not tied to the child. */
export async function passOnFromLeavers(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const left = await listClocksOfLeavers(work, permit)
  if (left.length === 0) return 0
  const holders = await findRoleHolders(work)
  for (const { id, rule, tied } of left) {
    const owner = ownerOf(work.profile, rule, { holders, tied, fileRoles: work.school.fileRoles })
    if (owner) saveOwner(work, permit, id, owner)
  }
  return left.length
}

/** An actor's work on a pupil. */
export type PupilWork = Work<Actor>
