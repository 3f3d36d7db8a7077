/** Where a concern stands and who has it: moving, linking, handing over, adding, telling the reporter. */
import type { Actor, Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { AdultId, AlertId, ChildId, EntryId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { ok, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Profile } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { alertsOf, headingFor, type RoleHolder, rolesOnRoute, routeOf } from '../concerns/index.ts'
import { isHouseholdHarm, linkHousehold, moveHousehold } from '../household/index.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import type { Step } from './commands.ts'
import type { AlertToWrite, ConcernChild, ConcernFacts, EntryToWrite } from './model.ts'
import { checkMove, childrenNow, entriesFor, entryFor, newlyOutside } from './rules.ts'
import { excludeFromConcern, insertAddendum, insertLink, insertMove, saveConcernChange } from './store.ts'
import { noteAlerts } from './telling.ts'

const newEntryId = () => newId<EntryId>()

export interface MoveTo {
  readonly from: ChildId
  readonly to: ChildId
  readonly tied: readonly AdultId[]
  readonly reason: string
}

/** The concern's own line in the file to which it was moved, at the time at which it happened. */
function concernEntry(profile: Profile, concern: ConcernFacts, child: ConcernChild, to: ChildId): EntryToWrite {
  return {
    id: newEntryId(),
    childId: to,
    kind: 'concern',
    heading: headingFor(
      profile,
      { prompts: concern.prompts, category: concern.category, urgent: concern.urgent },
      child.involvement,
    ),
    happenedOn: concern.happenedOn ?? localDate(concern.recordedAt),
    happenedAtTime: concern.happenedAtTime,
    referralId: null,
    noteId: null,
    involvement: child.involvement,
    categories: [],
  }
}

/** Whom a concern passes to where whoever had it is outside it from now. */
export function handedOver(
  work: Work<Actor>,
  excluded: readonly AdultId[],
  holders: readonly RoleHolder[],
): { ownerId: AdultId | null; alerts: AlertToWrite[] } {
  const routing = routeOf(work.profile, { holders }, excluded)
  const alerts = alertsOf(work.profile, routing, 'handed-over', newId).map(alert => ({ ...alert, seenAt: null }))
  return { ownerId: alerts[0]?.adultId ?? null, alerts }
}

/** Moves a concern to the file of the child whom it is about; both files keep a trace. Adults tied to that child are outside it from now. */
export async function moveConcern(
  work: Work<Actor>,
  permit: Permit<'concern.move'>,
  concern: ConcernFacts,
  move: MoveTo,
): Step<true> {
  const checked = checkMove(concern, move.from, move.to)
  if (!checked.ok) return checked
  const child = checked.value
  const outside = newlyOutside(concern, move.tied)
  const excluded = [...concern.excluded, ...outside]
  const losesOwner = concern.ownerId !== null && outside.includes(concern.ownerId)
  const next = losesOwner ? handedOver(work, excluded, await findRoleHolders(work, rolesOnRoute(work.profile))) : undefined
  const id = newId<string>()
  await insertMove(work, permit, concern, {
    id,
    by: work.someone.adultId,
    from: move.from,
    to: move.to,
    involvement: child.involvement,
    reason: move.reason,
  })
  const wasUnidentified = child.standing === 'unidentified'
  await saveConcernChange(work, permit, concern, {
    ...(next ? { ownerId: next.ownerId, alerts: next.alerts } : {}),
    entries: [
      entryFor(
        child,
        'moved',
        wasUnidentified ? 'Child identified: concern moved to their file' : 'Concern moved to another child’s file',
        work.now,
        newEntryId,
      ),
      { ...entryFor(child, 'moved', 'Concern moved here from another file', work.now, newEntryId), childId: move.to },
      concernEntry(work.profile, concern, child, move.to),
    ],
  })
  work.note({
    event: wasUnidentified ? 'child.identified' : 'concern.moved',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { move: id, from: move.from, to: move.to },
  })
  if (isHouseholdHarm(work.profile, { categories: concern.triage?.categories ?? [], prompts: concern.prompts })) {
    await moveHousehold(work, permit, concern.id, move)
    const inConcern = childrenNow(concern).map(({ childId }) => (childId === move.from ? move.to : childId))
    await linkHousehold(work, permit, { id: concern.id, excluded, subjects: [move.to], inConcern })
  }
  if (outside.length > 0)
    work.note({ event: 'adult.excluded', subjectKind: 'concern', subject: concern.id, facts: { adults: [...outside] } })
  if (next) {
    work.note({ event: 'owner.moved', subjectKind: 'concern', subject: concern.id, facts: { owner: next.ownerId } })
    noteAlerts(work, concern, next.alerts)
  }
  await excludeFromConcern(work, concern.id, outside)
  return ok(true)
}

/** Links two reports of one event, both ways. */
export async function linkConcerns(
  work: Work<Actor>,
  permit: Permit<'concern.link'>,
  concern: ConcernFacts,
  other: ConcernFacts,
  reason: string,
): Step<true> {
  if (concern.id === other.id) return refused({ code: 'no-such-concern' })
  const excluded = [...new Set([...concern.excluded, ...other.excluded])]
  const isNew = await insertLink(work, permit, { a: concern.id, b: other.id, by: work.someone.adultId, reason, excluded })
  if (!isNew) return refused({ code: 'linked-already' })
  for (const one of [concern, other]) {
    // That there is another report is a thing of both: whoever is outside either is not shown that they are linked.
    await saveConcernChange(
      work,
      permit,
      { id: one.id, excluded },
      {
        entries: entriesFor(
          one,
          { kind: 'linked', subject: 'Linked with another report of the same event' },
          work.now,
          newEntryId,
        ),
      },
    )
    work.note({
      event: 'concern.linked',
      subjectKind: 'concern',
      subject: one.id,
      facts: { with: one === concern ? other.id : concern.id },
    })
  }
  return ok(true)
}

/** A note of the team on a concern, for the team alone. */
export async function addForTeam(
  work: Work<Actor>,
  permit: Permit<'concern.add-to'>,
  concern: ConcernFacts,
  says: string,
): Step<true> {
  const salt = newSalt()
  const id = newId<string>()
  await insertAddendum(work, permit, concern, { id, by: work.someone.adultId, kind: 'team', says, salt, reporterId: null })
  await saveConcernChange(work, permit, concern, {
    entries: entriesFor(concern, { kind: 'addendum', subject: 'Note of the safeguarding team' }, work.now, newEntryId),
  })
  work.note({
    event: 'concern.added-to',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { addendum: id, kind: 'team', words: saltedDigest(salt, says) },
  })
  return ok(true)
}

/** Whom the reporter's page belongs to: the colleague who reported it, else whoever typed it. */
export function reporterOf(concern: ConcernFacts): AdultId | null {
  return concern.reporterId ?? concern.writtenBy
}

/** Tells the reporter what they may know, and that there is something to read. They see this and nothing else of what was done. */
export async function tellReporter(
  work: Work<Actor>,
  permit: Permit<'concern.tell-reporter'>,
  concern: ConcernFacts,
  says: string,
): Step<true> {
  const salt = newSalt()
  const id = newId<string>()
  const reporter = reporterOf(concern)
  await insertAddendum(work, permit, concern, {
    id,
    by: work.someone.adultId,
    kind: 'feedback',
    says,
    salt,
    reporterId: reporter,
  })
  const alerts: AlertToWrite[] =
    reporter === null
      ? []
      : [
          {
            id: newId<AlertId>(),
            adultId: reporter,
            role: 'teacher',
            kind: 'feedback',
            step: 0,
            rule: 'concerns.feedback',
            says: 'The safeguarding team has told you something about a concern of yours.',
            source: 'The safeguarding team',
            seenAt: reporter === work.someone.adultId ? work.now : null,
          },
        ]
  await saveConcernChange(work, permit, concern, {
    alerts,
    entries: entriesFor(concern, { kind: 'addendum', subject: 'Reporter told what they may know' }, work.now, newEntryId),
  })
  work.note({
    event: 'concern.reporter-told',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { addendum: id, adult: reporter, words: saltedDigest(salt, says) },
  })
  if (reporter !== null) work.send({ kind: 'feedback-mail', adultId: reporter, concernId: concern.id })
  return ok(true)
}

/** Gives a concern to a colleague of the team. Whoever leads stays accountable. */
export async function handOver(
  work: Work<Actor>,
  permit: Permit<'concern.add-to'>,
  concern: ConcernFacts,
  to: RoleHolder,
  says: string,
): Step<true> {
  if (concern.state === 'closed') return refused({ code: 'not-in-this-state', state: concern.state })
  if (concern.excluded.includes(to.adultId)) return refused({ code: 'not-of-the-team' })
  const alert: AlertToWrite = {
    id: newId<AlertId>(),
    adultId: to.adultId,
    role: to.role,
    kind: 'handed-over',
    step: 0,
    rule: 'triage.handed-over',
    says: `${work.someone.name} gave it to them: ${says}`,
    source: 'A decision of the safeguarding team',
    seenAt: to.adultId === work.someone.adultId ? work.now : null,
  }
  await saveConcernChange(work, permit, concern, { ownerId: to.adultId, alerts: [alert] })
  work.note({
    event: 'owner.moved',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { from: concern.ownerId, owner: to.adultId },
  })
  noteAlerts(work, concern, [alert])
  return ok(true)
}

/** Colleagues who can be given a concern: they open files, and are not outside it. */
export async function listColleagues(work: Work<Actor>, concern: ConcernFacts): Promise<RoleHolder[]> {
  const holders = await findRoleHolders(work, work.school.fileRoles)
  return holders.filter(
    (holder, index) =>
      !concern.excluded.includes(holder.adultId) && holders.findIndex(other => other.adultId === holder.adultId) === index,
  )
}

/** Whether any child of the concern waits to be identified. */
export function hasUnidentified(concern: ConcernFacts): boolean {
  return childrenNow(concern).some(child => child.standing === 'unidentified')
}
