export { fieldOf, readAnswers } from './forms.ts'
export type { Answer } from './model.ts'
export { Ask, answerRows, QuestionGroups } from './pages/questions.tsx'
export {
  chosenOptions,
  findUnanswered,
  groupsByPrompt,
  groupsOf,
  isAsked,
  questionsAt,
  ringingAnswers,
  withAdded,
} from './rules.ts'
export { answersOf, answersOfRecording, insertAnswers } from './store.ts'
