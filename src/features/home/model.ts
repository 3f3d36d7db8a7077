import type { AdultId, DraftId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { OwnTask } from '../accounts/index.ts'

export interface DraftToFinish {
  readonly id: DraftId
  readonly savedAt: Instant
}

/** What waits on the safeguarding team's list, in numbers. */
export interface TeamCounts {
  readonly unreached: number
  readonly fresh: number
  readonly overdue: number
}

export interface HomeFacts {
  /** Where they were asked to find somebody of the team: how many concerns wait, and since when. */
  readonly findDsl: { readonly count: number; readonly since: Instant | null }
  /** Actions that are theirs and not finished, and how many of those are past their day. */
  readonly actions: { readonly open: number; readonly late: number }
  /** Accounts that they are asked to write themselves. */
  readonly toWrite: readonly OwnTask[]
  /** What the safeguarding team shared with them and still holds, and how much of it they have not read. */
  readonly shared: { readonly all: number; readonly unread: number }
  /** Changes of the policy that wait for a second person, for those who may read them. */
  readonly proposals: readonly { readonly proposedBy: AdultId; readonly byHead: boolean }[]
  /** Changes of the safeguarding team that wait for their answer. */
  readonly teamChanges: number
  /** Trips and activities to come that they lead. */
  readonly led: number
  readonly drafts: readonly DraftToFinish[]
  /** Nobody holds the post of DSL. */
  readonly isLeadVacant: boolean
  /** The night of the last checkpoint of the audit trail, for whoever may read them. */
  readonly lastCheckpoint: PlainDate | null
  /** Notes that they owe the DSL, for whom they stood in. */
  readonly handBacks: readonly { readonly id: string; readonly reference: string }[]
  readonly counts: TeamCounts | null
}
