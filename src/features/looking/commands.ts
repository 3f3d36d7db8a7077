import { type Actor, authorise, type Worker } from '../../access/index.ts'
import { localDate } from '../../kernel/london-time.ts'
import { addDays } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { tell } from '../notices/index.ts'
import { findRoleHolders, type RoleHolder } from '../role-holders/index.ts'
import type { AskedQuestion, Question } from './model.ts'
import { audienceFor, questionsOf } from './rules.ts'
import { saveQuestion, saveSettled, takeDay } from './store.ts'

type Audience = 'team' | 'head'
const audiences: Readonly<Record<Audience, readonly RoleId[]>> = { team: ['dsl', 'deputy-dsl'], head: ['headteacher'] }

/** Tells those who may ask, in words that name nobody: whoever looked is not among them, nor whoever is outside all of it. */
async function tellOf(work: Work<Worker>, holders: readonly RoleHolder[], audience: Audience, raised: readonly Question[]) {
  const may = holders.filter(({ role }) => audiences[audience].includes(role)).map(({ adultId }) => adultId)
  await tell(work, {
    topic: 'looking',
    urgent: false,
    says: 'How files were looked at raises a question. There may be a good reason: please look into it.',
    source: 'Holdfast: unusual looking is asked about',
    link: '/looking',
    tells: may.filter(adultId => raised.some(({ excluded }) => !excluded.includes(adultId))),
  })
}

/** Looks once through the day before, when it is over, and raises what somebody should ask about. */
export async function watchLooking(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const day = addDays(localDate(work.now), -1)
  const facts = await takeDay(work, permit, day)
  const questions = facts ? questionsOf(day, facts) : []
  if (questions.length === 0) return 0
  const holders = await findRoleHolders(work, ['dsl', 'deputy-dsl', 'headteacher'])
  const leads = holders.filter(({ role }) => role === 'dsl').map(({ adultId }) => adultId)
  const raised = new Map<Audience, Question[]>()
  for (const question of questions) {
    const audience = audienceFor(question.adultId, leads)
    if (!(await saveQuestion(work, permit, question, audience, day))) continue
    raised.set(audience, [...(raised.get(audience) ?? []), question])
    const { kind, times } = question
    work.note({ event: 'looking.asked', subjectKind: 'adult', subject: question.adultId, facts: { kind, times } })
  }
  for (const [audience, some] of raised) await tellOf(work, holders, audience, some)
  return questions.length
}

/** Notes that somebody looked into it, and what they found. */
export async function settleQuestion(
  work: Work<Actor>,
  question: AskedQuestion,
  says: string,
): Promise<Result<void, 'already-settled'>> {
  const { id, kind, adultId, excluded } = question
  const permit = authorise(work.someone, 'looking.settle', { schoolId: work.school.id, id, excluded })
  if (!(await saveSettled(work, permit, id, says))) return refused('already-settled')
  work.note({ event: 'looking.settled', subjectKind: 'adult', subject: adultId, facts: { question: id, kind } })
  return ok(undefined)
}
