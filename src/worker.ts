import { setTimeout as pause } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import type { Worker as Background } from './access/index.ts'
import type { CheckpointKey } from './audit/checkpoint.ts'
import { watchAbsencePatterns } from './features/absence-drafts/index.ts'
import { watchActivities } from './features/activities/index.ts'
import { drainedAtOnce, drainOutbox, lookRoundSchool, type Mail, sendAlertMail } from './features/alerts/index.ts'
import { handOutCheckpoints, makeCheckpoint } from './features/checkpoints/index.ts'
import { scanWaiting } from './features/concerns/index.ts'
import { watchConduct } from './features/conduct/index.ts'
import { watchCover } from './features/cover/index.ts'
import { watchDataProtection } from './features/data-protection/index.ts'
import {
  closeLeavers,
  forgetOldForms,
  sendInvitation,
  sendProviderMail,
  sendRecoveryMail,
  sendSessionsMail,
} from './features/identity/index.ts'
import { watchLooking } from './features/looking/index.ts'
import { watchMailbox } from './features/mailbox/index.ts'
import { watchMonitoring } from './features/monitoring/index.ts'
import { keepSchoolDuties, watchDuties } from './features/oversight/index.ts'
import { watchLead, watchLeavers, watchTeamChanges, watchVacantPosts } from './features/people/index.ts'
import { watchAssessments } from './features/plans/index.ts'
import { recomputeDue } from './features/policy-changes/index.ts'
import { watchPupilCases } from './features/pupil-cases/index.ts'
import { passOnFromLeavers, watchReminders } from './features/pupil-duties/index.ts'
import { watchAbsences } from './features/pupil-events/index.ts'
import { followAppointments, settleEverybody } from './features/training/index.ts'
import type { SchoolId } from './kernel/ids.ts'
import type { ScanAnswer, Scanner } from './platform/clamd.ts'
import type { Clock } from './platform/clock.ts'
import { type Jobs, startJobs } from './platform/jobs.ts'
import { type Work, type WorkTools, workInBackground } from './work/work.ts'

/** Who composes a mail, by its kind; the others are alerts. */
const senders: Readonly<Record<string, typeof sendAlertMail>> = {
  'invitation-mail': sendInvitation,
  'recovery-mail': sendRecoveryMail,
  'provider-mail': sendProviderMail,
  'sessions-mail': sendSessionsMail,
}

export interface WorkerDeps {
  readonly clock: Clock
  readonly jobsConnection: ClientConfig
  readonly send: (mail: Mail) => Promise<void>
  /** How people reach Holdfast, for the link in mails. */
  readonly address: string
  readonly onError: (error: Error) => void
  /** Who looks for harmful software in what is attached; undefined where there is nobody. */
  readonly scanner?: Scanner | undefined
  /** What signs the checkpoints of the audit trail, and where they are written to. */
  readonly checkpoints?: { readonly key: CheckpointKey; readonly folder: string }
}

export interface Worker {
  /** Something was left in this school's outbox. */
  outboxFilled(schoolId: SchoolId): void
  /** A look round every school now; the minute's timer does the same. */
  lookRound(): Promise<void>
  stop(): Promise<void>
}

const gatherMs = 250
/** What is looked after at each school: concerns, and that the team can be reached. One that fails does not stop the others. */
export const looks: readonly ((work: Work<Background>) => Promise<unknown>)[] = [
  recomputeDue,
  lookRoundSchool,
  passOnFromLeavers,
  watchReminders,
  watchDataProtection,
  watchMonitoring,
  watchAbsences,
  watchAbsencePatterns,
  watchPupilCases,
  watchAssessments,
  watchCover,
  watchActivities,
  watchLead,
  watchVacantPosts,
  watchTeamChanges,
  watchMailbox,
  closeLeavers,
  watchConduct,
  followAppointments,
  watchDuties,
]
/** What changes by the day and not by the minute. */
export const hourlyLooks: readonly ((work: Work<Background>) => Promise<unknown>)[] = [
  keepSchoolDuties,
  settleEverybody,
  watchLeavers,
  watchLooking,
]
/** A look does so much in one transaction; where more waits it looks again, and leaves what is left to the next minute. */
const looksInARow = 20

