export {
  type AtTheGate,
  type BriefingHeld,
  catchUpHeld,
  findGateList,
  recordBriefing,
  sayWorkingDays,
} from './briefings.ts'
export {
  chaseReading,
  type EditionToIssue,
  editionInForce,
  followAppointments,
  issueBadge,
  issueEdition,
  type ReadingDone,
  recordTraining,
  sayWorksDirectly,
  settleEverybody,
  signReading,
  startDuties,
  type TrainingDone,
} from './commands.ts'
export type { DutyRefusal } from './model.ts'
export { type AdultDuties, findDuties, findReadingReport, type ReadingStanding } from './queries.ts'
export { answerQuestion, findTasks, findUnderstanding, type OpenTask, type Understood } from './understanding.ts'
