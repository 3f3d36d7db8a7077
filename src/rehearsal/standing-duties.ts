/** What comes back at a school whatever happens: training, reading, checks and reviews. Which of it a rehearsal is about, and how it begins. */
import { keepSchoolDuties } from '../features/oversight/index.ts'
import { startDuties } from '../features/training/index.ts'
import { localDate, startOfDay } from '../kernel/london-time.ts'
import { addDays, epochInMs, type Instant, instantOf, type PlainDate } from '../kernel/plain-date.ts'
import { dueAt } from '../policy/clock-time.ts'
import type { ClockName, CourseId, Duration, Profile } from '../policy/profile.ts'
import { isOpen } from './clocks-seen.ts'
import type { EventKinds } from './event-kind.ts'
import type { Rehearsal } from './model.ts'
import type { Stage } from './stage.ts'
import { type ClockRow, listClocks, listUnconfirmed, quieten } from './stage-store.ts'

/** What an event is about of all that comes back. */
export type DutyInPlay =
  | { readonly of: 'person'; readonly person: string; readonly starts: boolean }
  | { readonly of: 'course'; readonly person: string; readonly course: CourseId }
  | { readonly of: 'document'; readonly person: string; readonly document: string }
  | { readonly of: 'check'; readonly clock: ClockName }

/** Only time passes: it is asked what falls due at the school, whatever it is. */
const everything = 'everything'

export class StandingDuties {
  readonly #inPlay: readonly DutyInPlay[] | typeof everything

  private constructor(inPlay: readonly DutyInPlay[] | typeof everything) {
    this.#inPlay = inPlay
  }

  /** What this rehearsal is about; undefined where it is about nothing that comes back, and shows nothing of it. */
  static of(rehearsal: Rehearsal, kinds: EventKinds): StandingDuties | undefined {
    if (rehearsal.events.every(({ event }) => event === 'time.passes')) return new StandingDuties(everything)
    const inPlay = rehearsal.events.flatMap(({ event, keys }) => kinds[event]?.duties?.(keys) ?? [])
    return inPlay.length > 0 ? new StandingDuties(inPlay) : undefined
  }

  /** Whether the person's duties run from the beginning: of whoever starts later they begin with that event. */
  beginsWith(person: string): boolean {
    if (this.#inPlay === everything) return true
    const theirs = this.#inPlay.filter(duty => duty.of !== 'check' && duty.person === person)
    return theirs.length > 0 && !theirs.some(duty => duty.of === 'person' && duty.starts)
  }

  /** Whether the rehearsal shows this clock. */
  shows(stage: Stage, row: ClockRow): boolean {
    if (row.area !== 'school' || (row.subject_kind !== 'adult' && row.subject_kind !== 'school')) return true
    const inPlay = this.#inPlay
    if (inPlay === everything) return true
    const about = stage.keyOf(row.subject_id)
    return inPlay.some(duty => (duty.of === 'check' ? duty.clock === row.name : duty.person === about && isOf(stage, duty, row)))
  }
}

function isOf({ profile }: Stage, duty: Exclude<DutyInPlay, { of: 'check' }>, { name, rule }: ClockRow): boolean {
  const { training, reading, readingDocuments } = profile.duties
  switch (duty.of) {
    case 'person':
      return true
    case 'course':
      return training.some(one => one.course === duty.course && one.rule === rule)
    case 'document': {
      const covers = readingDocuments.find(({ id }) => id === duty.document)?.covers ?? []
      return reading.some(one => one.clock === name && (one.document === duty.document || covers.includes(one.document)))
    }
  }
}

/** What is signed before anybody begins work: whoever is there has begun. */
function documentsBeforeStarting({ duties }: Profile): readonly string[] {
  return duties.reading.filter(({ duration }) => duration.value.unit === 'immediately').map(({ document }) => document)
}

/** Begins what comes back as the product begins it at a school that is new to it, and keeps quiet of what the rehearsal is not about. */
export async function beginDuties(stage: Stage): Promise<void> {
  const { duties } = stage
  if (!duties) return
  await stage.inBackground(keepSchoolDuties)
  for (const { key, adultId, roles } of stage.people.values())
    if (roles.length > 0 && duties.beginsWith(key)) await stage.inBackground(work => startDuties(work, adultId))
  await stage.signBefore(documentsBeforeStarting(stage.profile))
  await quietenTheRest(stage)
}

/** Nobody hears in a rehearsal of what it is not about. */
export async function quietenTheRest(stage: Stage): Promise<void> {
  const { duties } = stage
  if (duties) await quieten(stage.admin, stage.schoolId, row => duties.shows(stage, row))
}

/** The moments at which whoever has not confirmed a document is chased. */
export async function chasingMoments(stage: Stage): Promise<readonly Instant[]> {
  const { duties, calendar } = stage.profile
  const rule = duties.readingChased
  if (!stage.duties || !rule) return []
  const issued = await listUnconfirmed(stage.admin, stage.schoolId)
  return issued.flatMap(at => rule.after.flatMap(after => dueAt(after, at, calendar) ?? []))
}

const daysWarnedAtMost = 400

/** The first midnight from which the time that ends then is near; undefined where that is further back than a year. */
function warnedFrom(warn: Duration, due: Instant, calendar: Profile['calendar']): Instant | undefined {
  const isNear = (day: PlainDate) => (dueAt(warn, startOfDay(day), calendar) ?? due) >= due
  const last = localDate(due)
  for (let back = 1; back <= daysWarnedAtMost; back += 1)
    if (!isNear(addDays(last, -back))) return startOfDay(addDays(last, 1 - back))
  return undefined
}

/** The moments at which the time of a duty is near, where the policy has somebody told of that. */
export async function warningMoments(stage: Stage): Promise<readonly Instant[]> {
  const { duties, profile } = stage
  if (!duties) return []
  const rows = (await listClocks(stage.admin, stage.schoolId)).filter(
    row => isOpen(row) && row.told === 0 && duties.shows(stage, row),
  )
  return rows.flatMap(({ rule, due_at }) => {
    const warn = profile.duties.reviews.find(duty => duty.rule === rule)?.warn
    if (!warn || due_at === null) return []
    return warnedFrom(warn.value, new Date(due_at).toISOString() as Instant, profile.calendar) ?? []
  })
}

export const justAfter = (moment: Instant): Instant => instantOf(epochInMs(moment) + 1)
