import { type Actor, authorise, Denied, type Permit } from '../../access/index.ts'
import type { CaseId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { type NewConduct, recordConduct } from '../conduct/index.ts'
import type {
  ComplaintFacts,
  ComplaintMove,
  ComplaintRefusal,
  ComplaintWords,
  ListedComplaint,
  MovedComplaint,
  NewComplaint,
} from './model.ts'
import { complaintRefusal, isOverdue } from './rules.ts'
import { findComplaints, findWords, insertComplaint, saveAnswered, saveMoved } from './store.ts'

type Answer<T> = Promise<Result<T, ComplaintRefusal>>

/** Keeps a complaint, by any adult of the school; gives its id. */
export async function recordComplaint(work: Work<Actor>, complaint: NewComplaint): Answer<string> {
  const permit = authorise(work.someone, 'complaint.record', { schoolId: work.school.id })
  const refusal = complaintRefusal(complaint)
  if (refusal) return refused(refusal)
  const id = newId<string>()
  await insertComplaint(work, permit, id, complaint, work.someone.adultId)
  const { source, subject } = complaint
  work.note({ event: 'complaint.recorded', subjectKind: 'complaint', subject: id, facts: { source, subject } })
  return ok(id)
}

/** Every complaint that this leader may know of, the open ones first; what was moved stands there as moved. */
export async function listComplaints(work: Work<Actor>): Promise<readonly ListedComplaint[]> {
  authorise(work.someone, 'complaint.keep', { schoolId: work.school.id })
  work.note({ event: 'complaint.listed', subjectKind: 'school', subject: work.school.id })
  return (await findComplaints(work)).map(complaint => ({ ...complaint, overdue: isOverdue(complaint, work.now) }))
}

async function getComplaint(
  work: Work<Actor>,
  id: string,
): Promise<{ readonly found: ComplaintFacts; readonly permit: Permit<'complaint.keep'> }> {
  const [found] = await findComplaints(work, id)
  if (!found) throw new Denied('complaint.keep', 'no-ground')
  return { found, permit: authorise(work.someone, 'complaint.keep', { schoolId: work.school.id, id, excluded: found.excluded }) }
}

/** Reads what was complained of; undefined where it was moved. */
export async function openComplaint(work: Work<Actor>, id: string): Promise<ComplaintWords | undefined> {
  const { permit } = await getComplaint(work, id)
  work.note({ event: 'complaint.opened', subjectKind: 'complaint', subject: id })
  return findWords(work, permit, id)
}

/** The case that a complaint becomes, in the words of whoever complained. */
function caseOf({ source }: ComplaintFacts, { from, says }: ComplaintWords, { about, happenedOn }: ComplaintMove): NewConduct {
  const name = from.trim() === '' ? source : from
  return {
    id: newId<CaseId>(),
    kind: 'conduct',
    reporter: { kind: 'on-behalf', name, adultId: null, reason: source === 'parent' ? 'parent' : 'spoken' },
    about,
    believed: 'unsure',
    source: 'complaint',
    happenedOn,
    happenedAtTime: null,
    words: { seen: '', said: says, opinion: '', done: '', place: 'Not known', present: 'Not known' },
  }
}

/**
 * Moves a complaint that is about an adult's conduct towards a child to the procedure for allegations: a case opens to whom the policy's
 * chain leads, and nobody reads the words as a complaint any more.
 */
export async function moveComplaint(work: Work<Actor>, id: string, moved: ComplaintMove): Answer<MovedComplaint> {
  const { found, permit } = await getComplaint(work, id)
  const about = moved.about.flatMap(({ adultId }) => adultId ?? [])
  if (about.includes(work.someone.adultId)) return refused('about-yourself')
  const words = found.state === 'open' ? await findWords(work, permit, id) : undefined
  if (!words) return refused('settled')
  const done = await recordConduct(work, caseOf(found, words, moved))
  if (!done.ok) return refused(done.refusal.code === 'adult-not-known' ? 'no-such-adult' : 'not-recorded')
  // Somebody else settled it in between: nothing of this is kept.
  if (!(await saveMoved(work, permit, id, about))) throw new Error('the complaint is settled')
  // Of whom and in which case is on the trail of the case alone.
  work.note({ event: 'complaint.moved', subjectKind: 'complaint', subject: id })
  const { caseId, reference, outside } = done.value
  return ok({ caseId, reference, outside })
}

/** Keeps that a complaint was answered, and what came of it. */
export async function answerComplaint(work: Work<Actor>, id: string, outcome: string): Answer<undefined> {
  const { found, permit } = await getComplaint(work, id)
  if (found.state !== 'open') return refused('settled')
  if (outcome.trim() === '') return refused('no-outcome')
  await saveAnswered(work, permit, id, outcome)
  work.note({ event: 'complaint.answered', subjectKind: 'complaint', subject: id })
  return ok(undefined)
}
