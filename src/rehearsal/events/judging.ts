import { z } from 'zod'
import { type Actor, authorise } from '../../access/index.ts'
import { answerStep, stepsBeforeTriage } from '../../features/pathways/index.ts'
import {
  acknowledge,
  type ConcernFacts,
  choiceNames,
  decide,
  frameworksFor,
  isDangerous,
  isForAdultsOnly,
  isReferring,
  isUnjudged,
  judgeAndDecide,
  type NewDecision,
  type NewTriage,
  recordParents,
  refusalInWords,
  revisionOf,
  type StepRefusal,
  subjectOf,
  subjectsOf,
  triageConcern,
} from '../../features/triage/index.ts'
import { localDate } from '../../kernel/london-time.ts'
import { addDays } from '../../kernel/plain-date.ts'
import type { Result } from '../../kernel/result.ts'
import type { Choice } from '../../policy/clocks.ts'
import type { Profile } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { accepted, type EventKinds, type EventOf, eventKind, type KeyFault, notAccepted } from '../event-kind.ts'
import { person, ref, text, yesNo } from '../keys.ts'
import type { Answer, Ask } from '../model.ts'
import type { Stage } from '../stage.ts'
import { asksAtDecision, asksAtTriage } from './asks.ts'
import { categoryDoubts } from './categories.ts'
import { type OpenedConcern, onConcern } from './concern-ref.ts'
import { demandedAnswers, rehearsed } from './words.ts'

function answerOf(result: Result<unknown, StepRefusal>, concern: ConcernFacts, asks: readonly Ask[]): Answer {
  if (result.ok) return accepted(asks)
  const { says } = refusalInWords(result.refusal, concern)
  return notAccepted({ code: result.refusal.code, says, source: { document: 'design', section: 'triage' } }, asks)
}

interface LevelFound {
  readonly framework: string
  readonly levelId: string
  readonly position: number
}

/** The level by its id or its position, in the home authority's framework first. */
function findLevel(profile: Profile, concern: ConcernFacts, asked: string | number): LevelFound | undefined {
  for (const { authority, levels } of frameworksFor(profile, concern)) {
    const found =
      levels.find(({ id }) => id === String(asked)) ?? levels.find(({ position }) => String(position) === String(asked))
    if (found) return { framework: authority, levelId: found.id, position: found.position }
  }
  return undefined
}

const urgent = (answer: boolean | undefined) => (answer === undefined ? 'not-known' : answer ? 'yes' : 'no')

const triageKeys = {
  ref,
  by: person,
  level: z.union([z.number().int(), z.string().min(1)]),
  immediate_risk: yesNo.optional(),
  safe_to_go_home: yesNo.optional(),
  categories: z.array(z.string().min(1)).optional(),
} as const

function triageOf(event: EventOf<typeof triageKeys>, level: LevelFound): NewTriage {
  const answers = {
    immediateRisk: urgent(event.immediate_risk),
    safeToGoHome: urgent(event.safe_to_go_home),
    medical: 'not-known',
    police: 'not-known',
  } as const
  const categories = event.categories ?? []
  return {
    ...answers,
    urgentSays: isDangerous(answers) ? rehearsed : '',
    categories,
    mainCategory: categories[0] ?? null,
    framework: level.framework,
    levelId: level.levelId,
    rationale: rehearsed,
  }
}

function triageDoubts(
  { categories = [] }: { readonly categories?: readonly string[] | undefined },
  profile: Profile,
): readonly KeyFault[] {
  return categoryDoubts('categories', categories, profile)
}

function unknownCategory(profile: Profile, categories: readonly string[]): Answer | undefined {
  const known = profile.concern.triageCategories.map(({ id }) => id)
  const unknown = categories.find(id => !known.includes(id))
  if (unknown === undefined) return undefined
  return notAccepted({
    code: 'category-not-known',
    says: `"${unknown}" is none of the categories of triage here: ${known.join(', ')}.`,
    source: { document: 'profile', section: 'triage_categories' },
  })
}

