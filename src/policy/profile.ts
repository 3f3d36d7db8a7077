import type { LocalTime, PlainDate } from '../kernel/plain-date.ts'
import type { BehaviourRules, InternalReview, WithheldRule, WordingRule } from './between-children.ts'
import type { Belief, ConductRules } from './conduct.ts'
import type { DirectReferralRule, Pathway } from './pathways.ts'
import type { RoleId } from './roles.ts'

/** Where a value comes from: a document of the profile's document list and the section in it. */
export interface Source {
  readonly document: string
  readonly section: string
}

/**
 * One value of a policy with its authority. `standing` tells how far it may be trusted:
 * `stated` (the text says it), `read` (the text is ambiguous; `reading` says which reading was chosen),
 * `setting` (no text says it; the school chose it, and pages say so), `unverified` (printed, but looks wrong).
 */
export interface Sourced<T> {
  readonly value: T
  readonly source: Source
  readonly from: PlainDate
  readonly standing: 'stated' | 'read' | 'setting' | 'unverified'
  readonly reading?: string
}

/** What an entry of a profile that is no single value says of its authority. */
export interface Cited {
  readonly source: Source
  readonly standing?: Sourced<unknown>['standing']
  readonly reading?: string
}

/** A question on which the policy is silent: shown to the DSL as a gap, never a silent default. */
export interface Gap {
  readonly key: string
  readonly says: string
  readonly source: Source
}

/** How long a clock runs. The units are different things; none converts to another without a calendar. */
export type Duration =
  | { readonly unit: 'immediately' }
  | {
      readonly unit:
        | 'minutes'
        | 'hours'
        | 'calendar-days'
        | 'working-days'
        | 'school-days'
        | 'weeks'
        | 'months'
        | 'terms'
        | 'years'
        /** A time of the same day, in minutes after midnight. */
        | 'minute-of-day'
      readonly count: number
    }
  /** To the corresponding date of a later month, to its last day where there is none, and on to the next working day. */
  | { readonly unit: 'months-to-working-day'; readonly count: number }
  /** So many minutes before the child goes home, or comes to school: time is left to act. */
  | { readonly unit: 'minutes-before-child-leaves' | 'minutes-before-child-arrives'; readonly count: number }
  | {
      readonly unit:
        | 'end-of-school-day'
        | 'before-child-leaves'
        | 'before-child-arrives'
        | 'same-day'
        | 'close-of-next-working-day'
    }
  /** Of this term or, in a holiday, of the next; of the next autumn term to end, or to begin; the day before one begins. */
  | {
      readonly unit:
        | 'end-of-term'
        | 'end-of-autumn-term'
        | 'end-of-next-autumn-term'
        | 'before-autumn-term'
        | 'before-next-autumn-term'
    }
  /** The policy names no time ("as soon as possible"): the clock runs with nothing due. */
  | { readonly unit: 'no-time-given' }

/** Clocks of a concern and of its referrals: every school has a rule for each, `no time given` being one. */
export const concernClocks = [
  'urgent-alert',
  'record-written',
  'acknowledge',
  'triage',
  'parent-informed',
  'referral-written',
  'referral-answer',
  'referral-escalation',
  'challenge-reply',
  'child-seen',
] as const

/** Clocks of duties that run only where a text, or a setting of the school, gives them a rule. */
export const dutyClocks = [
  'fgm-police-report',
  'lado-contact',
  'conduct-employer-told',
  'conduct-shared-upward',
  'file-transfer',
  'transfer-receipt',
  'incoming-file-request',
  'absence-notice',
  'private-fostering-notice',
  'plan-review',
  'risk-assessment',
  'monitoring-feedback',
  'encompass-check-in',
  'status-review',
  'conference-report',
  'core-group',
  'dsl-training',
  'dsl-update',
  'staff-training',
  'prevent-training',
  'safer-recruitment-training',
  'policy-reading',
  'guidance-reading',
  'induction',
  'supervision',
  'filtering-check',
  'filtering-review',
  'online-safety-assessment',
  'prevent-assessment',
  'safeguarding-audit',
  'central-record-audit',
  'policy-review',
  'governor-report',
  'retention-review',
  'subject-access',
  'child-response',
  'child-feedback',
  'parent-reply',
  'sharing-advice',
  'breach-notice',
  'break-glass-review',
] as const
export const clockNames = [...concernClocks, ...dutyClocks] as const
export type ClockName = (typeof clockNames)[number]

