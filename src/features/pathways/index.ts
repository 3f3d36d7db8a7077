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
export { nextTelling } from './rules.ts'
export { findPathwayHold, findStepById, type LateStep, listLate, saveTold, stepsOf } from './store.ts'
