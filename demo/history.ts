/** The believable past: concerns of earlier weeks, recorded and worked through by the product's own commands at their moments. */
import { createHash } from 'node:crypto'
import { type Action, type Actor, authorise, type Permit } from '../src/access/index.ts'
import { markAlertsSeen } from '../src/features/alerts/index.ts'
import { weekOf } from '../src/features/attendance/rules.ts'
import { keepWeeks } from '../src/features/attendance/store.ts'
import { type NewConcern, recordConcern } from '../src/features/concerns/index.ts'
import { writeNote } from '../src/features/notes/commands.ts'
import { findNotedChild } from '../src/features/notes/store.ts'
import type { Answer } from '../src/features/questions/index.ts'
import { type AskedAbout, isAsked, questionsAt } from '../src/features/questions/rules.ts'
import { makeReferral, recordStep } from '../src/features/referrals/commands.ts'
import { revisionOf as referralRevision } from '../src/features/referrals/rules.ts'
import { findReferral } from '../src/features/referrals/store.ts'
import { setAction } from '../src/features/tasks/commands.ts'
import { acknowledge, closeConcern, decide, recordParents, triageConcern } from '../src/features/triage/commands.ts'
import { tellReporter } from '../src/features/triage/filing-commands.ts'
import { type ConcernFacts, findConcernFacts, subjectOf, subjectsOf } from '../src/features/triage/index.ts'
import { frameworksFor, revisionOf } from '../src/features/triage/rules.ts'
import { assertNever } from '../src/kernel/exhaustive.ts'
import type { ChildId, ConcernId, ReferralId } from '../src/kernel/ids.ts'
import { localDate, toInstant, toLocal } from '../src/kernel/london-time.ts'
import { addDays, epochInMs, type Instant, instantOf, type LocalTime, type PlainDate } from '../src/kernel/plain-date.ts'
import type { Result } from '../src/kernel/result.ts'
import { isSchoolDay } from '../src/kernel/school-days.ts'
import type { Database, Tx } from '../src/platform/database.ts'
import type { Question, SchoolCalendar } from '../src/policy/profile.ts'
import { whereTo } from '../src/policy/where-to.ts'
import { type Work, type WorkTools, workAs, workInBackground } from '../src/work/work.ts'
import { type DemoSchool, demo, demoId } from './people.ts'
import { mmapStory } from './stories/mmap.ts'
import { westParkStory } from './stories/west-park.ts'
import { westacreStory } from './stories/westacre.ts'
import { westleyStory } from './stories/westley.ts'
import { williamMacgregorStory } from './stories/william-macgregor.ts'
import type {
  ReferralStoryStep,
  SchoolStory,
  Story,
  StoryAnswer,
  StoryAnswers,
  StoryNote,
  StoryStep,
  StoryTime,
} from './story.ts'

const stories: readonly { readonly school: DemoSchool; readonly story: SchoolStory }[] = [
  { school: demo.williamMacgregor, story: williamMacgregorStory },
  { school: demo.westacre, story: westacreStory },
  { school: demo.westley, story: westleyStory },
  { school: demo.westPark, story: westParkStory },
  { school: demo.mmap, story: mmapStory },
]

/** One thing that somebody did at a moment. */
interface Deed {
  readonly at: Instant
  readonly by: string
  does(work: Work<Actor>): Promise<void>
}

const minuteInMs = 60_000
const unitsInMs: Readonly<Record<string, number>> = {
  minutes: minuteInMs,
  hour: 60 * minuteInMs,
  hours: 60 * minuteInMs,
  day: 1440 * minuteInMs,
  days: 1440 * minuteInMs,
}

function laterBy(at: Instant, after: string): Instant {
  const [count, unit = ''] = after.split(' ')
  const inMs = Number(count) * (unitsInMs[unit] ?? Number.NaN)
  return instantOf(epochInMs(at) + inMs)
}

