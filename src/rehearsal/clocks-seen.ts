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

/** Times of one clock that ran out and began again for the next person, as they were seen while time passed. */
export class Passages {
  readonly #seen = new Map<string, ClockRow>()
  readonly #missed = new Set<string>()
  #starts: ClockRow[] = []
  #breaches: ClockRow[] = []

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
      if (row.passed_on > 0 && isOpen(row) && row.due_at !== null && Date.parse(row.due_at) < Date.parse(now)) this.#miss(row)
    }
  }

  #miss(row: ClockRow): void {
    const key = `${row.id} ${row.due_at}`
    if (this.#missed.has(key)) return
    this.#missed.add(key)
    this.#breaches.push(row)
  }

  /** What was seen since it was asked last: of each clock the last time of each person who had it, for reminders move it on again and again. */
  take(): { readonly starts: readonly ClockRow[]; readonly breaches: readonly ClockRow[] } {
    const taken = { starts: lastOfEach(this.#starts), breaches: lastOfEach(this.#breaches) }
    this.#starts = []
    this.#breaches = []
    return taken
  }
}

function lastOfEach(rows: readonly ClockRow[]): readonly ClockRow[] {
  return [...new Map(rows.map(row => [`${row.id} ${row.owner_id}`, row])).values()]
}

/** What happened to the clocks between two looks at them, with those that were passed on in between. */
export function clockChanges(
  stage: Stage,
  before: readonly ClockRow[],
  after: readonly ClockRow[],
  passed: ReturnType<Passages['take']>,
): ClockChanges {
  const known = new Map(before.map(row => [row.id, row]))
  const isNew = (now: string | null, was: string | null | undefined) => now !== null && (was ?? null) === null
  const again = new Set(passed.breaches.map(({ id }) => id))
  const breached = after.filter(row => isNew(row.breached_at, known.get(row.id)?.breached_at) && !again.has(row.id))
  const byDue = [
    ...breached.map(row => clockSeen(stage, row, row.breached_at)),
    ...passed.breaches.map(row => clockSeen(stage, row)),
  ]
  return {
    starts: lastOfEach([...after.filter(row => !known.has(row.id)), ...passed.starts]).map(row => clockSeen(stage, row)),
    meets: after.filter(row => isNew(row.met_at, known.get(row.id)?.met_at)).map(row => clockSeen(stage, row)),
    breaches: byDue.toSorted((a, b) => byText(a.due ?? '', b.due ?? '')),
  }
}
