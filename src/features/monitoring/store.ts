import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId, ClockId, ConcernId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { MonitoringOutcome, MonitoringReport, NewMonitoring, TechnicalPart } from './model.ts'

const accountOf = { name: 'monitoring_account_of', text: 'select monitoring_account_of($1) as whose' }

/** Whose account this is; undefined where nobody has said. For the command that decides where an alert goes. */
export async function findAccountHolder(
  work: Work,
  _permit: Permit<'monitoring.report'>,
  account: string,
): Promise<{ readonly childId: ChildId | null; readonly adultId: AdultId | null } | undefined> {
  const [row] = await work.tx.run<{ whose: { childId: ChildId | null; adultId: AdultId | null } | null }>(accountOf, [account])
  return row?.whose ?? undefined
}

const keepAccount = {
  name: 'monitoring_account_keep',
  text: `insert into monitoring_account (school_id, name, child_id, adult_id, kept_at, kept_by) values ($1, lower($2), $3, $4, $5, $6)
    on conflict (school_id, name) do update set child_id = excluded.child_id, adult_id = excluded.adult_id, kept_at = excluded.kept_at, kept_by = excluded.kept_by`,
}

export async function saveAccount(
  work: Work,
  _permit: Permit<'monitoring.accounts'>,
  name: string,
  whose: { readonly childId: ChildId | null; readonly adultId: AdultId | null },
  by: AdultId,
): Promise<void> {
  await work.tx.run(keepAccount, [work.school.id, name, whose.childId, whose.adultId, work.now, by])
}

