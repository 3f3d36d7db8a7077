import { localDate, toInstant } from '../../kernel/london-time.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { type StartedClock, startedUnder } from '../../policy/clocks.ts'
import type {
  ClockName,
  ClockRule,
  CourseId,
  Profile,
  ReadingDocument,
  ReadingDuty,
  RecurringDuty,
  SchoolDuties,
  TrainingDuty,
} from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { AdultFacts, Edition, Issue, IssueToOpen, RunningClock } from './model.ts'

type Standing = Pick<AdultFacts, 'roles' | 'worksDirectly'>

/** The trainings that somebody's roles bring. */
export function trainingOwed({ training }: SchoolDuties, { roles }: Standing): readonly TrainingDuty[] {
  return training.filter(duty => duty.roles.some(role => roles.includes(role)))
}

function isFor(duties: SchoolDuties, duty: ReadingDuty, { roles, worksDirectly }: Standing): boolean {
  const held = roles.filter(role => duty.roles.includes(role))
  if (held.length === 0 || !duty.work) return held.length > 0
  const direct = worksDirectly ?? held.some(role => !duties.indirectRoles?.value.includes(role))
  return direct === (duty.work === 'direct')
}

/** The documents that somebody must read; one that another of them covers is not asked for beside it. */
export function readingOwed(duties: SchoolDuties, standing: Standing): readonly ReadingDuty[] {
  const owed = duties.reading.filter(duty => isFor(duties, duty, standing))
  const covered = new Set(owed.flatMap(duty => documentOf(duties, duty.document)?.covers ?? []))
  return owed.filter(duty => !covered.has(duty.document))
}

/** The document as the profile names it. */
export function documentOf(duties: SchoolDuties, id: string): ReadingDocument | undefined {
  return duties.readingDocuments.find(document => document.id === id)
}

/** Before any edition that the school has issued. */
const undated: Edition = { edition: 'as it stands', on: '2000-01-01' as PlainDate }

/** The edition that must be read today. */
export function editionOf(profile: Profile, id: string, issued: ReadonlyMap<string, Edition>): Edition {
  const own = issued.get(id)
  const kind = documentOf(profile.duties, id)?.kind
  const { guidance } = profile.duties
  const given =
    kind === 'policy'
      ? { edition: profile.edition.title, on: profile.edition.date }
      : kind === 'guidance' && guidance
        ? { edition: guidance.value, on: guidance.from }
        : undefined
  if (!given) return own ?? undated
  return own && own.on >= given.on ? own : given
}

/** What follows for somebody from their roles and from what they have done. */
export interface Settlement {
  readonly open: readonly IssueToOpen[]
  readonly withdraw: readonly string[]
  readonly start: readonly { readonly clock: StartedClock; readonly owner: readonly RoleId[] }[]
  readonly meet: readonly RunningClock[]
  readonly end: readonly RunningClock[]
}

export interface SettlingFacts {
  readonly profile: Profile
  readonly now: Instant
  readonly adult: AdultFacts
  readonly issued: ReadonlyMap<string, Edition>
  /** They have just started: their induction begins. */
  readonly starting?: boolean
  /** The training that was just recorded. */
  /** The clock of the document that was just signed. */
  readonly readNow?: ClockName
  readonly trainedNow?: { readonly course: CourseId; readonly on: PlainDate }
}

/** When a document was signed whole, in an edition that counts, also as part of one that covers it. */
function completions(facts: SettlingFacts, duty: ReadingDuty): readonly Instant[] {
  const { profile, adult, issued } = facts
  const current = editionOf(profile, duty.document, issued)
  return adult.issues.flatMap(issue => {
    const covers = issue.document === duty.document || documentOf(profile.duties, issue.document)?.covers.includes(duty.document)
    const counts = !duty.onReissue || issue.editionOn >= current.on
    return covers && counts && issue.completedAt ? [issue.completedAt] : []
  })
}

function isOpen(issue: Issue): boolean {
  return issue.completedAt === null && issue.withdrawnAt === null
}

/** The rules of a duty's first time, or of its coming back. */
function rulesOf(clock: ClockName, duties: readonly RecurringDuty[], again: boolean): ClockRule[] {
  return duties.flatMap(({ rule, says, duration, every }): ClockRule[] => {
    const time = again ? every : duration
    return time ? [{ clock, rule, says, duration: time }] : []
  })
}

function ownerOf(duties: readonly RecurringDuty[], rule: string): readonly RoleId[] {
  return duties.find(duty => duty.rule === rule)?.owner ?? []
}

