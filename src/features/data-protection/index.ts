export {
  adviceThread,
  answerAboutSharing,
  askAboutSharing,
  goAheadWithout,
  listAskedOfOfficer,
  listBreaches,
  reportBreach,
  settleBreach,
  watchDataProtection,
} from './commands.ts'
export type { AdviceAsked, Breach, DataRefusal, NewBreach, NewQuestion } from './model.ts'
