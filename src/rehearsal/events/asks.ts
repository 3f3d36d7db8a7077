/** What the policy asks of whoever acts, at each event. Pure but for looking things up in the profile. */
import { mustSayWhetherTold } from '../../features/concerns/index.ts'
import { isAsked, questionsAt } from '../../features/questions/index.ts'
import { isReferring, urgentQuestions } from '../../features/triage/index.ts'
import { type Choice, rulesFor } from '../../policy/clocks.ts'
import { type PathwayFacts, pathwaysFor } from '../../policy/pathways.ts'
import type { Profile, Question } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Ask } from '../model.ts'
import type { Stage } from '../stage.ts'

type Required = Profile['concern']['required'][number]['value']

const requiredAsks: Readonly<Record<Required, { readonly code: string; readonly says: string }>> = {
  'reporter-category': { code: 'reporter-category', says: 'Which kind of worry is it?' },
  prompt: { code: 'prompt', says: 'What made you worried?' },
  'told-by-voice': { code: 'told-by-voice', says: 'Have you told somebody by voice, whom and when?' },
  'child-words': { code: 'child-words', says: 'What did the child say, in the child’s own words?' },
  'facts-or-words': { code: 'facts-or-words', says: 'What was seen, or what did the child say?' },
  'body-map-when-injured': { code: 'body-map', says: 'Where is the injury? Show it on the body map.' },
  location: { code: 'location', says: 'Where did it happen?' },
  'why-it-worries': { code: 'why-it-worries', says: 'Why does it worry you?' },
  'action-taken': { code: 'action-taken', says: 'What has been done?' },
}

interface About {
  readonly urgent: boolean
  readonly prompts: readonly string[]
}

function isDemanded(profile: Profile, value: Required, about: About): boolean {
  if (value === 'body-map-when-injured') return about.prompts.includes('injury')
  if (value === 'told-by-voice') return mustSayWhetherTold(profile, about)
  return true
}

function asksOfQuestions(stage: Stage, questions: readonly Question[]): readonly Ask[] {
  return questions.map(({ id, asks, source }) => ({ code: id, says: asks, source: stage.cite(source) }))
}

/** What the policy has done for this kind of worry, step by step; `recorder` is whoever recorded it, in person. */
function asksOfPathways(
  stage: Stage,
  facts: PathwayFacts,
  by: 'recorder' | 'team',
  roles: readonly RoleId[] = [],
): readonly Ask[] {
  return pathwaysFor(stage.profile, facts).flatMap(({ id, steps }) =>
    steps
      .filter(step => step.by === by && (step.roles.length === 0 || step.roles.some(role => roles.includes(role))))
      .map(step => ({ code: `${id}.${step.id}`, says: step.asks ?? `${step.does}.`, source: stage.cite(step.source) })),
  )
}

/** Of a concern about a child: what a record must hold, and the questions that what prompted it opens. */
export function asksAtRecording(stage: Stage, about: About, roles: readonly RoleId[]): readonly Ask[] {
  const { profile } = stage
  const required = profile.concern.required
    .filter(({ value }) => isDemanded(profile, value, about))
    .map(({ value, source }) => ({ ...requiredAsks[value], source: stage.cite(source) }))
  const questions = questionsAt(profile, 'recording').filter(question =>
    isAsked(question, { categories: [], prompts: about.prompts }),
  )
  return [
    ...required,
    ...asksOfQuestions(stage, questions),
    ...asksOfPathways(stage, { prompts: about.prompts }, 'recorder', roles),
  ]
}

const everywhere = (section: string) => ({ document: 'design', section, title: 'The design of the product' })

interface Judged {
  readonly prompts: readonly string[]
  readonly categories: readonly string[]
}

/** At triage: the urgent questions first, then the level of need, the parents, and the school's own questions. */
export function asksAtTriage(stage: Stage, about: Judged & PathwayFacts & { readonly isForAdultsOnly: boolean }): readonly Ask[] {
  const { profile } = stage
  const [parents] = about.isForAdultsOnly ? [] : rulesFor(profile, 'parent-informed', about)
  const { levels } = profile
  return [
    ...urgentQuestions.map(({ field, asks }) => ({ code: field, says: asks, source: everywhere('triage') })),
    { code: 'level', says: `Which level of need is it in ${levels.name}?`, source: stage.cite(levels.source) },
    ...(parents ? [{ code: 'parents', says: parents.says, source: stage.cite(parents.duration.source) }] : []),
    ...asksOfQuestions(
      stage,
      questionsAt(profile, 'triage').filter(question => isAsked(question, about)),
    ),
    ...asksOfPathways(stage, about, 'team'),
  ]
}

/** At a decision: the reasons, those for not referring, and the school's own questions. */
export function asksAtDecision(stage: Stage, choice: Choice, about: Judged): readonly Ask[] {
  const { profile } = stage
  const notReferred = profile.notReferred
  const source = notReferred ? stage.cite(notReferred.source) : everywhere('decision')
  return [
    { code: 'rationale', says: 'Why is it decided so?', source: everywhere('decision') },
    ...(isReferring(choice) ? [] : [{ code: 'not-referring', says: 'Why is it not referred to social care?', source }]),
    ...(choice === 'no-further-action'
      ? []
      : [
          { code: 'next-look', says: 'On which day does somebody look at it again?', source: everywhere('nothing is forgotten') },
        ]),
    ...asksOfQuestions(
      stage,
      questionsAt(profile, 'decision').filter(question => isAsked(question, about)),
    ),
  ]
}

type BeforeConcluding = Profile['conduct']['beforeConcluding'][number]['value']

const concludingAsks: Readonly<Record<BeforeConcluding, string>> = {
  context: 'In which context did it happen?',
  action: 'What was done?',
  rationale: 'Why was it decided so?',
  lessons: 'What is to be learned from it?',
  'human-resources': 'When were human resources consulted, and what did they advise?',
}

/** Before a case about an adult ends: what the policy has written or done. */
export function asksAtConclusion(stage: Stage): readonly Ask[] {
  return stage.profile.conduct.beforeConcluding.map(({ value, source }) => ({
    code: value,
    says: concludingAsks[value],
    source: stage.cite(source),
  }))
}
