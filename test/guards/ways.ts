import type { Way } from './way.ts'
import { auditWays } from './ways-audit.ts'
import { concernWays, identityWays, ownConcernWays, policyWays } from './ways-own.ts'
import { activityWays, coverWays, mailboxWays, peopleWays } from './ways-people.ts'
import { fileWays, householdWays, patternWays, teamWays, triageWays } from './ways-team.ts'

/** One row for each route, by method and path. A route without a row fails `every-route.pg.test.ts`, and so does a row without a route. */
export const ways: Readonly<Record<string, Way>> = {
  ...identityWays,
  ...policyWays,
  ...peopleWays,
  ...auditWays,
  ...concernWays,
  ...triageWays,
  ...householdWays,
  ...patternWays,
  ...fileWays,
  ...ownConcernWays,
  ...teamWays,
  ...coverWays,
  ...activityWays,
  ...mailboxWays,
}
