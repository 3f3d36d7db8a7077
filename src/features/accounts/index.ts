export { awaitAccounts } from './commands.ts'
export type { AwaitedAccount, ChasedAccount, OpenAccount, OwnTask } from './model.ts'
export { AwaitedAccounts, isSecondHand, OpenAccounts, OwnTasks } from './pages/awaited.tsx'
export { isAfterDeparture } from './rules.ts'
export {
  awaitedOf,
  findOwnTask,
  listChased,
  meetByFinishing,
  meetByScan,
  openAccounts,
  ownTasks,
  saveWarned,
  takeFirstHand,
} from './store.ts'
