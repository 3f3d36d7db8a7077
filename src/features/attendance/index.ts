export type { DayMark } from './model.ts'
export { attendanceRoutes } from './routes.tsx'
export { markInWords } from './words.ts'
