import { createHash } from 'node:crypto'
import { authorise, type Permit, type Worker } from '../../access/index.ts'
import { localDate, toInstant } from '../../kernel/london-time.ts'
import type { Instant, LocalTime } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import type { ClockArea } from '../clocks/index.ts'
import type { OpenClock } from './model.ts'
import { calendarUnits, dueByLeaving, dueUnder, leavingUnits } from './rules.ts'
import { findCalendarDigest, listCalendarClocks, listLeavingClocks, saveCalendarDigest, saveDue } from './store.ts'

/**
 * Computes running clocks again from their basis where what they are counted in has changed: the calendar, by a decision of the school
 * or by a new file; or when a child goes home today. Gives how many moved; running it twice moves nothing the second time.
 */
export async function recomputeDue(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'clock.sweep', { schoolId: work.school.id })
  return (await recomputeCalendar(work, permit)) + (await recomputeLeaving(work, permit))
}

async function recomputeCalendar(work: Work<Worker>, permit: Permit<'clock.sweep'>): Promise<number> {
  const { sources: _sources, ...calendar } = work.profile.calendar
  const digest = createHash('sha256').update(JSON.stringify(calendar)).digest('hex')
  if ((await findCalendarDigest(work, permit)) === digest) return 0
  const clocks = await listCalendarClocks(work, permit, calendarUnits)
  const moved = await moveClocks(work, permit, clocks, clock => dueUnder(work.profile, clock))
  await saveCalendarDigest(work, permit, digest)
  return moved
}

/** Only clocks begun today: whoever went home on another day has gone, whatever their time is now. */
async function recomputeLeaving(work: Work<Worker>, permit: Permit<'clock.sweep'>): Promise<number> {
  const since = toInstant(localDate(work.now), '00:00' as LocalTime)
  const clocks = await listLeavingClocks(work, permit, leavingUnits, since)
  return moveClocks(work, permit, clocks, clock => dueByLeaving(work.profile, clock))
}

async function moveClocks<Clock extends OpenClock & { readonly id: string; readonly area: ClockArea }>(
  work: Work<Worker>,
  permit: Permit<'clock.sweep'>,
  clocks: readonly Clock[],
  dueOf: (clock: Clock) => Instant | null,
): Promise<number> {
  const moved = clocks.flatMap(clock => {
    const due = dueOf(clock)
    return due === clock.dueAt ? [] : [{ id: clock.id, area: clock.area, name: clock.name, was: clock.dueAt, due }]
  })
  await saveDue(work, permit, moved)
  for (const { id, area, name, was, due } of moved) {
    const note = { event: 'clock.recomputed', subjectKind: 'clock', subject: id, facts: { clock: name, was, due } } as const
    // That a case about an adult has a clock stands in the trail of cases alone: the main one would tell that there is a case.
    work.note(area === 'conduct' ? { ...note, chain: 'conduct' } : note)
  }
  return moved.length
}
