export {
  agreeNotDone,
  answerStep,
  keepReceiptOnly,
  listEligible,
  openAtDecision,
  openAtRecording,
  openAtTriage,
  releaseQuestions,
  settleByReferral,
  settleOwnReport,
  startByHand,
} from './commands.ts'
export type { AnswerRefusal, KeptStep, StepAnswer } from './model.ts'
export { openReferrals } from './referrals-opened.ts'
export { areQuestionsHeld, isStepLate, nextTelling, stepsBeforeTriage } from './rules.ts'
export {
  type Consultation,
  findConsultation,
  findPathwayHold,
  findStepById,
  type LateStep,
  listLate,
  saveTold,
  stepsOf,
} from './store.ts'
