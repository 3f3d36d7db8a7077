import { type Actor, authorise, type Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { tellEach } from '../notices/index.ts'
import type { NewShare, OpenShare, SharedChild, ShareRefusal } from './model.ts'
import { checkReaders, endsAt, holdsAt } from './rules.ts'
import { findOpenShare, findShareStanding, insertShare, listColleagues, saveEnd, saveRead } from './store.ts'

/** Shares with colleagues what they need to do their part; they hear that there is something, and nothing of it. */
export async function share(work: Work<Actor>, child: SharedChild, wanted: NewShare): Promise<Result<string, ShareRefusal>> {
  const permit = authorise(work.someone, 'share.make', { schoolId: work.school.id, excluded: child.tied })
  const readers = [...new Set(wanted.readers)]
  const checked = checkReaders(readers, await listColleagues(work, permit), child.tied)
  if (!checked.ok) return checked
  const [id, salt, untilAt] = [newId<string>(), newSalt(), endsAt(wanted.until)]
  const { says, because } = wanted
  await insertShare(work, permit, child, { id, says, because, untilAt, by: work.someone.adultId, salt, readers })
  const told = readers.map(adultId => ({
    adultId,
    role: null,
    rule: 'shares.shared',
    says: 'Something about a child has been shared with you. Read it under Shared with you.',
    source: 'Shared by the safeguarding team',
  }))
  await tellEach(work, permit, { topic: 'share', urgent: false, link: '/shared' }, told)
  work.note({
    event: 'share.made',
    subjectKind: 'share',
    subject: id,
    facts: { child: child.childId, readers, until: wanted.until, words: saltedDigest(salt, says, because) },
  })
  return ok(id)
}

/** Ends it before its day: from this moment nobody reads it. */
export async function endShare(
  work: Work<Actor>,
  id: string,
  because: string,
): Promise<Result<true, ShareRefusal | 'not-there'>> {
  const standing = await findShareStanding(work, id)
  if (!standing) return refused('not-there')
  const permit = authorise(work.someone, 'share.make', { schoolId: work.school.id, id, excluded: standing.excluded })
  if (!holdsAt(standing, work.now)) return refused('over-already')
  await saveEnd(work, permit, id, work.someone.adultId, because)
  work.note({ event: 'share.ended', subjectKind: 'share', subject: id, facts: { child: standing.childId } })
  return ok(true)
}

/** The words, open before whoever they are shared with; undefined where they hold no longer. */
export async function openShare(
  work: Work<Actor>,
  permit: Permit<'share.read'>,
  { id, childId }: { readonly id: string; readonly childId: ChildId },
): Promise<OpenShare | undefined> {
  const found = await findOpenShare(work, permit, id)
  if (found) work.note({ event: 'share.opened', subjectKind: 'share', subject: id, facts: { child: childId } })
  return found
}

/** Whoever it is shared with says that they have read it. */
export async function sayRead(
  work: Work<Actor>,
  permit: Permit<'share.read'>,
  { id, childId }: { readonly id: string; readonly childId: ChildId },
): Promise<boolean> {
  const isSaid = await saveRead(work, permit, id)
  if (isSaid) work.note({ event: 'share.read', subjectKind: 'share', subject: id, facts: { child: childId } })
  return isSaid
}
