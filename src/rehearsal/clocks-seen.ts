import { byText } from '../kernel/ordering.ts'
import { whoseValue } from '../policy/whose-value.ts'
import type { ClockSeen } from './model.ts'
import type { Stage } from './stage.ts'
import type { ClockRow } from './stage-store.ts'

/** A moment as a rehearsal prints it: whole seconds, in UTC. */
export function momentOut(moment: string): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`
}

/** A clock's row as a rehearsal shows it. */
export function clockSeen(stage: Stage, row: ClockRow, dueAt: string | null = row.due_at): ClockSeen {
  const source = stage.citeText(row.source)
  const whose = whoseValue(stage.profile, source.document, row.standing)
  const reading = stage.profile.clocks.find(rule => rule.rule === row.rule)?.duration.reading
  return {
    clock: row.name,
    ref: stage.refOf(row.concern_id) ?? stage.refOf(row.subject_id),
    about: row.concern_id === null ? (stage.keyOf(row.subject_id) ?? stage.keyOf(row.child_id)) : null,
    child: row.concern_id === null ? null : stage.keyOf(row.child_id ?? row.referral_child),
    owner: stage.keyOf(row.owner_id),
    due: dueAt === null ? null : momentOut(dueAt),
    rule: row.rule,
    says: row.says,
    source,
    standing: row.standing,
    ...(whose === undefined ? {} : { whose }),
    ...(reading === undefined ? {} : { reading }),
  }
}

export interface ClockChanges {
  readonly starts: readonly ClockSeen[]
  readonly meets: readonly ClockSeen[]
  readonly breaches: readonly ClockSeen[]
}

export function isOpen(row: ClockRow): boolean {
  return row.met_at === null && row.ended_at === null
}

interface Passed {
  readonly starts: readonly ClockRow[]
  readonly breaches: readonly ClockRow[]
  /** For the first time, with whoever had it then. */
  readonly ranOut: readonly ClockRow[]
}

/** Times of one clock that ran out and began again for the next person, as they were seen while time passed. */
export class Passages {
  readonly #seen = new Map<string, ClockRow>()
  readonly #missed = new Set<string>()
  #starts: ClockRow[] = []
  #breaches: ClockRow[] = []
  #ranOut: ClockRow[] = []

  constructor(before: readonly ClockRow[]) {
    for (const row of before) this.#seen.set(row.id, row)
  }

  /** Looks at what has become of the clocks at this moment. */
  note(rows: readonly ClockRow[], now: string): void {
    for (const row of rows) {
      const was = this.#seen.get(row.id)
      this.#seen.set(row.id, row)
      // What was passed on was missed by whoever had it before.
      if (was && row.passed_on > was.passed_on) {
        this.#miss(was)
        this.#starts.push(row)
      }
      // Later it may have passed to somebody who did not miss it.
      if (was && row.breached_at !== null && was.breached_at === null) this.#ranOut.push({ ...row, owner_id: was.owner_id })
      if (row.passed_on > 0 && isOpen(row) && row.due_at !== null && Date.parse(row.due_at) < Date.parse(now)) this.#miss(row)
    }
  }

  #miss(row: ClockRow): void {
    const key = `${row.id} ${row.due_at}`
    if (this.#missed.has(key)) return
    this.#missed.add(key)
    this.#breaches.push(row)
  }

  /** What was seen since it was asked last: of each clock every time that each person had, wherever the events of the rehearsal stand. */
  take(): Passed {
    const taken = { starts: this.#starts, breaches: this.#breaches, ranOut: this.#ranOut }
    this.#starts = []
    this.#breaches = []
    this.#ranOut = []
    return taken
  }
}

function onceEach(rows: readonly ClockRow[]): readonly ClockRow[] {
  return [...new Map(rows.map(row => [`${row.id} ${row.owner_id} ${row.due_at}`, row])).values()]
}

/** What happened to the clocks between two looks at them, with those that were passed on in between. */
export function clockChanges(
  stage: Stage,
  before: readonly ClockRow[],
  after: readonly ClockRow[],
  passed: Passed,
): ClockChanges {
  const known = new Map(before.map(row => [row.id, row]))
  const isNew = (now: string | null, was: string | null | undefined) => now !== null && (was ?? null) === null
  const again = new Set(passed.breaches.map(({ id }) => id))
  const ranOut = new Map(passed.ranOut.map(row => [row.id, row]))
  const breached = after
    .filter(row => isNew(row.breached_at, known.get(row.id)?.breached_at) && !again.has(row.id))
    .map(row => ranOut.get(row.id) ?? row)
  const byDue = [
    ...breached.map(row => clockSeen(stage, row, row.breached_at)),
    ...passed.breaches.map(row => clockSeen(stage, row)),
  ]
  return {
    starts: onceEach([...after.filter(row => !known.has(row.id)), ...passed.starts]).map(row => clockSeen(stage, row)),
    meets: after.filter(row => isNew(row.met_at, known.get(row.id)?.met_at)).map(row => clockSeen(stage, row)),
    breaches: byDue.toSorted((a, b) => byText(a.due ?? '', b.due ?? '')),
  }
}
