import { authorise, type Permit } from '../../access/index.ts'
import { localDate, toInstant } from '../../kernel/london-time.ts'
import type { LocalTime } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { startedClock } from '../../policy/clocks.ts'
import { endClocks, meetClocks } from '../clocks/index.ts'
import { findPupil, type PupilFacts, type PupilWork, pupilSubject, runPupilClocks } from '../pupil-duties/index.ts'
import type {
  ConcernOfIntelligence,
  ItemToReview,
  NewIntelligence,
  NewRecordRequest,
  NewReview,
  RecordRefusal,
  RecordRequest,
} from './model.ts'
import {
  countUnreviewed,
  findRequest,
  insertIntelligence,
  insertRequest,
  insertReview,
  listItems,
  saveAnswered,
  saveExtended,
} from './store.ts'

type Answer<T = undefined> = Promise<Result<T, RecordRefusal>>

const subjectOf = ({ id, childId }: Pick<RecordRequest, 'id' | 'childId'>) => ({ kind: 'record-request', id, childId })

/** Something was passed to the police as intelligence: kept beside the concern, and in nothing that a family is given. */
export async function recordIntelligence(
  work: PupilWork,
  permit: Permit<'intelligence.record'>,
  concern: ConcernOfIntelligence,
  intelligence: NewIntelligence,
): Answer<string> {
  if (intelligence.channel.trim() === '' || intelligence.reference.trim() === '') return refused('needed')
  if (intelligence.at > work.now) return refused('in-the-future')
  const id = newId<string>()
  await insertIntelligence(work, permit, concern, { ...intelligence, id, by: work.someone.adultId })
  const { at, contentClass } = intelligence
  work.note({
    event: 'intelligence.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { intelligence: id, at, contentClass },
  })
  return ok(id)
}

function keeping(work: PupilWork, pupil: PupilFacts): Permit<'record-request.keep'> {
  return authorise(work.someone, 'record-request.keep', pupilSubject(work, pupil))
}

/** A parent has asked for a child's record. Nothing is given yet: what is to be reviewed first is listed. */
export async function requestRecord(work: PupilWork, request: NewRecordRequest): Answer<string> {
  const pupil = await findPupil(work, request.childId)
  if (!pupil) return refused('no-such-child')
  const permit = keeping(work, pupil)
  if (request.askedBy.trim() === '') return refused('needed')
  if (request.askedOn > localDate(work.now)) return refused('in-the-future')
  const id = newId<string>()
  await insertRequest(work, permit, { ...request, id, by: work.someone.adultId })
  await runPupilClocks(work, subjectOf({ id, childId: request.childId }), pupil, [
    // The month runs from the day on which it was received, whenever it is written down.
    { name: 'subject-access', at: toInstant(request.askedOn, '00:00' as LocalTime) },
  ])
  work.note({ event: 'record-request.opened', subjectKind: 'child', subject: request.childId, facts: { request: id } })
  return ok(id)
}

interface Opened {
  readonly request: RecordRequest
  readonly permit: Permit<'record-request.keep'>
}

async function opened(work: PupilWork, id: string): Promise<Opened | undefined> {
  const request = await findRequest(work, id)
  const pupil = request && (await findPupil(work, request.childId))
  return request && pupil ? { request, permit: keeping(work, pupil) } : undefined
}

/** What is reviewed before anything of the record is given, with what was said about it so far. */
export async function listToReview(work: PupilWork, requestId: string): Answer<readonly ItemToReview[]> {
  const found = await opened(work, requestId)
  if (!found) return refused('no-such-record')
  const items = await listItems(work, found.permit, requestId)
  work.note({
    event: 'record-request.listed',
    subjectKind: 'child',
    subject: found.request.childId,
    facts: { request: requestId, items: items.map(({ id }) => id) },
  })
  return ok(items)
}

/** One of them is given or withheld, with the reason. */
export async function reviewItem(work: PupilWork, requestId: string, review: NewReview): Answer {
  const found = await opened(work, requestId)
  if (!found) return refused('no-such-record')
  const { request, permit } = found
  if (review.because.trim() === '') return refused('needed')
  const item = (await listItems(work, permit, requestId)).find(({ kind, id }) => kind === review.kind && id === review.id)
  if (!item) return refused('no-such-record')
  if (item.verdict !== null || request.answeredAt !== null) return refused('already-over')
  await insertReview(work, permit, request, { ...review, reviewId: newId<string>(), by: work.someone.adultId })
  const { kind, id, verdict } = review
  work.note({
    event: 'record-request.reviewed',
    subjectKind: 'child',
    subject: request.childId,
    facts: { request: requestId, kind, item: id, verdict },
  })
  return ok(undefined)
}

/** Whoever asked is told, with the reason and within the month, that it takes up to two months more. */
export async function extendRequest(work: PupilWork, requestId: string, because: string): Answer {
  const found = await opened(work, requestId)
  if (!found) return refused('no-such-record')
  const { request, permit } = found
  if (because.trim() === '') return refused('needed')
  if (request.answeredAt !== null || request.extendedAt !== null) return refused('already-over')
  const at = toInstant(request.askedOn, '00:00' as LocalTime)
  const first = startedClock(work.profile, 'subject-access', at)
  if (first?.due && first.due < work.now) return refused('too-late')
  const pupil = await findPupil(work, request.childId)
  if (!pupil) return refused('no-such-child')
  await saveExtended(work, permit, requestId, { by: work.someone.adultId, because })
  await endClocks(work, subjectOf(request), ['subject-access'])
  await runPupilClocks(work, subjectOf(request), pupil, [{ name: 'subject-access', at, facts: { extended: true } }])
  work.note({ event: 'record-request.extended', subjectKind: 'child', subject: request.childId, facts: { request: requestId } })
  return ok(undefined)
}

/** The record was given, without what is withheld. Refused while anything is unreviewed. */
export async function answerRequest(work: PupilWork, requestId: string): Answer {
  const found = await opened(work, requestId)
  if (!found) return refused('no-such-record')
  const { request, permit } = found
  if (request.answeredAt !== null) return refused('already-over')
  if ((await countUnreviewed(work, permit, requestId)) > 0) return refused('unreviewed')
  await saveAnswered(work, permit, requestId, work.someone.adultId)
  await meetClocks(work, subjectOf(request), ['subject-access'])
  work.note({
    event: 'record-request.answered',
    subjectKind: 'child',
    subject: request.childId,
    facts: { request: requestId },
  })
  return ok(undefined)
}
