import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import type { Work } from '../../work/work.ts'

const codesSet = { name: 'recovery_codes_set', text: 'select recovery_codes_set($1, $2)' }
const codeHash = { name: 'recovery_code_hash', text: 'select recovery_code_hash($1) as hash' }
const raise = { name: 'session_raise_by_recovery', text: 'select session_raise_by_recovery($1, $2, $3, $4) as raised' }
const mail = { name: 'recovery_mail', text: 'select recovery_mail($1) as mail' }

export interface HashedCode {
  readonly selector: string
  readonly hash: string
}

/** Gives the account in scope new codes in place of all before. */
export async function setRecoveryCodes(tx: Tx, codes: readonly HashedCode[], now: Instant): Promise<void> {
  await tx.run(codesSet, [JSON.stringify(codes), now])
}

export async function findRecoveryHash(tx: Tx, selector: string): Promise<string | undefined> {
  const rows = await tx.run<{ hash: string | null }>(codeHash, [selector])
  return rows[0]?.hash ?? undefined
}

/** False where the code was used a moment before. */
export async function raiseByRecovery(tx: Tx, session: string, digest: Buffer, selector: string, now: Instant): Promise<boolean> {
  const rows = await tx.run<{ raised: boolean }>(raise, [session, digest, selector, now])
  return rows[0]?.raised === true
}

export interface RecoveryMail {
  readonly email: string
  readonly used_at: string
  readonly left: number
}

/** Whom to tell that a code of theirs was used. For background work. */
export async function findRecoveryMail(work: Work, adultId: AdultId): Promise<RecoveryMail | undefined> {
  const rows = await work.tx.run<{ mail: RecoveryMail | null }>(mail, [adultId])
  return rows[0]?.mail ?? undefined
}