/** What the policy has done before triage is complete is done, as whoever triages would, and stands among what was asked. */
async function conferFirst(
  stage: Stage,
  work: Work<Actor>,
  concern: ConcernFacts,
): Promise<{ readonly settled: ConcernFacts; readonly asks: readonly Ask[] }> {
  const before = stepsBeforeTriage(stage.profile, concern.steps)
  if (before.length === 0) return { settled: concern, asks: [] }
  const permit = authorise(work.someone, 'pathway.answer', subjectOf(work, concern))
  const said = { at: work.now, withWhom: rehearsed, reference: rehearsed, says: rehearsed, adultId: null, holds: false }
  for (const step of before) await answerStep(work, permit, concern, step, { ...said, kind: 'done' })
  const steps = concern.steps.filter(step => !before.includes(step))
  return {
    settled: { ...concern, steps },
    asks: before.map(({ pathway, step, does, source }) => ({
      code: `${pathway}.${step}`,
      says: does,
      source: stage.citeText(source),
    })),
  }
}

interface Judged {
  readonly triage: NewTriage
  /** What the policy has done before it is done: the concern without it. */
  readonly settled: ConcernFacts
  readonly asks: readonly Ask[]
}

/** The triage of an event with what it asks, or why it cannot be read. */
async function judgedBy(
  stage: Stage,
  work: Work<Actor>,
  concern: ConcernFacts,
  event: EventOf<typeof triageKeys>,
): Promise<Judged | Answer> {
  const { profile } = work
  const level = findLevel(profile, concern, event.level)
  if (!level) {
    const known = frameworksFor(profile, concern).map(({ name, levels }) => `${name}: ${levels.map(({ id }) => id).join(', ')}`)
    const says = `No level of need here is ${event.level}. ${known.join('; ')}.`
    return notAccepted({ code: 'level-not-known', says, source: stage.cite(profile.levels.source) })
  }
  const wrong = unknownCategory(profile, event.categories ?? [])
  if (wrong) return wrong
  const about = { categories: event.categories ?? [], prompts: concern.prompts, isForAdultsOnly: isForAdultsOnly(concern) }
  const answers = demandedAnswers(profile, 'triage', about, localDate(work.now))
  const { settled, asks: before } = await conferFirst(stage, work, concern)
  const triage = { ...triageOf(event, level), answers }
  const asks = [...asksAtTriage(stage, { ...about, danger: isDangerous(triage), level: level.position }), ...before]
  return { triage, settled, asks }
}

function triage(stage: Stage, event: EventOf<typeof triageKeys>): Promise<Answer> {
  return onConcern(stage, 'concern.triaged', event, 'concern.triage', async ({ work, permit, concern }) => {
    const judged = await judgedBy(stage, work, concern, event)
    if (!('triage' in judged)) return judged
    return answerOf(await triageConcern(work, permit, judged.settled, judged.triage, revisionOf(concern)), concern, judged.asks)
  })
}

const decisionKeys = {
  ref,
  by: person,
  choice: z.enum(Object.keys(choiceNames) as [Choice, ...Choice[]]),
  rationale: text.optional(),
  /** Where nobody has judged it yet: danger and level come with the decision. */
  level: triageKeys.level.optional(),
  immediate_risk: yesNo.optional(),
  safe_to_go_home: yesNo.optional(),
  categories: triageKeys.categories,
} as const

const looksAgainInDays = 7

function decisionOf(event: EventOf<typeof decisionKeys>, work: Work, about: Parameters<typeof demandedAnswers>[2]): NewDecision {
  const { choice, rationale = rehearsed } = event
  const today = localDate(work.now)
  return {
    choice,
    rationale,
    answers: demandedAnswers(work.profile, 'decision', about, today),
    notReferringBecause: isReferring(choice) ? '' : rationale,
    adviceFrom: '',
    nextLookOn: choice === 'no-further-action' ? null : addDays(today, looksAgainInDays),
  }
}