/** Everything that is owed and not yet so: settling twice changes nothing the second time. */
export function settlement(facts: SettlingFacts): Settlement {
  const { profile, adult } = facts
  const reading = readingOwed(profile.duties, adult)
  const training = trainingOwed(profile.duties, adult)
  if (!adult.isFollowed) return settlementOfOne(facts, reading, training)
  const handed = issuesToSettle(facts, reading)
  const parts = [
    ...[...Map.groupBy(reading, duty => duty.clock)]
      .filter(([clock]) => clock !== 'induction')
      .map(([clock, duties]) => readingClock(facts, clock, duties)),
    ...[...Map.groupBy(training, duty => duty.course)].map(([course, duties]) => trainingClock(facts, course, duties)),
    induction(facts, reading, training, handed.open),
    surplus(facts, reading, training),
  ]
  return {
    ...handed,
    start: parts.flatMap(part => part.start ?? []),
    meet: parts.flatMap(part => part.meet ?? []),
    end: parts.flatMap(part => part.end ?? []),
  }
}

/** Of somebody who is not followed: only what this training, or this reading, brings about. */
function settlementOfOne(facts: SettlingFacts, reading: readonly ReadingDuty[], training: readonly TrainingDuty[]): Settlement {
  const { trainedNow, readNow } = facts
  const duties = reading.filter(duty => duty.clock === readNow)
  const isWhole = duties.length > 0 && duties.every(duty => completions(facts, duty).length > 0)
  const part: Part =
    trainedNow !== undefined
      ? trainingClock(
          facts,
          trainedNow.course,
          training.filter(duty => duty.course === trainedNow.course),
        )
      : isWhole && readNow !== undefined
        ? readingClock(facts, readNow, duties)
        : {}
  return { open: [], withdraw: [], start: part.start ?? [], meet: part.meet ?? [], end: part.end ?? [] }
}

type Part = Partial<Pick<Settlement, 'start' | 'meet' | 'end'>>

/** Hands out what must be read and is neither signed nor open in the edition that counts; takes back what is owed no longer. */
function issuesToSettle(facts: SettlingFacts, owed: readonly ReadingDuty[]): Pick<Settlement, 'open' | 'withdraw'> {
  const { profile, adult, issued } = facts
  const documents = [...Map.groupBy(owed, duty => duty.document).values()].flatMap(duties => duties[0] ?? [])
  const stale = (issue: Issue) => {
    const duty = documents.find(one => one.document === issue.document)
    return !duty || (duty.onReissue && issue.editionOn < editionOf(profile, issue.document, issued).on)
  }
  const open = documents
    .filter(duty => completions(facts, duty).length === 0)
    .filter(duty => !adult.issues.some(issue => isOpen(issue) && issue.document === duty.document && !stale(issue)))
    .map(duty => issueOf(profile, duty, editionOf(profile, duty.document, issued), owed))
  return { open, withdraw: adult.issues.filter(issue => isOpen(issue) && stale(issue)).map(({ id }) => id) }
}

/** A document as it is handed out. */
export function issueOf(
  profile: Profile,
  duty: ReadingDuty,
  { edition, on }: Edition,
  owed: readonly ReadingDuty[],
): IssueToOpen {
  const { document, clock, signature, ownHand } = duty
  return {
    document,
    title: documentOf(profile.duties, document)?.title ?? document,
    edition,
    editionOn: on,
    clock,
    parts: signature,
    ownHand,
    induction: owed.some(other => other.document === document && other.induction),
  }
}

/**
 * One clock stands for all documents of its name. Where everything was signed when it began, it is the next time round: only
 * what was signed since then counts. Otherwise something was outstanding, and what was signed before counts too.
 */
function readingClock(facts: SettlingFacts, clock: ClockName, duties: readonly ReadingDuty[]): Part {
  const { profile, adult, now } = facts
  const running = adult.running.filter(one => one.name === clock)
  const signed = duties.map(duty => ({ duty, at: completions(facts, duty) }))
  const outstanding = signed.filter(({ at }) => at.length === 0).map(({ duty }) => duty)
  const met = running.filter(one => {
    const isNextTime = signed.every(({ at }) => at.some(moment => moment <= one.basisAt))
    return outstanding.length === 0 && (!isNextTime || signed.every(({ at }) => at.some(moment => moment > one.basisAt)))
  })
  const left = running.filter(one => !met.includes(one))
  if (outstanding.length > 0) {
    const started = startedUnder(profile, rulesOf(clock, outstanding, false), now)
    return started ? inPlaceOf(left, started, ownerOf(duties, started.rule)) : {}
  }
  if (left.length > 0) return { meet: met }
  // The oldest of the signatures says from when the next time is counted.
  const since = signed
    .flatMap(({ at }) => at.toSorted().at(-1) ?? [])
    .toSorted()
    .at(0)
  const again =
    since === undefined ? undefined : startedUnder(profile, rulesOf(clock, duties, true), met.length > 0 ? now : since)
  return { meet: met, start: again ? [{ clock: again, owner: ownerOf(duties, again.rule) }] : [] }
}

