import { type Actor, authorise } from '../../access/index.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Work } from '../../work/work.ts'
import type { TrustedAdult, TrustRefusal, TrustReport } from './model.ts'
import { shareOf } from './rules.ts'
import { countTrusted, getPeople, listTies, listToAsk, saveTrusted } from './store.ts'

/** Keeps whom pupils named: all of it, or nothing where one is no pupil, or the adult works here no longer. */
export async function recordTrustedAdults(
  work: Work<Actor>,
  named: readonly TrustedAdult[],
): Promise<Result<number, TrustRefusal>> {
  const pupils = await listTies(
    work,
    named.map(({ childId }) => childId),
  )
  const excluded = pupils.flatMap(({ tied }) => tied)
  const permit = authorise(work.someone, 'trusted-adult.keep', { schoolId: work.school.id, excluded })
  if (named.some(({ childId }) => !pupils.some(({ id }) => id === childId))) return refused('no-such-child')
  const { adults } = await getPeople(work, permit)
  if (named.some(one => !adults.some(({ adultId }) => adultId === one.adultId))) return refused('no-such-adult')
  await saveTrusted(work, permit, named)
  for (const { childId, adultId } of named)
    work.note({ event: 'trusted-adult.recorded', subjectKind: 'child', subject: childId, facts: { adult: adultId } })
  return ok(named.length)
}

/** How many of those on roll can name somebody, and whom somebody has yet to ask. */
export async function getTrustReport(work: Work<Actor>): Promise<TrustReport> {
  const permit = authorise(work.someone, 'trusted-adult.keep', { schoolId: work.school.id })
  const { pupils, named } = await countTrusted(work, permit)
  return { pupils, named, share: shareOf(named, pupils), toAsk: await listToAsk(work, permit) }
}
