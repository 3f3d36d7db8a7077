export type { DayMark, PupilOnRoll } from './model.ts'
export { attendanceRoutes } from './routes.tsx'
export { cellsOf, type PlainName, pupilsCalled } from './rules.ts'
export { markInWords } from './words.ts'
