import type { Consent, ReferralState, ReferralStep } from './model.ts'

export const stepNames: Readonly<Record<ReferralStep, string>> = {
  phoned: 'Telephoned',
  written: 'Sent in writing',
  chased: 'Asked for the answer',
  answered: 'Answered',
  escalated: 'Taken further',
  concluded: 'Concluded',
}

export const stateNames: Readonly<Record<ReferralState, string>> = {
  decided: 'Decided, not made yet',
  phoned: 'Telephoned, waiting for an answer',
  written: 'In writing, waiting for an answer',
  answered: 'Answered',
  escalated: 'Taken further, waiting for an answer',
  concluded: 'Concluded',
}

export const consentNames: Readonly<Record<Consent, string>> = {
  given: 'They agree',
  refused: 'They do not agree',
  'not-sought': 'They were not asked',
  'to-ask': 'Nobody has said yet',
}