/** Starts a clock unless one runs that is due no later; one that is due later, or never, gives way to it. */
function inPlaceOf(running: readonly RunningClock[], clock: StartedClock, owner: readonly RoleId[]): Part {
  if (running.some(one => clock.due === null || (one.dueAt !== null && one.dueAt <= clock.due))) return {}
  return { end: running, start: [{ clock, owner }] }
}

/** The last time that somebody did the course. */
function lastTime({ adult }: SettlingFacts, course: CourseId): PlainDate | undefined {
  return adult.trained
    .filter(record => record.course === course)
    .map(record => record.completedOn)
    .toSorted()
    .at(-1)
}

/** The clocks of one course, which every rule for that course names: those of another course under the same name are not its own. */
function clocksOfCourse({ profile, adult }: SettlingFacts, course: CourseId): readonly RunningClock[] {
  const rules = profile.duties.training.filter(duty => duty.course === course).map(duty => duty.rule)
  return adult.running.filter(one => rules.includes(one.rule))
}

function trainingClock(facts: SettlingFacts, course: CourseId, duties: readonly TrainingDuty[]): Part {
  const { profile, now } = facts
  const clock = duties.find(duty => duty.clock)?.clock
  if (!clock) return {}
  const running = clocksOfCourse(facts, course)
  const done = lastTime(facts, course)
  const since = done === undefined ? undefined : done === localDate(now) ? now : toInstant(done, '00:00' as LocalTime)
  // Only the latest training counts, and only when it is recorded: an older certificate that turns up later changes nothing.
  const met = facts.trainedNow?.course === course && facts.trainedNow.on === done ? running : []
  if (running.length > met.length) return { meet: met }
  const started =
    since === undefined
      ? startedUnder(profile, rulesOf(clock, duties, false), now)
      : startedUnder(profile, rulesOf(clock, duties, true), since)
  return { meet: met, start: started ? [{ clock: started, owner: ownerOf(duties, started.rule) }] : [] }
}

/** The induction is over when all that belongs to it is signed and done. */
function induction(
  facts: SettlingFacts,
  reading: readonly ReadingDuty[],
  training: readonly TrainingDuty[],
  handedOut: readonly IssueToOpen[],
): Part {
  const { profile, adult, now, starting } = facts
  const running = adult.running.filter(one => one.name === 'induction')
  const isDone =
    reading.filter(duty => duty.induction).every(duty => completions(facts, duty).length > 0) &&
    training.filter(duty => duty.induction).every(duty => lastTime(facts, duty.course) !== undefined)
  // Whoever has left has not been inducted: the clock ends with what is owed.
  const isOwed = reading.some(duty => duty.induction)
  if (running.length > 0) return isDone && isOwed ? { meet: running } : {}
  const begins = starting || handedOut.some(issue => issue.clock === 'induction')
  if (!begins || isDone) return {}
  const duties = reading.filter(duty => duty.clock === 'induction')
  const started = startedUnder(profile, rulesOf('induction', duties, false), now)
  return started ? { start: [{ clock: started, owner: ownerOf(duties, started.rule) }] } : {}
}

/** Clocks of what somebody's roles bring no longer. */
function surplus({ profile, adult }: SettlingFacts, reading: readonly ReadingDuty[], training: readonly TrainingDuty[]): Part {
  const owed = new Set<ClockName>([...reading.map(duty => duty.clock), ...training.flatMap(duty => duty.clock ?? [])])
  const courses = new Set(training.map(duty => duty.course))
  const isOwed = ({ name, rule }: RunningClock) => {
    const course = profile.duties.training.find(duty => duty.rule === rule)?.course
    return owed.has(name) && (course === undefined || courses.has(course))
  }
  return { end: adult.running.filter(one => !isOwed(one)) }
}
