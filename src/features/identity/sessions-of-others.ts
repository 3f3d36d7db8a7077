/** Ending the sessions of somebody else at once: a telephone on a bus, a screen in a library, somebody who must be outside now. */
import { type Actor, authorise } from '../../access/index.ts'
import type { AdultId, SchoolId } from '../../kernel/ids.ts'
import { momentInWords } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { MailJob } from '../../platform/jobs.ts'
import type { OutgoingMail } from '../../platform/mail.ts'
import { type Work, type WorkTools, workInBackground } from '../../work/work.ts'
import { endSessionsOfAdult, findAccountAddress } from './store.ts'

/** Ends every session of an adult of the school, without touching how they sign in; says how many were open here. */
export async function endSessionsOf(work: Work<Actor>, adultId: AdultId): Promise<number> {
  const permit = authorise(work.someone, 'account.end-sessions', { schoolId: work.school.id })
  const count = await endSessionsOfAdult(work, permit, adultId)
  work.note({ event: 'account.sessions-ended', subjectKind: 'adult', subject: adultId, facts: { sessionsEnded: count } })
  work.send({ kind: 'sessions-mail', adultId })
  return count
}

/** Tells somebody that they were signed out: whoever did it to harass them, or to hide something, is noticed. */
export async function sendSessionsMail(
  tools: WorkTools,
  send: (mail: OutgoingMail) => Promise<void>,
  link: string,
  job: Pick<MailJob, 'schoolId' | 'adultId'>,
  now: Instant,
): Promise<void> {
  const found = await workInBackground(tools, job.schoolId as SchoolId, now, async work => ({
    commit: true,
    value: { school: work.school.name, email: await findAccountAddress(work, job.adultId as AdultId) },
  }))
  if (!found.email) return
  await send({
    to: found.email,
    subject: 'You were signed out of Holdfast',
    text: `Somebody who keeps the accounts of ${found.school} ended all your sessions in Holdfast, before ${momentInWords(now)}. Your password, your authenticator and your passkeys are as they were: sign in again when you need it.\n\nIf nobody has spoken to you about it, ask the person who looks after Holdfast at your school. What you were typing was kept where it could be: ${link}/account\n`,
  })
}
