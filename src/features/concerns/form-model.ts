import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { RoleId } from '../../policy/roles.ts'

/** A child as anybody who works at the school may see them: enough to choose the right one, and no more. */
export interface KnownChild {
  readonly childId: ChildId
  readonly name: string
  /** Year and class, to tell two of one name apart. */
  readonly says: string
}

export interface KnownAdult {
  readonly adultId: AdultId
  readonly name: string
  readonly says: string
}

/** Somebody on the route of concerns: whom one may have told by voice. */
export interface TeamMember {
  readonly adultId: AdultId
  readonly name: string
  readonly role: RoleId
  readonly absent: boolean
  readonly phone: string | null
}

/** What drawing and reading the form needs to know of the school. */
export interface FormFacts {
  /** Of the children that the form names those who are of this school. */
  readonly chosen: readonly KnownChild[]
  readonly found: readonly KnownChild[]
  readonly moreFound: boolean
  readonly chosenAdults: readonly KnownAdult[]
  /** Every adult who works or helps here; loaded only where a name has to be found among them. */
  readonly adults: readonly KnownAdult[]
  readonly team: readonly TeamMember[]
}

export interface FormQuestion {
  readonly childIds: readonly string[]
  readonly findChild: string
  readonly adultIds: readonly string[]
  readonly needsAdults: boolean
  readonly roles: readonly RoleId[]
}

export const foundMax = 20
