import { authorise } from '../../access/index.ts'
import type { AdultId, ConcernId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Jobs, MailJob } from '../../platform/jobs.ts'
import { type WorkTools, workInBackground } from '../../work/work.ts'
import { watchCover } from '../cover/index.ts'
import { findNoticeMail, saveNoticesMailed } from '../notices/index.ts'
import { lookRoundSchool } from './commands.ts'
import { alertMail, type Mail, noticeMail } from './mails.ts'
import { findAlertMail, saveDrained, saveMailed, takeOutboxRows } from './store.ts'

/** They say nothing of a concern: about the team, or about how somebody signs in. */
const mailsWithoutConcern: readonly string[] = ['notice-mail', 'invitation-mail', 'recovery-mail']

/**
 * Moves what a school's transactions left in the outbox into the job queue. The queue is told first and the rows are marked
 * after: dying in between repeats the rows, and the queue knows their ids.
 */
export async function drainOutbox(
  tools: WorkTools,
  jobs: Pick<Jobs, 'addMails' | 'addScan'>,
  schoolId: SchoolId,
  now: Instant,
): Promise<number> {
  const rows = await workInBackground(tools, schoolId, now, async work => {
    const permit = authorise(work.someone, 'alert.tell', { schoolId })
    const taken = await takeOutboxRows(work, permit)
    const mails = taken.flatMap(row =>
      row.adultId && (row.concernId || mailsWithoutConcern.includes(row.kind)) && row.kind !== 'look-again' && row.kind !== 'scan'
        ? [{ id: row.id, data: { schoolId, kind: row.kind, adultId: row.adultId, concernId: row.concernId ?? '' } }]
        : [],
    )
    await jobs.addMails(mails)
    const scan = taken.find(row => row.kind === 'scan')
    if (scan) await jobs.addScan(scan.id, schoolId)
    if (taken.length > 0)
      await saveDrained(
        work,
        permit,
        taken.map(row => row.id),
      )
    return { commit: true, value: taken }
  })
  if (rows.some(row => row.kind === 'look-again')) {
    await workInBackground(tools, schoolId, now, async work => ({ commit: true, value: await lookRoundSchool(work) }))
    await workInBackground(tools, schoolId, now, async work => ({ commit: true, value: await watchCover(work) }))
  }
  return rows.length
}

/**
 * Sends one alert's mail and marks it as sent. A mail server that is away throws, and the queue tries again. No transaction is
 * open while the mail travels; dying between sending and marking sends it twice, which is better than never.
 */
export async function sendAlertMail(
  tools: WorkTools,
  send: (mail: Mail) => Promise<void>,
  address: string,
  job: MailJob,
  now: Instant,
): Promise<void> {
  const schoolId = job.schoolId as SchoolId
  if (job.kind === 'notice-mail') return sendNoticeMail(tools, send, address, job, now)
  const found = await workInBackground(tools, schoolId, now, async work => ({
    commit: true,
    value: { school: work.school.name, mail: await findAlertMail(work, job.adultId as AdultId, job.concernId as ConcernId) },
  }))
  if (!found.mail) return
  await send(alertMail(found.mail.email, found.school, address))
  const { alertIds } = found.mail
  await workInBackground(tools, schoolId, now, async work => {
    await saveMailed(work, authorise(work.someone, 'alert.tell', { schoolId }), alertIds)
    return { commit: true, value: undefined }
  })
}

/** The same for what somebody was told of the team itself. */
async function sendNoticeMail(
  tools: WorkTools,
  send: (mail: Mail) => Promise<void>,
  address: string,
  job: MailJob,
  now: Instant,
): Promise<void> {
  const schoolId = job.schoolId as SchoolId
  const found = await workInBackground(tools, schoolId, now, async work => ({
    commit: true,
    value: { school: work.school.name, mail: await findNoticeMail(work, job.adultId as AdultId) },
  }))
  const { mail, school } = found
  if (!mail) return
  await send(noticeMail(mail.email, school, address, mail.urgent))
  await workInBackground(tools, schoolId, now, async work => {
    await saveNoticesMailed(work, authorise(work.someone, 'alert.tell', { schoolId }), mail.noticeIds)
    return { commit: true, value: undefined }
  })
}
