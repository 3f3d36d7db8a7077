import type { ClockName } from './profile.ts'

/** The parts of a policy file that give a clock its time. */
export const clockParts = ['clocks', 'training', 'reading', 'reviews'] as const
export type ClockPart = (typeof clockParts)[number]

const events = ['clocks'] as const
const courses = ['training'] as const
const documents = ['reading'] as const
const checks = ['reviews'] as const

/**
 * Where each clock is written so that something starts and meets it: events meet those under `clocks`, a course that was done those
 * under `training`, signatures those under `reading`, and what the school has checked those under `reviews`. Anywhere else nothing
 * would ever meet it.
 */
export const clockHomes: Readonly<Record<ClockName, readonly ClockPart[]>> = {
  'urgent-alert': events,
  'record-written': events,
  acknowledge: events,
  triage: events,
  'parent-informed': events,
  'referral-written': events,
  'referral-answer': events,
  'referral-escalation': events,
  'challenge-reply': events,
  'child-seen': events,
  'fgm-police-report': events,
  'lado-contact': events,
  'conduct-employer-told': events,
  'conduct-shared-upward': events,
  'file-transfer': events,
  'transfer-receipt': events,
  'incoming-file-request': events,
  'absence-notice': events,
  'private-fostering-notice': events,
  'plan-review': events,
  'risk-assessment': events,
  'monitoring-feedback': events,
  'encompass-check-in': events,
  'status-review': events,
  'conference-report': events,
  'core-group': events,
  'subject-access': events,
  'child-response': events,
  'child-feedback': events,
  'parent-reply': events,
  'sharing-advice': events,
  'breach-notice': events,
  'dsl-training': courses,
  'dsl-update': courses,
  'staff-training': courses,
  'prevent-training': courses,
  'safer-recruitment-training': courses,
  supervision: ['training', 'reviews'],
  'policy-reading': documents,
  'guidance-reading': documents,
  induction: documents,
  'filtering-check': checks,
  'filtering-review': checks,
  'online-safety-assessment': checks,
  'prevent-assessment': checks,
  'safeguarding-audit': checks,
  'central-record-audit': checks,
  'policy-review': checks,
  'governor-report': checks,
  // Its time is the period under `retention`.
  'retention-review': [],
  'break-glass-review': [],
}
