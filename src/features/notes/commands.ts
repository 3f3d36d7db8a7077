import type { Actor, Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { listStandingHolds } from '../triage/index.ts'
import type { NewNote, NotedChild, NoteRefusal } from './model.ts'
import { entryKindOf, headingOfNote, isHeldBack } from './rules.ts'
import { insertNote } from './store.ts'

/** Writes a note or a contact into a child's file; refused where it is with parents with whom nobody speaks yet. */
export async function writeNote(
  work: Work<Actor>,
  permit: Permit<'note.write'>,
  child: NotedChild,
  note: NewNote,
): Promise<Result<string, NoteRefusal>> {
  const holds = note.kind === 'note' ? [] : await listStandingHolds(work, permit, { childIds: [child.childId] })
  if (isHeldBack(note, holds.length)) return refused({ code: 'parents-held' })
  const id = newId<string>()
  const salt = newSalt()
  await insertNote(work, permit, child, {
    ...note,
    id,
    entryId: newId<string>(),
    by: work.someone.adultId,
    salt,
    entryKind: entryKindOf(note),
    heading: headingOfNote(note),
  })
  work.note({
    event: 'note.written',
    subjectKind: 'note',
    subject: id,
    facts: { child: child.childId, kind: note.kind, words: saltedDigest(salt, note.says) },
  })
  return ok(id)
}
