import { authorise, type Worker } from '../../access/index.ts'
import { localDate, startOfDay } from '../../kernel/london-time.ts'
import { addDays } from '../../kernel/plain-date.ts'
import { addSchoolDays } from '../../kernel/school-days.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { sourceText } from '../concerns/index.ts'
import { closeGaps, findOpenGaps, insertGap } from '../cover/index.ts'
import { tell } from '../notices/index.ts'
import { findAdultsInRoles } from '../role-holders/index.ts'
import { findActivities } from './queries.ts'
import { activitySays } from './words.ts'

/** One look over the calendar: what begins before the next school day is over and has nobody of the team behind it is told once. */
export async function watchActivities(work: Work<Worker>): Promise<{ found: number }> {
  const permit = authorise(work.someone, 'cover.watch', { schoolId: work.school.id })
  const { calendar, cover } = work.profile
  const before = startOfDay(addDays(addSchoolDays(localDate(work.now), 1, calendar), 1))
  const told = await findOpenGaps(work, permit, ['activity'])
  const all = await findActivities(work, permit, { before })
  const open = all.filter(({ standing }) => !standing.confirmed)
  // One that loses its cover again is told anew.
  const covered = told.filter(gap => !open.some(({ activity }) => activity.id === gap.about))
  await closeGaps(
    work,
    permit,
    covered.map(gap => gap.id),
  )
  let found = 0
  for (const { activity, standing } of open) {
    const onDay = localDate(activity.startsAt)
    const gap = {
      id: newId<string>(),
      kind: 'activity' as const,
      about: activity.id,
      onDay,
      startsAt: activity.startsAt,
      endsAt: activity.endsAt,
    }
    if (!(await insertGap(work, permit, gap))) continue
    found += 1
    await tell(work, {
      topic: 'activity',
      urgent: activity.startsAt <= work.now,
      says: activitySays(activity, standing),
      source: sourceText(work.profile, cover.gapTold.source),
      link: `/activities/${activity.id}`,
      tells: await findAdultsInRoles(work, cover.gapTold.value),
    })
    work.note({ event: 'cover.gap-found', subjectKind: 'activity', subject: activity.id, facts: { kind: 'activity' } })
  }
  return { found }
}