/** Nobody has judged it: with the level of need it is judged and decided in one, without it triage comes first. */
async function decideAtOnce(
  stage: Stage,
  { work, permit, concern }: OpenedConcern<'concern.decide'>,
  event: EventOf<typeof decisionKeys>,
): Promise<Answer> {
  const { level, choice } = event
  if (level === undefined)
    return notAccepted({
      code: 'not-in-this-state',
      says: 'Nobody has judged it yet. Triage comes first or, in an emergency, with the decision: give its `level` and whether a child is in danger.',
      source: { document: 'design', section: 'triage' },
    })
  const judged = await judgedBy(stage, work, concern, { ...event, level })
  if (!('triage' in judged)) return judged
  const about = { categories: event.categories ?? [], prompts: concern.prompts }
  const both = { triage: judged.triage, decision: decisionOf(event, work, about) }
  const done = await judgeAndDecide(work, permit, judged.settled, both, revisionOf(concern))
  return answerOf(done, concern, [...judged.asks, ...asksAtDecision(stage, choice, about)])
}

function decision(stage: Stage, event: EventOf<typeof decisionKeys>): Promise<Answer> {
  return onConcern(stage, 'decision.made', event, 'concern.decide', async opened => {
    const { work, permit, concern } = opened
    if (isUnjudged(concern)) return decideAtOnce(stage, opened, event)
    const about = { categories: concern.triage?.categories ?? [], prompts: concern.prompts }
    const result = await decide(work, permit, concern, decisionOf(event, work, about), revisionOf(concern))
    return answerOf(result, concern, asksAtDecision(stage, event.choice, about))
  })
}

const parentKeys = { ref, by: person, reason: text.optional() } as const

/** What is said to parents is written for each child whom it is about; not telling them is kept only with its reason. */
function parents(stage: Stage, name: string, event: EventOf<typeof parentKeys>, outcome: 'told' | 'not-told'): Promise<Answer> {
  return onConcern(stage, name, event, 'parents.record', async ({ work, permit, concern }) => {
    const rule = work.profile.clocks.find(({ clock }) => clock === 'parent-informed')
    const source = rule ? stage.cite(rule.duration.source) : {}
    const asks: Ask[] = outcome === 'told' ? [] : [{ code: 'reason', says: 'Why are the parents not told?', source }]
    if (outcome === 'not-told' && !event.reason?.trim())
      return notAccepted({ code: 'reason-missing', says: 'Not telling the parents is kept only with its reason.', source }, asks)
    let facts = concern
    for (const { childId } of subjectsOf(concern)) {
      const contact = { childId, outcome, who: '', says: event.reason ?? rehearsed }
      const result = await recordParents(work, permit, facts, contact)
      if (!result.ok) return answerOf(result, concern, asks)
      facts = { ...facts, parentsAnswered: [...facts.parentsAnswered, childId] }
    }
    return accepted(asks)
  })
}

const ackKeys = { ref, by: person } as const

export const judgingEvents: EventKinds = {
  'concern.acknowledged': eventKind({
    keys: ackKeys,
    run: (stage, event) =>
      onConcern(stage, 'concern.acknowledged', event, 'concern.acknowledge', async ({ work, permit, concern }) =>
        answerOf(await acknowledge(work, permit, concern), concern, []),
      ),
  }),
  'concern.triaged': eventKind({
    keys: triageKeys,
    doubts: triageDoubts,
    run: triage,
  }),
  'decision.made': eventKind({ keys: decisionKeys, doubts: triageDoubts, run: decision }),
  'parents.informed': eventKind({
    keys: parentKeys,
    run: (stage, event) => parents(stage, 'parents.informed', event, 'told'),
  }),
  'parents.not-informed': eventKind({
    keys: parentKeys,
    run: (stage, event) => parents(stage, 'parents.not-informed', event, 'not-told'),
  }),
}
