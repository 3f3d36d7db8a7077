import type { Permit } from '../../access/index.ts'
import type { AccountId, AdultId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import type { RoleId } from '../../policy/roles.ts'
import { sessionIdleMinutes } from '../../web/http/server.ts'
import type { Work } from '../../work/work.ts'
import type { AccountFound, Authenticator, KeptFormFound, OpenSession, OutsideAccount, SchoolOfAccount, Tries } from './model.ts'

const accountByEmail = { name: 'sign_in_account', text: 'select sign_in_account($1) as found' }
const schoolsOf = { name: 'account_schools', text: 'select account_schools($1, $2) as schools' }
const scopeEnter = { name: 'identity_scope_enter', text: 'select scope_enter($1, $2, $3, $4) as roles' }
const sessionEnter = { name: 'identity_session_enter', text: `select session_enter($1, $2, $3::interval, null, '') as entered` }
const sessionStart = { name: 'session_start', text: 'select session_start($1, $2, $3, $4, $5, $6, $7, $8, $9)' }
const sessionRaise = { name: 'session_raise', text: 'select session_raise($1, $2, $3, $4) as raised' }
const tryLock = {
  name: 'sign_in_try_lock',
  // An update that changes nothing takes the row's lock: two tries at once are judged one after the other.
  text: `insert into sign_in_try (key, failures, failed_at) values ($1, 0, $2)
    on conflict (key) do update set failures = sign_in_try.failures returning failures, failed_at`,
}
const tryCount = { name: 'sign_in_try_count', text: 'update sign_in_try set failures = $2, failed_at = $3 where key = $1' }
const tryClear = { name: 'sign_in_try_clear', text: 'delete from sign_in_try where key = $1' }
const triesForget = { name: 'sign_in_tries_forget', text: 'delete from sign_in_try where failed_at < $1' }

export async function findAccount(tx: Tx, email: string): Promise<AccountFound | undefined> {
  const rows = await tx.run<{ found: { id: string; password_hash: string | null; disabled: boolean } | null }>(accountByEmail, [
    email,
  ])
  const found = rows[0]?.found
  return found
    ? { id: found.id as AccountId, passwordHash: found.password_hash ?? undefined, disabled: found.disabled }
    : undefined
}

interface SchoolsRow {
  readonly schools: readonly { readonly id: string; readonly name: string; readonly adult_id: string }[]
}

function schoolsIn(row: SchoolsRow | undefined): SchoolOfAccount[] {
  return (row?.schools ?? []).map(({ id, name, adult_id }) => ({ id: id as SchoolId, name, adult: adult_id as AdultId }))
}

/** The schools where the person holds an appointment now. */
export async function schoolsOfAccount(tx: Tx, account: AccountId, now: Instant): Promise<SchoolOfAccount[]> {
  const rows = await tx.run<SchoolsRow>(schoolsOf, [account, now])
  return schoolsIn(rows[0])
}

/** Puts the transaction into the scope of a school, for its audit trail; returns the person's roles there. */
export async function enterSchool(
  tx: Tx,
  school: SchoolId,
  adult: AdultId | undefined,
  account: AccountId | undefined,
  now: Instant,
): Promise<RoleId[]> {
  const rows = await tx.run<{ roles: RoleId[] }>(scopeEnter, [school, adult ?? null, account ?? null, now])
  return rows[0]?.roles ?? []
}

/** An open session, and where somebody is who has chosen a school. */
export interface SessionEntered {
  readonly id: string
  readonly account: AccountId
  readonly formSecret: string
  readonly at: { readonly school: SchoolId; readonly adult: AdultId; readonly roles: readonly RoleId[] } | undefined
}

interface EnteredRow {
  readonly state: 'none' | 'ended' | 'no-school' | 'open'
  readonly session_id: string
  readonly account_id: string
  readonly form_secret: string
  readonly adult_id: string
  readonly school: { readonly id: string }
  readonly roles: string[]
}

/** The open session behind a cookie; the transaction is then in its scope. */
export async function enterSession(tx: Tx, digest: Buffer, now: Instant): Promise<SessionEntered | undefined> {
  const rows = await tx.run<{ entered: EnteredRow }>(sessionEnter, [digest, now, `${sessionIdleMinutes} minutes`])
  const row = rows[0]?.entered
  if (row?.state !== 'open' && row?.state !== 'no-school') return undefined
  const at =
    row.state === 'open'
      ? { school: row.school.id as SchoolId, adult: row.adult_id as AdultId, roles: row.roles as RoleId[] }
      : undefined
  return { id: row.session_id, account: row.account_id as AccountId, formSecret: row.form_secret, at }
}

export interface NewSession {
  readonly id: string
  readonly digest: Buffer
  readonly account: AccountId
  readonly school: SchoolId | undefined
  readonly startedAt: Instant
  readonly expiresAt: Instant
  readonly formSecret: Buffer
  readonly secondFactorAt: Instant | undefined
  /** The school whose provider vouched for the person; the session is of that school alone. */
  readonly providerSchool: SchoolId | undefined
}

export async function startSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.run(sessionStart, [
    session.id,
    session.digest,
    session.account,
    session.school ?? null,
    session.startedAt,
    session.expiresAt,
    session.formSecret,
    session.secondFactorAt ?? null,
    session.providerSchool ?? null,
  ])
}

