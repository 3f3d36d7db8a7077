export { makeArrangement, recordFamilyMeeting } from './commands.ts'
export type { Arrangement, FamilyMeeting, NewArrangement, NewFamilyMeeting } from './model.ts'
export { arrangementRoutes } from './routes.tsx'
export { lacksOf, meetingsMissing } from './rules.ts'