/** How something reached the school. `worry-box`: a child wrote or drew it, on paper or at a device. */
export const waysItCame = ['child', 'worry-box', 'parent', 'friend', 'overheard', 'seen'] as const
export type WayItCame = (typeof waysItCame)[number]

/** Whom a child may be referred to. */
export const agencyIds = ['social-care', 'early-help', 'police', 'prevent', 'lado', 'mental-health', 'other'] as const
export type Agency = (typeof agencyIds)[number]

/** Clocks that run only where an answer starts them: a school whose questions start none needs no rule for them. */
export const answerClocks = ['child-seen'] as const satisfies readonly ClockName[]
export type AnswerClock = (typeof answerClocks)[number]

export interface ClockRule {
  readonly clock: ClockName
  /** Stable rule id, `<feature>.<name>`, shown by "why?". */
  readonly rule: string
  /** One plain sentence. */
  readonly says: string
  readonly duration: Sourced<Duration>
  /** A recurring duty: once met it starts anew and is due after this time. */
  readonly every?: Sourced<Duration>
  /** When whoever owns it is warned that its time runs out, counted from its start. */
  readonly warned?: Sourced<readonly Duration[]>
  /** Whose it is, where the text says so: whoever is there of the first of these roles that anybody holds. */
  readonly owner?: readonly RoleId[]
  /** Starts the clock only for these concerns; absent means always. */
  readonly when?: {
    readonly urgent?: boolean
    readonly prompts?: readonly string[]
    readonly levelAtLeast?: number
    /** The rule is this authority's, for referrals sent to it. */
    readonly authority?: string
    /** Whoever it is about, or whoever did what starts it, holds one of these roles. */
    readonly roles?: readonly RoleId[]
    /** A status of the child (`child-protection-plan`, ...). */
    readonly statuses?: readonly string[]
    /** The kind of plan (`risk-assessment`, ...). */
    readonly plans?: readonly string[]
    /** When in the year a pupil leaves. */
    readonly moment?: 'in-year' | 'new-term'
    /** What is believed, or has been assessed, of a concern about an adult. */
    readonly believed?: readonly Belief[]
    /** Absent with the school's permission or without. */
    readonly authorised?: boolean
    /** Whoever asked was told in time that it takes longer. */
    readonly extended?: boolean
    /** Absent on so many school days in a row, at the least. */
    readonly absentDays?: number
    /** How it reached the school. */
    readonly came?: readonly WayItCame[]
  }
}

/** What may happen to a pupil besides a concern. */
export const pupilMoments = [
  'leaving',
  'joined',
  'file-sent',
  'file-received',
  'absence',
  'private-fostering',
  'private-fostering-talk',
  'encompass',
  'plan-opened',
  'status-started',
  'monitoring',
  'unsuitable-material',
  'search',
] as const
export type PupilMoment = (typeof pupilMoments)[number]

/** Who is told of something that happened to a pupil, at once or where it was not done in time, and what is asked then. */
export interface PupilRule extends Cited {
  readonly on: PupilMoment
  /** Stable rule id, `<feature>.<name>`. */
  readonly rule: string
  /** Names no child: it is shown to whoever is told. */
  readonly says: string
  readonly when?: Pick<NonNullable<ClockRule['when']>, 'statuses' | 'plans' | 'moment' | 'authorised' | 'absentDays'>
  /** Told only where it is not settled within this time. */
  readonly unsettled?: Duration
  readonly tell?: { readonly tell: 'all' | 'first'; readonly roles: readonly RoleId[] }
  /** The code of what is asked. */
  readonly asks?: string
}

interface Hearers {
  readonly tell: 'all' | 'first'
  readonly roles: readonly RoleId[]
}

/** Where pupils write a worry, with or without a name. */
export interface WorryBox extends Cited {
  readonly name: string
  readonly says: string
  readonly contacts: readonly string[]
  readonly urgentWords: readonly string[]
  readonly places: readonly { readonly id: string; readonly name: string; readonly prompts: readonly string[] }[]
}

/** Absences in the register that draft a concern by themselves. */
export interface AbsencePatternRule extends Cited {
  readonly id: string
  /** For whoever is told; it names no child. */
  readonly says: string
  readonly absences: number
  /** Over so many school days, the last of them today. */
  readonly schoolDays: number
  /** Only absences of which nobody has said why. */
  readonly unexplained: boolean
  readonly tell: Hearers
}