/** What happens on another day happens when school is open. */
function inSchool(moment: Instant, first: Instant, calendar: SchoolCalendar): Instant {
  const { date, time } = toLocal(moment)
  if (date === localDate(first)) return moment
  let open = date
  while (!isSchoolDay(open, calendar)) open = addDays(open, 1)
  return toInstant(open, time)
}

function schoolDayBefore(today: PlainDate, count: number, calendar: SchoolCalendar): PlainDate {
  let date = today
  for (let left = count; left > 0; ) {
    date = addDays(date, -1)
    if (isSchoolDay(date, calendar)) left -= 1
  }
  return date
}

function momentOf(when: StoryTime, now: Instant, calendar: SchoolCalendar): Instant {
  if ('minutesAgo' in when) return instantOf(epochInMs(now) - when.minutesAgo * minuteInMs)
  return toInstant(schoolDayBefore(localDate(now), when.schoolDaysAgo, calendar), when.at as LocalTime)
}

function adultOf(school: DemoSchool, handle: string) {
  const found =
    school.adults[handle] ??
    (handle === 'dsl' || handle === 'head' ? Object.values(school.adults).find(adult => adult.roles.includes('dsl')) : undefined)
  if (!found) throw new Error(`${school.key} has no adult ${handle}`)
  return found
}

function childOf(school: DemoSchool, handle: string): ChildId {
  const found = school.children.find(child => child.handle === handle)
  if (!found) throw new Error(`${school.key} has no child ${handle}`)
  return found.childId
}

/** Salted by the story, so that the digest of the words in the trail is that of any other concern. */
function concernId(school: DemoSchool, story: Story): ConcernId {
  return demoId('concern', school.key, createHash('sha256').update(JSON.stringify(story)).digest('hex'))
}

function concernOf(school: DemoSchool, story: Story, at: Instant): NewConcern {
  const { date, time } = toLocal(at)
  const told = story.told === undefined ? undefined : adultOf(school, story.told)
  return {
    id: concernId(school, story),
    reporter: { kind: 'self' },
    children: [
      { childId: childOf(school, story.child), involvement: 'subject' },
      ...(story.others ?? []).map(other => ({ childId: childOf(school, other.child), involvement: other.as })),
    ],
    newChildren: [],
    adults: told
      ? [
          {
            adultId: told.adultId,
            name: told.name,
            relation: told.job,
            involvement: 'told',
            toldAt: instantOf(epochInMs(at) - 5 * minuteInMs),
          },
        ]
      : [],
    happenedOn: date,
    happenedAtTime: time,
    happenedSays: '',
    location: story.where ?? '',
    urgent: story.urgent ?? false,
    stub: false,
    category: story.category ?? null,
    prompts: story.prompts,
    voiceTold: told ? true : null,
    account: { childWords: story.words ?? '', seen: story.seen ?? '', opinion: story.opinion ?? '', done: story.done ?? '' },
    marks: story.mark
      ? [
          {
            childId: childOf(school, story.child),
            side: 'front',
            region: story.mark.region,
            x: null,
            y: null,
            description: story.mark.description,
            sizeSays: story.mark.size,
            colour: story.mark.colour,
            explanation: story.mark.explanation,
          },
        ]
      : [],
  }
}

function done<T>(result: Result<T, unknown>, what: string): T {
  if (!result.ok) throw new Error(`${what} was refused: ${JSON.stringify(result.refusal)}`)
  return result.value
}

async function getFacts(work: Work, id: ConcernId): Promise<ConcernFacts> {
  const concern = await findConcernFacts(work, id)
  if (!concern) throw new Error(`no concern ${id}`)
  return concern
}

function permitFor<A extends Action>(work: Work<Actor>, action: A, concern: ConcernFacts): Permit<A> {
  return authorise(work.someone, action, subjectOf(work, concern))
}

/** The level at that position in the words of the authority where the child lives. */
function levelAt(work: Work, concern: ConcernFacts, position: number): { framework: string; levelId: string } {
  const [framework] = frameworksFor(work.profile, concern)
  const level = framework?.levels.find(one => one.position === position)
  if (!framework || !level) throw new Error(`${work.school.key} has no level ${position}`)
  return { framework: framework.authority, levelId: level.id }
}

