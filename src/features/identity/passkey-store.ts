import type { AccountId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import type { OwnPasskey } from './model.ts'

const list = { name: 'passkey_list', text: 'select passkey_list() as passkeys' }
const add = { name: 'passkey_add', text: 'select passkey_add($1, $2, $3, $4, $5, $6, $7, $8) as added' }
const remove = { name: 'passkey_remove', text: 'select passkey_remove($1) as removed' }
const find = { name: 'passkey_find', text: 'select passkey_find($1) as found' }
const use = { name: 'passkey_use', text: 'select passkey_use($1, $2, $3, $4) as used' }
const raise = { name: 'session_raise_by_passkey', text: 'select session_raise_by_passkey($1, $2, $3, $4, $5) as raised' }
const challengeTake = { name: 'passkey_challenge_take', text: 'select passkey_challenge_take($1, $2, $3) as taken' }

export async function ownPasskeys(tx: Tx): Promise<readonly OwnPasskey[]> {
  const rows = await tx.run<{ passkeys: OwnPasskey[] }>(list, [])
  return rows[0]?.passkeys ?? []
}

export interface NewPasskey {
  readonly id: string
  readonly credential: Buffer
  readonly publicKey: Buffer
  readonly count: number
  readonly name: string
  readonly transports: readonly string[]
  readonly synced: boolean
}

/** False where that very key is somebody's already. */
export async function addPasskey(tx: Tx, key: NewPasskey, now: Instant): Promise<boolean> {
  const values = [key.id, key.credential, key.publicKey, key.count, key.name, key.transports, key.synced, now]
  const rows = await tx.run<{ added: boolean }>(add, values)
  return rows[0]?.added === true
}

export async function removePasskey(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.run<{ removed: boolean }>(remove, [id])
  return rows[0]?.removed === true
}

export interface FoundPasskey {
  readonly id: string
  readonly account: AccountId
  readonly publicKey: Buffer
  readonly count: number
  readonly disabled: boolean
}

interface FoundRow {
  readonly id: string
  readonly account_id: string
  readonly public_key: string
  readonly sign_count: number
  readonly disabled: boolean
}

export async function findPasskey(tx: Tx, credential: Buffer): Promise<FoundPasskey | undefined> {
  const rows = await tx.run<{ found: FoundRow | null }>(find, [credential])
  const row = rows[0]?.found
  if (!row) return undefined
  const publicKey = Buffer.from(row.public_key, 'base64')
  return { id: row.id, account: row.account_id as AccountId, publicKey, count: row.sign_count, disabled: row.disabled }
}

/** False where the key's count did not grow. */
export async function usePasskey(tx: Tx, account: AccountId, id: string, count: number, now: Instant): Promise<boolean> {
  const rows = await tx.run<{ used: boolean }>(use, [account, id, count, now])
  return rows[0]?.used === true
}

/** The same for the account in scope, whose session is given the second factor and a new token. */
export async function raiseByPasskey(
  tx: Tx,
  session: string,
  digest: Buffer,
  id: string,
  count: number,
  now: Instant,
): Promise<boolean> {
  const rows = await tx.run<{ raised: boolean }>(raise, [session, digest, id, count, now])
  return rows[0]?.raised === true
}

/** False where the challenge was answered before. */
export async function takeChallenge(tx: Tx, digest: Buffer, forgetAt: Instant, now: Instant): Promise<boolean> {
  const rows = await tx.run<{ taken: boolean }>(challengeTake, [digest, forgetAt, now])
  return rows[0]?.taken === true
}