/** What is followed up for a pupil until it is over. */
export interface PupilCaseRule extends Cited {
  readonly kind: string
  readonly name: string
  readonly says: string
  readonly tell?: Hearers
  /** Somebody looks after the child at every moment. */
  readonly lookedAfter: boolean
  /** It is not over before somebody has written to whom the child was given, and when. */
  readonly handover: boolean
  readonly steps: readonly {
    readonly id: string
    readonly does: string
    /** Of a child with one of these alone; of every child where there are none. */
    readonly statuses: readonly string[]
    readonly before?: 'leaving' | 'closing'
    readonly source: Source
  }[]
  /** Where nobody was reached, or came, within this time. */
  readonly escalates?: Cited & {
    readonly after: Duration
    readonly tell: Hearers
    readonly says: string
    readonly step: { readonly id: string; readonly does: string; readonly before?: 'leaving' | 'closing' }
  }
}

/** How long records are kept, by the school's own text. */
export interface RetentionRule extends Cited {
  readonly id: string
  readonly says: string
  readonly years: number
  /** From which day the years count. */
  readonly from: 'birth' | 'record'
  /** `sexual-abuse`: records that bear on it. `last-known-school`: the file of a child for whom no other school has it. */
  readonly of: 'sexual-abuse' | 'last-known-school'
}

/** When this school is the last that holds a child's file: where its pupils go from here. */
export interface LastKnownRule extends Cited {
  readonly destinations: readonly Destination[]
  readonly says: string
}

/** Where a pupil goes who leaves. */
export const destinations = ['school', 'independent', 'college', 'home-education', 'missing', 'abroad', 'died'] as const
export type Destination = (typeof destinations)[number]

/** What an adult may be trained in. */
export const courseIds = [
  'dsl',
  'dsl-update',
  'staff',
  'prevent',
  'safer-recruitment',
  'online-safety',
  'governor',
  'supervision',
  'designated-teacher',
] as const
export type CourseId = (typeof courseIds)[number]

/** What somebody signs of a document; each part is a signature of its own. */
export const signatureParts = ['received', 'read', 'understood', 'agreed'] as const
export type SignaturePart = (typeof signatureParts)[number]

/** A duty that comes back: from when it is counted, who answers for it, and who hears when its time is near or past. */
export interface RecurringDuty {
  readonly rule: string
  readonly says: string
  /** By when it is done the first time. */
  readonly duration: Sourced<Duration>
  /** From one time to the next; absent where it is done once. */
  readonly every?: Sourced<Duration>
  /** The first holder answers for it; empty where it is the person whom it is about. */
  readonly owner: readonly RoleId[]
  readonly overdueTold: readonly RoleId[]
}

/** Training that whoever holds one of these roles must have. Without a clock it is owed and has no time. */
export interface TrainingDuty extends RecurringDuty {
  readonly course: CourseId
  readonly clock?: ClockName
  readonly roles: readonly RoleId[]
  /** It is part of the induction. */
  readonly induction: boolean
  readonly keptBy: readonly RoleId[]
}

/** A document that is read, and what another one covers of it. */
export interface ReadingDocument extends Cited {
  readonly id: string
  readonly title: string
  /** Whose edition counts: that of the national guidance, of the school's policy, or the one that the school last issued. */
  readonly kind: 'guidance' | 'policy' | 'other'
  /** Whoever reads this one need not read those. */
  readonly covers: readonly string[]
  /** No document but the name of whoever holds this role. */
  readonly names?: RoleId
}

/** A document that whoever holds one of these roles must read and sign. */
export interface ReadingDuty extends RecurringDuty {
  readonly document: string
  readonly clock: ClockName
  readonly roles: readonly RoleId[]
  /** Only for those who work with children directly, or only for those who do not. */
  readonly work?: 'direct' | 'indirect'
  readonly signature: readonly SignaturePart[]
  /** Nobody signs for somebody else. */
  readonly ownHand: boolean
  /** A new edition is read anew. */
  readonly onReissue: boolean
  readonly induction: boolean
}

/** A check, a review or a report that the school owes. */
export interface ReviewDuty extends RecurringDuty {
  readonly clock: ClockName
  /** Whoever of these does it discharges it. */
  readonly by: readonly RoleId[]
  /** One of each of these groups takes part; empty where one person is enough. */
  readonly together: readonly (readonly RoleId[])[]
  /** How long before its time it is told, and to whom. */
  readonly warn?: Sourced<Duration> & { readonly told: readonly RoleId[] }
}

