import { type Actor, authorise, type Permit, type SubjectFacts, type Worker } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { epochInMs, type Instant, instantOf, type PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { dueAt } from '../../policy/clock-time.ts'
import { type CourseId, courseIds, type SignaturePart } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { startClocks } from '../clocks/index.ts'
import { clockToStart } from '../concerns/index.ts'
import { tell } from '../notices/index.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import type { AdultFacts, DutyRefusal, Edition } from './model.ts'
import { documentOf, editionOf, issueOf, readingOwed, type SettlingFacts, settlement } from './rules.ts'
import {
  closeClocks,
  findAdultFacts,
  findChangedAppointments,
  findEditions,
  findUnconfirmed,
  insertEdition,
  insertFollowed,
  insertIssue,
  insertSignatures,
  insertTraining,
  saveChased,
  saveWorksDirectly,
  withdrawIssues,
} from './store.ts'

type Answer = Promise<Result<undefined, DutyRefusal>>
type SettlingPermit = Permit<'duties.keep' | 'duties.watch' | 'training.record' | 'reading.sign' | 'reading.sign-for'>

const done = ok(undefined)

function ofAdult(work: Work, adultId: AdultId): SubjectFacts {
  return { schoolId: work.school.id, ownerId: adultId }
}

/** Brings about what follows from somebody's roles and from what they have done. */
async function settle(
  work: Work,
  permit: SettlingPermit,
  adult: AdultFacts,
  more: Pick<SettlingFacts, 'starting' | 'trainedNow' | 'readNow'> = {},
): Promise<void> {
  const issued = await findEditions(work, localDate(work.now))
  const { profile, now } = work
  const { open, withdraw, start, meet, end } = settlement({ profile, now, adult, issued, ...more })
  for (const issue of open) await insertIssue(work, permit, adult.adultId, issue)
  if (open.length > 0)
    work.note({
      event: 'reading.issued',
      subjectKind: 'adult',
      subject: adult.adultId,
      facts: { documents: open.map(({ document, edition }) => `${document} ${edition}`) },
    })
  await withdrawIssues(work, permit, withdraw)
  await closeClocks(work, permit, { met: meet.map(({ id }) => id), ended: end.map(({ id }) => id) })
  const roles = [...new Set(start.flatMap(({ owner }) => owner))]
  const holders = roles.length > 0 ? await findRoleHolders(work, roles) : []
  const clocks = start.map(({ clock, owner }) => {
    const holder = owner.flatMap(role => holders.find(one => one.role === role) ?? [])[0]
    return clockToStart(profile, clock, holder?.adultId ?? adult.adultId, null, newId)
  })
  // Whoever it is about sees their own clocks, also where somebody else answers for them.
  startClocks(work, { kind: 'adult', id: adult.adultId, area: 'school', readers: [adult.adultId] }, clocks)
}

async function settleAll(work: Work, permit: SettlingPermit, adultIds?: readonly AdultId[]): Promise<void> {
  for (const adult of await findAdultFacts(work, permit, adultIds)) await settle(work, permit, adult)
}

/** Somebody starts: from now on their training and reading is followed, and their induction begins. */
export async function startDuties(work: Work<Actor | Worker>, adultId: AdultId): Answer {
  const permit =
    work.someone.kind === 'worker'
      ? authorise(work.someone, 'duties.watch', { schoolId: work.school.id })
      : authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  if (!(await insertFollowed(work, permit, adultId, localDate(work.now)))) return refused('no-such-adult')
  const [adult] = await findAdultFacts(work, permit, [adultId])
  if (!adult) return refused('no-such-adult')
  await settle(work, permit, adult, { starting: true })
  work.note({ event: 'adult.duties-started', subjectKind: 'adult', subject: adultId, facts: { roles: adult.roles } })
  return done
}

/** Says whether somebody works with children directly: what they must read follows from it. */
export async function sayWorksDirectly(work: Work<Actor>, adultId: AdultId, directly: boolean): Answer {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  if (!(await saveWorksDirectly(work, permit, adultId, directly))) return refused('no-such-adult')
  await settleAll(work, permit, [adultId])
  work.note({ event: 'adult.works-directly', subjectKind: 'adult', subject: adultId, facts: { directly } })
  return done
}

export interface TrainingDone {
  readonly adultId: AdultId
  readonly course: CourseId
  readonly on?: PlainDate
  readonly provider?: string
}

/** A course that somebody has completed: it meets the clocks of that course alone. */
export async function recordTraining(work: Work<Actor>, { adultId, course, on, provider }: TrainingDone): Answer {
  const permit = authorise(work.someone, 'training.record', ofAdult(work, adultId))
  const today = localDate(work.now)
  const day = on ?? today
  if (!courseIds.includes(course)) return refused('no-such-course')
  if (day > today) return refused('in-the-future')
  const [adult] = await findAdultFacts(work, permit, [adultId])
  if (!adult) return refused('no-such-adult')
  await insertTraining(work, permit, { adultId, course, on: day, provider: provider ?? null, by: work.someone.adultId })
  const trained = [...adult.trained, { course, completedOn: day }]
  await settle(work, permit, { ...adult, trained }, { trainedNow: { course, on: day } })
  work.note({ event: 'training.recorded', subjectKind: 'adult', subject: adultId, facts: { course, on: day } })
  return done
}

export interface ReadingDone {
  readonly adultId: AdultId
  readonly document: string
  /** Left out: every part that the policy asks for. */
  readonly parts?: readonly SignaturePart[]
}

/** Signs parts of a document: one's own, or a colleague's paper where the text asks for no hand of their own. */
export async function signReading(work: Work<Actor>, { adultId, document, parts }: ReadingDone): Answer {
  const { profile } = work
  const isOwn = work.someone.adultId === adultId
  const permit = isOwn
    ? authorise(work.someone, 'reading.sign', ofAdult(work, adultId))
    : authorise(work.someone, 'reading.sign-for', { schoolId: work.school.id })
  const title = documentOf(profile.duties, document)
  if (!title) return refused('no-such-document')
  const [adult] = await findAdultFacts(work, permit, [adultId])
  if (!adult) return refused('no-such-adult')
  const issued = await findEditions(work, localDate(work.now))
  const edition = editionOf(profile, document, issued)
  const owed = readingOwed(profile.duties, adult)
  const duty = owed.find(one => one.document === document) ?? coveringDuty(owed, title.covers, document)
  if (!duty) return refused('no-such-document')
  if (duty.ownHand && !isOwn) return refused('own-hand')
  const open = adult.issues.find(
    issue => issue.document === document && issue.editionOn === edition.on && !issue.completedAt && !issue.withdrawnAt,
  )
  const issueId = open?.id ?? (await insertIssue(work, permit, adultId, issueOf(profile, { ...duty, document }, edition, owed)))
  const signed = parts ?? duty.signature
  const isComplete = await insertSignatures(work, permit, { id: issueId, adultId, parts: signed, by: work.someone.adultId })
  work.note({
    event: 'reading.signed',
    subjectKind: 'adult',
    subject: adultId,
    facts: { document, edition: edition.edition, parts: signed, complete: isComplete },
  })
  const [after] = isComplete ? await findAdultFacts(work, permit, [adultId]) : []
  if (after) await settle(work, permit, after, { readNow: duty.clock })
  return done
}

/** The edition of a document that holds today. */
export async function editionInForce(work: Work, document: string): Promise<Edition> {
  return editionOf(work.profile, document, await findEditions(work, localDate(work.now)))
}

/** Somebody may read more than is asked of them: the whole where a part would do. */
function coveringDuty(owed: ReturnType<typeof readingOwed>, covers: readonly string[], document: string) {
  const covered = owed.find(duty => covers.includes(duty.document))
  return covered && { ...covered, document }
}

export interface EditionToIssue {
  readonly document: string
  readonly edition: string
  readonly on?: PlainDate
}

/** The school has a new edition of a document: from its day on it is read anew where the policy asks for that. */
export async function issueEdition(work: Work<Actor>, { document, edition, on }: EditionToIssue): Answer {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  if (!documentOf(work.profile.duties, document)) return refused('no-such-document')
  const day = on ?? localDate(work.now)
  await insertEdition(work, permit, { document, edition, on: day, by: work.someone.adultId })
  work.note({ event: 'edition.issued', subjectKind: 'school', subject: work.school.id, facts: { document, edition, on: day } })
  if (day <= localDate(work.now)) await settleAll(work, permit)
  return done
}

/**
 * Hands somebody their badge. Where the policy wants a document signed before the first day, nobody who has not signed it gets
 * one, and whoever it names is told.
 */
export async function issueBadge(
  work: Work<Actor>,
  adultId: AdultId,
): Promise<Result<undefined, 'no-such-adult' | 'not-signed'>> {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  const [adult] = await findAdultFacts(work, permit, [adultId])
  if (!adult) return refused('no-such-adult')
  const unsigned = await unsignedBeforeStarting(work, adult)
  work.note({ event: 'badge.decided', subjectKind: 'adult', subject: adultId, facts: { unsigned } })
  return unsigned.length > 0 ? refused('not-signed') : done
}

async function unsignedBeforeStarting(work: Work, adult: AdultFacts): Promise<readonly string[]> {
  const issued = await findEditions(work, localDate(work.now))
  return readingOwed(work.profile.duties, adult)
    .filter(duty => duty.duration.value.unit === 'immediately')
    .filter(({ document }) => {
      const current = editionOf(work.profile, document, issued)
      return !adult.issues.some(issue => issue.document === document && issue.completedAt && issue.editionOn >= current.on)
    })
    .map(({ document }) => document)
}

const lookBackInMs = 26 * 3_600_000

/** Follows everybody whose appointment has begun or ended: a role brings its duties, and the last one that ends takes them away. */
export async function followAppointments(work: Work<Worker>): Promise<void> {
  const permit = authorise(work.someone, 'duties.watch', { schoolId: work.school.id })
  const since = instantOf(epochInMs(work.now) - lookBackInMs)
  const changed = await findChangedAppointments(work, permit, since)
  for (const { adultId, followed, began } of changed) if (!followed && began) await startDuties(work, adultId)
  const known = changed.filter(({ followed }) => followed).map(({ adultId }) => adultId)
  if (known.length > 0) await settleAll(work, permit, known)
}

/** Brings everybody's duties up to date: a new school year, a new edition of the guidance or of the policy. */
export async function settleEverybody(work: Work<Worker>): Promise<void> {
  await settleAll(work, authorise(work.someone, 'duties.watch', { schoolId: work.school.id }))
  await chaseReading(work)
}

/** Tells those whom the profile names of whoever has not confirmed a document in time, once for each of its times. */
export async function chaseReading(work: Work<Worker>): Promise<void> {
  const permit = authorise(work.someone, 'duties.watch', { schoolId: work.school.id })
  const { readingChased: rule } = work.profile.duties
  if (!rule) return
  const waiting = await findUnconfirmed(work, permit)
  const isPast = (issuedAt: string, times: number) => {
    const after = rule.after[times - 1]
    const due = after && dueAt(after, issuedAt as Instant, work.profile.calendar)
    return due !== undefined && due !== null && work.now > due
  }
  for (const times of rule.after.map((_, index) => index + 1).toReversed()) {
    const late = waiting.filter(one => one.chased < times && isPast(one.issuedAt, times) && !isPast(one.issuedAt, times + 1))
    if (late.length === 0) continue
    const listeners = await findRoleHolders(work, rule.told)
    const document = work.profile.documents[rule.source.document]?.title ?? rule.source.document
    await tell(work, {
      topic: 'reading',
      urgent: false,
      says: `Not confirmed: ${late.map(({ name, title }) => `${name} (${title})`).join('; ')}.`,
      source: `${document}, ${rule.source.section}`,
      link: '/people',
      tells: listeners.map(({ adultId }) => adultId),
      // Who holds several of them is told in the one that the policy names first.
      roles: new Map(
        rule.told.toReversed().flatMap(role => listeners.filter(one => one.role === role).map(one => [one.adultId, role])),
      ),
    })
    await saveChased(
      work,
      permit,
      late.map(({ id }) => id),
      times,
    )
  }
}
