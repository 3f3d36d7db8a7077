import type { AdultId, SchoolId } from '../kernel/ids.ts'
import type { RoleId } from '../policy/roles.ts'
import type { Actor, Someone } from './actor.ts'

/**
 * THE permission policy: one row for each action. Rights are a union over a person's appointments, involvements and shares;
 * only three things veto: being the subject, a tie, an exclusion. Nothing is allowed that has no row here.
 * `docs/access-table.md` shows the effect of this file on named people; the database enforces it a second time.
 */

/** What a rule may ask about the thing acted on: ids and state, never content. */
export interface SubjectFacts {
  readonly schoolId: SchoolId
  /** The concern, child or referral itself. */
  readonly id?: string
  /** Adults named in it or tied to a child in it. */
  readonly excluded?: readonly AdultId[]
  readonly reporterId?: AdultId | undefined
  /** The colleague who typed a concern on somebody's behalf. */
  readonly writtenBy?: AdultId | undefined
  /** Given it by the safeguarding team, with a reason. */
  readonly readers?: readonly AdultId[]
  readonly ownerId?: AdultId | undefined
  /** Of a case about an adult: whoever was given it and still holds the role in which they were. */
  readonly caseReaders?: readonly AdultId[]
}

/** A named reason to allow: its name is what a verdict and the access table show. */
interface Ground {
  readonly says: string
  holds(actor: Actor, subject: SubjectFacts): boolean
}

const anyAdult: Ground = { says: 'any adult of the school', holds: () => true }
const opensFiles: Ground = { says: 'safeguarding team', holds: actor => actor.roles.some(role => actor.fileRoles.includes(role)) }
const standsIn: Ground = {
  says: 'told in the safeguarding team’s place',
  holds: (actor, subject) => subject.id !== undefined && (actor.standsIn?.includes(subject.id) ?? false),
}
const reporter: Ground = {
  says: 'reported or wrote it',
  holds: (actor, subject) => subject.reporterId === actor.adultId || subject.writtenBy === actor.adultId,
}
const reader: Ground = {
  says: 'it was shared with them',
  holds: (actor, subject) => subject.readers?.includes(actor.adultId) ?? false,
}
const caseReader: Ground = {
  says: 'the policy’s chain gave it to them',
  holds: (actor, subject) => subject.caseReaders?.includes(actor.adultId) ?? false,
}
const wasTold: Ground = {
  says: 'told of it when it was done',
  holds: (actor, subject) => subject.readers?.includes(actor.adultId) ?? false,
}
const owner: Ground = { says: 'it is theirs to do', holds: (actor, subject) => subject.ownerId === actor.adultId }
const holds = (...roles: readonly RoleId[]): Ground => ({
  says: roles.join(' or '),
  holds: actor => actor.roles.some(role => roles.includes(role)),
})

interface Rule {
  readonly who: readonly Ground[]
  /** The action needs no sign-in at all: the visitors' form, the sign-in page. */
  readonly open?: 'visitor' | 'stranger'
  /** Background work may do it. */
  readonly worker?: true
  /** One's own words, which an exclusion does not take away: it vetoes every other ground. */
  readonly ownWords?: true
  /**
   * Asks for a second factor in this session. `fresh`: given within the last minutes. `fresh-to-open`: the same before anything is
   * shown, while what is recorded on a page that is open already is taken with the session's own.
   */
  readonly secondFactor?: true | 'fresh' | 'fresh-to-open'
}

/** For so long a second factor counts as fresh: long enough to read one case or to make one appointment, and not a lunch break. */
export const freshFactorMinutes = 15

