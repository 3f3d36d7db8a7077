import type { Instant } from '../kernel/plain-date.ts'
import type { ThrowAwayDatabase } from '../platform/throw-away-server.ts'
import { dueAt } from '../policy/clock-time.ts'
import type { Policies } from '../policy/load.ts'
import { clockChanges, clockSeen, isOpen, momentOut, Passages } from './clocks-seen.ts'
import type { EventKinds } from './event-kind.ts'
import { conductMoments, conductTellings } from './events/conduct-seen.ts'
import { lookRound } from './look-round.ts'
import type { Answer, NotTold, Played, Rehearsal, RehearsedEvent, Step, Tell } from './model.ts'
import { notToldNow } from './not-told.ts'
import { observers } from './observers.ts'
import { Stage } from './stage.ts'
import { type ClockRow, findNextDue, findNextTold, listClocks, listUndecided } from './stage-store.ts'
import { beginDuties, chasingMoments, justAfter, StandingDuties, warningMoments } from './standing-duties.ts'

/** More looks than this between two events mean that something falls due again and again. */
const looksMax = 20_000

/** Reminded three times in a night is told once. */
function isSame(a: Tell, b: Tell): boolean {
  return a.person === b.person && a.contact === b.contact && a.kind === b.kind && a.ref === b.ref && a.rule === b.rule
}

/** Every clock that the rehearsal shows. */
async function shownClocks(stage: Stage): Promise<readonly ClockRow[]> {
  const { duties } = stage
  const rows = await listClocks(stage.admin, stage.schoolId)
  return duties ? rows.filter(row => duties.shows(stage, row)) : rows
}

type Seen = Pick<Step, 'tells' | 'not_told' | 'starts' | 'meets' | 'breaches'>

/** What has been seen so far, so that each step shows what is new. */
class Watch {
  readonly #stage: Stage
  readonly #told = new Set<string>()
  readonly #passages: Passages
  #clocks: readonly ClockRow[]

  constructor(stage: Stage, before: readonly ClockRow[]) {
    this.#stage = stage
    this.#clocks = before
    this.#passages = new Passages(before)
  }

  /** Between two events: what runs out and is passed on there would not be seen from its end. */
  async glance(): Promise<void> {
    this.#passages.note(await shownClocks(this.#stage), this.#stage.now)
  }

  /** Each of those outside is named once, where it is first known that they are. */
  async #newlyOutside(): Promise<readonly NotTold[]> {
    const found = await notToldNow(this.#stage)
    const fresh = found.filter(({ id }) => !this.#told.has(id))
    for (const { id } of fresh) this.#told.add(id)
    return fresh.map(({ not_told }) => not_told)
  }

  async look(): Promise<Seen> {
    const tells: Tell[] = []
    for (const observer of [...observers, conductTellings])
      for (const { id, tell } of await observer(this.#stage)) {
        if (this.#told.has(id)) continue
        this.#told.add(id)
        if (!tells.some(other => isSame(other, tell))) tells.push(tell)
      }
    const clocks = await shownClocks(this.#stage)
    this.#passages.note(clocks, this.#stage.now)
    const changes = clockChanges(this.#stage, this.#clocks, clocks, this.#passages.take())
    this.#clocks = clocks
    return { tells, not_told: await this.#newlyOutside(), ...changes }
  }
}

/** When somebody hears that nothing has been decided, or assessed: counted from the recording and kept in no clock. */
async function undecidedMoments(stage: Stage): Promise<readonly Instant[]> {
  const { unanswered, calendar } = stage.profile
  const counted: readonly string[] = ['decision', 'risk-assessment']
  const durations = unanswered.flatMap(({ on, within }) => (counted.includes(on) && within ? [within] : []))
  if (durations.length === 0) return []
  const recorded = await listUndecided(stage.admin, stage.schoolId)
  return recorded.flatMap(at => durations.flatMap(duration => dueAt(duration, at, calendar) ?? []))
}

/** The next moment before this one at which the worker would find something to do. */
async function nextLook(stage: Stage, until: Instant): Promise<Instant | undefined> {
  const from = stage.now
  const due = await findNextDue(stage.admin, stage.schoolId, from, until)
  const unheard = [
    ...(await undecidedMoments(stage)),
    ...(await conductMoments(stage)),
    ...(await chasingMoments(stage)),
    ...(await warningMoments(stage)),
  ]
  const undecided = unheard.filter(at => at >= from && at < until)
  const boundaries = stage.boundaries.filter(at => at > from && at <= until)
  const moments = [...(due ? [due] : []), ...undecided].map(justAfter)
  const told = await findNextTold(stage.admin, stage.schoolId, from, until)
  return [...moments, ...boundaries, ...(told ? [told] : [])].toSorted()[0]
}

/** Lets time pass, with a look round whenever something falls due, as the worker looks every minute. */
async function passTime(stage: Stage, watch: Watch, until: Instant): Promise<void> {
  for (let looks = 0; ; looks += 1) {
    const next = await nextLook(stage, until)
    if (!next) break
    if (looks === looksMax) throw new Error(`more than ${looksMax} moments fall due before ${until}`)
    stage.moveTo(next)
    await lookRound(stage)
    await watch.glance()
  }
  stage.moveTo(until)
}

function stepOf(event: RehearsedEvent, answer: Answer, seen: Seen): Step {
  const { ref } = event.keys
  return {
    at: momentOut(event.at),
    event: event.event,
    ref: typeof ref === 'string' ? ref : null,
    accepted: answer.refused.length === 0,
    refused: answer.refused,
    ...seen,
    asks: answer.asks,
  }
}

async function whoSees(stage: Stage): Promise<Played['sees']> {
  const sees: Record<string, readonly string[]> = {}
  for (const [ref, kept] of stage.refs) {
    const found: string[] = []
    for (const key of stage.people.keys()) {
      const opens = await stage.ask(key, work => kept.opens(work))
      if (opens) found.push(opens === 'whole' ? key : `${key}:own`)
    }
    sees[ref] = found
  }
  return sees
}

async function playOn(stage: Stage, rehearsal: Rehearsal, kinds: EventKinds): Promise<Played> {
  await beginDuties(stage)
  const watch = new Watch(stage, await shownClocks(stage))
  const steps: Step[] = []
  for (const event of rehearsal.events) {
    await passTime(stage, watch, event.at)
    await stage.registerPupils()
    const kind = kinds[event.event]
    if (!kind) throw new Error(`"${event.event}" was read and is no event`)
    const answer = await kind.run(stage, event.keys)
    steps.push(stepOf(event, answer, await watch.look()))
  }
  const open = (await shownClocks(stage)).filter(isOpen).map(row => clockSeen(stage, row))
  return { profile: rehearsal.profile, steps, open, sees: await whoSees(stage) }
}

/** Plays a rehearsal from its first event to its last in a database that nobody else uses. */
export async function play(
  rehearsal: Rehearsal,
  parts: { readonly policies: Policies; readonly database: ThrowAwayDatabase; readonly kinds: EventKinds },
): Promise<Played> {
  const duties = StandingDuties.of(rehearsal, parts.kinds)
  const stage = await Stage.open(rehearsal, parts.policies, parts.database, duties)
  try {
    return await playOn(stage, rehearsal, parts.kinds)
  } finally {
    await stage.close()
  }
}