/** False where the code's step was used before. */
export async function raiseSession(tx: Tx, session: string, digest: Buffer, step: number, now: Instant): Promise<boolean> {
  const rows = await tx.run<{ raised: boolean }>(sessionRaise, [session, digest, step, now])
  return rows[0]?.raised === true
}

/** Ends one open session of the account in scope; false where it has none of that id. */
export async function endSession(tx: Tx, account: AccountId, id: string, now: Instant): Promise<boolean> {
  const result = await tx.db
    .updateTable('session')
    .set({ ended_at: now })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Ends every session of the account in scope but one; says how many. */
export async function endOtherSessions(tx: Tx, account: AccountId, keep: string, now: Instant): Promise<number> {
  const result = await tx.db
    .updateTable('session')
    .set({ ended_at: now })
    .where('account_id', '=', account)
    .where('id', '!=', keep)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

const adultSessionsEnd = { name: 'adult_sessions_end', text: 'select adult_sessions_end($1, $2, $3::interval) as count' }
const accountAddress = { name: 'account_address', text: 'select account_address($1) as email' }

/** Ends every session of an adult that is at this school or could come to it; says how many were open here. */
export async function endSessionsOfAdult(work: Work, _permit: Permit<'account.end-sessions'>, adultId: AdultId): Promise<number> {
  const values = [adultId, work.now, `${sessionIdleMinutes} minutes`]
  const rows = await work.tx.run<{ count: number }>(adultSessionsEnd, values)
  return rows[0]?.count ?? 0
}

/** Where to write to somebody about their account. For background work. */
export async function findAccountAddress(work: Work, adultId: AdultId): Promise<string | undefined> {
  const rows = await work.tx.run<{ email: string | null }>(accountAddress, [adultId])
  return rows[0]?.email ?? undefined
}

export async function openSessions(tx: Tx, account: AccountId, now: Instant, idleSince: Instant): Promise<OpenSession[]> {
  const rows = await tx.db
    .selectFrom('session')
    .leftJoin('school', 'school.id', 'session.school_id')
    .select(['session.id', 'session.started_at', 'session.last_seen_at', 'session.second_factor_at'])
    .select(['session.provider_school_id', 'school.name'])
    .where('session.account_id', '=', account)
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', now)
    .where('session.last_seen_at', '>', idleSince)
    .orderBy('session.last_seen_at', 'desc')
    .execute()
  return rows.map(row => ({
    id: row.id,
    startedAt: row.started_at as Instant,
    lastSeenAt: row.last_seen_at as Instant,
    school: row.name ?? undefined,
    hasSecondFactor: row.second_factor_at !== null,
    atOneSchool: row.provider_school_id !== null,
  }))
}

/** What a session was proved with: its second factor, and the school whose provider vouched for it. */
export async function proofOfSession(
  tx: Tx,
  account: AccountId,
  session: string,
): Promise<{ readonly secondFactorAt: Instant | undefined; readonly providerSchool: SchoolId | undefined }> {
  const row = await tx.db
    .selectFrom('session')
    .select(['second_factor_at', 'provider_school_id'])
    .where('account_id', '=', account)
    .where('id', '=', session)
    .executeTakeFirst()
  return {
    secondFactorAt: (row?.second_factor_at ?? undefined) as Instant | undefined,
    providerSchool: (row?.provider_school_id ?? undefined) as SchoolId | undefined,
  }
}

interface CodeRow {
  readonly found: {
    readonly email: string
    readonly sealed: string | null
    readonly last_step: number
    readonly recovery_left: number
    readonly passkeys: number
    readonly has_password: boolean
    readonly provider: string | null
    readonly outside: OutsideAccount | null
  } | null
}

function authenticatorOf(row: CodeRow | undefined): Authenticator {
  const found = row?.found
  if (!found) throw new Error('no account in scope')
  return {
    email: found.email,
    sealed: found.sealed === null ? undefined : Buffer.from(found.sealed, 'base64'),
    lastStep: found.last_step,
    recoveryCodesLeft: found.recovery_left,
    passkeys: found.passkeys,
    hasPassword: found.has_password,
    provider: found.provider ?? undefined,
    outside: found.outside ?? undefined,
  }
}

/** The person's own authenticator, for the account in scope. */
export async function getAuthenticator(tx: Tx): Promise<Authenticator> {
  const rows = await tx.run<CodeRow>({ name: 'account_code', text: 'select account_code() as found' }, [])
  return authenticatorOf(rows[0])
}

const ownAccount = { name: 'account_own', text: 'select account_code() as found, account_schools($1, $2) as schools' }

/** The person's own authenticator and schools, in one round trip. */
export async function getOwnAccount(
  tx: Tx,
  account: AccountId,
  now: Instant,
): Promise<{ readonly authenticator: Authenticator; readonly schools: readonly SchoolOfAccount[] }> {
  const rows = await tx.run<CodeRow & SchoolsRow>(ownAccount, [account, now])
  return { authenticator: authenticatorOf(rows[0]), schools: schoolsIn(rows[0]) }
}

export async function setAuthenticator(tx: Tx, sealed: Buffer, lastStep: number): Promise<void> {
  await tx.run({ name: 'account_code_set', text: 'select account_code_set($1, $2)' }, [sealed, lastStep])
}

export async function findOwnPassword(tx: Tx): Promise<string | undefined> {
  const rows = await tx.run<{ hash: string | null }>({ name: 'account_password', text: 'select account_password() as hash' }, [])
  return rows[0]?.hash ?? undefined
}

export async function setOwnPassword(tx: Tx, hash: string): Promise<void> {
  await tx.run({ name: 'account_password_set', text: 'select account_password_set($1)' }, [hash])
}

/** The tries so far, locked until the transaction ends. */
export async function lockTries(tx: Tx, key: Buffer, now: Instant): Promise<Tries> {
  const rows = await tx.run<{ failures: number; failed_at: string }>(tryLock, [key, now])
  return { failures: rows[0]?.failures ?? 0, failedAt: (rows[0]?.failed_at ?? now) as Instant }
}

export async function countTry(tx: Tx, key: Buffer, failures: number, now: Instant, forgetBefore: Instant): Promise<void> {
  await tx.run(tryCount, [key, failures, now])
  await tx.run(triesForget, [forgetBefore])
}

export async function clearTries(tx: Tx, key: Buffer): Promise<void> {
  await tx.run(tryClear, [key])
}

export async function keptForms(tx: Tx, account: AccountId): Promise<KeptFormFound[]> {
  const rows = await tx.db
    .selectFrom('kept_form')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('kept_at', 'desc')
    .execute()
  return rows.map(row => ({ id: row.id, path: row.path, sealed: row.sealed, keptAt: row.kept_at as Instant }))
}

export async function findKeptForm(tx: Tx, account: AccountId, id: string): Promise<KeptFormFound | undefined> {
  const row = await tx.db
    .selectFrom('kept_form')
    .selectAll()
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { id: row.id, path: row.path, sealed: row.sealed, keptAt: row.kept_at as Instant }
}

export async function discardKeptForm(tx: Tx, account: AccountId, id: string): Promise<boolean> {
  const result = await tx.db.deleteFrom('kept_form').where('account_id', '=', account).where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows > 0n
}

const keptForget = { name: 'kept_forms_forget', text: 'select kept_forms_forget($1) as count' }

/** Forgets forms that nobody has come back for; says how many. */
export async function forgetKeptForms(tx: Tx, keptBefore: Instant): Promise<number> {
  const rows = await tx.run<{ count: number }>(keptForget, [keptBefore])
  return rows[0]?.count ?? 0
}

export async function isDemonstration(tx: Tx): Promise<boolean> {
  const row = await tx.db.selectFrom('installation').select('kind').executeTakeFirst()
  return row?.kind === 'demonstration'
}
