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
  readonly hasPassword: boolean
  /** What the school calls its provider; undefined where it has none. */
  readonly provider: string | undefined
  /** The account of that provider by which the person signs in at this school. */
  readonly outside: OutsideAccount | undefined
}

export interface OutsideAccount {
  /** What the provider called it when it was bound. */
  readonly shown: string
  readonly bound_at: Instant
  /** False where the school has another provider by now, or none. */
  readonly works: boolean
}

/** A school that people can sign in to through a provider of its own. */
export interface ListedProvider {
  readonly school_id: SchoolId
  readonly school: string
  readonly name: string
}

/** Whom a school trusts to say who somebody is. */
export interface Provider {
  readonly school: SchoolId
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly sealedSecret: Buffer
}

/** Who somebody is to a provider, proved by it a moment ago. */
export interface OutsideIdentity {
  readonly issuer: string
  readonly subject: string
  /** For the person to know it again; nothing is decided by it. */
  readonly shown: string
}

export interface OpenSession {
  readonly id: string
  readonly startedAt: Instant
  readonly lastSeenAt: Instant
  readonly school: string | undefined
  readonly hasSecondFactor: boolean
  /** A provider vouched for it, and so it cannot go to another school. */
  readonly atOneSchool: boolean
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
