export {
  type ClockToRun,
  enterOfPupil,
  findPupil,
  type PupilWork,
  passOnFromLeavers,
  pupilSubject,
  runPupilClocks,
  tellOfPupil,
  tellRoles,
  watchReminders,
} from './commands.ts'
export type { PupilAsk, PupilFacts, PupilPermit, PupilRefusal, PupilSubject } from './model.ts'
export { dueOn, factsOf, rulesOn, tellsOf } from './rules.ts'
export { endReminders, isClockRunning } from './store.ts'
