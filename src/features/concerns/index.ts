export { recordConcern, rolesOnRoute } from './commands.ts'
export { type DraftListing, findOwnDrafts } from './drafts.ts'
export type {
  AlertToSend,
  BodyMark,
  ChildInvolvement,
  ClockToStart,
  ConcernState,
  NewConcern,
  Recorded,
  RecordingRefusal,
  RoleHolder,
} from './model.ts'
export { mayBecome } from './model.ts'
export { concernRoutes } from './routes.ts'
export { alertsOf, clockToStart, headingOf, routeOf, sourceText } from './rules.ts'
