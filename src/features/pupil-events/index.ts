export {
  absenceNotified,
  encompassCheckedIn,
  encompassReceived,
  encompassSeen,
  privateFosteringKnown,
  privateFosteringNotified,
  privateFosteringTalked,
  pupilAbsent,
  pupilBack,
  type Reported,
} from './commands.ts'
export { findEncompass } from './store.ts'
export { watchAbsences } from './watch.ts'
