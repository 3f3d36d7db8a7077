export { beginStatusDuties, endStatus, endStatusDuties, meetStatusClock, type NewStatus, startStatus } from './commands.ts'
export { type StatusClock, statusClocks } from './rules.ts'
