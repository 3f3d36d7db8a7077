import { authorise, type Permit, type Worker } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { startOfDay, timeInWords, toLocal } from '../../kernel/london-time.ts'
import { addDays } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { tell } from '../notices/index.ts'
import { roleName } from '../people/index.ts'
import type { CoverFacts, CoverGap, TeamAppointment } from './model.ts'
import { dutyRoles } from './queries.ts'
import { contains, meet, mondayOf } from './rules.ts'
import { gapsOn, holdersOf, isWithin, ofTeam, sourceText, standInsFor, standingIn, watchedDays } from './rules-of-watch.ts'
import { getCoverFacts } from './store.ts'
import { closeGaps, endStandIns, findOpenGaps, insertGap, insertStandIns } from './watch-store.ts'
import { gapSays } from './watch-words.ts'

type WatchWork = Work<Worker>
type WatchPermit = Permit<'cover.watch'>

async function factsToWatch(work: WatchWork): Promise<{ facts: CoverFacts; gaps: CoverGap[] }> {
  const days = watchedDays(work.profile.calendar, work.now)
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) throw new Error('there is always a day to look at')
  const roles = [...new Set([...dutyRoles(work), ...work.profile.cover.gapTold.value])]
  const facts = await getCoverFacts(work, { startsAt: startOfDay(first), endsAt: startOfDay(addDays(last, 1)) }, roles)
  const team = ofTeam(facts, work.school.fileRoles)
  return { facts, gaps: days.flatMap(day => gapsOn(team, work.profile, day)).filter(gap => gap.endsAt > work.now) }
}

/** Puts the people of the policy on duty until the gap ends, and says so to each; gives whoever is on duty then. */
async function standIn(work: WatchWork, permit: WatchPermit, facts: CoverFacts, gap: CoverGap): Promise<TeamAppointment[]> {
  const { standIn: rule } = work.profile.cover
  const chosen = standInsFor(rule, facts, work.now)
  if (chosen.length === 0) return []
  const rows = chosen.map(({ adultId }) => ({ id: newId<string>(), adultId }))
  await insertStandIns(work, permit, gap.endsAt, rows)
  await tell(work, {
    topic: 'cover',
    urgent: true,
    says: `Nobody of the safeguarding team is in school now. You are on duty in its place until ${timeInWords(toLocal(gap.endsAt).time)}: new concerns come to you.`,
    source: `${rule.says} (${sourceText(work.profile, rule.source)})`,
    link: '/cover',
    tells: chosen.map(({ adultId }) => adultId),
  })
  work.note({
    event: 'cover.stood-in',
    subjectKind: 'school',
    subject: work.school.id,
    facts: { adults: chosen.map(({ adultId }) => adultId), until: gap.endsAt },
  })
  return chosen
}

function namesOf(work: WatchWork, people: readonly TeamAppointment[]): string {
  return people.map(person => `${person.name}, ${roleName(work.profile, person.role)}`).join('; ')
}

async function tellGap(work: WatchWork, facts: CoverFacts, gap: CoverGap, onDuty: readonly TeamAppointment[]): Promise<void> {
  const { cover } = work.profile
  const isNow = gap.kind === 'nobody' && contains(gap, work.now)
  const meanwhile =
    onDuty.length > 0 ? ` On duty in its place: ${namesOf(work, onDuty)}.` : ' Nobody could be put on duty in its place.'
  const told: readonly AdultId[] = onDuty.map(({ adultId }) => adultId)
  await tell(work, {
    topic: 'cover',
    urgent: isNow,
    says: `${gapSays(gap, cover)}${isNow ? meanwhile : ''}`,
    source: sourceText(work.profile, cover.gapTold.source),
    link: `/cover?week=${mondayOf(gap.onDay)}`,
    tells: holdersOf(facts, cover.gapTold.value, work.now).filter(adultId => !told.includes(adultId)),
  })
}

async function keepStandIns(
  work: WatchWork,
  permit: WatchPermit,
  facts: CoverFacts,
  running: CoverGap | undefined,
): Promise<TeamAppointment[]> {
  if (running) return standingIn(facts, work.now).length > 0 ? [] : standIn(work, permit, facts, running)
  const ended = await endStandIns(work, permit)
  if (ended.length > 0)
    work.note({ event: 'cover.stood-down', subjectKind: 'school', subject: work.school.id, facts: { adults: [...ended] } })
  return []
}

/** Keeps the gaps that nobody has kept yet; gives those that this look was the first to find. */
async function keepGaps(work: WatchWork, permit: WatchPermit, fresh: readonly CoverGap[]): Promise<CoverGap[]> {
  const mine: CoverGap[] = []
  for (const gap of fresh) {
    const id = newId<string>()
    if (!(await insertGap(work, permit, { ...gap, id }))) continue
    mine.push(gap)
    const facts = { kind: gap.kind, starts: gap.startsAt, ends: gap.endsAt }
    work.note({ event: 'cover.gap-found', subjectKind: 'gap', subject: id, facts })
  }
  return mine
}

/**
 * One look over the rota of today and the next school day. What is found is told once; hours that are covered again are
 * closed, so that the same hours are told anew when they open anew. While nobody is there, the people of the policy stand in.
 */
export async function watchCover(work: WatchWork): Promise<{ found: number; closed: number }> {
  const permit = authorise(work.someone, 'cover.watch', { schoolId: work.school.id })
  const open = await findOpenGaps(work, permit, ['nobody', 'no-deputy'])
  const { facts, gaps } = await factsToWatch(work)
  const fresh = gaps.filter(gap => !open.some(known => known.kind === gap.kind && isWithin(gap, known)))
  const covered = open.filter(known => !gaps.some(gap => gap.kind === known.kind && meet(gap, known)))
  await closeGaps(
    work,
    permit,
    covered.map(gap => gap.id),
  )
  for (const gap of covered)
    work.note({ event: 'cover.gap-closed', subjectKind: 'gap', subject: gap.id, facts: { kind: gap.kind } })
  const mine = await keepGaps(work, permit, fresh)
  const running = gaps.find(gap => gap.kind === 'nobody' && contains(gap, work.now))
  // Another look found the same gap at the same moment: the people are put on duty by that one.
  const isAnothers = running !== undefined && fresh.includes(running) && !mine.includes(running)
  const onDuty = isAnothers ? [] : await keepStandIns(work, permit, facts, running)
  for (const gap of mine) await tellGap(work, facts, gap, gap === running ? onDuty : [])
  return { found: mine.length, closed: covered.length }
}
