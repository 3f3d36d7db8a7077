/** Who belongs to the household of a concern, and what their files say of it. Pure. */
import type { AdultId, ChildId, EntryId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Profile } from '../../policy/profile.ts'
import type { SiblingHere } from './model.ts'

/** Whether what was reported or chosen is harm that touches the other children of the household. */
export function isHouseholdHarm(
  { householdHarm }: Pick<Profile, 'householdHarm'>,
  about: { readonly categories: readonly string[]; readonly prompts: readonly string[] },
): boolean {
  if (!householdHarm) return false
  return (
    householdHarm.categories.some(id => about.categories.includes(id)) ||
    householdHarm.prompts.some(id => about.prompts.includes(id))
  )
}

/** What stands in the file of a brother or sister: nothing of whose concern it is, nor of what. */
export const householdHeadings = {
  awaiting: 'Possibly affected by a concern about the household: waits for the safeguarding team to confirm',
  confirmed: 'Confirmed: affected by a concern about the household',
  dismissed: 'Looked at: not affected by a concern about the household',
} as const

export interface ConcernToLink {
  readonly excluded: readonly AdultId[]
  readonly subjects: readonly ChildId[]
  readonly on: PlainDate
}

/** The rows and entries of a household: those whom the concern is about, and the brothers and sisters who wait for the team. */
export function householdToLink(concern: ConcernToLink, siblings: readonly SiblingHere[], newId: () => EntryId) {
  const outside = (tied: readonly AdultId[]) => [...new Set([...concern.excluded, ...tied])]
  return {
    rows: [
      ...concern.subjects.map(childId => ({
        childId,
        part: 'subject' as const,
        state: 'confirmed' as const,
        excluded: concern.excluded,
      })),
      ...siblings.map(({ childId, tied }) => ({
        childId,
        part: 'sibling' as const,
        state: 'awaiting' as const,
        excluded: outside(tied),
      })),
    ],
    entries: siblings.map(({ childId, tied }) => ({
      id: newId(),
      childId,
      heading: householdHeadings.awaiting,
      happenedOn: concern.on,
      excluded: outside(tied),
    })),
  }
}
