/** What a provider's word brings about: a session, an account that begins with it, or one more way into one's own. */
import type { Actor, Visitor } from '../../access/index.ts'
import type { AuditNote } from '../../audit/entry.ts'
import type { AccountId, AdultId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/identifiers.ts'
import type { MailJob } from '../../platform/jobs.ts'
import type { OutgoingMail } from '../../platform/mail.ts'
import { type ServerTools, tokenDigest } from '../../web/http/server.ts'
import { WorkBook, type WorkTools, workInBackground } from '../../work/work.ts'
import { endEarlier, noteAs, open } from './commands.ts'
import type { ListedProvider, OutsideIdentity, Provider, SchoolOfAccount } from './model.ts'
import { bindOutside, findOutside, findOutsideMail, findProvider, listProviders, useInvitationOutside } from './provider-store.ts'
import { enterSchool, enterSession, schoolsOfAccount } from './store.ts'

export function providersOf(tools: ServerTools): Promise<readonly ListedProvider[]> {
  return tools.database.transaction(async tx => ({ commit: false, value: await listProviders(tx) }))
}

export function providerOf(tools: ServerTools, school: SchoolId): Promise<Provider | undefined> {
  return tools.database.transaction(async tx => ({ commit: false, value: await findProvider(tx, school) }))
}

async function finish(tx: Tx, someone: Actor | Visitor, now: Instant, ...notes: AuditNote[]): Promise<void> {
  const book = new WorkBook()
  book.notes.push(...notes)
  await book.finish(tx, someone, now)
}

/** Leaves a trace at the school whose provider was asked. Who it was is not known: nothing was proved. */
export async function noteProviderRefusal(tools: ServerTools, school: SchoolId, why: string, now: Instant): Promise<void> {
  await tools.database.transaction(async tx => {
    await enterSchool(tx, school, undefined, undefined, now)
    const facts = { why: `provider: ${why}` }
    await finish(tx, { kind: 'visitor', schoolId: school }, now, { event: 'session.refused', outcome: 'refused', facts })
    return { commit: true, value: undefined }
  })
}

export interface ProviderSignedIn {
  readonly token: string
  readonly account: AccountId
}

/** Signs in whoever a school's provider vouches for, at that school. The provider is one factor, whatever it says of itself. */
export async function signInByProvider(
  tools: ServerTools,
  school: SchoolId,
  identity: OutsideIdentity,
  earlierToken: string,
  now: Instant,
): Promise<Result<ProviderSignedIn, 'unknown' | 'no-appointment'>> {
  const found = await tools.database.transaction(async tx => {
    const outside = await findOutside(tx, school, identity, now)
    const schools = outside ? await schoolsOfAccount(tx, outside.account, now) : []
    return { commit: true, value: outside && { ...outside, here: schools.filter(({ id }) => id === school) } }
  })
  if (!found) return refused('unknown')
  if (found.disabled || found.here.length === 0) return refused('no-appointment')
  await endEarlier(tools, earlierToken, now)
  const token = await open(tools, found.account, found.here, { kind: 'provider', school }, now)
  return ok({ token, account: found.account })
}

interface Joined {
  readonly account: AccountId
  readonly here: SchoolOfAccount
}

/** Begins an account with a provider's word in place of a password, for whoever holds an invitation; and signs in. */
export async function joinByProvider(
  tools: ServerTools,
  invitation: { readonly token: string; readonly name: string },
  identity: OutsideIdentity,
  earlierToken: string,
  now: Instant,
): Promise<Result<ProviderSignedIn, 'gone' | 'taken'>> {
  const account = newId<AccountId>()
  const joined = await tools.database.transaction<Result<Joined, 'gone' | 'taken'>>(async tx => {
    const row = { account, name: invitation.name, identity }
    const accepted = await useInvitationOutside(tx, tokenDigest(invitation.token), now, row)
    if (!accepted || accepted === 'taken') return { commit: false, value: refused(accepted ?? 'gone') }
    const here = { id: accepted.school_id, name: '', adult: accepted.adult_id }
    await noteAs(tx, accepted.account_id, here, now, {
      event: 'account.joined',
      subjectKind: 'adult',
      subject: accepted.adult_id,
      facts: { kind: accepted.kind, by: 'provider', renamed: accepted.renamed, sessionsEnded: accepted.sessions },
    })
    return { commit: true, value: ok({ account: accepted.account_id, here }) }
  })
  if (!joined.ok) return joined
  const { account: opened, here } = joined.value
  await endEarlier(tools, earlierToken, now)
  const token = await open(tools, opened, [here], { kind: 'provider', school: here.id }, now)
  return ok({ token, account: opened })
}

/** Adds an account of the provider to one's own, in the session that asked for it with a fresh factor. */
export async function addProviderAccount(
  tools: ServerTools,
  asked: { readonly school: SchoolId; readonly isSession: (id: string) => boolean; readonly sessionToken: string },
  identity: OutsideIdentity,
  now: Instant,
): Promise<Result<undefined, 'state' | 'taken'>> {
  const added = await tools.database.transaction<Result<undefined, 'state' | 'taken'>>(async tx => {
    const session = await enterSession(tx, tokenDigest(asked.sessionToken), now)
    if (session?.at?.school !== asked.school || !asked.isSession(session.id)) return { commit: false, value: refused('state') }
    if (!(await bindOutside(tx, identity, now))) return { commit: false, value: refused('taken') }
    const { school: schoolId, adult: adultId, roles } = session.at
    const book = new WorkBook()
    book.notes.push({ event: 'account.changed', facts: { what: 'provider account added' } })
    book.items.push({ kind: 'provider-mail', adultId })
    const actor = { kind: 'adult', schoolId, adultId, accountId: session.account, name: '', roles, fileRoles: [] } as const
    await book.finish(tx, actor, now)
    return { commit: true, value: ok(undefined) }
  })
  if (added.ok) tools.outboxFilled(asked.school)
  return added
}

/** Tells somebody that an account of the provider opens theirs from now on: whoever did it in an open session is noticed. */
export async function sendProviderMail(
  tools: WorkTools,
  send: (mail: OutgoingMail) => Promise<void>,
  address: string,
  job: Pick<MailJob, 'schoolId' | 'adultId'>,
  now: Instant,
): Promise<void> {
  const found = await workInBackground(tools, job.schoolId as SchoolId, now, async work => ({
    commit: true,
    value: { school: work.school.name, mail: await findOutsideMail(work, job.adultId as AdultId) },
  }))
  if (!found.mail) return
  await send({
    to: found.mail.email,
    subject: 'You can sign in to Holdfast in another way now',
    text: `From now on ${found.mail.shown} signs you in to Holdfast at ${found.school}.\n\nIf it was you who added it, there is nothing to do. If it was not, remove it at once, end all other sessions and change your password: ${address}/account\n`,
  })
}
