/** Which looking is asked about: numbers of the product, not of any school's policy. A question and never a verdict. Pure. */
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import { localDate, toLocal } from '../../kernel/london-time.ts'
import { addDays, epochInMs, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import type { Did, LookingFacts, Question, QuestionKind } from './model.ts'

/** Many children in a short while: so many, and so many times what that person opens on a usual day. */
export const manyChildren = 12
export const shortWhileMinutes = 60
export const timesTheHabit = 3
/** One child again and again, with nothing written there. */
export const againTimes = 8
/** One child found by search again and again, with nothing recorded. */
export const searchTimes = 6
/** Refused again and again on one day. */
export const refusedTimes = 5
/** At night, by the clock of the school. */
export const nightFrom = '22:00'
export const nightUntil = '05:00'
export const nightTimes = 3
/** So long after a child has left, the file may still be on its way. */
export const onItsWayDays = 28

interface Seen {
  readonly adultId: AdultId
  readonly childId: ChildId | null
  readonly looks: readonly Did[]
}

function ask(kind: QuestionKind, { adultId, childId, looks }: Seen, tied: readonly AdultId[], usual: number | null): Question[] {
  const first = looks[0]
  const last = looks.at(-1)
  if (!first || !last) return []
  const excluded = [...new Set([adultId, ...tied, ...looks.flatMap(({ outside }) => outside)])]
  return [{ kind, adultId, childId, times: looks.length, usual, firstAt: first.at, lastAt: last.at, excluded }]
}

function isNight(at: Instant): boolean {
  const { time } = toLocal(at)
  return time >= nightFrom || time < nightUntil
}

/** The most children whom somebody looked at within a short while: the first look at each. */
function mostAtOnce(looks: readonly Did[]): readonly Did[] {
  let most: readonly Did[] = []
  for (const [n, first] of looks.entries()) {
    const until = epochInMs(first.at) + shortWhileMinutes * 60_000
    const firstOfEach = new Map<ChildId, Did>()
    for (const look of looks.slice(n)) {
      if (epochInMs(look.at) >= until) break
      if (!firstOfEach.has(look.childId)) firstOfEach.set(look.childId, look)
    }
    if (firstOfEach.size > most.length) most = [...firstOfEach.values()]
  }
  return most
}

function manyAtOnce(adultId: AdultId, looks: readonly Did[], usual: number): Question[] {
  const most = mostAtOnce(looks)
  if (most.length < manyChildren || most.length < timesTheHabit * usual) return []
  // It names no child, so nobody is outside it but whoever looked.
  return ask('many-children', { adultId, childId: null, looks: most.map(look => ({ ...look, outside: [] })) }, [], usual)
}

function aboutOneChild(
  day: PlainDate,
  mine: readonly Did[],
  { adultId, childId }: { readonly adultId: AdultId; readonly childId: ChildId },
  child: LookingFacts['children'][number] | undefined,
): Question[] {
  const tied = child?.tied ?? []
  const isOn = ({ at }: Did) => localDate(at) === day
  const looks = mine.filter(({ did }) => did === 'looked')
  const today = looks.filter(isOn)
  const searches = mine.filter(({ did }) => did === 'searched')
  const hasWritten = mine.some(({ did }) => did === 'wrote')
  const atNight = today.filter(({ at }) => isNight(at))
  const asks = (kind: QuestionKind, isAsked: boolean, some: readonly Did[]) =>
    isAsked ? ask(kind, { adultId, childId, looks: some }, tied, null) : []
  const isLongGone = child?.leftOn ? addDays(child.leftOn, onItsWayDays) < day : false
  return [
    ...asks('again', !hasWritten && today.length > 0 && looks.length >= againTimes, looks),
    ...asks('colleagues-child', !hasWritten && tied.some(other => other !== adultId), today),
    ...asks('night', atNight.length >= nightTimes, atNight),
    ...asks('after-leaving', !hasWritten && isLongGone, today),
    ...asks('search', !hasWritten && searches.some(isOn) && searches.length >= searchTimes, searches),
  ]
}

/** What is to be asked about a day. `did` reaches back some days before it, in the order of time. */
export function questionsOf(day: PlainDate, facts: LookingFacts): readonly Question[] {
  const children = new Map(facts.children.map(child => [child.childId, child]))
  const usual = new Map(facts.habits.map(({ adultId, childrenADay }) => [adultId, childrenADay]))
  const looking = [...Map.groupBy(facts.did, ({ adultId }) => adultId)].flatMap(([adultId, mine]) => [
    ...manyAtOnce(
      adultId,
      mine.filter(({ did, at }) => did === 'looked' && localDate(at) === day),
      usual.get(adultId) ?? 0,
    ),
    ...[...Map.groupBy(mine, ({ childId }) => childId)].flatMap(([childId, some]) =>
      aboutOneChild(day, some, { adultId, childId }, children.get(childId)),
    ),
  ])
  const refused = facts.refused
    .filter(({ times }) => times >= refusedTimes)
    .map(one => ({ ...one, kind: 'refused' as const, childId: null, usual: null, excluded: [one.adultId] }))
  return [...looking, ...refused]
}

/** Who is asked to look into it: the head, where it is the DSL's own looking; otherwise the safeguarding team. */
export function audienceFor(adultId: AdultId, leads: readonly AdultId[]): 'team' | 'head' {
  return leads.includes(adultId) ? 'head' : 'team'
}
