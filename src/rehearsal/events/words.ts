/** What a rehearsal writes where people would write: invented, short, and the same each time. */

import type { Answer } from '../../features/questions/index.ts'
import { findUnanswered } from '../../features/questions/index.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Profile, Question, QuestionOption } from '../../policy/profile.ts'

/** Stands wherever somebody would write an account, a reason or a summary. */
export const rehearsed = 'Written for a rehearsal.'

function bringsSomething({ adds, starts, holds, rings }: QuestionOption): boolean {
  return (adds ?? []).length > 0 || starts !== undefined || holds !== undefined || rings === true
}

function answerTo({ id, kind, options }: Question, today: PlainDate): Answer {
  const option = options.find(one => !bringsSomething(one)) ?? options[0]
  return {
    question: id,
    option: option?.id ?? null,
    says: option === undefined || option.asks !== undefined ? rehearsed : '',
    on: kind === 'date' ? today : null,
  }
}

/** An answer to each question that the policy demands here; one that brings nothing else about, where there is one. */
export function demandedAnswers(
  profile: Profile,
  at: 'triage' | 'decision',
  about: { readonly categories: readonly string[]; readonly prompts: readonly string[] },
  today: PlainDate,
): readonly Answer[] {
  const answers: Answer[] = []
  for (;;) {
    const question = findUnanswered(profile, at, about, answers)
    if (!question || answers.some(answer => answer.question === question.id)) return answers
    answers.push(answerTo(question, today))
  }
}
