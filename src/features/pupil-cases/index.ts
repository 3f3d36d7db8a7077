export {
  closePupilCase,
  contactsToTry,
  getPupilCase,
  handOver,
  lookAfter,
  openPupilCase,
  recordAttempt,
  settleCaseStep,
  watchPupilCases,
} from './commands.ts'
export type { Attempt, CaseRefusal, NewPupilCase, PupilCase } from './model.ts'
export { listHoldingLeaving } from './store.ts'
