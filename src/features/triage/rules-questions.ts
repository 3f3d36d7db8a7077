/** Which of the policy's questions are asked, and what answers bring about. Pure. */
import type { Profile, Question } from '../../policy/profile.ts'
import type { Answer } from './model.ts'

/** What a question's condition is held against. */
export interface AskedAbout {
  readonly categories: readonly string[]
  readonly prompts: readonly string[]
}

export function questionsAt(profile: Profile, at: Question['at']): readonly Question[] {
  return profile.questions.filter(question => question.at === at)
}

/** Whether a question is asked where these were chosen. */
export function isAsked({ when }: Question, about: AskedAbout): boolean {
  if (!when) return true
  return when.categories.some(id => about.categories.includes(id)) || when.prompts.some(id => about.prompts.includes(id))
}

/** The categories of a triage with those that the chosen options add, where the school has them. */
export function withAdded(profile: Profile, categories: readonly string[], answers: readonly Answer[]): readonly string[] {
  const added = profile.questions.flatMap(question =>
    question.options
      .filter(option => answers.some(answer => answer.question === question.id && answer.option === option.id))
      .flatMap(option => option.adds ?? []),
  )
  const known = profile.concern.triageCategories.map(option => option.id)
  return [...new Set([...categories, ...added.filter(id => known.includes(id))])]
}

/** Questions in the order of the page, those of one condition together. */
export interface QuestionGroup {
  /** The categories that open the group; empty where it is asked whatever was chosen. */
  readonly categories: readonly string[]
  readonly questions: readonly Question[]
}

/** Questions that stand on the triage page before a category is chosen, grouped by what opens them. */
export function groupsOf(questions: readonly Question[], prompts: readonly string[]): readonly QuestionGroup[] {
  const groups = new Map<string, { categories: readonly string[]; questions: Question[] }>()
  for (const question of questions) {
    const isCertain = isAsked(question, { categories: [], prompts })
    const categories = isCertain ? [] : (question.when?.categories ?? [])
    if (!isCertain && categories.length === 0) continue
    const key = categories.toSorted().join(' ')
    const group = groups.get(key) ?? { categories, questions: [] }
    group.questions.push(question)
    groups.set(key, group)
  }
  return [...groups.values()]
}
