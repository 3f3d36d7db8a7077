export {
  agreeNotDone,
  answerStep,
  listEligible,
  openAtDecision,
  openAtRecording,
  openAtTriage,
  settleByReferral,
  settleOwnReport,
  startByHand,
} from './commands.ts'
export type { AnswerRefusal, KeptStep, StepAnswer } from './model.ts'
export { nextTelling, stepsBeforeTriage } from './rules.ts'
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
