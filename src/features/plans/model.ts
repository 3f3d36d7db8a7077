import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { planKinds } from '../../policy/child-statuses.ts'

export { planKinds }

export type PlanKind = (typeof planKinds)[number]

export interface NewPlan {
  readonly childId: ChildId
  readonly kind: PlanKind
  /** The concern that it came of, where there is one: who is outside that is outside the plan. */
  readonly concernId?: ConcernId
  /** Whoever is responsible; whoever opens it where nobody is named. */
  readonly ownerId?: AdultId
  readonly says?: string
  readonly feedbackTo?: string
  /** Every how many days whoever watches feeds back. */
  readonly feedbackDays?: number
  readonly endsOn?: PlainDate
  readonly reviewOn?: PlainDate
}

export const progresses = ['improving', 'no-change', 'worse', 'not-said'] as const
export type Progress = (typeof progresses)[number]

export interface PlanReview {
  readonly progress: Progress
  readonly says?: string
  /** What was decided about taking it further, where nothing improves. */
  readonly escalation?: string
  readonly nextOn?: PlainDate
}

export interface Plan {
  readonly id: string
  readonly childId: ChildId
  readonly concernId: ConcernId | null
  readonly kind: PlanKind
  readonly closedAt: Instant | null
  readonly feedbackDays: number | null
  readonly excluded: readonly AdultId[]
}

/** A report that asks for an assessment which nobody has made yet. */
export interface AwaitedAssessment {
  readonly concernId: ConcernId
  readonly reportedAt: Instant
  readonly excluded: readonly AdultId[]
}

export interface ListedPlan {
  readonly id: string
  readonly childName: string
  readonly kind: PlanKind
  readonly says: string
  readonly openedAt: Instant
  readonly reviewOn: PlainDate | null
  readonly closedAt: Instant | null
}

/** A plan with all that whoever looks at it again reads. */
export interface WholePlan extends ListedPlan {
  readonly childId: ChildId
  readonly tied: readonly AdultId[]
  readonly excluded: readonly AdultId[]
  readonly ownerName: string | null
  readonly actions: readonly {
    readonly id: string
    readonly says: string
    readonly ownerName: string
    readonly dueOn: PlainDate
    readonly isDone: boolean
  }[]
  /** What the child says of the help, the latest first. */
  readonly feedback: readonly {
    readonly id: string
    readonly says: string
    readonly theme: string
    readonly saidAt: Instant
    readonly byName: string
  }[]
  readonly reviews: readonly {
    readonly at: Instant
    readonly byName: string
    readonly progress: Progress
    readonly says: string
    readonly escalation: string
  }[]
}
