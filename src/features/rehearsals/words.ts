/** How a rehearsal speaks of what it found. */
import type { Profile } from '../../policy/profile.ts'
import type { Tell } from '../../rehearsal/model.ts'
import { clockTitles } from '../triage/index.ts'

/** The clock as pages call it. */
export function clockTitle(clock: string): string {
  return (clockTitles as Readonly<Record<string, string>>)[clock] ?? clock.replaceAll('-', ' ')
}

/** How somebody hears of it, and in which role unless their name is that of the role. */
export function howTold({ person, role, how }: Pick<Tell, 'person' | 'role' | 'how'>, profile: Profile): string {
  if (person === null) return 'is shown to whoever reported it'
  const title = profile.team.find(member => member.role === role)?.title ?? role?.replaceAll('-', ' ') ?? ''
  const as = title === '' || title === person ? '' : ` as ${title}`
  return `is told${as}${how === 'alert' ? '' : ` (${how.replaceAll('-', ' ')})`}`
}

/** The role in which somebody would have heard, unless their name is that of the role. */
export function roleInWords({ person, role }: { readonly person: string; readonly role: string }, profile: Profile): string {
  const title = profile.team.find(member => member.role === role)?.title ?? role.replaceAll('-', ' ')
  return title === person ? '' : `, ${title}`
}

/** `name:own` sees their own words alone. */
export function whoSees(who: readonly string[]): string {
  if (who.length === 0) return 'Nobody inside'
  return who.map(one => (one.endsWith(':own') ? `${one.slice(0, -':own'.length)} (their own words only)` : one)).join(', ')
}
