import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'

export type NoticeTopic =
  | 'cover'
  | 'mailbox'
  | 'activity'
  | 'lead-post'
  | 'pupil'
  | 'duty'
  | 'reading'
  | 'monitoring'
  | 'search'
  | 'break-glass'
  | 'share'
  | 'attachment'
  | 'vacant-post'
  | 'team-change'
  | 'oversight'
  | 'looking'
  | 'account'

/** What is to be told, and to whom. Its sentence is shown in the app alone, and names no child. */
export interface NewNotice {
  readonly topic: NoticeTopic
  /** Somebody has to act at this moment. */
  readonly urgent: boolean
  readonly says: string
  /** Why this person is told: the document and its section. */
  readonly source: string
  /** The page on which something can be done about it. */
  readonly link: string
  readonly tells: readonly AdultId[]
  /** The rule by which they are told, and the role in which each of them is. */
  readonly rule?: string
  readonly roles?: ReadonlyMap<AdultId, RoleId>
}

/** What one person is told, by which rule and in which role. */
export interface OwnTell {
  readonly adultId: AdultId
  readonly role: RoleId
  readonly rule: string
  readonly says: string
  readonly source: string
}

/** The same where it may be meant for them and not for a post that they hold. */
export type PersonalTell = Omit<OwnTell, 'role'> & { readonly role: RoleId | null }

export interface OwnNotice {
  readonly id: string
  readonly topic: NoticeTopic
  readonly urgent: boolean
  readonly says: string
  readonly source: string
  readonly link: string
  readonly toldAt: Instant
  readonly seenAt: Instant | null
}
