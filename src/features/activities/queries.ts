import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import { type CoverFacts, findCoverFacts } from '../cover/index.ts'
import type { Activity, ActivityStanding } from './model.ts'
import { standingOf } from './rules.ts'
import { listActivities } from './store.ts'

export interface ActivityWithCover {
  readonly activity: Activity
  readonly standing: ActivityStanding
  readonly facts: CoverFacts
}

/** An entry with whatever bears on its cover. */
export async function coverOfActivity(work: Work, activity: Activity): Promise<ActivityWithCover> {
  const facts = await findCoverFacts(work, activity)
  return { activity, facts, standing: standingOf(activity, facts, work.school.fileRoles) }
}

/** Entries to come with their cover: all of them, or those that one person leads, or those that begin before a moment. */
export async function findActivities(
  work: Work,
  permit: Permit<'activity.list'> | Permit<'cover.watch'>,
  sought: { readonly before?: Instant; readonly leaderId?: AdultId },
): Promise<readonly Omit<ActivityWithCover, 'facts'>[]> {
  const activities = await listActivities(work, permit, sought)
  const first = activities[0]
  if (!first) return []
  const starts = activities.map(activity => epochInMs(activity.startsAt))
  const ends = activities.map(activity => epochInMs(activity.endsAt))
  const facts = await findCoverFacts(work, { startsAt: instantOf(Math.min(...starts)), endsAt: instantOf(Math.max(...ends)) })
  return activities.map(activity => ({ activity, standing: standingOf(activity, facts, work.school.fileRoles) }))
}
