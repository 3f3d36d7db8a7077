export { findStanding, keepSchoolDuties, recordCheck, watchDuties } from './commands.ts'
export type { CheckDone, CheckRefusal, Standing } from './model.ts'
