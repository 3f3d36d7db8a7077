import { randomBytes } from 'node:crypto'
import type { Actor, Visitor } from '../../access/index.ts'
import type { AuditNote } from '../../audit/entry.ts'
import type { AccountId, SchoolId } from '../../kernel/ids.ts'
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/identifiers.ts'
import { isPassword } from '../../platform/passwords.ts'
import { keptFormDays } from '../../web/http/kept-forms.ts'
import { type ServerTools, tokenDigest } from '../../web/http/server.ts'
import { WorkBook } from '../../work/work.ts'
import type { AccountFound, SchoolOfAccount } from './model.ts'
import { usePasskey } from './passkey-store.ts'
import { checkProof, type PasskeyRefusal, type Place } from './passkeys.ts'
import { sessionExpiry, triesForgottenBefore, waitInSeconds } from './rules.ts'
import {
  clearTries,
  countTry,
  endSession,
  enterSchool,
  enterSession,
  findAccount,
  forgetKeptForms,
  lockTries,
  proofOfSession,
  schoolsOfAccount,
  startSession,
} from './store.ts'

export type SignInRefusal =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'wrong' }
  /** The password is right, and the person holds no appointment anywhere any more. */
  | { readonly kind: 'no-appointment' }

export interface SignedIn {
  readonly token: string
  readonly account: AccountId
  readonly mustChooseSchool: boolean
}

/** A new token for a cookie: 32 bytes that nobody can guess. Only its digest is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

async function note(tx: Tx, someone: Actor | Visitor, now: Instant, ...notes: AuditNote[]): Promise<void> {
  const book = new WorkBook()
  book.notes.push(...notes)
  await book.finish(tx, someone, now)
}

/** Writes into a school's trail with the person as actor; the transaction is then in that person's scope. */
export async function noteAs(
  tx: Tx,
  account: AccountId,
  school: SchoolOfAccount,
  now: Instant,
  ...notes: AuditNote[]
): Promise<void> {
  const roles = await enterSchool(tx, school.id, school.adult, account, now)
  const actor: Actor = {
    kind: 'adult',
    schoolId: school.id,
    adultId: school.adult,
    accountId: account,
    name: '',
    roles,
    fileRoles: [],
  }
  await note(tx, actor, now, ...notes)
}

/** Takes one try, or says how long to wait. Counted before it is judged, so that tries at the same moment are counted too. */
export async function takeTry(tx: Tx, key: Buffer, now: Instant): Promise<Result<undefined, { kind: 'wait'; seconds: number }>> {
  const tries = await lockTries(tx, key, now)
  const seconds = waitInSeconds(tries, now)
  if (seconds > 0) return refused({ kind: 'wait', seconds })
  const forgetBefore = triesForgottenBefore(now)
  await countTry(tx, key, (tries.failedAt < forgetBefore ? 0 : tries.failures) + 1, now, forgetBefore)
  return ok(undefined)
}

/**
 * What tries are counted by: the address typed, and apart from it each device that has signed in to the account before. So
 * a stranger who keeps guessing makes nobody wait at their own desk.
 */
function tryKey(tools: ServerTools, email: string, device: string | undefined): Buffer {
  return tools.sealing.fingerprint('sign-in', `${email}\n${device ?? ''}`)
}

const deviceRecord = 'known device'

/** A cookie that says: this device has signed in to this account before. */
export function deviceMark(tools: ServerTools, account: AccountId): string {
  return tools.sealing.seal(`account:${account}`, deviceRecord, randomBytes(16)).toString('base64url')
}

function knownDevice(tools: ServerTools, account: AccountId | undefined, mark: string): string | undefined {
  if (account === undefined || mark === '') return undefined
  try {
    return tools.sealing.open(`account:${account}`, deviceRecord, Buffer.from(mark, 'base64url')).toString('hex')
  } catch {
    return undefined
  }
}

async function judgeTry(tools: ServerTools, email: string, mark: string, now: Instant) {
  return tools.database.transaction(async tx => {
    const account = await findAccount(tx, email)
    const key = tryKey(tools, email, knownDevice(tools, account?.id, mark))
    const taken = await takeTry(tx, key, now)
    return { commit: true, value: { account, key, taken } }
  })
}

