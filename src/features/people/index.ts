export {
  type ChildFactsForOthers,
  findAdultsInRoles,
  findChildrenFacts,
  findRoleHolders,
  isAdultOfSchool,
  type RoleHolder,
} from './for-others.ts'
export { watchLead } from './lead-watch.ts'
export { type Standing, type StatusKind, standings, statusKinds } from './model.ts'
export { plainName, searchName } from './names.ts'
export { authorityName, homeInWords, standingNames, statusNames, tieNames, yearName } from './pages/words.ts'
export { roleName } from './role-names.ts'
export { peopleRoutes } from './routes.ts'
