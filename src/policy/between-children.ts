/** What a policy says of harm between children: what the behaviour log passes on, words to look at, internal decisions, parents. Pure. */
import { localDate } from '../kernel/london-time.ts'
import type { Instant, PlainDate } from '../kernel/plain-date.ts'
import { dueAt } from './clock-time.ts'
import type { Choice } from './clocks.ts'
import type { Cited, Duration, Profile } from './profile.ts'

/** Decisions that keep a worry within the school. */
export const internalChoices = ['monitor', 'pastoral', 'early-help'] as const satisfies readonly Choice[]

/** A decision that keeps a worry within the school is looked at again within this time. */
export interface InternalReview extends Cited {
  readonly categories: readonly string[]
  readonly choices: readonly Choice[]
  readonly within: Duration
  readonly says: string
}

/** What is owed where parents are not told. */
export interface WithheldRule extends Cited {
  readonly prompts: readonly string[]
  readonly categories: readonly string[]
  /** Somebody else of the team agrees to it. */
  readonly second: boolean
  /** Once it is referred, social care has been asked, and whom is kept. */
  readonly advice: boolean
  readonly says: string
}

/** What was recorded first, or what was added to it later. */
export const wordedPlaces = ['account', 'additions'] as const
export type WordedPlace = (typeof wordedPlaces)[number]

/** Words that the team should look at where they stand. They block nothing. */
export interface WordingRule extends Cited {
  readonly id: string
  readonly name: string
  readonly words: readonly string[]
  readonly places: readonly WordedPlace[]
}

/** What of the behaviour log is a worry about a child, and comes to the safeguarding team. */
export interface BehaviourRules extends Cited {
  /** What an incident may be tagged with; one with a prompt is a worry. */
  readonly tags: readonly { readonly id: string; readonly name: string; readonly hint?: string; readonly prompt?: string }[]
  /** One of these in the words makes it a worry whatever it was tagged with. */
  readonly words: readonly string[]
  /** What it is then said to be prompted by. */
  readonly prompt: string
  readonly says: string
}

const escaped = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Which of the words stand in the text, whole, in whatever case. */
export function wordsFound(text: string, words: readonly string[]): readonly string[] {
  return words.filter(word => new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(word)}(?![\p{L}\p{N}])`, 'iu').test(text))
}

/** The rules whose words stand in a text of this place, each with the words found. */
export function wordingIn(
  { wording }: Pick<Profile, 'wording'>,
  place: WordedPlace,
  text: string,
): readonly { readonly rule: WordingRule; readonly found: readonly string[] }[] {
  return wording.flatMap(rule => {
    const found = rule.places.includes(place) ? wordsFound(text, rule.words) : []
    return found.length > 0 ? [{ rule, found }] : []
  })
}

/** What makes an entry of the behaviour log a worry about a child; empty where nothing does. */
export function promptsOfBehaviour(
  rules: BehaviourRules | undefined,
  entry: { readonly tags: readonly string[]; readonly says: string },
): readonly string[] {
  if (!rules) return []
  const tagged = rules.tags.flatMap(tag => (tag.prompt !== undefined && entry.tags.includes(tag.id) ? [tag.prompt] : []))
  const worded = wordsFound(entry.says, rules.words).length > 0 ? [rules.prompt] : []
  return [...new Set([...tagged, ...worded])]
}

/** The last day on which somebody looks again at what is kept within the school; undefined where the policy sets none. */
export function latestReview(
  profile: Pick<Profile, 'internalReviews' | 'calendar'>,
  categories: readonly string[],
  choice: Choice,
  now: Instant,
): { readonly on: PlainDate; readonly rule: InternalReview } | undefined {
  const days = profile.internalReviews.flatMap(rule => {
    const holds = rule.choices.includes(choice) && rule.categories.some(category => categories.includes(category))
    const due = holds ? dueAt(rule.within, now, profile.calendar) : null
    return due === null ? [] : [{ on: localDate(due), rule }]
  })
  return days.toSorted((a, b) => (a.on < b.on ? -1 : 1))[0]
}

/** What is owed where the parents of a child in this concern are not told; undefined where the policy asks no more than a reason. */
export function withheldRuleFor(
  { parentsWithheld: rule }: Pick<Profile, 'parentsWithheld'>,
  about: { readonly prompts: readonly string[]; readonly categories: readonly string[] },
): WithheldRule | undefined {
  if (!rule) return undefined
  const holds =
    rule.prompts.some(prompt => about.prompts.includes(prompt)) ||
    rule.categories.some(category => about.categories.includes(category))
  return holds ? rule : undefined
}
