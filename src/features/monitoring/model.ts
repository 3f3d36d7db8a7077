import type { AdultId, CaseId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

/** What was met, or what an alert is about. */
export const monitoringKinds = [
  'pornography',
  'violence',
  'self-harm',
  'suicide',
  'extremism',
  'child-images',
  'other-illegal',
  'drugs',
  'gambling',
  'bullying',
  'bypassing',
  'other',
] as const
export type MonitoringKind = (typeof monitoringKinds)[number]

export const monitoringSources = ['staff', 'pupil', 'parent', 'software'] as const
export type MonitoringSource = (typeof monitoringSources)[number]

/** Whom it is about: a pupil, an adult of the school, an account of the network, or nobody who is known. */
export type AboutMonitoring =
  | { readonly childId: ChildId }
  | { readonly adultId: AdultId; readonly name: string }
  | { readonly account: string }
  | null

export interface NewMonitoring {
  readonly came: MonitoringSource
  readonly kind: MonitoringKind
  readonly about: AboutMonitoring
  readonly happenedAt: Instant
  readonly severity?: 'high' | 'medium' | 'low'
  /** The term that was searched for, or a few words on what was shown or blocked. */
  readonly found?: string
  /** Where it is. Text alone. */
  readonly address?: string
  readonly device?: string
  readonly ip?: string
}

export type ReportedMonitoring =
  | { readonly kind: 'report'; readonly id: string; readonly urgent: boolean; readonly told: readonly AdultId[] }
  /** It is about an adult: a case of its own, and nothing besides. `outside` where nobody inside can be given it. */
  | { readonly kind: 'case'; readonly caseId: CaseId; readonly reference: string; readonly outside: readonly string[] }

export type MonitoringOutcome =
  | { readonly outcome: 'no-concern' | 'into-file'; readonly reason: string }
  | { readonly outcome: 'concern'; readonly reason: string }

export type MonitoringRefusal =
  | 'nothing-said'
  /** No address: it holds content of its own, or is too long to be one. */
  | 'no-address'
  | 'in-the-future'
  | 'no-such-child'
  | 'no-such-adult'
  | 'no-such-report'
  /** Nobody who may settle it has opened it. */
  | 'not-read'
  | 'no-reason'
  | 'settled'
  /** What may be illegal is reported to an agency first. */
  | 'report-first'
  | 'no-child'
  | 'no-reference'
  | 'not-recorded'

/** A report as the safeguarding team reads it. */
export interface MonitoringReport {
  readonly id: string
  readonly came: MonitoringSource
  readonly kind: MonitoringKind
  readonly urgent: boolean
  readonly childId: ChildId | null
  readonly account: string | null
  readonly device: string | null
  readonly ip: string | null
  readonly found: string | null
  readonly address: string | null
  readonly happenedAt: Instant
  readonly reportedAt: Instant
  readonly openedBy: AdultId | null
  readonly outcome: MonitoringOutcome['outcome'] | null
  readonly reason: string | null
  readonly settledBy: AdultId | null
  readonly concernId: ConcernId | null
  readonly excluded: readonly AdultId[]
  readonly technical: 'technical-only' | 'safeguarding' | null
  readonly sent: readonly {
    readonly agency: string
    readonly reference: string
    readonly sentAt: Instant
    readonly minutes: number
  }[]
}

/** What whoever runs the systems is given: the address alone. */
export interface TechnicalPart {
  readonly reportId: string
  readonly address: string
  readonly reportedAt: Instant
  readonly answer: 'technical-only' | 'safeguarding' | null
}
