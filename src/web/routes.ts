import { activityRoutes } from '../features/activities/index.ts'
import { adviceRoutes } from '../features/advice/index.ts'
import { alertRoutes } from '../features/alerts/index.ts'
import { arrangementRoutes } from '../features/arrangements/index.ts'
import { attendanceRoutes } from '../features/attendance/index.ts'
import { breakGlassRoutes } from '../features/break-glass/index.ts'
import { challengeRoutes } from '../features/challenges/index.ts'
import { checkpointRoutes } from '../features/checkpoints/index.ts'
import { concernRoutes } from '../features/concerns/index.ts'
import { contactRoutes } from '../features/contacts-made/index.ts'
import { coverRoutes } from '../features/cover/index.ts'
import { directoryRoutes } from '../features/directory/index.ts'
import { fileRoutes } from '../features/files/index.ts'
import { homeRoutes } from '../features/home/index.ts'
import { identityRoutes } from '../features/identity/index.ts'
import { latenessRoutes } from '../features/lateness/index.ts'
import { lookingRoutes } from '../features/looking/index.ts'
import { mailboxRoutes } from '../features/mailbox/index.ts'
import { noteRoutes } from '../features/notes/index.ts'
import { noticeRoutes } from '../features/notices/index.ts'
import { ourPolicyRoutes } from '../features/our-policy/index.ts'
import { ownConcernRoutes } from '../features/own-concerns/index.ts'
import { patternRoutes } from '../features/patterns/index.ts'
import { peopleRoutes } from '../features/people/index.ts'
import { planRoutes } from '../features/plans/index.ts'
import { policyChangeRoutes } from '../features/policy-changes/index.ts'
import { postRoutes } from '../features/posts/index.ts'
import { readLogRoutes } from '../features/read-log/index.ts'
import { referralRoutes } from '../features/referrals/index.ts'
import { rehearsalRoutes } from '../features/rehearsals/index.ts'
import { runningClockRoutes } from '../features/running-clocks/index.ts'
import { shareRoutes } from '../features/shares/index.ts'
import { taskRoutes } from '../features/tasks/index.ts'
import { todayRoutes } from '../features/today/index.ts'
import { triageRoutes } from '../features/triage/index.ts'
import { trustedAdultRoutes } from '../features/trusted-adults/index.ts'
import { withoutDslRoutes } from '../features/without-dsl/index.ts'
import type { Route } from './http/route.ts'

/** Every page and command for people who are signed in or came by a school's link; each feature adds its own. */
export const routes: readonly Route[] = [
  ...identityRoutes,
  ...concernRoutes,
  ...ourPolicyRoutes,
  ...rehearsalRoutes,
  ...policyChangeRoutes,
  ...peopleRoutes,
  ...coverRoutes,
  ...activityRoutes,
  ...postRoutes,
  ...mailboxRoutes,
  ...fileRoutes,
  ...attendanceRoutes,
  ...shareRoutes,
  ...readLogRoutes,
  ...lookingRoutes,
  ...trustedAdultRoutes,
  ...breakGlassRoutes,
  ...patternRoutes,
  ...latenessRoutes,
  ...planRoutes,
  ...runningClockRoutes,
  ...checkpointRoutes,
  ...triageRoutes,
  ...challengeRoutes,
  ...contactRoutes,
  ...arrangementRoutes,
  ...adviceRoutes,
  ...todayRoutes,
  ...referralRoutes,
  ...taskRoutes,
  ...noteRoutes,
  ...alertRoutes,
  ...noticeRoutes,
  ...homeRoutes,
  ...directoryRoutes,
  ...ownConcernRoutes,
  ...withoutDslRoutes,
]