/** Who agrees to rules about a pupil. */
export const agreementSigners = ['pupil', 'parent'] as const
export type AgreementSigner = (typeof agreementSigners)[number]

/** A question by which it shows whether a document was understood. */
export interface UnderstandingQuestion extends Cited {
  readonly id: string
  readonly document: string
  readonly asks: string
  readonly choices: readonly { readonly id: string; readonly says: string }[]
  readonly right: string
}

/** What is agreed to before a pupil is given a device. */
export interface DeviceRule extends Cited {
  readonly document: string
  readonly signers: readonly AgreementSigner[]
}

/** When and to whom a document that nobody confirms is told. */
export interface ReadingChaser extends Cited {
  readonly after: readonly Duration[]
  readonly told: readonly RoleId[]
}

/** What a school owes of training, reading, checks and reviews. */
export interface SchoolDuties {
  readonly training: readonly TrainingDuty[]
  readonly readingDocuments: readonly ReadingDocument[]
  readonly reading: readonly ReadingDuty[]
  readonly readingChased?: ReadingChaser
  readonly understanding: readonly UnderstandingQuestion[]
  readonly devices?: DeviceRule
  /** Roles whose holders do not work with children directly unless it is said of one of them. */
  readonly indirectRoles?: Sourced<readonly RoleId[]>
  /** The edition of the national guidance that holds. */
  readonly guidance?: Sourced<string>
  readonly reviews: readonly ReviewDuty[]
}

/**
 * One step of a route. `all` tells everybody eligible who holds one of the roles at once ("DSL and all deputies");
 * `first` tells the first eligible in the order written ("A, or B"). The chain moves to the next step when nobody of a
 * step is eligible, and when nobody has answered within the acknowledge clock.
 */
export interface RouteStep extends Cited {
  readonly tell: 'all' | 'first'
  readonly roles: readonly RoleId[]
  readonly says: string
}

export interface Route {
  readonly id: string
  readonly steps: readonly RouteStep[]
  /** Contact keys shown when no step has an eligible person: where the chain ends, outside the school. */
  readonly outside: readonly string[]
}

export interface Contact {
  readonly key: string
  readonly who: string
  readonly purpose: string
  readonly phone?: string
  readonly email?: string
  readonly web?: string
  /** As printed, in words ("office hours"), and where it can be computed, as spans. */
  readonly hours?: string
  readonly open?: readonly {
    readonly days: readonly (1 | 2 | 3 | 4 | 5 | 6 | 7)[]
    readonly from: LocalTime
    readonly to: LocalTime
  }[]
  readonly source: Source
  readonly standing: 'stated' | 'unverified' | 'setting'
  readonly reading?: string
  /** Something about its number looks wrong and nobody of the school has confirmed it: nothing is routed there. */
  readonly suspect?: true
}

export interface Level {
  readonly id: string
  /** Position in the authority's framework, 1 the lowest. */
  readonly position: number
  readonly name: string
  readonly says: string
  /** Nearest statutory meaning, so that pages can explain it. */
  readonly statutory: 'universal' | 'early-help' | 'child-in-need' | 'child-protection' | 'between'
}

/** The document by which need is judged, as it holds on a day. */
export interface Threshold extends Cited {
  readonly title: string
  readonly edition: string
  /** Decisions under it are looked at again when a newer edition holds. */
  readonly underReview: boolean
}

export interface LevelFramework extends Cited {
  readonly authority: string
  readonly name: string
  readonly levels: readonly Level[]
  /** Absent where the policy names no document. */
  readonly threshold?: Threshold
}

/** Who hears when a concern is not answered in time, or when whoever reported it says that they reach nobody. */
export interface WhenUnanswered extends Cited {
  /** `unreachable`: whoever reported it says so. `child-seen`: nobody has written that the child was seen.
   * `account`: whoever saw or heard it has not written it. `risk-assessment`: none was made of a report that asks for one.
   * `monitoring`: an alert of filtering or monitoring was not opened, or not settled, in its time; the first of `tell` hears. */
  readonly on:
    | 'acknowledgement'
    | 'triage'
    | 'decision'
    | 'unreachable'
    | 'child-seen'
    | 'account'
    | 'risk-assessment'
    | 'monitoring'
  /** Counted from the recording; only for the decision and the risk assessment, because the others have clocks of their own. */
  readonly within?: Duration
  /** Only for concerns of which one of these is a prompt. */
  readonly prompts?: readonly string[]
  readonly tell: readonly RoleId[]
  /** Asked to find somebody of the safeguarding team, and told nothing of what it is about. */
  readonly ask: readonly RoleId[]
  readonly says: string
}