async function lookUntilDone(
  tools: WorkTools,
  deps: WorkerDeps,
  schoolId: SchoolId,
  look: (typeof looks)[number],
): Promise<void> {
  for (let n = 0; n < looksInARow; n += 1) {
    const found = await workInBackground(tools, schoolId, deps.clock.now(), async work => ({
      commit: true,
      value: await look(work),
    })).catch(deps.onError)
    const again = typeof found === 'object' && found !== null && 'isMoreWaiting' in found && found.isMoreWaiting
    if (!again) return
  }
}

const allSchools = { name: 'school_ids', text: 'select id from school order by id' }

/** Background work of the running product: mails, clocks, and who is told next. Whatever it misses, reading computes. */
export async function startWorker(tools: WorkTools, deps: WorkerDeps): Promise<Worker> {
  let jobs: Jobs | undefined
  const draining = new Map<SchoolId, Promise<unknown>>()
  const drain = async (schoolId: SchoolId) => {
    if (jobs) while ((await drainOutbox(tools, jobs, schoolId, deps.clock.now())) === drainedAtOnce);
  }
  // One drain at a time for each school, a moment after it was asked for: in a rush many concerns go out with one.
  const askedAgain = new Set<SchoolId>()
  const drainUntilQuiet = async (schoolId: SchoolId) => {
    do {
      askedAgain.delete(schoolId)
      await pause(gatherMs)
      await drain(schoolId).catch(deps.onError)
    } while (askedAgain.has(schoolId))
    draining.delete(schoolId)
  }
  const outboxFilled = (schoolId: SchoolId) => {
    if (draining.has(schoolId)) askedAgain.add(schoolId)
    else draining.set(schoolId, drainUntilQuiet(schoolId))
  }
  // Once an hour, so that what a mail server did not take is offered again, and a night that was missed is covered soon.
  const handOut = async (schoolId: SchoolId) => {
    const { checkpoints } = deps
    if (!checkpoints) return
    await lookUntilDone(tools, deps, schoolId, work => makeCheckpoint(work, checkpoints.key))
    await handOutCheckpoints(tools, schoolId, { folder: checkpoints.folder, send: deps.send }, deps.clock).catch(deps.onError)
  }
  // A scanner that is slow keeps nobody waiting who is to be told of something: one round at a time for each school, beside all else.
  const scanning = new Map<SchoolId, Promise<unknown>>()
  const stopped = Promise.withResolvers<ScanAnswer>()
  const { scanner } = deps
  const look: Scanner | undefined = scanner && (content => Promise.race([scanner(content), stopped.promise]))
  const scan = async (schoolId: SchoolId) => {
    const before = scanning.get(schoolId)
    const round = Promise.resolve(before).then(() => scanWaiting(tools, look, schoolId, deps.clock.now()).catch(deps.onError))
    scanning.set(schoolId, round)
    await round
    if (scanning.get(schoolId) === round) scanning.delete(schoolId)
  }
  const hourOf = new Map<SchoolId, string>()
  const looksDue = (id: SchoolId) => {
    const hour = deps.clock.now().slice(0, 13)
    const isNew = hourOf.get(id) !== hour
    hourOf.set(id, hour)
    return { isNew, looks: isNew ? [...looks, ...hourlyLooks] : looks }
  }
  const lookRound = async () => {
    await forgetOldForms(tools, deps.clock.now()).catch(deps.onError)
    const schools = await tools.database.transaction(async tx => ({
      commit: true,
      value: await tx.run<{ id: SchoolId }>(allSchools, []),
    }))
    for (const { id } of schools) {
      const due = looksDue(id)
      for (const look of due.looks) await lookUntilDone(tools, deps, id, look)
      outboxFilled(id)
      if (!scanning.has(id)) void scan(id)
      if (due.isNew) await handOut(id)
    }
  }
  jobs = await startJobs(
    deps.jobsConnection,
    {
      mail: job => (senders[job.kind] ?? sendAlertMail)(tools, deps.send, deps.address, job, deps.clock.now()),
      scan: schoolId => scan(schoolId as SchoolId),
      everyMinute: lookRound,
    },
    deps.onError,
  )
  await lookRound()
  return {
    outboxFilled,
    lookRound,
    stop: async () => {
      stopped.resolve({ kind: 'away', why: 'unreachable' })
      await jobs?.stop()
      await Promise.allSettled([...draining.values(), ...scanning.values()])
    },
  }
}
