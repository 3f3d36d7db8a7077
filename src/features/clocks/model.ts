import type { AdultId, ChildId } from '../../kernel/ids.ts'

/** Who sees a clock: the safeguarding team; the owner and the readers alone; the team, the head and whoever keeps the records. */
export type ClockArea = 'welfare' | 'conduct' | 'school'

/** What a clock watches, where that is no concern and no referral. */
export interface ClockSubject {
  /** `child`, `adult`, `case`, `plan`, `status`, `transfer`, `school` ... */
  readonly kind: string
  readonly id: string
  readonly area: ClockArea
  /** The child whose file it belongs to: adults tied to the child never see it. */
  readonly childId?: ChildId
  /** Those who see it besides its owner. */
  readonly readers?: readonly AdultId[]
  /** Those who never see it. */
  readonly excluded?: readonly AdultId[]
}
