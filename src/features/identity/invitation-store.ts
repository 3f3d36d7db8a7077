import type { Permit } from '../../access/index.ts'
import type { AccountId, AdultId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import type { Work } from '../../work/work.ts'

export type InvitationFault = 'no-such-adult' | 'no-address' | 'address-taken'

interface Made {
  readonly kind: 'first' | 'again'
  /** It goes out now; otherwise a second person has to ask for it too. */
  readonly ready: boolean
  readonly confirmed: boolean
  readonly sessions: number
}

const make = { name: 'invitation_make', text: 'select invitation_make($1, $2, $3, $4) as made' }

/** Writes an invitation and withdraws earlier ones; where the adult has an account, its sessions end. */
export async function insertInvitation(
  work: Work,
  _permit: Permit<'account.invite'>,
  row: { readonly id: string; readonly adultId: AdultId; readonly expiresAt: Instant },
): Promise<Made | { readonly fault: InvitationFault }> {
  const rows = await work.tx.run<{ made: Made | { fault: InvitationFault } }>(make, [
    row.id,
    row.adultId,
    work.now,
    row.expiresAt,
  ])
  if (!rows[0]) throw new Error('the function gives one row')
  return rows[0].made
}

export interface InvitationMail {
  readonly email: string
  readonly kind: 'first' | 'again'
  readonly expires_at: string
}

const mail = { name: 'invitation_mail', text: 'select invitation_mail($1, $2, $3) as mail' }

/** Where an open invitation goes; from now on it answers to this token alone. */
export async function startInvitationMail(work: Work, adultId: AdultId, digest: Buffer): Promise<InvitationMail | undefined> {
  const rows = await work.tx.run<{ mail: InvitationMail | null }>(mail, [adultId, digest, work.now])
  return rows[0]?.mail ?? undefined
}

/** What an invitation opens. */
export interface OpenInvitation {
  readonly school_id: SchoolId
  readonly school: string
  readonly demonstration: boolean
  readonly adult_id: AdultId
  readonly name: string
  readonly email: string
  readonly kind: 'first' | 'again'
  /** The person has an account of another school, and keeps its password. */
  readonly joins: boolean
  /** That account has no password: whoever has it signs in through their other school. */
  readonly without_password: boolean
  /** What the school calls its provider, where it has one. */
  readonly provider: string | null
}

const open = { name: 'invitation_open', text: 'select invitation_open($1, $2) as found' }

export async function findInvitation(tx: Tx, digest: Buffer, now: Instant): Promise<OpenInvitation | undefined> {
  const rows = await tx.run<{ found: OpenInvitation | null }>(open, [digest, now])
  return rows[0]?.found ?? undefined
}

export interface Accepted {
  readonly school_id: SchoolId
  readonly adult_id: AdultId
  readonly account_id: AccountId
  readonly kind: 'first' | 'again'
  readonly renamed: boolean
  readonly sessions: number
}

const accept = { name: 'invitation_accept', text: 'select invitation_accept($1, $2, $3, $4, $5) as accepted' }

/** Uses the invitation up; undefined where that has been done, or it is too old. */
export async function useInvitation(
  tx: Tx,
  digest: Buffer,
  now: Instant,
  row: { readonly account: AccountId; readonly passwordHash: string | undefined; readonly name: string },
): Promise<Accepted | undefined> {
  const values = [digest, now, row.account, row.passwordHash ?? null, row.name]
  const rows = await tx.run<{ accepted: Accepted | null }>(accept, values)
  return rows[0]?.accepted ?? undefined
}

const leave = { name: 'account_leave', text: 'select account_leave($1, $2) as left' }

/** Ends sessions and closes the account of an adult who has left; undefined where they have not. */
export async function closeAccountOf(
  work: Work,
  adultId: AdultId,
): Promise<{ readonly closed: boolean; readonly sessions: number } | undefined> {
  const rows = await work.tx.run<{ left: { closed: boolean; sessions: number } | null }>(leave, [adultId, work.now])
  return rows[0]?.left ?? undefined
}

const leavers = { name: 'account_leavers', text: 'select account_leavers($1) as ids' }

/** Adults whose last appointment has ended by its date, and whose account is still open. */
export async function listLeavers(work: Work): Promise<readonly AdultId[]> {
  const rows = await work.tx.run<{ ids: AdultId[] }>(leavers, [work.now])
  return rows[0]?.ids ?? []
}
