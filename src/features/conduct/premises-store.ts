import type { Permit } from '../../access/index.ts'
import type { AdultId, CaseId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import type { HireReview } from './model.ts'

export { findCaseFacts } from './store.ts'

const hirer = {
  name: 'hirer_insert',
  text: 'insert into hirer (school_id, id, name, safeguarding_contact, kept_at, kept_by) values ($1, $2, $3, $4, $5, $6)',
}

export async function insertHirer(
  work: Work,
  _permit: Permit<'hire.keep'>,
  kept: { readonly id: string; readonly name: string; readonly safeguardingContact: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(hirer, [work.school.id, kept.id, kept.name, kept.safeguardingContact, work.now, kept.by])
}

const booking = {
  name: 'hire_booking_insert',
  text: 'insert into hire_booking (school_id, id, hirer_id, on_date, says) values ($1, $2, $3, $4, $5)',
}

export async function insertBooking(
  work: Work,
  _permit: Permit<'hire.keep'>,
  kept: { readonly id: string; readonly hirerId: string; readonly on: PlainDate; readonly says: string },
): Promise<void> {
  await work.tx.run(booking, [work.school.id, kept.id, kept.hirerId, kept.on, kept.says])
}

const review = {
  name: 'hire_review',
  text: `select v.hirer_id as "hirerId", h.name, h.safeguarding_contact as "safeguardingContact", v.decision, v.reason
    from hire_review v join hirer h on h.school_id = v.school_id and h.id = v.hirer_id where v.school_id = $1 and v.case_id = $2`,
}

/** What a case asks of the premises, for whoever reads the case. */
export async function findHireReview(work: Work, caseId: CaseId): Promise<HireReview | undefined> {
  return (await work.tx.run<HireReview>(review, [work.school.id, caseId]))[0]
}

export interface Booking {
  readonly id: string
  readonly on: PlainDate
  readonly says: string
  readonly holdReason: string | null
}

const bookings = {
  name: 'hire_bookings',
  text: `select id, on_date as "on", says, hold_reason as "holdReason" from hire_booking
    where school_id = $1 and hirer_id = $2 and on_date >= $3 order by on_date, id`,
}

/** Days still to come. */
export function listBookings(work: Work, hirerId: string, from: PlainDate): Promise<readonly Booking[]> {
  return work.tx.run<Booking>(bookings, [work.school.id, hirerId, from])
}

const cases = {
  name: 'hire_cases',
  text: 'select id, reference from conduct_case where school_id = $1 and hirer_id = $2 and id <> $3 order by recorded_at',
}

/** Other cases of the same hirer that this reader reads too. */
export function listCasesOfHirer(
  work: Work,
  _permit: Permit<'conduct.read'>,
  hirerId: string,
  besides: CaseId,
): Promise<readonly { readonly id: CaseId; readonly reference: string }[]> {
  return work.tx.run(cases, [work.school.id, hirerId, besides])
}

const decide = {
  name: 'hire_decide',
  text: 'update hire_review set decision = $3, reason = $4, decided_at = $5, decided_by = $6 where school_id = $1 and case_id = $2',
}

export async function saveHireDecision(
  work: Work,
  _permit: Permit<'conduct.manage'>,
  caseId: CaseId,
  decided: { readonly decision: 'hold' | 'go-on'; readonly reason: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(decide, [work.school.id, caseId, decided.decision, decided.reason.trim(), work.now, decided.by])
}

const hold = {
  name: 'hire_hold',
  text: `update hire_booking set held_at = $4, held_by = $5, hold_reason = $6
    where school_id = $1 and hirer_id = $2 and on_date >= $3 and held_at is null`,
}

export async function saveHold(
  work: Work,
  _permit: Permit<'conduct.manage'>,
  hirerId: string,
  held: { readonly by: AdultId; readonly from: PlainDate; readonly says: string },
): Promise<void> {
  await work.tx.run(hold, [work.school.id, hirerId, held.from, work.now, held.by, held.says])
}