/** What happens where whoever reported a concern is still worried, or not satisfied with the response. */
export interface ChallengeRules {
  /** Who answers: the first who did not decide; where nobody of a step may, or nobody answers in time, the next step. */
  readonly steps: readonly (Cited & { readonly roles: readonly RoleId[]; readonly says: string })[]
  /** What else is open to them. */
  readonly further: readonly (Cited & { readonly who: 'staff' | 'families'; readonly says: string; readonly contact?: string })[]
}

/** What a school asks of whoever holds the post of DSL, and who hears when nobody does. */
export interface LeadPost extends Cited {
  readonly holdersMax: number
  /** The holder has one of these posts as well. */
  readonly among: readonly RoleId[]
  readonly vacancyTold: readonly RoleId[]
  /** So many days before the last day they are warned, where no successor is entered. */
  readonly warnedDaysBefore?: number
  /** A last day is taken only where a successor is entered. */
  readonly neverVacant?: boolean
  readonly says: string
}

/** What a written referral is kept with. `place-risks`: what is known of harm outside the home, also that nothing is. */
export const writtenNeeds = ['reference', 'follow-up', 'place-risks', 'assessment'] as const
export type WrittenNeed = (typeof writtenNeeds)[number]

/** A part of an authority. `name` lists its wards, `shortName` does not. */
export interface Locality {
  readonly id: string
  readonly name: string
  readonly shortName: string
  readonly wards: readonly string[]
}

/** A way that a request takes which is not urgent, where the authority has one besides its front door. */
export interface ReferralChannel extends Cited {
  readonly id: string
  readonly name: string
  readonly agencies: readonly Agency[]
  /** Absent where it goes to the team of the child's locality. */
  readonly contact?: string
  readonly needsAssessment: boolean
}

/** Where a referral to children's social care goes for a child who lives in this authority (and locality). */
export interface ReferralDestination extends Cited {
  readonly authority: string
  readonly localities?: readonly (Locality & { readonly contact: string })[]
  readonly channels?: readonly ReferralChannel[]
  /** Who has what else goes to the locality's team, where the child has this status. */
  readonly disabledChildren?: Cited & { readonly contact: string; readonly status: string }
  readonly frontDoor: string
  readonly outOfHours?: string
  readonly writtenForm?: string
  /** A referral of this weight is telephoned before it is written; without a level, every one that is urgent. */
  readonly phoneFirst?: Cited & { readonly levelAtLeast?: number }
  /** How long after a referral a missing answer is asked for. */
  readonly chased?: Sourced<Duration>
  readonly writtenNeeds?: readonly WrittenNeed[]
  readonly authorityName?: string
  /** That authority's own stages of escalation, where its file gives them; else those of the profile hold. */
  readonly escalation?: Profile['escalation']
}

/** What becomes of a referral once it is made. */
export interface ReferringRules {
  /** When a missing answer is asked for: of each agency the nearest layer's. The authority's own time goes before. */
  readonly chased: readonly (Sourced<Duration> & { readonly agencies: readonly Agency[] })[]
  /** By when a stage of taking it further is answered; absent where no layer says. */
  readonly stageAnswered?: Sourced<Duration>
}

export interface Option {
  readonly id: string
  readonly name: string
  readonly hint?: string
  readonly source?: Source
}

/** What may have made somebody worried. */
export interface PromptOption extends Option {
  /** Who is at risk may be an adult, and no child. */
  readonly adults?: boolean
}

/** An option of a question. */
export interface QuestionOption {
  readonly id: string
  readonly name: string
  readonly hint?: string
  /** What must be written beside it, where it is chosen. */
  readonly asks?: string
  /** Triage categories that choosing it adds. */
  readonly adds?: readonly string[]
  /** Chosen while a concern is recorded: an action for whoever has the concern, or a clock. */
  readonly starts?: { readonly action: string; readonly due: Duration } | { readonly clock: AnswerClock }
  /** Chosen while a concern is recorded: nobody speaks with these until the DSL says so. */
  readonly holds?: 'parents'
  /** Chosen while a concern is recorded: whoever records is shown whom to ring, and triage asks about the police first. */
  readonly rings?: true
  /** Chosen while a concern is recorded: what has to be with it. */
  readonly demands?: 'body-map'
}

