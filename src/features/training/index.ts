export {
  chaseReading,
  type EditionToIssue,
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
