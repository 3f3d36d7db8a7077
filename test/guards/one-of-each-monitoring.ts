import { randomBytes } from 'node:crypto'
import { newId } from '../../src/platform/identifiers.ts'
import type { TestAdult, TestSchool } from '../support/people.ts'

type Row = Readonly<Record<string, unknown>>
interface Kept {
  readonly row: Row
  readonly another: Row
}

const moment = '2026-11-18T10:00:00.000Z'

/** Ids on which further rows lean. */
export interface MonitoringIds {
  readonly report: string
  readonly secondReport: string
  readonly complaint: string
  readonly secondComplaint: string
  readonly hirer: string
}

export const monitoringIds = (): MonitoringIds => ({
  report: newId(),
  secondReport: newId(),
  complaint: newId(),
  secondComplaint: newId(),
  hirer: newId(),
})

/** Rows of monitoring, searches, complaints and lettings; the deputy whom the concern names, and the one tied to the child, are outside. */
export function monitoringRows(
  cast: Readonly<Record<'dsl' | 'named' | 'tied' | 'reporter' | 'owner' | 'standin', TestAdult>>,
  school: TestSchool,
  child: string,
  ids: MonitoringIds,
): Record<string, Kept> {
  const { dsl, named, tied, reporter, owner, standin } = cast
  const at = { school_id: school.id }
  const outside = { excluded: [named.id, tied.id] }
  const sealed = { sealed: randomBytes(8), salt: randomBytes(8) }
  const report: Row = { ...at, came: 'staff', kind: 'other', urgent: false, child_id: child, address: 'x', happened_at: moment }
  return {
    monitoring_account: {
      row: { ...at, name: 'x', child_id: child, kept_at: moment, kept_by: owner.id },
      another: { name: 'y' },
    },
    monitoring_report: {
      row: { ...report, id: ids.report, reported_at: moment, reported_by: reporter.id, ...outside },
      another: { id: newId() },
    },
    monitoring_technical: {
      row: { ...at, report_id: ids.report, address: 'x', reported_at: moment, given: [owner.id], ...outside },
      another: { report_id: ids.secondReport },
    },
    monitoring_sent: {
      row: {
        ...{ ...at, id: newId(), report_id: ids.report, agency: 'x', reference: 'x' },
        ...{ sent_at: moment, minutes: 1, by_id: dsl.id, ...outside },
      },
      another: { id: newId() },
    },
    pupil_search: {
      row: {
        ...{ ...at, id: newId(), child_id: child, searched_at: moment, place: 'x', witness: 'x', looked_for: 'x', grounds: 'x' },
        ...{ found: '', risk: false, recorded_at: moment, recorded_by: reporter.id, ...outside },
      },
      another: { id: newId() },
    },
    data_breach: {
      row: { ...at, id: newId(), kind: 'lost', says: 'x', discovered_at: moment, reported_at: moment, reported_by: reporter.id },
      another: { id: newId() },
    },
    complaint: {
      row: {
        ...{ ...at, id: ids.complaint, source: 'parent', subject: 'safety', process: 'x', received_on: '2026-11-18' },
        ...{ owner_id: standin.id, recorded_at: moment, recorded_by: reporter.id, state: 'open', ...outside },
      },
      another: { id: newId() },
    },
    complaint_words: {
      row: { ...at, complaint_id: ids.complaint, ...sealed, ...outside },
      another: { complaint_id: ids.secondComplaint },
    },
    hirer: {
      row: { ...at, id: ids.hirer, name: 'x', safeguarding_contact: 'x', kept_at: moment, kept_by: standin.id },
      another: { id: newId() },
    },
    hire_booking: {
      row: { ...at, id: newId(), hirer_id: ids.hirer, on_date: '2026-11-20', says: 'x' },
      another: { id: newId() },
    },
  }
}
