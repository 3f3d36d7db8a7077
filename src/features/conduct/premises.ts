import { type Actor, authorise, Denied } from '../../access/index.ts'
import type { CaseId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { noteCase, subjectOfCase } from './commands.ts'
import type { CaseFacts, HireReview } from './model.ts'
import {
  type Booking,
  findCaseFacts,
  findHireReview,
  insertBooking,
  insertHirer,
  listBookings,
  listCasesOfHirer,
  saveHireDecision,
  saveHold,
} from './premises-store.ts'

/** Keeps who hires or uses the premises, with whom to speak there about safeguarding. */
export async function keepHirer(
  work: Work<Actor>,
  hirer: { readonly name: string; readonly safeguardingContact: string },
): Promise<string> {
  const permit = authorise(work.someone, 'hire.keep', { schoolId: work.school.id })
  const id = newId<string>()
  await insertHirer(work, permit, { id, ...hirer, by: work.someone.adultId })
  work.note({ event: 'hire.kept', subjectKind: 'hirer', subject: id })
  return id
}

/** Keeps a day on which they have the premises. */
export async function keepBooking(
  work: Work<Actor>,
  booking: { readonly hirerId: string; readonly on: PlainDate; readonly says: string },
): Promise<string> {
  const permit = authorise(work.someone, 'hire.keep', { schoolId: work.school.id })
  const id = newId<string>()
  await insertBooking(work, permit, { id, ...booking })
  work.note({ event: 'hire.kept', subjectKind: 'hirer', subject: booking.hirerId })
  return id
}

async function getCaseOfHirer<A extends 'conduct.read' | 'conduct.manage'>(work: Work<Actor>, action: A, caseId: CaseId) {
  const found: CaseFacts | undefined = await findCaseFacts(work, caseId)
  const review = found && (await findHireReview(work, caseId))
  if (!found || !review) throw new Denied(action, 'no-ground')
  return { review, permit: authorise(work.someone, action, subjectOfCase(work, found)) }
}

export interface OpenedPremises {
  readonly review: HireReview
  /** Other cases of the same hirer that this reader reads. */
  readonly earlier: readonly { readonly id: CaseId; readonly reference: string }[]
  /** Days still to come; `holdAsked` until each is held or the review says that they go on. */
  readonly bookings: readonly (Booking & { readonly holdAsked: boolean })[]
}

/** What a case about a hirer asks: whether they keep the premises, which days are still to come, and what there was before. */
export async function openPremises(work: Work<Actor>, caseId: CaseId): Promise<OpenedPremises> {
  const { review, permit } = await getCaseOfHirer(work, 'conduct.read', caseId)
  const bookings = await listBookings(work, review.hirerId, localDate(work.now))
  noteCase(work, 'conduct.opened', caseId)
  return {
    review,
    earlier: await listCasesOfHirer(work, permit, review.hirerId, caseId),
    bookings: bookings.map(booking => ({ ...booking, holdAsked: booking.holdReason === null && review.decision !== 'go-on' })),
  }
}

/** Decides with a reason whether they keep the premises while there is a case; holding holds every day to come. */
export async function decideHire(
  work: Work<Actor>,
  caseId: CaseId,
  decided: { readonly decision: 'hold' | 'go-on'; readonly reason: string },
): Promise<Result<void, 'no-reason'>> {
  const { review, permit } = await getCaseOfHirer(work, 'conduct.manage', caseId)
  if (decided.reason.trim() === '') return refused('no-reason')
  const by = work.someone.adultId
  await saveHireDecision(work, permit, caseId, { ...decided, by })
  // Whoever keeps the lettings sees that a day is held, and nothing of why.
  if (decided.decision === 'hold')
    await saveHold(work, permit, review.hirerId, { by, from: localDate(work.now), says: 'Held by the school.' })
  noteCase(work, 'conduct.hire-decided', caseId, { decision: decided.decision })
  return ok(undefined)
}