export const policy = {
  // signing in and one's own account
  'session.start': { who: [], open: 'stranger' },
  'session.end': { who: [anyAdult], open: 'stranger' },
  'account.own': { who: [anyAdult] },
  'account.factors': { who: [anyAdult], secondFactor: 'fresh' },
  'sign-in.configure': { who: [holds('system-administrator', 'headteacher')], secondFactor: 'fresh' },
  'kept-form.restore': { who: [anyAdult] },

  // recording: never behind a second factor, never refused to an adult of the school
  'concern.record': { who: [anyAdult], open: 'visitor' },
  'draft.own': { who: [anyAdult] },
  'child.find': { who: [anyAdult] },
  'home.open': { who: [anyAdult] },
  'concern.own': { who: [reporter], ownWords: true },
  'concern.add-to-own': { who: [reporter], ownWords: true },
  'referral.direct': { who: [reporter], ownWords: true },
  'concern.cannot-reach': { who: [reporter], ownWords: true },
  'concern.challenge': { who: [reporter], ownWords: true },
  'pathway.answer-own': { who: [owner], ownWords: true },
  'consultation.answer': { who: [owner] },
  'agency-call.own': { who: [reporter], ownWords: true },
  'family-contact.own': { who: [reporter], ownWords: true },
  'advice.own': { who: [reporter], ownWords: true },
  'account.write-own': { who: [owner] },
  'behaviour.record': { who: [anyAdult], ownWords: true },
  'conduct.record': { who: [anyAdult], open: 'visitor' },
  'conduct.own': { who: [reporter], ownWords: true },
  'conduct.advice': { who: [anyAdult], open: 'visitor' },
  'directory.open': { who: [anyAdult], open: 'visitor' },
  'policy.read': { who: [anyAdult] },
  'rehearsal.play': {
    who: [opensFiles, holds('headteacher', 'safeguarding-governor', 'chair-of-governors', 'trust-safeguarding-lead')],
  },
  // Nobody approves what they proposed: the head approves, and what the head proposed the DSL, the chair or the trust's lead.
  'policy.changes': {
    who: [holds('dsl', 'deputy-dsl', 'headteacher', 'chair-of-governors', 'trust-safeguarding-lead')],
    secondFactor: true,
  },
  'policy.examine': {
    who: [opensFiles, holds('headteacher', 'chair-of-governors', 'safeguarding-governor', 'trust-safeguarding-lead')],
  },
  'policy.propose': { who: [holds('dsl', 'headteacher')], secondFactor: true },
  'policy.approve': { who: [holds('headteacher', 'dsl', 'chair-of-governors', 'trust-safeguarding-lead')], secondFactor: true },

  // the welfare file
  'today.open': { who: [opensFiles], secondFactor: true },
  'concern.read': { who: [opensFiles, standsIn, reader], secondFactor: true },
  'concern.acknowledge': { who: [opensFiles, standsIn], secondFactor: true },
  'concern.triage': { who: [opensFiles, standsIn], secondFactor: true },
  'concern.decide': { who: [opensFiles, standsIn], secondFactor: true },
  'concern.add-to': { who: [opensFiles, standsIn], secondFactor: true },
  'challenge.answer': { who: [opensFiles, standsIn, owner], secondFactor: true },
  'pathway.answer': { who: [opensFiles, standsIn], secondFactor: true },
  'contact.check': { who: [opensFiles], secondFactor: true },
  'agency-call.record': { who: [opensFiles, standsIn], secondFactor: true },
  'advice.record': { who: [opensFiles, standsIn], secondFactor: true },
  'family-contact.record': { who: [opensFiles, standsIn], secondFactor: true },
  'fallback.countersign': { who: [opensFiles], secondFactor: true },
  'hand-back.write': { who: [owner], ownWords: true, secondFactor: true },
  'reply.record': { who: [opensFiles, standsIn], secondFactor: true },
  'concern.tell-reporter': { who: [opensFiles, standsIn], secondFactor: true },
  'concern.move': { who: [opensFiles], secondFactor: true },
  'concern.link': { who: [opensFiles], secondFactor: true },
  'concern.close': { who: [opensFiles, standsIn], secondFactor: true },
  'concern.reopen': { who: [opensFiles], secondFactor: true },
  'concern.amend': { who: [opensFiles, standsIn], secondFactor: true },
  'second-look.list': { who: [opensFiles], secondFactor: true },
  'second-look.record': { who: [opensFiles], secondFactor: true },
  'not-referred.open': { who: [opensFiles], secondFactor: true },
  'without-file.open': { who: [opensFiles], secondFactor: true },
  'referral.times': { who: [opensFiles], secondFactor: true },
  'parents.record': { who: [opensFiles, standsIn], secondFactor: true },
  'parents.lift-hold': { who: [holds('dsl', 'deputy-dsl')], secondFactor: true },
  'arrangement.make': { who: [opensFiles, standsIn], secondFactor: true },
  'referral.make': { who: [opensFiles, standsIn], secondFactor: true },
  'referral.read': { who: [opensFiles, standsIn], secondFactor: true },
  // What colleagues need to know, in words written for them. They read it with a password alone: it must reach a supervisor at the gate.
  'share.make': { who: [opensFiles], secondFactor: true },
  'share.own': { who: [anyAdult] },
  'share.read': { who: [reader] },
  'note.write': { who: [opensFiles], secondFactor: true },
  'file.read': { who: [opensFiles], secondFactor: true },
  'file.print': { who: [opensFiles], secondFactor: 'fresh' },
  'action.set': { who: [opensFiles, standsIn], secondFactor: true },
  'action.finish': { who: [opensFiles, owner] },

  // breaking the glass: one child's file for some hours; no policy says who may, so it is whoever runs the school or leads on pupils
  'glass.list': { who: [anyAdult], secondFactor: true },
  'glass.break': {
    who: [
      holds(
        'headteacher',
        'deputy-headteacher',
        'senior-leader',
        'designated-teacher',
        'senco',
        'mental-health-lead',
        'attendance-lead',
      ),
    ],
    secondFactor: 'fresh',
  },
  // the trust's lead: one case, asked by the team or on a ground that is typed first; never browsing
  'oversight.open': { who: [holds('trust-safeguarding-lead')], secondFactor: 'fresh' },
  'oversight.ask': { who: [opensFiles], secondFactor: true },
  'glass.read': { who: [owner], secondFactor: true },
  'glass.review': { who: [opensFiles, holds('headteacher'), wasTold], secondFactor: true },

  // who looked: the lines of the trail about a child; the officer reads them without what was looked at
  'read-log.child': { who: [opensFiles, holds('data-protection-officer')], secondFactor: true },
  'read-log.concern': { who: [opensFiles], secondFactor: true },

  // unusual looking, as a question; the database leaves out what somebody may not ask about
  'looking.settle': { who: [opensFiles, holds('headteacher')], secondFactor: true },

  // what happens to pupils besides concerns
  'pupil.move': {
    who: [opensFiles, holds('receptionist', 'attendance-lead', 'headteacher', 'system-administrator')],
    secondFactor: true,
  },
  'transfer.keep': { who: [opensFiles], secondFactor: true },
  'intelligence.record': { who: [opensFiles, standsIn], secondFactor: true },
  'sharing-advice.ask': { who: [opensFiles], secondFactor: true },
  // The officer's, who opens no file by it; what a contact said is written down by whoever asked.
  'sharing-advice.answer': { who: [holds('data-protection-officer'), owner], secondFactor: true },
  'data-breach.report': { who: [anyAdult] },
  'data-breach.keep': { who: [holds('data-protection-officer')], secondFactor: true },
  'record-request.keep': { who: [opensFiles], secondFactor: true },
  'pupil-case.open': { who: [anyAdult] },
  'pupil-case.keep': { who: [opensFiles, holds('attendance-lead', 'headteacher'), owner] },
  'pupil-case.settle': { who: [opensFiles, holds('attendance-lead', 'headteacher')], secondFactor: true },
  'absence.report': { who: [anyAdult], ownWords: true },
  'absence.settle': { who: [opensFiles, holds('attendance-lead', 'headteacher')], secondFactor: true },
  'private-fostering.report': { who: [anyAdult], ownWords: true },
  'private-fostering.settle': { who: [opensFiles], secondFactor: true },
  'encompass.record': { who: [opensFiles, holds('receptionist', 'headteacher', 'system-administrator')], secondFactor: true },
  'encompass.settle': { who: [opensFiles], secondFactor: true },
  // what filtering and monitoring show; one about an adult is a case and nothing else
  'monitoring.report': { who: [anyAdult] },
  'monitoring.accounts': { who: [holds('it-manager', 'system-administrator')], secondFactor: true },
  'monitoring.read': { who: [opensFiles], secondFactor: true },
  'monitoring.settle': { who: [opensFiles], secondFactor: true },
  'monitoring.answer': { who: [owner] },
  'search.report': { who: [anyAdult], ownWords: true },
  'search.settle': { who: [opensFiles], secondFactor: true },
  'complaint.record': { who: [anyAdult], ownWords: true },
  'complaint.keep': {
    who: [holds('headteacher', 'deputy-headteacher', 'senior-leader', 'chair-of-governors')],
    secondFactor: true,
  },
  'plan.keep': { who: [opensFiles], secondFactor: true },
  'plan.read': { who: [opensFiles], secondFactor: true },
  'feedback.record': { who: [opensFiles], secondFactor: true },

  // what the figures and the records together may point to
  'attendance.keep': {
    who: [holds('receptionist', 'attendance-lead', 'system-administrator'), opensFiles],
    secondFactor: true,
  },
  'attendance.child': { who: [opensFiles], secondFactor: true },
  'absence-draft.read': { who: [opensFiles, holds('attendance-lead')], secondFactor: true },
  'absence-draft.settle': { who: [opensFiles], secondFactor: true },
  'trusted-adult.keep': { who: [opensFiles], secondFactor: true },
  'patterns.open': { who: [opensFiles], secondFactor: true },
  'lateness.open': { who: [opensFiles], secondFactor: true },

  // concerns about adults: only whoever was given the case, one by one, and whoever was asked because nobody answered
  'conduct.read': { who: [caseReader], secondFactor: 'fresh-to-open' },
  'conduct.manage': { who: [caseReader], secondFactor: 'fresh-to-open' },
  'conduct.take-over': { who: [owner], secondFactor: 'fresh' },
  'hire.keep': {
    who: [holds('headteacher', 'deputy-headteacher', 'senior-leader', 'receptionist', 'system-administrator')],
    secondFactor: true,
  },
  'conduct.watch': { who: [], worker: true },

  // the audit trail as evidence: a checkpoint says nothing of what happened, so it hides from nobody who may have it
  'checkpoint.read': {
    who: [holds('data-protection-officer', 'headteacher', 'chair-of-governors', 'system-administrator')],
    secondFactor: true,
  },
  'checkpoint.send': { who: [holds('data-protection-officer', 'headteacher', 'system-administrator')], secondFactor: true },
  'checkpoint.make': { who: [], worker: true },

  // being told
  'alert.own': { who: [anyAdult] },
  'alert.tell': { who: [], worker: true },
  'clock.list': { who: [opensFiles, holds('headteacher', 'human-resources', 'record-keeper')], secondFactor: true },
  'clock.sweep': { who: [], worker: true },
  'cover.watch': { who: [], worker: true },

  // people
  'child.keep': { who: [holds('system-administrator', 'receptionist'), opensFiles], secondFactor: true },
  'child.contacts': { who: [holds('system-administrator'), opensFiles], secondFactor: true },
  'child.statuses': { who: [opensFiles], secondFactor: true },
  'adult.keep': { who: [holds('system-administrator', 'human-resources', 'headteacher')], secondFactor: true },
  'account.invite': { who: [holds('system-administrator', 'human-resources', 'headteacher'), opensFiles], secondFactor: 'fresh' },
  'account.end-sessions': {
    who: [holds('system-administrator', 'human-resources', 'headteacher'), opensFiles],
    secondFactor: 'fresh',
  },
  'appointment.keep': { who: [holds('system-administrator', 'headteacher')], secondFactor: 'fresh' },
  // Who is of the safeguarding team changes with two people: neither whoever proposed it nor whom it concerns answers.
  'team.changes': {
    who: [opensFiles, holds('headteacher', 'second-approver', 'system-administrator', 'human-resources')],
    secondFactor: true,
  },
  'team.answer': { who: [opensFiles, holds('headteacher', 'second-approver', 'system-administrator')], secondFactor: 'fresh' },
  'adult.list': { who: [holds('system-administrator', 'human-resources', 'headteacher'), opensFiles], secondFactor: true },
  // who holds which post of the policy: post-holders by name, and nothing of a child
  'post.list': {
    who: [
      opensFiles,
      holds('headteacher', 'deputy-headteacher', 'chair-of-governors', 'safeguarding-governor', 'trust-safeguarding-lead'),
    ],
    secondFactor: true,
  },
  'post.keep': { who: [opensFiles, holds('headteacher')], secondFactor: true },
  'post.trust': {
    who: [
      holds(
        'trust-safeguarding-lead',
        'director-of-education',
        'chief-executive',
        'chair-of-trustees',
        'trustee',
        'central-staff',
        'safeguarding-governor',
      ),
    ],
    secondFactor: true,
  },
  'cover.keep': { who: [opensFiles, holds('headteacher')], secondFactor: true },
  'absence.own': { who: [anyAdult] },
  'mailbox.keep': { who: [opensFiles, holds('headteacher')], secondFactor: true },
  'mailbox.check': { who: [opensFiles], secondFactor: true },
  // what adults owe of training and reading, and the school of checks and reviews
  'duties.keep': { who: [opensFiles, holds('headteacher', 'human-resources', 'record-keeper')], secondFactor: true },
  'duties.read': { who: [owner, opensFiles, holds('headteacher', 'human-resources', 'record-keeper')] },
  'training.record': { who: [owner, opensFiles, holds('headteacher', 'human-resources', 'record-keeper')] },
  'reading.sign': { who: [owner] },
  'reading.sign-for': { who: [opensFiles, holds('headteacher', 'human-resources', 'record-keeper')], secondFactor: true },
  'duties.standing': {
    who: [
      opensFiles,
      holds(
        'headteacher',
        'deputy-headteacher',
        'senior-leader',
        'human-resources',
        'record-keeper',
        'safeguarding-governor',
        'governor',
        'trustee',
        'chair-of-governors',
        'chair-of-trustees',
        'trust-safeguarding-lead',
      ),
    ],
    secondFactor: true,
  },
  'check.record': {
    who: [
      opensFiles,
      holds(
        'headteacher',
        'deputy-headteacher',
        'senior-leader',
        'it-manager',
        'online-safety-lead',
        'prevent-contact',
        'human-resources',
        'record-keeper',
        'safeguarding-governor',
        'chair-of-governors',
        'trust-safeguarding-lead',
        'central-staff',
      ),
    ],
    secondFactor: true,
  },
  // rules that pupils and parents agree to, and the devices that are handed over under them
  'agreement.keep': {
    who: [opensFiles, holds('headteacher', 'record-keeper', 'it-manager', 'online-safety-lead')],
    secondFactor: true,
  },
  'duties.watch': { who: [], worker: true },
  'activity.list': { who: [anyAdult] },
  'activity.read': { who: [opensFiles, holds('headteacher'), owner] },
  'tie.keep': { who: [holds('system-administrator', 'headteacher'), opensFiles], secondFactor: true },
  'demonstration.read': { who: [anyAdult], open: 'stranger' },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof policy

export type Verdict =
  | {
      readonly allowed: true
      readonly because: string
      readonly needsSecondFactor: boolean
      /** The second factor must have been given within the last minutes: always, or before anything is shown. */
      readonly needsFresh?: 'always' | 'to-open'
    }
  | { readonly allowed: false; readonly because: 'another-school' | 'excluded' | 'no-ground' | 'signed-out' }

export const actions = Object.keys(policy) as Action[]

export function ruleFor(action: Action): Rule {
  return policy[action]
}

function freshnessOf(rule: Rule): { readonly needsFresh?: 'always' | 'to-open' } {
  if (rule.secondFactor === 'fresh') return { needsFresh: 'always' }
  return rule.secondFactor === 'fresh-to-open' ? { needsFresh: 'to-open' } : {}
}

/** May this person do this to that? The only place where the question is answered. */
export function check(someone: Someone, action: Action, subject: SubjectFacts | undefined): Verdict {
  const rule = ruleFor(action)
  if (someone.kind === 'stranger') {
    return rule.open === 'stranger'
      ? { allowed: true, because: 'open to all', needsSecondFactor: false }
      : { allowed: false, because: 'signed-out' }
  }
  if (subject && subject.schoolId !== someone.schoolId) return { allowed: false, because: 'another-school' }
  if (someone.kind === 'worker') {
    return rule.worker
      ? { allowed: true, because: 'background work', needsSecondFactor: false }
      : { allowed: false, because: 'no-ground' }
  }
  if (someone.kind === 'visitor') {
    return rule.open === undefined
      ? { allowed: false, because: 'signed-out' }
      : { allowed: true, because: 'open to visitors', needsSecondFactor: false }
  }
  if (!rule.ownWords && subject?.excluded?.includes(someone.adultId)) return { allowed: false, because: 'excluded' }
  const ground = rule.who.find(candidate => candidate.holds(someone, subject ?? { schoolId: someone.schoolId }))
  if (!ground)
    return rule.open
      ? { allowed: true, because: 'open to all', needsSecondFactor: false }
      : { allowed: false, because: 'no-ground' }
  return { allowed: true, because: ground.says, needsSecondFactor: rule.secondFactor !== undefined, ...freshnessOf(rule) }
}
