export type { ClockArea, ClockSubject } from './model.ts'
export { clockStarting } from './rules.ts'
export { endClocks, meetClocks, startClocks } from './store.ts'
