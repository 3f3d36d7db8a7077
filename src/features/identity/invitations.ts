/** Inviting adults of the school to an account of their own, and closing it when they leave. */
import type { Actor, Permit, Worker } from '../../access/index.ts'
import { authorise } from '../../access/index.ts'
import type { AccountId, AdultId, SchoolId } from '../../kernel/ids.ts'
import { momentInWords } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { MailJob } from '../../platform/jobs.ts'
import type { OutgoingMail } from '../../platform/mail.ts'
import { hashPassword, isPassword } from '../../platform/passwords.ts'
import { type ServerTools, tokenDigest } from '../../web/http/server.ts'
import { type Work, type WorkTools, workInBackground } from '../../work/work.ts'
import { newToken, noteAs, takeTry } from './commands.ts'
import {
  type Accepted,
  closeAccountOf,
  findInvitation,
  type InvitationFault,
  insertInvitation,
  listLeavers,
  type OpenInvitation,
  startInvitationMail,
  useInvitation,
} from './invitation-store.ts'
import { invitationExpiry } from './rules.ts'
import { findAccount } from './store.ts'

/**
 * Invites an adult by mail to choose a password. Whoever has an account is signed out everywhere, and chooses a new one. Where the
 * account opens files, the mail waits until a second person asks for it too, or leaves the authenticator as it is.
 */
export async function inviteAdult(
  work: Work<Actor>,
  adultId: AdultId,
): Promise<Result<{ readonly isMailed: boolean }, InvitationFault>> {
  const permit: Permit<'account.invite'> = authorise(work.someone, 'account.invite', { schoolId: work.school.id })
  const id = newId<string>()
  const expiresAt = invitationExpiry(work.now)
  const made = await insertInvitation(work, permit, { id, adultId, expiresAt })
  if ('fault' in made) return refused(made.fault)
  const { kind, confirmed, ready, sessions } = made
  const facts = { invitation: id, kind, confirmed, mailed: ready, expires: expiresAt, sessionsEnded: sessions }
  work.note({ event: 'account.invited', subjectKind: 'adult', subject: adultId, facts })
  if (ready) work.send({ kind: 'invitation-mail', adultId })
  return ok({ isMailed: ready })
}

function invitationMail(to: string, kind: 'first' | 'again', school: string, link: string, until: Instant): OutgoingMail {
  const what =
    kind === 'first'
      ? `${school} has made an account in Holdfast for you.`
      : `${school} asks you to choose a new password for Holdfast. Until you do, your old one still works; you have been signed out everywhere.`
  return {
    to,
    subject: kind === 'first' ? 'Choose your password for Holdfast' : 'Choose a new password for Holdfast',
    text: `${what}\n\nChoose your password here: ${link}\n\nThe link works once, until ${momentInWords(until)}. Give it to nobody. If you did not expect this message, tell the person who looks after Holdfast at your school.\n`,
  }
}

/**
 * Sends an invitation. Its token is made here, goes out in the mail and is stored as a digest alone: whoever reads the database
 * cannot use it. Where the mail server is away, the next try makes another token.
 */
export async function sendInvitation(
  tools: WorkTools,
  send: (mail: OutgoingMail) => Promise<void>,
  address: string,
  job: Pick<MailJob, 'schoolId' | 'adultId'>,
  now: Instant,
): Promise<void> {
  const token = newToken()
  const found = await workInBackground(tools, job.schoolId as SchoolId, now, async work => ({
    commit: true,
    value: { school: work.school.name, mail: await startInvitationMail(work, job.adultId as AdultId, tokenDigest(token)) },
  }))
  if (!found.mail) return
  const { email, kind, expires_at } = found.mail
  const until = new Date(expires_at).toISOString() as Instant
  await send(invitationMail(email, kind, found.school, `${address}/invitation/${token}`, until))
}

/** What an invitation opens; undefined for every token that does not work, whatever the reason. */
export async function findOpenInvitation(tools: ServerTools, token: string, now: Instant): Promise<OpenInvitation | undefined> {
  return tools.database.transaction(async tx => ({ commit: false, value: await findInvitation(tx, tokenDigest(token), now) }))
}

export type AcceptRefusal = 'gone' | 'wrong-password' | { readonly waitInSeconds: number }

async function noteJoined(tools: ServerTools, accepted: Accepted, now: Instant): Promise<void> {
  const { school_id, adult_id, account_id, kind, renamed, sessions } = accepted
  await tools.database.transaction(async tx => {
    await noteAs(tx, account_id, { id: school_id, name: '', adult: adult_id }, now, {
      event: 'account.joined',
      subjectKind: 'adult',
      subject: adult_id,
      facts: { kind, renamed, sessionsEnded: sessions },
    })
    return { commit: true, value: undefined }
  })
}

/** Checks the password of an account that the person has from another school, slowed down as at signing in. */
async function isOwnPassword(
  tools: ServerTools,
  email: string,
  password: string,
  now: Instant,
): Promise<AcceptRefusal | undefined> {
  const key = tools.sealing.fingerprint('invitation', email)
  const judged = await tools.database.transaction(async tx => ({
    commit: true,
    value: { taken: await takeTry(tx, key, now), account: await findAccount(tx, email) },
  }))
  if (!judged.taken.ok) return { waitInSeconds: judged.taken.refusal.seconds }
  return (await isPassword(judged.account?.passwordHash, password)) ? undefined : 'wrong-password'
}

/** Uses an invitation up: the account opens with the password chosen, or the account of another school is joined by its own. */
export async function acceptInvitation(
  tools: ServerTools,
  token: string,
  invitation: OpenInvitation,
  chosen: { readonly name: string; readonly password: string },
  now: Instant,
): Promise<Result<undefined, AcceptRefusal>> {
  const refusal = invitation.joins ? await isOwnPassword(tools, invitation.email, chosen.password, now) : undefined
  if (refusal) return refused(refusal)
  const passwordHash = invitation.joins ? undefined : await hashPassword(chosen.password)
  const accepted = await tools.database.transaction(async tx => ({
    commit: true,
    value: await useInvitation(tx, tokenDigest(token), now, { account: newId<AccountId>(), passwordHash, name: chosen.name }),
  }))
  if (!accepted) return refused('gone')
  await noteJoined(tools, accepted, now)
  return ok(undefined)
}

/** Closes the account of an adult who holds, and will hold, no appointment any more. In the transaction that ended the last. */
export async function closeIfLeft(work: Work, adultId: AdultId): Promise<boolean> {
  const left = await closeAccountOf(work, adultId)
  if (!left) return false
  const facts = { closed: left.closed, sessionsEnded: left.sessions }
  work.note({ event: 'account.closed', subjectKind: 'adult', subject: adultId, facts })
  return true
}

/** Closes the accounts of those whose last appointment ended by its date. */
export async function closeLeavers(work: Work<Worker>): Promise<void> {
  for (const adultId of await listLeavers(work)) await closeIfLeft(work, adultId)
}