const insert = {
  name: 'monitoring_insert',
  text: `insert into monitoring_report (school_id, id, came, kind, urgent, child_id, account, device, ip, found, address, happened_at, reported_at, reported_by, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
}
const insertTechnical = {
  name: 'monitoring_technical_insert',
  text: 'insert into monitoring_technical (school_id, report_id, address, reported_at, given, excluded) values ($1, $2, $3, $4, $5, $6)',
}

export interface ReportToKeep {
  readonly id: string
  readonly report: NewMonitoring
  readonly urgent: boolean
  readonly childId: ChildId | null
  readonly by: AdultId
  readonly excluded: readonly AdultId[]
  /** Whoever runs the systems, where there is an address for them. */
  readonly given: readonly AdultId[]
}

export async function insertReport(work: Work, _permit: Permit<'monitoring.report'>, kept: ReportToKeep): Promise<void> {
  const { id, report, urgent, childId, by, excluded, given } = kept
  const { came, kind, happenedAt, about } = report
  const account = about && 'account' in about ? about.account : null
  const address = report.address?.trim() || null
  const rest = [report.device ?? null, report.ip ?? null, report.found?.trim() || null, address]
  await work.tx.run(insert, [
    ...[work.school.id, id, came, kind, urgent, childId, account],
    ...[...rest, happenedAt, work.now, by, excluded],
  ])
  if (address !== null) await work.tx.run(insertTechnical, [work.school.id, id, address, work.now, given, excluded])
}

const reports = {
  name: 'monitoring_reports',
  text: `select r.id, r.came, r.kind, r.urgent, r.child_id as "childId", r.account, r.device, r.ip, r.found, r.address, r.happened_at as "happenedAt",
      r.reported_at as "reportedAt", r.opened_by as "openedBy", r.outcome, r.reason, r.settled_by as "settledBy", r.concern_id as "concernId",
      to_jsonb(r.excluded) as excluded, t.answer as technical,
      (select coalesce(jsonb_agg(jsonb_build_object('agency', s.agency, 'reference', s.reference, 'sentAt', ${utcText('s.sent_at')}, 'minutes', s.minutes) order by s.sent_at), '[]')
        from monitoring_sent s where s.school_id = $1 and s.report_id = r.id) as sent
    from monitoring_report r left join monitoring_technical t on t.school_id = r.school_id and t.report_id = r.id
    where r.school_id = $1 and ($2::uuid is null or r.id = $2) and ($2::uuid is not null or r.outcome is null)
    order by r.urgent desc, r.reported_at, r.id`,
}

/** A report that the scope lets through, or all that are open. */
export function findReports(work: Work, id: string | null = null): Promise<readonly MonitoringReport[]> {
  return work.tx.run<MonitoringReport>(reports, [work.school.id, id])
}

const opened = {
  name: 'monitoring_opened',
  text: 'update monitoring_report set opened_at = $3, opened_by = $4 where school_id = $1 and id = $2 and opened_at is null',
}

export async function saveOpened(work: Work, _permit: Permit<'monitoring.read'>, id: string, by: AdultId): Promise<void> {
  await work.tx.run(opened, [work.school.id, id, work.now, by])
}

const settle = {
  name: 'monitoring_settle',
  text: `update monitoring_report set outcome = $3, reason = $4, settled_at = $5, settled_by = $6, concern_id = $7
    where school_id = $1 and id = $2 and outcome is null`,
}

export async function saveSettled(
  work: Work,
  _permit: Permit<'monitoring.settle'>,
  id: string,
  done: MonitoringOutcome & { readonly by: AdultId; readonly concernId: ConcernId | null },
): Promise<void> {
  await work.tx.run(settle, [work.school.id, id, done.outcome, done.reason.trim(), work.now, done.by, done.concernId])
}

const technical = {
  name: 'monitoring_technical_own',
  text: `select report_id as "reportId", address, reported_at as "reportedAt", answer, to_jsonb(excluded) as excluded from monitoring_technical
    where school_id = $1 and $2 = any (given) and ($3::uuid is null or report_id = $3) order by reported_at`,
}

/** Addresses that this person was given. */
export function findTechnical(
  work: Work,
  by: AdultId,
  reportId: string | null = null,
): Promise<readonly (TechnicalPart & { readonly excluded: readonly AdultId[] })[]> {
  return work.tx.run<TechnicalPart & { readonly excluded: readonly AdultId[] }>(technical, [work.school.id, by, reportId])
}

const answer = {
  name: 'monitoring_technical_answer',
  text: 'update monitoring_technical set answer = $3, says = $4, answered_at = $5, answered_by = $6 where school_id = $1 and report_id = $2',
}

export async function saveTechnicalAnswer(
  work: Work,
  _permit: Permit<'monitoring.answer'>,
  reportId: string,
  given: { readonly answer: 'technical-only' | 'safeguarding'; readonly says: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(answer, [work.school.id, reportId, given.answer, given.says, work.now, given.by])
}

const send = {
  name: 'monitoring_sent_insert',
  text: 'insert into monitoring_sent (school_id, id, report_id, agency, reference, sent_at, minutes, by_id, excluded) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
}

export async function insertSent(
  work: Work,
  _permit: Permit<'monitoring.settle'>,
  id: string,
  sent: {
    readonly report: MonitoringReport
    readonly agency: string
    readonly reference: string
    readonly minutes: number
    readonly by: AdultId
  },
): Promise<void> {
  const { report, agency, reference, minutes, by } = sent
  await work.tx.run(send, [work.school.id, id, report.id, agency, reference, work.now, minutes, by, report.excluded])
}

/** A report of which a time is over: nobody has opened it, or nobody has settled it. */
export interface LateReport {
  readonly clockId: ClockId
  readonly urgent: boolean
  readonly excluded: readonly AdultId[]
}

const late = {
  name: 'monitoring_late',
  text: `select c.id as "clockId", r.urgent, to_jsonb(r.excluded) as excluded from clock c
      join monitoring_report r on r.school_id = c.school_id and r.id = c.subject_id
    where c.school_id = $1 and c.subject_kind = 'monitoring' and c.met_at is null and c.ended_at is null and c.told = 0 and c.due_at < $2
    order by c.due_at, c.id`,
}

/** Reports that were not opened or not settled in their time, and of which nobody further has heard. */
export function listLate(work: Work, _permit: Permit<'alert.tell'>): Promise<readonly LateReport[]> {
  return work.tx.run<LateReport>(late, [work.school.id, work.now])
}

const toldLate = { name: 'monitoring_told_late', text: 'update clock set told = 1 where school_id = $1 and id = $2' }

export async function saveToldLate(work: Work, _permit: Permit<'alert.tell'>, clockId: ClockId): Promise<void> {
  await work.tx.run(toldLate, [work.school.id, clockId])
}
