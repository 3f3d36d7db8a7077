import type { AccountId } from '../../kernel/ids.ts'

/** An invented person whom anybody may sign in as. */
export interface DemonstrationPerson {
  readonly account: AccountId
  readonly email: string
  readonly name: string
  readonly jobTitle: string | undefined
  readonly school: string
  readonly roles: readonly string[]
  /** The secret of their authenticator, sealed; undefined for those who need none. */
  readonly sealed: Buffer | undefined
  readonly lastStep: number
}

export interface DemonstrationSchool {
  readonly name: string
  /** Where adults without an account record a concern. */
  readonly visitorPath: string
}