function answerOf(question: Question, answer: StoryAnswer): Answer[] {
  const plain = { question: question.id, option: null, says: '', on: null }
  if (typeof answer === 'string' && question.options.length === 0) return [{ ...plain, says: answer }]
  if (typeof answer === 'object' && 'option' in answer) return [{ ...plain, ...answer }]
  return [answer].flat().map(option => ({ ...plain, option }))
}

/** What a story answers to the policy's questions; one that the policy demands may not be missing from it. */
function answersOf(work: Work, at: Question['at'], about: AskedAbout, given: StoryAnswers): Answer[] {
  const asked = questionsAt(work.profile, at).filter(question => isAsked(question, about))
  const missing = asked.find(question => question.required && given[question.id] === undefined)
  if (missing) throw new Error(`a story of ${work.school.key} does not answer ${missing.id}`)
  return asked.flatMap(question => {
    const answer = given[question.id]
    return answer === undefined ? [] : answerOf(question, answer)
  })
}

type StepOf<Name extends StoryStep['step']> = Extract<StoryStep, { step: Name }>

async function triage(work: Work<Actor>, concern: ConcernFacts, step: StepOf<'triage'>): Promise<void> {
  const known = work.profile.concern.triageCategories.map(category => category.id)
  const categories = step.categories.filter(category => known.includes(category))
  if (categories.length === 0) throw new Error(`${work.school.key} knows none of ${step.categories.join(', ')}`)
  const triaged = {
    immediateRisk: 'no',
    safeToGoHome: step.notSafeAtHome ? 'no' : 'yes',
    medical: 'no',
    police: 'no',
    urgentSays: step.notSafeAtHome ? 'Stays in school until it is safe.' : '',
    categories,
    mainCategory: categories[0] ?? null,
    startedAt: work.now,
    ...levelAt(work, concern, step.level),
    rationale: step.why,
    answers: answersOf(work, 'triage', { categories, prompts: concern.prompts }, step.answers ?? {}),
  } as const
  done(await triageConcern(work, permitFor(work, 'concern.triage', concern), concern, triaged, revisionOf(concern)), 'triage')
}

async function refer(work: Work<Actor>, concern: ConcernFacts, step: StepOf<'refer'>): Promise<void> {
  const [child] = subjectsOf(concern)
  const where = child && whereTo(work.profile, 'social-care', child.homeAuthority ?? undefined, child.locality ?? undefined)
  if (!child || where?.kind !== 'found') throw new Error(`nowhere to refer from ${concern.reference}`)
  const referral = {
    childId: child.childId,
    agency: 'social-care',
    authority: child.homeAuthority,
    locality: child.locality,
    learnsHome: false,
    destination: where.name,
    destinationContact: where.contact,
    consent: step.consent,
    consentSays: step.consentSays ?? '',
    asks: step.asks,
  } as const
  done(await makeReferral(work, permitFor(work, 'referral.make', concern), concern, referral), 'referral')
}

async function stepReferral(work: Work<Actor>, concern: ConcernFacts, step: ReferralStoryStep): Promise<void> {
  const open = concern.openReferrals[0]
  const referral = open && (await findReferral(work, open.id as ReferralId))
  if (!referral) throw new Error(`no open referral of ${concern.reference}`)
  const taken = {
    kind: step.step,
    at: work.now,
    withWhom: step.with,
    says: step.says,
    outcome: step.outcome ?? '',
    reference: '',
    disagrees: step.disagrees ?? false,
    stage: step.step === 'escalated' ? referral.stage + 1 : referral.stage,
  }
  done(
    await recordStep(work, permitFor(work, 'referral.make', concern), concern, referral, taken, referralRevision(referral)),
    step.step,
  )
}

