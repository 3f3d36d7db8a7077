import { watchActivities } from '../features/activities/index.ts'
import { watchCover } from '../features/cover/index.ts'
import { closeLeavers } from '../features/identity/index.ts'
import { watchMailbox } from '../features/mailbox/index.ts'
import { watchLead, watchVacantPosts } from '../features/people/index.ts'
import { hourlyLooks, looks } from '../worker.ts'
import type { Stage } from './stage.ts'
import { quietenTheRest } from './standing-duties.ts'

/** These watch the school's rota, its mailbox, its posts and its accounts, of which a rehearsal gives none: they would tell of that alone. */
const ofTheSchoolItself: readonly unknown[] = [
  watchActivities,
  watchCover,
  watchLead,
  watchVacantPosts,
  watchMailbox,
  closeLeavers,
]

/** One look round as the running product takes it every minute. */
export async function lookRound(stage: Stage): Promise<void> {
  // What has come up since is told of by the looks below, or kept quiet.
  if (stage.duties) for (const look of hourlyLooks) await stage.inBackground(look)
  await quietenTheRest(stage)
  for (const look of looks) if (!ofTheSchoolItself.includes(look)) await stage.inBackground(look)
}