/** What a school's policy asks of whoever records a concern, or of the safeguarding team, beyond what every school is asked. */
export interface Question extends Cited {
  readonly id: string
  readonly at: 'recording' | 'triage' | 'decision'
  readonly asks: string
  readonly hint?: string
  readonly kind: 'one' | 'several' | 'words' | 'line' | 'date'
  readonly options: readonly QuestionOption[]
  /** Asked only where one of these prompts was reported or, later, one of these categories chosen at triage; absent means always. */
  readonly when?: {
    readonly categories: readonly string[]
    readonly prompts: readonly string[]
    /** `question.option` of another question. */
    readonly answers?: readonly string[]
  }
  readonly required: boolean
  /** Asks on which day it was seen, so that persistence shows over several concerns. */
  readonly dated: boolean
  /** Counted for each term. A count below `hideBelow` is shown as that alone, since few can be recognised. */
  readonly counted: boolean
  readonly hideBelow?: number
  /** The question of indicators that an answer to this one settles: children with those and without this are listed. */
  readonly settles?: string
}

/** Harm that touches every child of a household: their brothers and sisters here are linked, and not everybody is safe to ring. */
export interface HouseholdHarm extends Cited {
  readonly categories: readonly string[]
  readonly prompts: readonly string[]
  /** Stands wherever somebody might ring the family. */
  readonly caution: string
  /** The question whose answer says who may be rung. */
  readonly contactQuestion?: string
}

/** The agencies to which a child may be referred: of each that is not turned to, the reason is kept. */
export interface NotReferredRule extends Cited {
  readonly agencies: readonly { readonly id: Agency; readonly name: string; readonly hint?: string }[]
}

/** A sign that is found in what was recorded, by the policy's own words and numbers. */
export type Sign = {
  readonly id: string
  readonly name: string
  readonly withinWeeks: number
} & (
  | { readonly kind: 'attendance-fall'; readonly points: number; readonly weeks: number }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | {
      readonly kind: 'concerns'
      readonly prompts: readonly string[]
      readonly categories: readonly string[]
      readonly marks: boolean
      readonly times: number
    }
)

/** Signs that mean more together than alone. */
export interface SignGroup extends Cited {
  readonly id: string
  readonly title: string
  readonly says: string
  /** So many different signs put a child into the ranked list. */
  readonly together: number
  readonly signs: readonly Sign[]
}

export interface SchoolCalendar {
  readonly terms: readonly {
    readonly name: string
    readonly from: PlainDate
    readonly to: PlainDate
    readonly standing: 'stated' | 'setting'
  }[]
  /** Dates inside a term on which children do not attend: half terms, training days, closures. */
  readonly closures: readonly { readonly from: PlainDate; readonly to: PlainDate; readonly says: string }[]
  readonly dayStarts: LocalTime
  readonly dayEnds: LocalTime
  /** When the offices close to which something is due by the close of a working day. */
  readonly closeOfBusiness: LocalTime
  /** School days that end earlier than others. */
  readonly partDays?: readonly { readonly date: PlainDate; readonly ends: LocalTime; readonly says: string }[]
}

/** A school's calendar with the authority of each of its parts. */
export interface CitedCalendar extends SchoolCalendar {
  readonly terms: readonly (SchoolCalendar['terms'][number] & Cited)[]
  readonly closures: readonly (SchoolCalendar['closures'][number] & Cited)[]
  readonly partDays: readonly (NonNullable<SchoolCalendar['partDays']>[number] & Cited)[]
  /** Where the times of the day come from. */
  readonly sources: { readonly dayStarts: Cited; readonly dayEnds: Cited; readonly closeOfBusiness: Cited }
}

/** What a school does so that somebody of its safeguarding team is always there. */
export interface CoverRules {
  /** Whoever hears, before it comes or as it opens, that nobody of the team is there. */
  readonly gapTold: Sourced<readonly RoleId[]>
  /** Put on duty while nobody of the team is there: all who hold one of the roles, or the first in the order written. */
  readonly standIn: Sourced<{ readonly tell: 'all' | 'first'; readonly roles: readonly RoleId[] }> & { readonly says: string }
  /** Deputies in school on a school day, at the least. */
  readonly deputiesMin: Sourced<number>
}

export interface MailboxRule extends Cited {
  readonly id: string
  readonly watched: 'school-days' | 'every-day'
  readonly says: string
}

