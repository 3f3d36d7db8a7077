/** What is urgent, what may be illegal, and what counts as an address. Pure. */
import { epochInMs, type Instant } from '../../kernel/plain-date.ts'
import type { MonitoringKind, MonitoringOutcome, MonitoringRefusal, MonitoringReport, NewMonitoring } from './model.ts'

/** A life may be in danger, or a child be abused: whatever the software makes of it. */
const alwaysUrgent: readonly MonitoringKind[] = ['self-harm', 'suicide', 'extremism', 'child-images']
const maybeIllegal: readonly MonitoringKind[] = ['child-images', 'other-illegal']

export function isUrgent({ kind, severity }: Pick<NewMonitoring, 'kind' | 'severity'>): boolean {
  return severity === 'high' || alwaysUrgent.includes(kind)
}

export function isMaybeIllegal({ kind }: Pick<NewMonitoring, 'kind'>): boolean {
  return maybeIllegal.includes(kind)
}

/** Longer than this, or with content of its own, it is no address: material is never kept. */
const longestAddress = 2000

/** Why a report cannot be kept. */
export function reportRefusal(report: NewMonitoring, now: Instant): MonitoringRefusal | undefined {
  const { address = '', found = '' } = report
  if (address.trim() === '' && found.trim() === '') return 'nothing-said'
  if (address.length > longestAddress || found.length > longestAddress) return 'no-address'
  if (/^\s*data:/i.test(address) || /\bdata:[a-z]+\/[a-z+.-]+;base64/i.test(found)) return 'no-address'
  return report.happenedAt > now ? 'in-the-future' : undefined
}

/** Why a report cannot be settled yet. */
export function settleRefusal(
  report: Pick<MonitoringReport, 'openedBy' | 'outcome' | 'kind' | 'sent' | 'childId'>,
  { outcome, reason }: MonitoringOutcome,
): MonitoringRefusal | undefined {
  if (report.outcome !== null) return 'settled'
  if (report.openedBy === null) return 'not-read'
  if (reason.trim() === '') return 'no-reason'
  if (isMaybeIllegal(report) && report.sent.length === 0) return 'report-first'
  return outcome !== 'no-concern' && report.childId === null ? 'no-child' : undefined
}

/** How long after it was known, in whole minutes. */
export function minutesSince(from: Instant, now: Instant): number {
  return Math.floor((epochInMs(now) - epochInMs(from)) / 60_000)
}