async function close(work: Work<Actor>, concern: ConcernFacts, step: StepOf<'close'>): Promise<void> {
  const closure = {
    summary: step.summary,
    outcome: step.outcome,
    rationale: step.why,
    endedClocks: concern.clocks.map(clock => clock.id),
  }
  done(await closeConcern(work, permitFor(work, 'concern.close', concern), concern, closure, revisionOf(concern)), 'closing')
}

async function decideOn(work: Work<Actor>, concern: ConcernFacts, step: StepOf<'decide'>): Promise<void> {
  const nextLookOn = addDays(localDate(work.now), step.nextLookInDays ?? 7)
  const decision = {
    choice: step.choice,
    rationale: step.why,
    answers: answersOf(
      work,
      'decision',
      { categories: concern.triage?.categories ?? [], prompts: concern.prompts },
      step.answers ?? {},
    ),
    notReferringBecause: step.notReferring ?? '',
    adviceFrom: '',
    nextLookOn,
  }
  done(await decide(work, permitFor(work, 'concern.decide', concern), concern, decision, revisionOf(concern)), 'decision')
}

async function act(work: Work<Actor>, school: DemoSchool, concern: ConcernFacts, step: StepOf<'action'>): Promise<void> {
  const [child] = subjectsOf(concern)
  if (!child) throw new Error(`nobody in ${concern.reference}`)
  const action = {
    says: step.says,
    ownerId: adultOf(school, step.owner).adultId,
    dueOn: addDays(localDate(work.now), step.dueInDays),
    childId: child.childId,
  }
  done(await setAction(work, permitFor(work, 'action.set', concern), concern, action), 'action')
}

async function tellParents(work: Work<Actor>, concern: ConcernFacts, step: StepOf<'parents'>): Promise<void> {
  for (const child of subjectsOf(concern)) {
    const contact = { childId: child.childId, outcome: step.outcome, who: step.who, says: step.says }
    done(await recordParents(work, permitFor(work, 'parents.record', concern), concern, contact), 'parents')
  }
}

async function takeStep(work: Work<Actor>, school: DemoSchool, id: ConcernId, step: StoryStep): Promise<void> {
  const concern = await getFacts(work, id)
  await markAlertsSeen(work, id)
  switch (step.step) {
    case 'acknowledge':
      return void done(await acknowledge(work, permitFor(work, 'concern.acknowledge', concern), concern), 'acknowledging')
    case 'triage':
      return triage(work, concern, step)
    case 'parents':
      return tellParents(work, concern, step)
    case 'decide':
      return decideOn(work, concern, step)
    case 'refer':
      return refer(work, concern, step)
    case 'phoned':
    case 'written':
    case 'chased':
    case 'answered':
    case 'escalated':
    case 'concluded':
      return stepReferral(work, concern, step)
    case 'action':
      return act(work, school, concern, step)
    case 'tell':
      return void done(
        await tellReporter(work, permitFor(work, 'concern.tell-reporter', concern), concern, step.says),
        'telling the reporter',
      )
    case 'close':
      return close(work, concern, step)
    default:
      return assertNever(step)
  }
}

function deedsOfStory(school: DemoSchool, story: Story, at: Instant, calendar: SchoolCalendar): Deed[] {
  const concern = concernOf(school, story, at)
  return [
    { at, by: story.by, does: async work => void done(await recordConcern(work, concern), `a concern about ${story.child}`) },
    ...story.steps.map(
      (step): Deed => ({
        at: inSchool(laterBy(at, step.after), at, calendar),
        by: step.by ?? story.team,
        does: work => takeStep(work, school, concern.id, step),
      }),
    ),
  ]
}

function deedOfNote(school: DemoSchool, note: StoryNote, at: Instant): Deed {
  const { date, time } = toLocal(at)
  const written = {
    kind: note.kind,
    withWhom: note.with ?? '',
    agency: note.agency ?? '',
    happenedOn: date,
    happenedAtTime: time,
    says: note.says,
  }
  return {
    at: laterBy(at, '30 minutes'),
    by: note.by,
    does: async work => {
      const child = await findNotedChild(work, childOf(school, note.child))
      if (!child) throw new Error(`no child ${note.child}`)
      await writeNote(
        work,
        authorise(work.someone, 'note.write', { schoolId: work.school.id, excluded: child.tied }),
        child,
        written,
      )
    },
  }
}

