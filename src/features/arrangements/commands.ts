import type { Actor, Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { EntryId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { type ConcernFacts, childrenNow, entryFor, saveConcernChange } from '../triage/index.ts'
import type { ArrangementRefusal, MeetingLack, NewArrangement, NewFamilyMeeting } from './model.ts'
import { lacksOf } from './rules.ts'
import { insertArrangement, insertFamilyMeeting } from './store.ts'

const newEntryId = () => newId<EntryId>()

/** Sets what is arranged for one child. Nothing of it stands in another child's file. */
export async function makeArrangement(
  work: Work<Actor>,
  permit: Permit<'arrangement.make'>,
  concern: ConcernFacts,
  arrangement: NewArrangement,
): Promise<Result<string, ArrangementRefusal>> {
  if (concern.state === 'closed') return refused({ code: 'concern-closed' })
  const child = childrenNow(concern).find(({ childId }) => childId === arrangement.childId)
  if (!child) return refused({ code: 'child-not-in-concern' })
  const id = newId<string>()
  await insertArrangement(work, permit, concern, { ...arrangement, id, by: work.someone.adultId })
  await saveConcernChange(work, permit, concern, {
    entries: [entryFor(child, 'action', 'Something is arranged at school', work.now, newEntryId)],
  })
  work.note({
    event: 'arrangement.made',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { arrangement: id, child: arrangement.childId, kind: arrangement.kind, begins: arrangement.beginsOn },
  })
  return ok(id)
}

/** Writes down a meeting with the parents of one child, and says what it lacks. */
export async function recordFamilyMeeting(
  work: Work<Actor>,
  permit: Permit<'arrangement.make'>,
  concern: ConcernFacts,
  meeting: NewFamilyMeeting,
): Promise<Result<readonly MeetingLack[], ArrangementRefusal>> {
  const child = childrenNow(concern).find(({ childId }) => childId === meeting.childId)
  if (!child) return refused({ code: 'child-not-in-concern' })
  if (meeting.at > work.now) return refused({ code: 'not-yet' })
  const id = newId<string>()
  await insertFamilyMeeting(work, permit, concern, { ...meeting, id, by: work.someone.adultId })
  await saveConcernChange(work, permit, concern, {
    entries: [entryFor(child, 'parents', 'Parents: met with the school', meeting.at, newEntryId)],
  })
  const lacks = lacksOf(meeting, child.involvement)
  work.note({
    event: 'family-meeting.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: {
      meeting: id,
      child: meeting.childId,
      at: meeting.at,
      lacks: [...lacks],
      words: saltedDigest(newSalt(), meeting.arrangements, meeting.wishes, meeting.education, meeting.nextSteps),
    },
  })
  return ok(lacks)
}