/** Leaves a trace of a wrong password at every school of the account. Who typed it is not known. */
async function noteRefusal(tools: ServerTools, account: AccountFound, now: Instant): Promise<void> {
  const schools = await tools.database.transaction(async tx => ({
    commit: false,
    value: await schoolsOfAccount(tx, account.id, now),
  }))
  for (const school of schools) {
    await tools.database.transaction(async tx => {
      await enterSchool(tx, school.id, undefined, undefined, now)
      const stranger: Visitor = { kind: 'visitor', schoolId: school.id }
      const facts = { why: account.disabled ? 'disabled' : 'password' }
      await note(tx, stranger, now, {
        event: 'session.refused',
        subjectKind: 'adult',
        subject: school.adult,
        outcome: 'refused',
        facts,
      })
      return { commit: true, value: undefined }
    })
  }
}

/** The session that came with the cookie ends: whoever planted its token in this browser has nothing. */
export async function endEarlier(tools: ServerTools, token: string, now: Instant): Promise<void> {
  if (token === '') return
  await tools.database.transaction(async tx => {
    const earlier = await enterSession(tx, tokenDigest(token), now)
    if (!earlier) return { commit: false, value: undefined }
    await endSession(tx, earlier.account, earlier.id, now)
    if (earlier.at) {
      const { school, adult, roles } = earlier.at
      const actor: Actor = {
        kind: 'adult',
        schoolId: school,
        adultId: adult,
        accountId: earlier.account,
        name: '',
        roles,
        fileRoles: [],
      }
      await note(tx, actor, now, { event: 'session.ended', facts: { why: 'signed in anew', session: earlier.id } })
    }
    return { commit: true, value: undefined }
  })
}

/** What somebody signed in with. A provider's word is one factor, and counts at the school that trusts it. */
export type ProvedBy =
  | { readonly kind: 'password'; readonly tries: Buffer }
  | { readonly kind: 'passkey' }
  | { readonly kind: 'provider'; readonly school: SchoolId }

/** Starts a session, whatever it was that proved who somebody is. */
export async function open(
  tools: ServerTools,
  account: AccountId,
  schools: readonly SchoolOfAccount[],
  by: ProvedBy,
  now: Instant,
): Promise<string> {
  const token = newToken()
  const id = newId<string>()
  const only = schools.length === 1 ? schools[0] : undefined
  await tools.database.transaction(async tx => {
    if (by.kind === 'password') await clearTries(tx, by.tries)
    await startSession(tx, {
      id,
      digest: tokenDigest(token),
      account,
      school: only?.id,
      startedAt: now,
      expiresAt: sessionExpiry(now),
      formSecret: randomBytes(32),
      // A passkey is two factors: the device, and what opens it.
      secondFactorAt: by.kind === 'passkey' ? now : undefined,
      providerSchool: by.kind === 'provider' ? by.school : undefined,
    })
    // With several schools the session starts, for their trails, when one is chosen.
    if (only) await noteAs(tx, account, only, now, { event: 'session.started', facts: { by: by.kind, session: id } })
    return { commit: true, value: undefined }
  })
  return token
}

export interface SignInAttempt {
  readonly email: string
  readonly password: string
  /** Cookies of the browser, '' where it has none. */
  readonly deviceMark: string
  readonly earlierToken: string
}

/** Forgets the forms that their writers have not come back for. Background work, once a minute like everything. */
export async function forgetOldForms(tools: Pick<ServerTools, 'database'>, now: Instant): Promise<number> {
  return tools.database.transaction(async tx => ({
    commit: true,
    value: await forgetKeptForms(tx, instantOf(epochInMs(now) - keptFormDays * 86_400_000)),
  }))
}

/** Signs somebody in. Unknown addresses, disabled accounts and wrong passwords are one answer, after the same work. */
export async function signIn(tools: ServerTools, attempt: SignInAttempt, now: Instant): Promise<Result<SignedIn, SignInRefusal>> {
  const { account, key, taken } = await judgeTry(tools, attempt.email, attempt.deviceMark, now)
  if (!taken.ok) return taken
  const isRight = await isPassword(account?.passwordHash, attempt.password)
  if (!account) return refused({ kind: 'wrong' })
  if (!isRight || account.disabled) {
    await noteRefusal(tools, account, now)
    return refused({ kind: 'wrong' })
  }
  const schools = await tools.database.transaction(async tx => ({
    commit: false,
    value: await schoolsOfAccount(tx, account.id, now),
  }))
  if (schools.length === 0) return refused({ kind: 'no-appointment' })
  await endEarlier(tools, attempt.earlierToken, now)
  const token = await open(tools, account.id, schools, { kind: 'password', tries: key }, now)
  return ok({ token, account: account.id, mustChooseSchool: schools.length > 1 })
}

