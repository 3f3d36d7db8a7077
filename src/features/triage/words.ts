/** What the product calls its own choices on pages and in chronologies. */
import type { Agency, Choice } from '../../policy/clocks.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { ConcernState } from '../concerns/index.ts'
import type { ParentOutcome, UrgentAnswer } from './model.ts'

export const stateNames: Readonly<Record<ConcernState, string>> = {
  unreached: 'Unreached: nobody eligible could be told',
  new: 'New',
  acknowledged: 'Seen, not yet triaged',
  triaged: 'Triaged, waiting for a decision',
  open: 'Open',
  closed: 'Closed',
}

export const choiceNames: Readonly<Record<Choice, string>> = {
  'no-further-action': 'No further action',
  monitor: 'Watch and review',
  pastoral: 'Support in school',
  'early-help': 'Early help',
  refer: "Refer to children's social care",
  police: 'Call the police',
}

export const agencyNames: Readonly<Record<Agency, string>> = {
  'social-care': "Children's social care",
  'early-help': 'Early help',
  police: 'Police',
  prevent: 'Prevent',
  lado: 'Designated officer (LADO)',
  'mental-health': 'Mental health service',
  other: 'Another agency',
}

export const parentOutcomeNames: Readonly<Record<ParentOutcome, string>> = {
  told: 'Told',
  'not-told': 'Not told',
  'advice-sought': 'Advice sought first',
}

export const urgentAnswerNames: Readonly<Record<UrgentAnswer, string>> = { yes: 'Yes', no: 'No', 'not-known': 'Not known yet' }

export const clockTitles: Readonly<Record<ClockName, string>> = {
  'urgent-alert': 'Told by voice',
  'record-written': 'Written down',
  acknowledge: 'Acknowledge',
  triage: 'First decision',
  'parent-informed': 'Parents',
  'referral-written': 'Referral in writing',
  'referral-answer': 'Answer to the referral',
  'referral-escalation': 'Take the referral further',
  'challenge-reply': 'Answer whoever is still worried',
  'child-seen': 'See the child',
}

export const involvementNames = {
  subject: 'The child whom it is about',
  source: 'Told us about it, not harmed themselves',
  alleged: 'Said to have harmed',
  witness: 'Saw or heard it',
  sibling: 'Brother or sister',
  other: 'Involved otherwise',
} as const
