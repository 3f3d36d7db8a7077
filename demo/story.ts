/** How the believable past of a demonstration school is written down. */
import type { Choice } from '../src/policy/clocks.ts'

/** When something was recorded: on the so-many-th school day before today at a time, or so many minutes before now. */
export type StoryTime = { readonly schoolDaysAgo: number; readonly at: string } | { readonly minutesAgo: number }

/** What passed between the school and the agency. */
export interface ReferralStoryStep {
  readonly step: 'phoned' | 'written' | 'chased' | 'answered' | 'escalated' | 'concluded'
  readonly with: string
  readonly says: string
  readonly outcome?: string
  readonly disagrees?: true
}

/** To a question of the school's policy: words, ids of options, or one option with what is written beside it. */
export type StoryAnswer = string | readonly string[] | { readonly option: string; readonly says: string }
export type StoryAnswers = Readonly<Record<string, StoryAnswer>>

/** A step of the team. `after` is how long after the concern was recorded, such as '12 minutes', '3 hours', '2 days'. */
export type StoryStep = { readonly after: string; readonly by?: string } & (
  | { readonly step: 'acknowledge' }
  | {
      readonly step: 'triage'
      readonly level: 1 | 2 | 3 | 4
      readonly categories: readonly string[]
      readonly why: string
      readonly notSafeAtHome?: true
      readonly answers?: StoryAnswers
    }
  | {
      readonly step: 'parents'
      readonly outcome: 'told' | 'not-told' | 'advice-sought'
      readonly who: string
      readonly says: string
    }
  | {
      readonly step: 'decide'
      readonly choice: Choice
      readonly why: string
      readonly notReferring?: string
      readonly nextLookInDays?: number
      readonly answers?: StoryAnswers
    }
  | {
      readonly step: 'refer'
      readonly consent: 'given' | 'refused' | 'not-sought'
      readonly consentSays?: string
      readonly asks: string
    }
  | ReferralStoryStep
  | { readonly step: 'action'; readonly owner: string; readonly says: string; readonly dueInDays: number }
  | { readonly step: 'tell'; readonly says: string }
  | { readonly step: 'close'; readonly summary: string; readonly outcome: string; readonly why: string }
)

export interface Story {
  /** Handle of the child whom it is about. */
  readonly child: string
  /** Handles of other children in it. */
  readonly others?: readonly { readonly child: string; readonly as: 'alleged' | 'witness' | 'sibling' | 'other' }[]
  readonly by: string
  readonly when: StoryTime
  readonly where?: string
  readonly category?: string
  readonly prompts: readonly string[]
  readonly urgent?: true
  /** Handle of the colleague who was told by voice. */
  readonly told?: string
  readonly words?: string
  readonly seen?: string
  readonly opinion?: string
  readonly done?: string
  readonly mark?: {
    readonly region: string
    readonly description: string
    readonly size: string
    readonly colour: string
    readonly explanation: string
  }
  /** Whoever takes the steps that name nobody. */
  readonly team: string
  readonly steps: readonly StoryStep[]
}

/** A contact or note in a child's file. */
export interface StoryNote {
  readonly child: string
  readonly by: string
  readonly when: StoryTime
  readonly kind: 'note' | 'phone-call' | 'mail' | 'letter' | 'meeting' | 'visit'
  readonly with?: string
  readonly agency?: string
  readonly says: string
}

/** A pupil's attendance: sessions of ten in each of the last weeks, the latest last. */
export interface StoryAttendance {
  readonly child: string
  readonly attended: readonly number[]
}

export interface SchoolStory {
  readonly attendance?: readonly StoryAttendance[]
  readonly concerns: readonly Story[]
  readonly notes: readonly StoryNote[]
}

/** The steps of a worry that the school could help with by itself and that is closed. */
export function helpedInSchool(what: {
  readonly level: 1 | 2
  readonly categories: readonly string[]
  readonly why: string
  readonly parent: string
  readonly help: string
  readonly came: string
  /** To what the policy asks at the decision. */
  readonly answers?: StoryAnswers
  /** To what it asks at triage. */
  readonly seen?: StoryAnswers
}): StoryStep[] {
  return [
    { step: 'acknowledge', after: '7 minutes' },
    {
      step: 'triage',
      after: '50 minutes',
      level: what.level,
      categories: what.categories,
      why: what.why,
      ...(what.seen ? { answers: what.seen } : {}),
    },
    {
      step: 'parents',
      after: '2 hours',
      outcome: 'told',
      who: what.parent,
      says: 'Rang and told them what was noticed and what we will do.',
    },
    {
      step: 'decide',
      after: '150 minutes',
      choice: 'pastoral',
      why: what.help,
      notReferring: 'The need can be met in school; nothing points to harm.',
      nextLookInDays: 7,
      ...(what.answers ? { answers: what.answers } : {}),
    },
    {
      step: 'tell',
      after: '3 hours',
      says: 'Thank you. We have spoken with the family and there is support in place. Please write down anything new.',
    },
    {
      step: 'close',
      after: '8 days',
      summary: what.help,
      outcome: what.came,
      why: 'The support has worked and nothing new has been seen.',
    },
  ]
}