export interface PasskeyAttempt {
  readonly place: Place
  /** The visit whose page asked. */
  readonly visit: string
  /** What the browser sent. */
  readonly response: string
  readonly earlierToken: string
}

/** Signs in whoever holds a passkey: the device and what opens it are both factors. */
export async function signInByPasskey(
  tools: ServerTools,
  attempt: PasskeyAttempt,
  now: Instant,
): Promise<Result<SignedIn, { readonly kind: 'passkey'; readonly why: PasskeyRefusal } | { readonly kind: 'no-appointment' }>> {
  const { place, visit, response, earlierToken } = attempt
  const proved = await tools.database.transaction<Result<AccountId, PasskeyRefusal>>(async tx => {
    const asked = { tx, sealing: tools.sealing, now, place, boundTo: visit }
    const judged = await checkProof(asked, 'sign-in', response)
    if (!judged.ok) return { commit: true, value: judged }
    const { key, count } = judged.value
    const isNext = await usePasskey(tx, key.account, key.id, count, now)
    return { commit: true, value: isNext ? ok(key.account) : refused('count' as const) }
  })
  if (!proved.ok) return refused({ kind: 'passkey', why: proved.refusal })
  const account = proved.value
  const schools = await tools.database.transaction(async tx => ({
    commit: false,
    value: await schoolsOfAccount(tx, account, now),
  }))
  if (schools.length === 0) return refused({ kind: 'no-appointment' })
  await endEarlier(tools, earlierToken, now)
  const token = await open(tools, account, schools, { kind: 'passkey' }, now)
  return ok({ token, account, mustChooseSchool: schools.length > 1 })
}

export interface SchoolChoice {
  readonly session: string
  readonly account: AccountId
  readonly formSecret: string
  readonly currentSchool: SchoolId | undefined
  readonly schools: readonly SchoolOfAccount[]
}

/** Where a session may be: what the provider of one school says opens that school alone. */
export async function schoolsOfSession(
  tx: Tx,
  account: AccountId,
  session: string,
  now: Instant,
): Promise<readonly SchoolOfAccount[]> {
  const schools = await schoolsOfAccount(tx, account, now)
  const { providerSchool } = await proofOfSession(tx, account, session)
  return providerSchool === undefined ? schools : schools.filter(({ id }) => id === providerSchool)
}

/** The schools that whoever holds this cookie may choose from. */
export async function findSchoolChoice(tools: ServerTools, token: string, now: Instant): Promise<SchoolChoice | undefined> {
  return tools.database.transaction<SchoolChoice | undefined>(async tx => {
    const entered = await enterSession(tx, tokenDigest(token), now)
    if (!entered) return { commit: false, value: undefined }
    const value = {
      session: entered.id,
      account: entered.account,
      formSecret: entered.formSecret,
      currentSchool: entered.at?.school,
      schools: await schoolsOfSession(tx, entered.account, entered.id, now),
    }
    return { commit: true, value }
  })
}

/**
 * Starts a new session at the chosen school and ends the one before: a form of the other school that is still open in
 * another window is then kept for it, instead of being recorded here.
 */
export async function chooseSchool(
  tools: ServerTools,
  token: string,
  choice: SchoolChoice,
  school: SchoolOfAccount,
  now: Instant,
): Promise<string> {
  const fresh = newToken()
  const id = newId<string>()
  await tools.database.transaction(async tx => {
    await enterSession(tx, tokenDigest(token), now)
    const proof = await proofOfSession(tx, choice.account, choice.session)
    await endSession(tx, choice.account, choice.session, now)
    await startSession(tx, {
      id,
      digest: tokenDigest(fresh),
      account: choice.account,
      school: school.id,
      startedAt: now,
      expiresAt: sessionExpiry(now),
      formSecret: randomBytes(32),
      ...proof,
    })
    const left = choice.schools.find(other => other.id === choice.currentSchool)
    if (left)
      await noteAs(tx, choice.account, left, now, {
        event: 'session.ended',
        facts: { why: 'another school', session: choice.session },
      })
    await noteAs(tx, choice.account, school, now, { event: 'session.started', facts: { by: 'choice of school', session: id } })
    return { commit: true, value: undefined }
  })
  return fresh
}

/** What wrong authenticator codes are counted by: the account, wherever they are typed. */
export function codeTryKey(sealing: ServerTools['sealing'], account: AccountId): Buffer {
  return sealing.fingerprint('code', account)
}
