/** Which of the policy's signs are there, and why. Pure. */
import { byText } from '../../kernel/ordering.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import type { Sign, SignGroup } from '../../policy/profile.ts'
import type {
  AttendedWeek,
  ChildForSigns,
  ConcernForSigns,
  FoundGroup,
  FoundSign,
  RankedChild,
  SignFacts,
  SignsAsked,
} from './model.ts'

/** Dates as people read them; given from outside, since words are no rule. */
export type SayDate = (date: PlainDate) => string

function firstDay({ withinWeeks }: Sign, today: PlainDate): PlainDate {
  return addDays(today, -7 * withinWeeks)
}

/** How far back, and for which words, the database must look so that every sign can be found. */
export function signsAsked(groups: readonly SignGroup[], today: PlainDate): SignsAsked {
  const signs = groups.flatMap(group => group.signs)
  const since = signs.map(sign => firstDay(sign, today)).toSorted(byText)[0] ?? today
  return { since, words: [...new Set(signs.flatMap(sign => (sign.kind === 'words' ? sign.words : [])))] }
}

function percent({ possible, attended }: AttendedWeek): number {
  return (attended / possible) * 100
}

/** The latest week against the best of those so many weeks before it. Weeks without school say nothing. */
function attendanceFall(
  sign: Extract<Sign, { kind: 'attendance-fall' }>,
  facts: SignFacts,
  since: PlainDate,
  say: SayDate,
): FoundSign[] {
  const weeks = facts.weeks
    .filter(week => week.possible > 0 && week.weekStarts >= since)
    .toSorted((a, b) => byText(a.weekStarts, b.weekStarts))
  const latest = weeks.at(-1)
  const [best] = weeks.slice(-1 - sign.weeks, -1).toSorted((a, b) => percent(b) - percent(a))
  if (!latest || !best) return []
  const fall = percent(best) - percent(latest)
  if (fall < sign.points) return []
  const figures = `from ${Math.round(percent(best))}% to ${Math.round(percent(latest))}%, ${Math.round(fall)} percentage points`
  const between = `between the week of ${say(best.weekStarts)} and that of ${say(latest.weekStarts)}`
  return [{ id: sign.id, name: sign.name, because: `Attendance fell ${figures}, ${between}.`, concerns: [] }]
}

function of(concerns: readonly ConcernForSigns[]): FoundSign['concerns'] {
  return concerns.map(({ id, reference }) => ({ id, reference }))
}

function remarks(sign: Extract<Sign, { kind: 'words' }>, concerns: readonly ConcernForSigns[], say: SayDate): FoundSign[] {
  const found = concerns.filter(concern => concern.words.some(word => sign.words.includes(word)))
  if (found.length === 0) return []
  const says = found.map(concern => {
    const words = concern.words.filter(word => sign.words.includes(word)).map(word => `“${word}”`)
    return `${words.join(', ')} on ${say(concern.on)}`
  })
  return [{ id: sign.id, name: sign.name, because: `Written down: ${says.join('; ')}.`, concerns: of(found) }]
}

function counted(sign: Extract<Sign, { kind: 'concerns' }>, concerns: readonly ConcernForSigns[], say: SayDate): FoundSign[] {
  const found = concerns.filter(
    concern =>
      concern.prompts.some(id => sign.prompts.includes(id)) ||
      concern.categories.some(id => sign.categories.includes(id)) ||
      (sign.marks && concern.marks > 0),
  )
  if (found.length < sign.times) return []
  const days = found.map(concern => say(concern.on))
  const times = found.length === 1 ? 'Once' : found.length === 2 ? 'Twice' : `${found.length} times`
  return [{ id: sign.id, name: sign.name, because: `${times}: ${days.join('; ')}.`, concerns: of(found) }]
}

function signOf(sign: Sign, facts: SignFacts, today: PlainDate, say: SayDate): FoundSign[] {
  const since = firstDay(sign, today)
  const concerns = facts.concerns.filter(concern => concern.on >= since)
  switch (sign.kind) {
    case 'attendance-fall':
      return attendanceFall(sign, facts, since, say)
    case 'words':
      return remarks(sign, concerns, say)
    case 'concerns':
      return counted(sign, concerns, say)
  }
}

/** The signs of one child, group by group; a group without any is left out. */
export function foundGroups(
  groups: readonly SignGroup[],
  facts: SignFacts,
  today: PlainDate,
  say: SayDate,
): readonly FoundGroup[] {
  return groups.flatMap(({ id, title, says, signs }) => {
    const found = signs.flatMap(sign => signOf(sign, facts, today, say))
    return found.length === 0 ? [] : [{ id, title, says, signs: found }]
  })
}

/** The children with as many different signs as the group asks, those with most first; of those alike, by name. */
export function ranked(
  group: SignGroup,
  children: readonly ChildForSigns[],
  today: PlainDate,
  say: SayDate,
): readonly RankedChild[] {
  return children
    .map(({ facts, ...child }) => ({ ...child, signs: foundGroups([group], facts, today, say)[0]?.signs ?? [] }))
    .filter(child => child.signs.length >= group.together)
    .toSorted((a, b) => b.signs.length - a.signs.length || byText(a.name, b.name))
}
