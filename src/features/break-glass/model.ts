import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'

export const glassHours = ['1', '4', '24'] as const
export const glassOutcomes = ['justified', 'not-justified'] as const
/** How it came to be open: the child could not wait, the trust's lead gave a ground, or the team asked the lead. */
export const glassKinds = ['urgent', 'oversight', 'consultation'] as const
export type GlassKind = (typeof glassKinds)[number]
export type GlassOutcome = (typeof glassOutcomes)[number]

/** Whose file it would be, before anything is opened. */
export interface GlassChild {
  readonly childId: ChildId
  readonly name: string
  readonly className: string | null
  readonly tied: readonly AdultId[]
}

/** One time that the glass was broken. The child has no name, and what was written no words, for whoever answers for adults alone. */
export interface Glass {
  readonly id: string
  readonly childId: ChildId
  readonly childName: string | null
  readonly adultId: AdultId
  readonly adultName: string
  readonly role: RoleId
  readonly kind: GlassKind
  readonly reason: string | null
  readonly begunAt: Instant
  readonly endsAt: Instant
  readonly told: readonly AdultId[]
  readonly reviewedAt: Instant | null
  readonly reviewedByName: string | null
  readonly outcome: GlassOutcome | null
  readonly says: string | null
  readonly excluded: readonly AdultId[]
}

export interface GlassEntry {
  readonly heading: string
  readonly happenedOn: PlainDate
  readonly authorName: string | null
  readonly words: readonly string[]
}

/** What is read while it lasts. */
export interface GlassFile {
  readonly childName: string
  readonly className: string | null
  readonly statuses: readonly string[]
  readonly contacts: readonly {
    readonly name: string
    readonly relation: string
    readonly phone: string | null
    readonly barred: boolean
  }[]
  readonly entries: readonly GlassEntry[]
}

export type GlassRefusal =
  | { readonly code: 'nobody-there' }
  | { readonly code: 'nobody-to-tell' }
  | { readonly code: 'already-reviewed' }
