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
  'fgm-police-report': 'FGM: report to the police in person',
  'lado-contact': 'Contact the designated officer (LADO)',
  'conduct-employer-told': 'Tell the employer',
  'conduct-shared-upward': 'Pass the low-level concern on',
  'file-transfer': 'Send the child-protection file',
  'transfer-receipt': 'Receipt for the file',
  'incoming-file-request': 'Ask for the file of a new pupil',
  'absence-notice': 'Tell the authority of the absence',
  'private-fostering-notice': 'Tell the authority of private fostering',
  'plan-review': 'Review the plan',
  'risk-assessment': 'Risk and needs assessment',
  'monitoring-feedback': 'Feedback on what is watched',
  'encompass-check-in': 'See how the child is after police told us',
  'status-review': 'Review the status',
  'conference-report': 'Report for the conference',
  'core-group': 'Core group',
  'dsl-training': 'Training of the DSL',
  'dsl-update': 'Update of the DSL',
  'staff-training': 'Safeguarding training',
  'prevent-training': 'Prevent training',
  'safer-recruitment-training': 'Safer recruitment training',
  'policy-reading': 'Read the policy',
  'guidance-reading': 'Read the guidance',
  induction: 'Induction',
  supervision: 'Supervision',
  'filtering-check': 'Check filtering and monitoring',
  'filtering-review': 'Review filtering and monitoring',
  'online-safety-assessment': 'Online safety assessment',
  'prevent-assessment': 'Prevent risk assessment',
  'safeguarding-audit': 'Safeguarding audit',
  'central-record-audit': 'Audit of the central record',
  'policy-review': 'Review the policy',
  'governor-report': 'Report to governors',
  'retention-review': 'Review what is kept',
  'subject-access': 'Answer a request for one’s own record',
  'child-response': 'Speak with the child who told us',
  'child-feedback': 'Tell the child what came of it',
  'parent-reply': 'Reply to the parent who told us',
  'sharing-advice': 'Answer a question about sharing',
  'breach-notice': 'Decide on notifying the Information Commissioner',
  'break-glass-review': 'Review a broken glass',
}

export const involvementNames = {
  subject: 'The child whom it is about',
  source: 'Told us about it, not harmed themselves',
  alleged: 'Said to have harmed',
  witness: 'Saw or heard it',
  sibling: 'Brother or sister',
  other: 'Involved otherwise',
} as const
