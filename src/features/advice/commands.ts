import type { Actor, Permit } from '../../access/index.ts'
import { toLocal } from '../../kernel/london-time.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { subjectsOf, type TouchedConcern } from '../contacts-made/index.ts'
import type { NewAdvice } from './model.ts'
import { insertAdvice } from './store.ts'

/** Keeps the advice that somebody took about a concern, with what was decided after it. */
export async function recordAdvice(
  work: Work<Actor>,
  permit: Permit<'advice.own'> | Permit<'advice.record'>,
  concern: TouchedConcern,
  advice: NewAdvice,
): Promise<void> {
  const { date, time } = toLocal(advice.at)
  const entries = subjectsOf(concern).map(({ childId, involvement }) => ({
    id: newId<string>(),
    childId,
    heading: 'Advice taken',
    happenedOn: date,
    happenedAtTime: time,
    involvement,
  }))
  const id = await insertAdvice(work, permit, concern, work.someone.adultId, advice, entries)
  work.note({
    event: 'advice.recorded',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { advice: id, contact: advice.contact, at: advice.at, named: advice.named, followed: advice.after?.followed ?? null },
  })
}
