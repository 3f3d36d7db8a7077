import type { Permit } from '../../access/index.ts'
import type { ChildId, ConcernId, EntryId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { type ConcernToLink, householdToLink } from './rules.ts'
import { insertHousehold, listSiblingsHere } from './store.ts'

/** Links the brothers and sisters here with a concern about the household; those who are linked already stay as they are. */
export async function linkHousehold(
  work: Work,
  permit: Permit<'concern.record' | 'concern.triage' | 'concern.move'>,
  concern: Omit<ConcernToLink, 'on'> & { readonly id: ConcernId; readonly inConcern: readonly ChildId[] },
): Promise<void> {
  const siblings = await listSiblingsHere(work, concern.id, concern.subjects, concern.inConcern)
  const what = householdToLink({ ...concern, on: localDate(work.now) }, siblings, () => newId<EntryId>())
  await insertHousehold(work, permit, concern.id, what)
  work.note({
    event: 'household.linked',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { children: [...concern.subjects], siblings: siblings.map(sibling => sibling.childId) },
  })
}
