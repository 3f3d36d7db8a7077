export type { OnDuty } from './model.ts'
export { findOnDutyNow } from './queries.ts'
export { coverRoutes } from './routes.ts'
export { watchCover } from './watch.ts'
