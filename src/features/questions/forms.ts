/** Reads the answers to the policy's questions, in the order of the page. */
import type { Question, QuestionOption } from '../../policy/profile.ts'
import type { FormReader } from '../../web/http/form-reader.ts'
import type { Answer } from './model.ts'
import { type AskedAbout, answerKey, isAsked } from './rules.ts'

/** The name of a question's field. */
export function fieldOf(question: Pick<Question, 'id'>): string {
  return `answer-${question.id}`
}

/** The field of what is written beside an option. */
export function besideOf(question: Pick<Question, 'id'>, option: Pick<QuestionOption, 'id'>): string {
  return `${fieldOf(question)}-${option.id}-says`
}

/** The three boxes of the day on which it was seen. */
export function dayFieldOf(question: Pick<Question, 'id'>): string {
  return `${fieldOf(question)}-on`
}

function missing(question: Question, how: string): string | undefined {
  return question.required ? `${how} “${question.asks}”.` : undefined
}

function readOptions(reader: FormReader, question: Question): Answer[] {
  const field = fieldOf(question)
  const chosen = reader.several(
    field,
    question.options.map(option => option.id),
    `Select from the list under “${question.asks}”.`,
  )
  const says = missing(question, 'Answer')
  if (chosen.length === 0 && says && !reader.errors.some(error => error.field === field)) reader.wrong(field, says)
  const kept = question.kind === 'one' ? chosen.slice(0, 1) : chosen
  const on = question.dated && kept.length > 0 ? reader.date(dayFieldOf(question), 'The day', 'past') : undefined
  return kept.flatMap(id => {
    const option = question.options.find(one => one.id === id)
    if (!option) return []
    const beside =
      option.asks === undefined ? '' : reader.words(besideOf(question, option), option.asks, `Write: ${option.asks}.`)
    return [{ question: question.id, option: id, says: beside, on: on ?? null }]
  })
}

function readOne(reader: FormReader, question: Question): Answer[] {
  const field = fieldOf(question)
  switch (question.kind) {
    case 'one':
    case 'several':
      return readOptions(reader, question)
    case 'words':
    case 'line': {
      const how = question.kind === 'words' ? reader.words.bind(reader) : reader.line.bind(reader)
      const says = how(field, question.asks, missing(question, 'Fill in'))
      return says === '' ? [] : [{ question: question.id, option: null, says, on: null }]
    }
    case 'date': {
      const on = reader.date(field, question.asks, 'future', missing(question, 'Enter the day under'))
      return on === undefined ? [] : [{ question: question.id, option: null, says: '', on }]
    }
  }
}

/** The answers to those of the questions that are asked; what was typed under the others is not looked at. */
export function readAnswers(reader: FormReader, questions: readonly Question[], about: AskedAbout): readonly Answer[] {
  const answers: Answer[] = []
  for (const question of questions)
    if (isAsked(question, { ...about, answers: answers.map(answerKey) })) answers.push(...readOne(reader, question))
  return answers
}
