export { linkHousehold } from './commands.ts'
export type { AwaitingSibling, HouseholdChild, HouseholdOfChild } from './model.ts'
export { AwaitingConfirmation, Caution } from './pages/caution.tsx'
export { householdHeadings, isHouseholdHarm } from './rules.ts'
export {
  awaitingSiblings,
  householdOf,
  insertSibling,
  keepContactSays,
  listHousehold,
  moveHousehold,
  settleHouseholdChild,
} from './store.ts'
