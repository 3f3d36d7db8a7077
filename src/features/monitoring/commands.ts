import { type Actor, authorise, Denied, type Permit } from '../../access/index.ts'
import type { AdultId, CaseId, ChildId, ConcernId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { PupilMoment } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { clockStarting, meetClocks, startClocks } from '../clocks/index.ts'
import { recordConcern } from '../concerns/index.ts'
import { recordConduct } from '../conduct/index.ts'
import { type OwnTell, tellEach } from '../notices/index.ts'
import { enterOfPupil, findPupil, type PupilFacts, rulesOn, tellsOf } from '../pupil-duties/index.ts'
import { findRoleHolders, type RoleHolder } from '../role-holders/index.ts'
import type {
  MonitoringOutcome,
  MonitoringRefusal,
  MonitoringReport,
  NewMonitoring,
  ReportedMonitoring,
  TechnicalPart,
} from './model.ts'
import { isUrgent, minutesSince, reportRefusal, settleRefusal } from './rules.ts'
import {
  findAccountHolder,
  findReports,
  findTechnical,
  insertReport,
  insertSent,
  saveAccount,
  saveOpened,
  saveSettled,
  saveTechnicalAnswer,
} from './store.ts'

type Answer<T> = Promise<Result<T, MonitoringRefusal>>
type Whose = { readonly childId: ChildId | null; readonly adultId: AdultId | null; readonly name: string }

const nobodyKnown: Whose = { childId: null, adultId: null, name: '' }

async function whoseIs(work: Work, permit: Permit<'monitoring.report'>, about: NewMonitoring['about']): Promise<Whose> {
  if (about === null) return nobodyKnown
  if ('childId' in about) return { ...nobodyKnown, childId: about.childId }
  if ('adultId' in about) return { ...nobodyKnown, adultId: about.adultId, name: about.name }
  const found = await findAccountHolder(work, permit, about.account)
  return found ? { ...found, name: about.account } : nobodyKnown
}

/** In one line, for whoever reads the case: what the alert says. */
function inWords({ kind, found, address, device, ip }: NewMonitoring): string {
  return [kind.replaceAll('-', ' '), found, address, device, ip].filter(part => part !== undefined && part !== '').join('; ')
}

/** An alert about an adult is a case and nothing else: whoever the chain leads to has it, and nobody hears of it besides. */
async function openCaseOf(work: Work<Actor>, report: NewMonitoring, whose: Whose): Answer<ReportedMonitoring> {
  const { date, time } = toLocal(report.happenedAt)
  const place = report.device ?? report.address ?? 'Online'
  const done = await recordConduct(work, {
    id: newId<CaseId>(),
    kind: 'conduct',
    reporter: { kind: 'self' },
    about: [{ adultId: whose.adultId, name: whose.name }],
    believed: 'unsure',
    source: 'monitoring',
    happenedOn: date,
    happenedAtTime: time,
    words: { seen: inWords(report), said: '', opinion: '', done: '', place, present: 'Not known' },
  })
  if (!done.ok) return refused(done.refusal.code === 'adult-not-known' ? 'no-such-adult' : 'not-recorded')
  return ok({ kind: 'case', caseId: done.value.caseId, reference: done.value.reference, outside: done.value.outside })
}

function tellsFor(work: Work, on: PupilMoment, holders: readonly RoleHolder[], tied: readonly AdultId[]): readonly OwnTell[] {
  const rules = rulesOn(work.profile, on, {})
  return tellsOf(work.profile, rules, holders, tied)
}

/** Each person once, with the reason that comes first. */
function onceEach(tells: readonly OwnTell[]): readonly OwnTell[] {
  return tells.filter((tell, index) => tells.findIndex(({ adultId }) => adultId === tell.adultId) === index)
}

function startTimes(work: Work, id: string, urgent: boolean, team: readonly OwnTell[], tied: readonly AdultId[]): void {
  const start = { at: work.now, ownerId: team[0]?.adultId ?? null, facts: { urgent } }
  const clocks = (['acknowledge', 'triage'] as const).flatMap(name => clockStarting(work.profile, name, start, newId))
  startClocks(work, { kind: 'monitoring', id, area: 'welfare', excluded: tied }, clocks)
}

/**
 * Takes a report of unsuitable material, or an alert of filtering or monitoring. Whom it is about decides where it goes: an adult of the
 * school has a case of their own and nothing else; everything else goes to the safeguarding team, its address to whoever runs the systems.
 */
export async function reportMonitoring(work: Work<Actor>, report: NewMonitoring): Answer<ReportedMonitoring> {
  const permit = authorise(work.someone, 'monitoring.report', { schoolId: work.school.id })
  const refusal = reportRefusal(report, work.now)
  if (refusal) return refused(refusal)
  const whose = await whoseIs(work, permit, report.about)
  if (whose.adultId !== null) return openCaseOf(work, report, whose)
  const pupil: PupilFacts | undefined = whose.childId === null ? undefined : await findPupil(work, whose.childId)
  if (whose.childId !== null && !pupil) return refused('no-such-child')
  const tied = pupil?.tied ?? []
  const holders = await findRoleHolders(work)
  const team = tellsFor(work, 'monitoring', holders, tied)
  const technical = report.address?.trim() ? tellsFor(work, 'unsuitable-material', holders, tied) : []
  const id = newId<string>()
  const urgent = isUrgent(report)
  const given = technical.map(({ adultId }) => adultId)
  await insertReport(work, permit, {
    id,
    report,
    urgent,
    childId: whose.childId,
    by: work.someone.adultId,
    excluded: tied,
    given,
  })
  const tells = onceEach([...team, ...technical])
  await tellEach(work, permit, { topic: 'monitoring', urgent }, tells)
  startTimes(work, id, urgent, team, tied)
  const told = tells.map(({ adultId }) => adultId)
  const facts = { kind: report.kind, came: report.came, urgent, told, child: whose.childId ?? undefined }
  work.note({ event: 'monitoring.reported', subjectKind: 'monitoring', subject: id, facts })
  return ok({ kind: 'report', id, urgent, told })
}

/** Takes a file of alerts, each on its own: one that cannot be kept is named by its place and stops no other. */
export async function importMonitoring(
  work: Work<Actor>,
  alerts: readonly NewMonitoring[],
): Promise<readonly Result<ReportedMonitoring, MonitoringRefusal>[]> {
  const done: Result<ReportedMonitoring, MonitoringRefusal>[] = []
  for (const alert of alerts) done.push(await reportMonitoring(work, { ...alert, came: 'software' }))
  return done
}

/** Says whose an account of the school's network is. */
export async function keepMonitoringAccount(
  work: Work<Actor>,
  account: string,
  whose: { readonly childId: ChildId } | { readonly adultId: AdultId },
): Promise<void> {
  const permit = authorise(work.someone, 'monitoring.accounts', { schoolId: work.school.id })
  const both = { childId: 'childId' in whose ? whose.childId : null, adultId: 'adultId' in whose ? whose.adultId : null }
  await saveAccount(work, permit, account, both, work.someone.adultId)
  work.note({ event: 'monitoring.account-kept', subjectKind: 'school', subject: work.school.id })
}

async function getReport<A extends 'monitoring.read' | 'monitoring.settle'>(
  work: Work<Actor>,
  action: A,
  id: string,
): Promise<{ readonly report: MonitoringReport; readonly permit: Permit<A> }> {
  const [report] = await findReports(work, id)
  if (!report) throw new Denied(action, 'no-ground')
  const permit = authorise(work.someone, action, { schoolId: work.school.id, id, excluded: report.excluded })
  return { report, permit }
}

/** What waits for the safeguarding team, the urgent first. */
export async function listMonitoring(work: Work<Actor>): Promise<readonly MonitoringReport[]> {
  authorise(work.someone, 'monitoring.read', { schoolId: work.school.id })
  work.note({ event: 'monitoring.listed', subjectKind: 'school', subject: work.school.id })
  return findReports(work)
}

/** Opens a report; by that it is acknowledged. */
export async function openMonitoring(work: Work<Actor>, id: string): Promise<MonitoringReport> {
  const { report, permit } = await getReport(work, 'monitoring.read', id)
  await saveOpened(work, permit, id, work.someone.adultId)
  await meetClocks(work, { kind: 'monitoring', id }, ['acknowledge'])
  work.note({ event: 'monitoring.opened', subjectKind: 'monitoring', subject: id })
  return { ...report, openedBy: report.openedBy ?? work.someone.adultId }
}

/** The addresses that somebody who runs the systems was given, and nothing besides. */
export async function listTechnical(work: Work<Actor>): Promise<readonly TechnicalPart[]> {
  authorise(work.someone, 'monitoring.answer', { schoolId: work.school.id, ownerId: work.someone.adultId })
  return (await findTechnical(work, work.someone.adultId)).map(({ excluded: _outside, ...part }) => part)
}

/** Whoever runs the systems says whether there is more to it. Either way it stays open until the safeguarding team has settled it. */
export async function answerTechnical(
  work: Work<Actor>,
  reportId: string,
  given: { readonly answer: 'technical-only' | 'safeguarding'; readonly says: string },
): Answer<undefined> {
  const by = work.someone.adultId
  const [part] = await findTechnical(work, by, reportId)
  if (!part) throw new Denied('monitoring.answer', 'no-ground')
  const permit = authorise(work.someone, 'monitoring.answer', { schoolId: work.school.id, ownerId: by })
  if (part.answer !== null) return refused('settled')
  await saveTechnicalAnswer(work, permit, reportId, { ...given, by })
  if (given.answer === 'safeguarding') {
    const tells = tellsFor(work, 'monitoring', await findRoleHolders(work), part.excluded)
    await tellEach(work, permit, { topic: 'monitoring', urgent: true }, tells)
  }
  work.note({ event: 'monitoring.answered', subjectKind: 'monitoring', subject: reportId, facts: { answer: given.answer } })
  return ok(undefined)
}

/** Keeps that it was reported to an agency, with the reference; gives the minutes since it was known. */
export async function reportToAgency(
  work: Work<Actor>,
  id: string,
  to: { readonly agency: string; readonly reference: string },
): Answer<number> {
  const { report, permit } = await getReport(work, 'monitoring.settle', id)
  if (to.agency.trim() === '' || to.reference.trim() === '') return refused('no-reference')
  const minutes = minutesSince(report.reportedAt, work.now)
  await insertSent(work, permit, newId<string>(), { report, ...to, minutes, by: work.someone.adultId })
  work.note({ event: 'monitoring.sent', subjectKind: 'monitoring', subject: id, facts: { minutes } })
  return ok(minutes)
}

/** The concern that comes of a report, in the words of whoever settles it. */
async function concernOf(work: Work<Actor>, report: MonitoringReport, childId: ChildId, reason: string): Answer<ConcernId> {
  const { date, time } = toLocal(report.happenedAt)
  const seen = [report.kind.replaceAll('-', ' '), report.found, report.address, report.device].filter(Boolean).join('; ')
  const recorded = await recordConcern(work, {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' },
    children: [{ childId, involvement: 'subject' }],
    newChildren: [],
    adults: [],
    happenedOn: date,
    happenedAtTime: time,
    happenedSays: '',
    location: 'Online',
    urgent: report.urgent,
    stub: false,
    category: null,
    prompts: ['online', ...(report.kind === 'suicide' || report.kind === 'self-harm' ? ['suicidal'] : [])],
    voiceTold: null,
    account: { childWords: '', seen, opinion: reason, done: '' },
    marks: [],
  })
  return recorded.ok ? ok(recorded.value.concernId) : refused('not-recorded')
}

/** Settles a report: the safeguarding team alone, after one of them has opened it, with a reason. */
export async function settleMonitoring(work: Work<Actor>, id: string, outcome: MonitoringOutcome): Answer<ConcernId | null> {
  const { report, permit } = await getReport(work, 'monitoring.settle', id)
  const refusal = settleRefusal(report, outcome)
  if (refusal) return refused(refusal)
  const pupil = report.childId === null ? undefined : await findPupil(work, report.childId)
  let concernId: ConcernId | null = null
  if (outcome.outcome === 'concern' && report.childId !== null) {
    const made = await concernOf(work, report, report.childId, outcome.reason)
    if (!made.ok) return made
    concernId = made.value
  }
  if (outcome.outcome === 'into-file' && pupil)
    enterOfPupil(work, permit, pupil, { kind: 'event', heading: 'Alert of filtering or monitoring' })
  await saveSettled(work, permit, id, { ...outcome, by: work.someone.adultId, concernId })
  await meetClocks(work, { kind: 'monitoring', id }, ['acknowledge', 'triage'])
  work.note({ event: 'monitoring.settled', subjectKind: 'monitoring', subject: id, facts: { outcome: outcome.outcome } })
  return ok(concernId)
}
