import type { ClockSeen } from './model.ts'
import type { Stage } from './stage.ts'
import type { ClockRow } from './stage-store.ts'

/** A moment as a rehearsal prints it: whole seconds, in UTC. */
export function momentOut(moment: string): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`
}

/** A clock's row as a rehearsal shows it. */
export function clockSeen(stage: Stage, row: ClockRow, dueAt: string | null = row.due_at): ClockSeen {
  const reading = stage.profile.clocks.find(rule => rule.rule === row.rule)?.duration.reading
  return {
    clock: row.name,
    ref: stage.refOf(row.concern_id) ?? stage.refOf(row.subject_id),
    about: row.concern_id === null ? (stage.keyOf(row.subject_id) ?? stage.keyOf(row.child_id)) : null,
    owner: stage.keyOf(row.owner_id),
    due: dueAt === null ? null : momentOut(dueAt),
    rule: row.rule,
    says: row.says,
    source: stage.citeText(row.source),
    standing: row.standing,
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

/** What happened to the clocks between two looks at them. One that nobody answered and that was passed on starts again for the next. */
export function clockChanges(stage: Stage, before: readonly ClockRow[], after: readonly ClockRow[]): ClockChanges {
  const known = new Map(before.map(row => [row.id, row]))
  const starts: ClockSeen[] = []
  const meets: ClockSeen[] = []
  const breaches: ClockSeen[] = []
  for (const row of after) {
    const was = known.get(row.id)
    const isAgain = was !== undefined && row.passed_on > was.passed_on
    const isMet = row.met_at !== null && (was === undefined || was.met_at === null)
    const isBreached = row.breached_at !== null && (was === undefined || was.breached_at === null)
    if (isBreached || isAgain) {
      const dueAt = isBreached ? row.breached_at : (was?.due_at ?? null)
      // What was passed on was missed by whoever had it before.
      breaches.push(clockSeen(stage, isAgain ? { ...row, owner_id: was.owner_id } : row, dueAt))
    }
    if (was === undefined || isAgain) starts.push(clockSeen(stage, row))
    if (isMet) meets.push(clockSeen(stage, row))
  }
  return { starts, meets, breaches }
}
