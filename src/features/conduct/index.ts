export {
  addConductSubject,
  addToConduct,
  assessConduct,
  challengeConduct,
  concludeConduct,
  contactLado,
  openCase,
  openConductBeside,
  openOwnConduct,
  recordConduct,
  recordConductContact,
  shareConduct,
  subjectOfCase,
  takeOverConduct,
} from './commands.ts'
export type {
  AboutAdult,
  CaseFacts,
  ConductLevel,
  ConductRefusal,
  ConductWords,
  NewConclusion,
  NewConduct,
  NewContact,
} from './model.ts'
export { reviewConductPattern } from './pattern.ts'
export { decideHire, keepBooking, keepHirer, openPremises } from './premises.ts'
export { findCaseFacts, findOwnFacts, listOwnAlerts } from './store.ts'
export { watchConduct } from './watch.ts'
