import type { AccountId, AdultId, SchoolId } from '../kernel/ids.ts'
import type { RoleId } from '../policy/roles.ts'

/** Who is acting, with the roles that their appointments give them at this moment. */
export interface Actor {
  readonly kind: 'adult'
  readonly schoolId: SchoolId
  readonly adultId: AdultId
  readonly accountId: AccountId | undefined
  readonly name: string
  readonly roles: readonly RoleId[]
  /** Roles that open welfare files at this school, from its profile. */
  readonly fileRoles: readonly RoleId[]
  /** Open concerns, with their children and referrals, that they were told of in the safeguarding team's place. */
  readonly standsIn?: readonly string[]
}

/** Somebody without an account who came by the school's own link. */
export interface Visitor {
  readonly kind: 'visitor'
  readonly schoolId: SchoolId
}

/** Background work: clocks, alerts, outbox. */
export interface Worker {
  readonly kind: 'worker'
  readonly schoolId: SchoolId
}

/** Nobody yet: the sign-in pages. */
export interface Stranger {
  readonly kind: 'stranger'
}

export type Someone = Actor | Visitor | Worker | Stranger
