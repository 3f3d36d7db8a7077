import type { AccountId, AdultId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

/** A school that somebody may sign in to, with who they are there. */
export interface SchoolOfAccount {
  readonly id: SchoolId
  readonly name: string
  readonly adult: AdultId
}

/** What checking a password needs. */
export interface AccountFound {
  readonly id: AccountId
  readonly passwordHash: string | undefined
  readonly disabled: boolean
}

/** Wrong tries in a row. */
export interface Tries {
  readonly failures: number
  readonly failedAt: Instant
}

export interface Authenticator {
  readonly email: string
  readonly sealed: Buffer | undefined
  readonly lastStep: number
  /** Recovery codes that were not used yet. */
  readonly recoveryCodesLeft: number
  readonly passkeys: number
}

export interface OpenSession {
  readonly id: string
  readonly startedAt: Instant
  readonly lastSeenAt: Instant
  readonly school: string | undefined
  readonly hasSecondFactor: boolean
}

export interface KeptFormFound {
  readonly id: string
  readonly path: string
  readonly sealed: Buffer
  readonly keptAt: Instant
}

/** A passkey as its owner sees it. */
export interface OwnPasskey {
  readonly id: string
  readonly credential: string
  readonly name: string
  readonly transports: readonly string[]
  readonly synced: boolean
  readonly made_at: Instant
  readonly last_used_at: Instant | null
}
