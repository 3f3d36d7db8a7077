/** When the file of a pupil who leaves is due, and how long it is kept. Pure. */
import { endOfDay, startOfDay } from '../../kernel/london-time.ts'
import { addDays, addMonths, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import type { Destination, Profile, RetentionRule } from '../../policy/profile.ts'

/** Whether a file goes anywhere: nobody receives that of a child who is taught at home, missing, abroad or dead. */
export function isSentOn(destination: Destination): boolean {
  return destination === 'school' || destination === 'independent' || destination === 'college'
}

/** How far into a term a move still counts as one at its start. */
const startedWithinDays = 14

/** From which moment the days of the transfer count: the last day here, or the first day of the new term. */
export function transferBasis(
  leaving: { readonly on: PlainDate; readonly moment: 'in-year' | 'new-term' },
  calendar: Profile['calendar'],
): Instant {
  if (leaving.moment === 'in-year') return startOfDay(leaving.on)
  const starts = calendar.terms.map(({ from }) => from).toSorted()
  const begun = starts.findLast(from => from <= leaving.on && addDays(from, startedWithinDays) > leaving.on)
  return startOfDay(begun ?? starts.find(from => from > leaving.on) ?? leaving.on)
}

/** Whether this school stays the last that is known to hold the file. Where the policy does not say, none of it is decided. */
export function isLastKnown({ lastKnown }: Pick<Profile, 'lastKnown'>, destination: Destination): boolean {
  return lastKnown?.destinations.includes(destination) ?? false
}

export interface KeptFile {
  readonly born: PlainDate | null
  readonly lastKnownHere: boolean
  /** The day of the latest record that bears on sexual abuse, where there is any. */
  readonly sexualAbuseOn?: PlainDate
}

export interface KeptUntil {
  /** The last day on which it is kept; from the next it may be proposed for disposal. */
  readonly on: PlainDate
  readonly rule: RetentionRule
}

/** Until when a file is kept under the policy, the longest of the rules that apply; undefined where none does: then nothing is ever proposed. */
export function keptUntil({ retention }: Pick<Profile, 'retention'>, file: KeptFile): KeptUntil | undefined {
  const dated = retention.flatMap((rule): KeptUntil[] => {
    if (rule.of === 'last-known-school' && !file.lastKnownHere) return []
    if (rule.of === 'sexual-abuse' && file.sexualAbuseOn === undefined) return []
    const from = rule.from === 'birth' ? file.born : (file.sexualAbuseOn ?? null)
    return from === null ? [] : [{ on: addMonths(from, 12 * rule.years), rule }]
  })
  return dated.toSorted((a, b) => (a.on < b.on ? -1 : 1)).at(-1)
}

/** Whether a file may be proposed for disposal on a day: never before its time is over, and never where no period is set. */
export function mayBeDisposed(kept: KeptUntil | undefined, today: PlainDate): boolean {
  return kept !== undefined && today > kept.on
}

/** When what is kept is looked at again. */
export function reviewedAt(kept: KeptUntil): Instant {
  return endOfDay(kept.on)
}