/** The safeguarding mailbox: who reads it is kept in the product, how and when comes from here. */
export interface MailboxRules {
  /** Key of the contact that prints the address; absent where the policy prints none. */
  readonly contact?: string
  readonly readersMin: Sourced<number>
  /** By when a day's look is confirmed; then the second reader is told. */
  readonly checkedBy: Sourced<LocalTime>
  /** When the head is told that still nobody has looked. */
  readonly headToldAt: Sourced<LocalTime>
  /** How long before a closed period its missing rota or answer is told. */
  readonly closedTold: Sourced<Duration>
  /** One rule holds. Several contradict each other: the school must say which one it follows. */
  readonly rules: readonly MailboxRule[]
}

/** The account of whoever saw or heard it, chased until it is written. */
export interface AccountRules {
  /** By when it is written, counted from the moment of asking. */
  readonly within: Sourced<Duration>
  /** When on the day a missing account is chased, unless the child leaves before. */
  readonly chasedAt: Sourced<LocalTime>
  /** How long before the child leaves, where it is due by then. */
  readonly beforeLeaving: Sourced<Duration>
  /** How soon after a disclosure ended its write-up begins; later is listed. */
  readonly writeUpWithin: Sourced<Duration>
}

/** What is asked of the posts of the team beside their being held. */
export interface PostRules {
  /** Whose job description names the responsibility, and so many days after the appointment at the latest. */
  readonly described?: Cited & { readonly roles: readonly RoleId[]; readonly withinDays: number; readonly says: string }
  /** From so many posts in one hand the register warns. */
  readonly many?: Cited & { readonly postsMin: number; readonly says: string }
  /** Who sees to a post that nobody holds, in the view of a trust. */
  readonly settledBy?: Sourced<readonly RoleId[]>
}

/** How the contacts and posts that the policy prints are kept right. */
export interface ContactBookRules {
  /** How long after a check a contact is checked again. */
  readonly checkedEvery: Sourced<Duration>
  /** Whoever hears that nobody holds a post of the team. */
  readonly vacancyTold: Sourced<readonly RoleId[]>
}

/** A document that values cite, and the layer whose file names it. */
export interface PolicyDocument {
  readonly title: string
  readonly edition?: string
  readonly layer: 'national' | 'authorities' | 'trusts' | 'schools' | 'decisions'
  /** When the edition of its file took effect. */
  readonly since?: PlainDate | undefined
}

/** What statutory guidance in force asks, with its time: a nearer layer may give less, never more. */
export interface StatutoryTime {
  readonly part: 'clocks' | 'training' | 'reading' | 'reviews'
  /** The clock, the course or the document. */
  readonly name: string
  readonly clock?: ClockName
  readonly says: string
  readonly duration: Sourced<Duration>
  /** Done again after this time. */
  readonly every?: Sourced<Duration>
  /** Whom it binds; absent where it binds the school. */
  readonly roles?: readonly RoleId[]
  /** Only then. */
  readonly when?: ClockRule['when']
}

