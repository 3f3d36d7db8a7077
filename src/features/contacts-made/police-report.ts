import type { Actor, Permit } from '../../access/index.ts'
import { toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { settleOwnReport } from '../pathways/index.ts'
import type { TouchedConcern } from './model.ts'
import { subjectsOf } from './rules.ts'
import { insertCall, meetOwnPoliceReport } from './store.ts'

/** The police were told, otherwise than by the emergency number. */
export interface NewPoliceReport {
  readonly at: Instant
  /** Their reference, where they gave one. */
  readonly incident: string
  readonly says: string
}

/** Keeps that the police were told. Anybody may ring them; the report that a teacher owes in person is met by that teacher alone. */
export async function recordPoliceReport(
  work: Work<Actor>,
  permit: Permit<'agency-call.own'> | Permit<'agency-call.record'>,
  concern: TouchedConcern,
  report: NewPoliceReport,
): Promise<void> {
  const by = work.someone.adultId
  const { date, time } = toLocal(report.at)
  const entries = subjectsOf(concern).map(({ childId, involvement }) => ({
    id: newId<string>(),
    childId,
    kind: 'contact' as const,
    heading: 'Police told',
    happenedOn: date,
    happenedAtTime: time,
    involvement,
  }))
  const id = newId<string>()
  const call = { service: 'police' as const, rangBy: work.someone.name, ...report }
  await insertCall(work, permit, { id, concern, by, alerts: [], entries, call, actionId: null })
  await meetOwnPoliceReport(work, permit, concern.id, by, report.at)
  await settleOwnReport(work, permit, { id: concern.id, excluded: concern.access.excluded ?? [] }, report)
  work.note({
    event: 'agency-call.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { call: id, service: 'police', at: report.at, action: null, owner: null },
  })
}
