import { createHash } from 'node:crypto'
import { authorise, type Worker } from '../../access/index.ts'
import type { Work } from '../../work/work.ts'
import { calendarUnits, dueUnder } from './rules.ts'
import { findCalendarDigest, listCalendarClocks, saveDueAgain } from './store.ts'

/**
 * Computes running clocks again from their basis where the calendar that they are counted in has changed, by a decision of the school or
 * by a new file. Gives how many moved; running it twice moves nothing the second time.
 */
export async function recomputeDue(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'clock.sweep', { schoolId: work.school.id })
  const { sources: _sources, ...calendar } = work.profile.calendar
  const digest = createHash('sha256').update(JSON.stringify(calendar)).digest('hex')
  if ((await findCalendarDigest(work, permit)) === digest) return 0
  const moved = (await listCalendarClocks(work, permit, calendarUnits)).flatMap(clock => {
    const due = dueUnder(work.profile, clock)
    return due === clock.dueAt ? [] : [{ id: clock.id, area: clock.area, name: clock.name, was: clock.dueAt, due }]
  })
  await saveDueAgain(work, permit, moved, digest)
  for (const { id, area, name, was, due } of moved) {
    const note = { event: 'clock.recomputed', subjectKind: 'clock', subject: id, facts: { clock: name, was, due } } as const
    // That a case about an adult has a clock stands in the trail of cases alone: the main one would tell that there is a case.
    work.note(area === 'conduct' ? { ...note, chain: 'conduct' } : note)
  }
  return moved.length
}