/** All that happened at a school, in its order. What would lie in the future has not happened yet. */
function deedsOf(tools: WorkTools, school: DemoSchool, story: SchoolStory, now: Instant): Deed[] {
  const { calendar } = tools.policies.profile(school.key, localDate(now))
  const deeds = [
    ...story.concerns.flatMap(concern => deedsOfStory(school, concern, momentOf(concern.when, now, calendar), calendar)),
    ...story.notes.map(note => deedOfNote(school, note, momentOf(note.when, now, calendar))),
  ]
  return deeds.filter(deed => deed.at <= now).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** The same tools within a transaction that is open already: the whole past is kept, or nothing of it. */
function within(tools: WorkTools, tx: Tx): WorkTools {
  const database = { transaction: async <T>(body: (tx: Tx) => Promise<{ commit: boolean; value: T }>) => (await body(tx)).value }
  return { ...tools, database: database as unknown as Database, outboxFilled: () => undefined }
}

// Mails went out long ago, and whoever was told of something before yesterday has opened it since.
const settled = {
  name: 'demo_settled',
  text: `update alert set mailed_at = told_at, seen_at = case when told_at < $2 then coalesce(seen_at, told_at + interval '2 hours') else seen_at end where school_id = $1`,
}
const anyConcern = { name: 'demo_any_concern', text: 'select exists (select from concern where school_id = $1) as any' }

/** The weeks before this one, as the office entered them. */
async function enterAttendance(tools: WorkTools, school: DemoSchool, story: SchoolStory, now: Instant): Promise<void> {
  const monday = weekOf(localDate(now))
  const weeks = (story.attendance ?? []).flatMap(({ child, attended }) =>
    attended.map((count, index) => ({
      childId: childOf(school, child),
      weekStarts: addDays(monday, -7 * (attended.length - index)),
      possible: 10,
      attended: count,
    })),
  )
  if (weeks.length === 0) return
  const { adultId } = adultOf(school, 'dsl')
  await workAs(tools, { schoolId: school.id, adultId }, now, async work => {
    await keepWeeks(work, authorise(work.someone, 'attendance.keep', { schoolId: work.school.id }), weeks)
    return { commit: true, value: undefined }
  })
}

async function tellSchool(tools: WorkTools, school: DemoSchool, story: SchoolStory, now: Instant): Promise<void> {
  for (const deed of deedsOf(tools, school, story, now)) {
    const { adultId } = adultOf(school, deed.by)
    await workAs(tools, { schoolId: school.id, adultId }, deed.at, async work => {
      await deed.does({ ...work, send: () => undefined })
      return { commit: true, value: undefined }
    })
  }
  await enterAttendance(tools, school, story, now)
  await workInBackground(tools, school.id, now, async work => {
    await work.tx.run(settled, [school.id, instantOf(epochInMs(now) - 24 * 60 * minuteInMs)])
    return { commit: true, value: undefined }
  })
}

async function hasPast(tools: WorkTools, school: DemoSchool, now: Instant): Promise<boolean> {
  return workInBackground(tools, school.id, now, async work => {
    const [row] = await work.tx.run<{ any: boolean }>(anyConcern, [school.id])
    return { commit: false, value: row?.any ?? false }
  })
}

/**
 * Gives the demonstration schools their past, each school's in one transaction, unless it has one: a start that was broken off
 * is finished by the next.
 */
export async function loadHistory(tools: WorkTools, now: Instant): Promise<void> {
  for (const { school, story } of stories) {
    if (await hasPast(tools, school, now)) continue
    await tools.database.transaction(async tx => {
      await tellSchool(within(tools, tx), school, story, now)
      return { commit: true, value: undefined }
    })
  }
}
