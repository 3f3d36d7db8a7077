import type { AdultId, ChildId } from '../../kernel/ids.ts'

/** Whom a pupil named. */
export interface TrustedAdult {
  readonly childId: ChildId
  readonly adultId: AdultId
}

export interface PupilToAsk {
  readonly childId: ChildId
  readonly givenName: string
  readonly familyName: string
  readonly className: string | null
  /** Whom they named, who no longer works here. */
  readonly named: string | null
}

/** How many pupils can name an adult whom they trust, and whom somebody has yet to ask. */
export interface TrustReport {
  readonly pupils: number
  readonly named: number
  /** In whole per cent of the pupils. */
  readonly share: number
  readonly toAsk: readonly PupilToAsk[]
}

export type TrustRefusal = 'no-such-child' | 'no-such-adult'

export interface AdultHere {
  readonly adultId: AdultId
  readonly name: string
}
