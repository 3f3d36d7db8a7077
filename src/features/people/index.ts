import type { ChildId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import { type ChildFactsForOthers, findChildrenFactsOf, isAdultHere } from './store.ts'

export { watchLead } from './lead-watch.ts'
export { watchLeavers } from './leaver-watch.ts'
export { type Standing, type StatusKind, standings, statusKinds } from './model.ts'
export { plainName, searchName } from './names.ts'
export { authorityName, homeInWords, standingNames, statusNames, tieNames, yearName } from './pages/words.ts'
export { roleName } from './role-names.ts'
export { peopleRoutes } from './routes.ts'
export { lastDay } from './rules.ts'
export type { ChildFactsForOthers } from './store.ts'
export { watchTeamChanges } from './team-commands.ts'
export { watchVacantPosts } from './vacancy-watch.ts'

/** Names, home, leaving time, ties and siblings of children of this school. Those of another school are simply not among them. */
export function findChildrenFacts(work: Work, childIds: readonly ChildId[]): Promise<ChildFactsForOthers[]> {
  return findChildrenFactsOf(work, childIds)
}

/** Whether the id is that of an adult of this school. */
export function isAdultOfSchool(work: Work, adultId: string): Promise<boolean> {
  return isAdultHere(work, adultId)
}
