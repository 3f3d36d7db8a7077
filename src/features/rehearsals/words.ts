/** How a rehearsal speaks of what it found. */
import type { Tell } from '../../rehearsal/model.ts'
import { clockTitles } from '../triage/index.ts'

/** The clock as pages call it. */
export function clockTitle(clock: string): string {
  return (clockTitles as Readonly<Record<string, string>>)[clock] ?? clock.replaceAll('-', ' ')
}

export function howTold({ person, role, how }: Pick<Tell, 'person' | 'role' | 'how'>): string {
  if (person === null) return 'is shown to whoever reported it'
  const as = role ? ` as ${role.replaceAll('-', ' ')}` : ''
  return `is told${as}${how === 'alert' ? '' : ` (${how.replaceAll('-', ' ')})`}`
}

/** `name:own` sees their own words alone. */
export function whoSees(who: readonly string[]): string {
  if (who.length === 0) return 'Nobody inside'
  return who.map(one => (one.endsWith(':own') ? `${one.slice(0, -':own'.length)} (their own words only)` : one)).join(', ')
}