/** A school's policy, resolved: national, authority, trust and school layers merged, as it stands on a date. */
export interface Profile {
  readonly key: string
  readonly school: {
    readonly name: string
    readonly phase: string
    readonly authority: string
    readonly trust?: string
  }
  /** The edition a decision made today is stamped with. */
  readonly edition: { readonly title: string; readonly date: PlainDate }
  readonly documents: Readonly<Record<string, PolicyDocument>>
  /** The national file whose guidance the policy cites; absent where nothing says, and then the policy's own date tells. */
  readonly guidanceCited?: Sourced<string>
  /** The safeguarding team as roles with the school's own titles; people are appointments in the product. */
  readonly team: readonly { readonly role: RoleId; readonly title: string; readonly source: Source; readonly contact?: string }[]
  readonly contacts: Readonly<Record<string, Contact>>
  /** Keys of contacts in the order of the emergency box, each with when to ring it. */
  readonly emergency: readonly (Cited & { readonly contact: string; readonly when: string })[]
  readonly levels: LevelFramework
  readonly otherLevels: readonly LevelFramework[]
  readonly concern: {
    /** What a submitted concern must hold beyond child, account and when. */
    readonly required: readonly Sourced<
      | 'reporter-category'
      | 'prompt'
      | 'told-by-voice'
      | 'child-words'
      | 'facts-or-words'
      | 'body-map-when-injured'
      | 'location'
      | 'why-it-worries'
      | 'action-taken'
    >[]
    readonly prompts: readonly PromptOption[]
    /** Empty where the policy does not ask the reporter for a category. */
    readonly reporterCategories: readonly Option[]
    readonly triageCategories: readonly Option[]
    /** Reminders shown beside the field they concern (never promise secrecy; open questions only; ...). */
    readonly reminders: readonly {
      readonly at: 'before' | 'disclosure' | 'child-words' | 'seen' | 'opinion' | 'parents' | 'images' | 'injury' | 'after'
      readonly says: string
      readonly source: Source
    }[]
    readonly voiceFirst: Sourced<'always' | 'when-urgent' | 'after-disclosure' | 'never'>
    readonly paperForm?: Sourced<string>
  }
  /** Asked of the safeguarding team besides what every school is asked. */
  readonly questions: readonly Question[]
  readonly householdHarm?: HouseholdHarm
  /** Absent where no layer says; the reason for not referring to social care is asked all the same. */
  readonly notReferred?: NotReferredRule
  readonly signs: readonly SignGroup[]
  readonly routes: { readonly welfare: Route }
  readonly conduct: ConductRules
  /** Who is told besides those who must act (the head of section 47 enquiries, ...). */
  /** Whom national texts have told first. */
  readonly routeFloors: readonly {
    readonly route: string
    readonly oneOf: readonly RoleId[]
    readonly says: string
    readonly source: Source
  }[]
  readonly alsoTold: readonly {
    readonly on: 'police' | 'section-47' | 'referral' | 'online'
    readonly roles: readonly RoleId[]
    readonly says: string
    readonly source: Source
  }[]
  readonly unanswered: readonly WhenUnanswered[]
  readonly challenge: ChallengeRules
  /** What is done for one kind of worry besides what is done for every one. */
  readonly pathways: readonly Pathway[]
  /** Absent where no layer says; anybody may refer all the same. */
  readonly directReferral?: DirectReferralRule
  /** When a worry that stays within the school is looked at again; empty where no layer says. */
  readonly internalReviews: readonly InternalReview[]
  /** Absent where a reason is all that is owed when parents are not told. */
  readonly parentsWithheld?: WithheldRule
  /** Words that the team is shown where they stand. */
  readonly wording: readonly WordingRule[]
  /** Absent where no layer says what of the behaviour log is a worry about a child. */
  readonly behaviour?: BehaviourRules
  /** The roles that open welfare files; absent where no layer says, and then the safeguarding team's. */
  readonly fileRoles?: Sourced<readonly RoleId[]>
  /** Absent where no layer says anything of the post. */
  readonly lead?: LeadPost
  readonly posts: PostRules
  readonly clocks: readonly ClockRule[]
  /** What statutory guidance in force says of clocks, beside what this school follows. */
  readonly statutory: readonly StatutoryTime[]
  readonly duties: SchoolDuties
  readonly referrals: readonly ReferralDestination[]
  readonly referring: ReferringRules
  readonly escalation: readonly {
    readonly stage: number
    readonly says: string
    readonly contact?: string
    readonly source: Source
  }[]
  readonly calendar: CitedCalendar
  readonly cover: CoverRules
  readonly mailbox: MailboxRules
  /** Absent where no layer says all of it: then a missing account is shown and nobody is chased. */
  readonly accounts?: AccountRules
  /** Absent where no layer says all of it: then nothing is ever due to be checked, and no vacancy but that of the DSL is told. */
  readonly contactBook?: ContactBookRules
  readonly pupilEvents: readonly PupilRule[]
  readonly pupilCases: readonly PupilCaseRule[]
  readonly absencePatterns: readonly AbsencePatternRule[]
  /** Undefined where the school has none. */
  readonly worryBox?: WorryBox
  /** Empty where the policy gives no period: then nothing is ever proposed for disposal. */
  readonly retention: readonly RetentionRule[]
  /** Absent where the policy does not say. */
  readonly lastKnown?: LastKnownRule
  readonly gaps: readonly Gap[]
  /** Gaps that the school has answered in the product, with the decision that did. */
  readonly answered?: readonly { readonly key: string; readonly asked: string; readonly says: string; readonly source: Source }[]
  /**
   * Other contact points of the authorities by what they are for (`lado`, `prevent`, `early-help`, ...), the school's own first.
   * Each has the source of its contact, whose text says what it is for.
   */
  readonly directory?: readonly (Cited & { readonly authority: string; readonly purpose: string; readonly contact: string })[]
}
