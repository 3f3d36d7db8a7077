import { authorise, type Worker } from '../../access/index.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { Work } from '../../work/work.ts'
import { findPupil, isClockRunning, runPupilClocks, tellOfPupil } from '../pupil-duties/index.ts'
import { schoolDaysFrom } from './rules.ts'
import { listRunningAbsences } from './store.ts'

/** Counts absences on: on the school day on which one becomes as long as the policy says, its notice is owed and told. */
export async function watchAbsences(work: Work<Worker>): Promise<number> {
  if (!work.profile.clocks.some(({ clock, when }) => clock === 'absence-notice' && when?.absentDays !== undefined)) return 0
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const today = localDate(work.now)
  let owed = 0
  for (const { id, childId, since, authorised } of await listRunningAbsences(work, permit)) {
    const pupil = await findPupil(work, childId)
    if (!pupil || (await isClockRunning(work, childId, 'absence-notice'))) continue
    const facts = { authorised, absentDays: schoolDaysFrom(since, today, work.profile.calendar) }
    const subject = { kind: 'absence', id, childId }
    const started = await runPupilClocks(work, subject, pupil, [{ name: 'absence-notice', facts }])
    if (started.length === 0) continue
    await tellOfPupil(work, permit, { on: 'absence', subject, pupil, facts })
    owed += 1
  }
  return owed
}
