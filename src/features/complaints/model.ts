import type { AdultId, CaseId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

export const complaintSources = ['pupil', 'parent', 'staff', 'visitor'] as const
export type ComplaintSource = (typeof complaintSources)[number]

export const complaintSubjects = ['safety', 'bullying', 'adult', 'premises', 'response', 'other'] as const
export type ComplaintSubject = (typeof complaintSubjects)[number]

export interface ComplaintWords {
  /** Who complains. */
  readonly from: string
  readonly says: string
}

export interface NewComplaint extends ComplaintWords {
  readonly source: ComplaintSource
  readonly subject: ComplaintSubject
  /** Under which of the school's procedures it is answered. */
  readonly process: string
  readonly receivedOn: PlainDate
  readonly ownerId: AdultId
  readonly replyBy: Instant | null
  /** Adults of the school whom it is known to be about: they never see it. */
  readonly about: readonly AdultId[]
}

/** A complaint as the leaders list it: no words. */
export interface ComplaintFacts
  extends Pick<NewComplaint, 'source' | 'subject' | 'process' | 'receivedOn' | 'ownerId' | 'replyBy'> {
  readonly id: string
  readonly state: 'open' | 'moved' | 'answered'
  readonly repliedAt: Instant | null
  readonly outcome: string | null
  readonly excluded: readonly AdultId[]
}

export interface ListedComplaint extends ComplaintFacts {
  readonly overdue: boolean
}

/** The adults whose conduct it is about, and on which day, where that is known. */
export interface ComplaintMove {
  readonly about: readonly { readonly adultId: AdultId | null; readonly name: string }[]
  readonly happenedOn: PlainDate | null
}

export interface MovedComplaint {
  readonly caseId: CaseId
  readonly reference: string
  /** Keys of contacts outside the school, where nobody inside can be given it. */
  readonly outside: readonly string[]
}

export type ComplaintRefusal =
  | 'nothing-said'
  | 'no-process'
  | 'no-outcome'
  /** It was moved or answered before. */
  | 'settled'
  /** Nobody moves what is about themselves. */
  | 'about-yourself'
  | 'no-such-adult'
  | 'not-recorded'
