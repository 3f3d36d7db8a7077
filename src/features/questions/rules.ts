/** Which of the policy's questions are asked, and what answers bring about. Pure. */
import type { Profile, Question, QuestionOption } from '../../policy/profile.ts'
import type { Answer } from './model.ts'

/** What a question's condition is held against. */
export interface AskedAbout {
  readonly categories: readonly string[]
  readonly prompts: readonly string[]
  /** `question.option` of what is answered here. */
  readonly answers?: readonly string[]
}

export function questionsAt(profile: Profile, at: Question['at']): readonly Question[] {
  return profile.questions.filter(question => question.at === at)
}

/** Whether a question is asked where these were chosen. */
export function isAsked({ when }: Question, about: AskedAbout): boolean {
  if (!when) return true
  return (
    when.categories.some(id => about.categories.includes(id)) ||
    when.prompts.some(id => about.prompts.includes(id)) ||
    (when.answers ?? []).some(id => about.answers?.includes(id))
  )
}

/** An answer as conditions name it. */
export function answerKey({ question, option }: Pick<Answer, 'question' | 'option'>): string {
  return `${question}.${option ?? ''}`
}

/** The categories of a triage with those that the chosen options add, where the school has them. */
export function withAdded(profile: Profile, categories: readonly string[], answers: readonly Answer[]): readonly string[] {
  const added = chosenOptions(profile, answers).flatMap(({ option }) => option.adds ?? [])
  const known = profile.concern.triageCategories.map(option => option.id)
  return [...new Set([...categories, ...added.filter(id => known.includes(id))])]
}

/** The options chosen, each with its question. */
export function chosenOptions(
  profile: Profile,
  answers: readonly Answer[],
): readonly { readonly question: Question; readonly option: QuestionOption }[] {
  return profile.questions.flatMap(question =>
    question.options
      .filter(option => answers.some(answer => answer.question === question.id && answer.option === option.id))
      .map(option => ({ question, option })),
  )
}

function isAnswered(question: Question, answers: readonly Answer[]): boolean {
  const given = answers.filter(answer => answer.question === question.id)
  const known = question.options.map(option => option.id)
  return given.some(({ option, says, on }) =>
    question.options.length > 0
      ? option !== null && known.includes(option)
      : question.kind === 'date'
        ? on !== null
        : says !== '',
  )
}

function lacksWords(question: Question, answers: readonly Answer[]): boolean {
  return question.options.some(
    option =>
      option.asks !== undefined &&
      answers.some(answer => answer.question === question.id && answer.option === option.id && answer.says === ''),
  )
}

/** The first of the questions asked here that the policy demands and nobody answered, or whose option lacks the words that it asks. */
export function findUnanswered(
  profile: Profile,
  at: Question['at'],
  about: AskedAbout,
  answers: readonly Answer[],
): Question | undefined {
  // A category that an answer adds was not chosen by anybody, so it opens no further question.
  const added = chosenOptions(profile, answers).flatMap(({ option }) => option.adds ?? [])
  const chosen = { ...about, categories: about.categories.filter(id => !added.includes(id)), answers: answers.map(answerKey) }
  return questionsAt(profile, at)
    .filter(question => isAsked(question, chosen))
    .find(question => (question.required && !isAnswered(question, answers)) || lacksWords(question, answers))
}

/** What was answered that says somebody must be rung, as question and answer in one line. */
export function ringingAnswers(profile: Profile, answers: readonly Answer[]): readonly string[] {
  return chosenOptions(profile, answers)
    .filter(({ option }) => option.rings)
    .map(({ question, option }) => `${question.asks} ${option.name}`)
}

/** Questions in the order of the page, those of one condition together. */
export interface QuestionGroup {
  /** The categories or prompts that open the group; empty where it is asked whatever was chosen. */
  readonly openedBy: readonly string[]
  readonly questions: readonly Question[]
}

function grouped(questions: readonly Question[], opensOf: (question: Question) => readonly string[]): readonly QuestionGroup[] {
  const groups = new Map<string, { openedBy: readonly string[]; questions: Question[] }>()
  for (const question of questions) {
    const openedBy = opensOf(question)
    const key = openedBy.toSorted().join(' ')
    const group = groups.get(key) ?? { openedBy, questions: [] }
    group.questions.push(question)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Questions that stand on the triage page before a category is chosen, grouped by what opens them. */
export function groupsOf(questions: readonly Question[], prompts: readonly string[]): readonly QuestionGroup[] {
  const isCertain = (question: Question) => isAsked(question, { categories: [], prompts })
  const possible = questions.filter(question => isCertain(question) || (question.when?.categories ?? []).length > 0)
  return grouped(possible, question => (isCertain(question) ? [] : (question.when?.categories ?? [])))
}

/** Questions that stand on the recording form before a prompt is chosen, grouped by what opens them. */
export function groupsByPrompt(questions: readonly Question[]): readonly QuestionGroup[] {
  return grouped(questions, question => question.when?.prompts ?? [])
}
