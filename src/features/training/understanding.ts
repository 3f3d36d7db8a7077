import { type Actor, authorise } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { documentOf, readingOwed } from './rules.ts'
import { findAdultFacts, findNames } from './store.ts'
import { findAnswers, findTasksOf, insertAnswer, insertTasks, type TaskRow } from './task-store.ts'

/** Somebody answers a question about what they have read. A wrong answer opens a refresher; the right one, later, ends it. */
export async function answerQuestion(
  work: Work<Actor>,
  { question: id, choice }: { readonly question: string; readonly choice: string },
): Promise<Result<{ readonly right: boolean }, 'no-such-question' | 'no-such-choice'>> {
  const { adultId } = work.someone
  const permit = authorise(work.someone, 'reading.sign', { schoolId: work.school.id, ownerId: adultId })
  const question = work.profile.duties.understanding.find(one => one.id === id)
  const [adult] = await findAdultFacts(work, permit, [adultId])
  const owes = adult && readingOwed(work.profile.duties, adult).some(({ document }) => document === question?.document)
  if (!question || !owes) return refused('no-such-question')
  if (!question.choices.some(one => one.id === choice)) return refused('no-such-choice')
  await insertAnswer(work, permit, { id: newId<string>(), adultId, question: id, choice })
  const right = choice === question.right
  const open = await findOpenTasks(work, permit, [adultId])
  if (!right && !open.some(task => task.about === id)) {
    const title = documentOf(work.profile.duties, question.document)?.title ?? question.document
    const says = `Read again: ${title}. ${question.asks}`
    await insertTasks(work, permit, [{ id: newId<string>(), adultId, kind: 'refresher', about: id, says, away: false }])
  }
  work.note({ event: 'understanding.answered', subjectKind: 'adult', subject: adultId, facts: { question: id, right } })
  return ok({ right })
}

type Reads = Parameters<typeof findTasksOf>[1]

/** Tasks that are still open: a refresher ends with the first right answer after it, a catch-up when it was held. */
async function findOpenTasks(work: Work, permit: Reads, adultIds: readonly AdultId[] | undefined): Promise<readonly TaskRow[]> {
  const tasks = (await findTasksOf(work, permit, adultIds)).filter(({ doneAt }) => doneAt === null)
  const answers = await findAnswers(work, permit, undefined)
  const isRight = (question: string, choice: string) =>
    work.profile.duties.understanding.some(one => one.id === question && one.right === choice)
  return tasks.filter(
    task =>
      task.kind !== 'refresher' ||
      !answers.some(
        one =>
          one.adultId === task.adultId &&
          one.question === task.about &&
          one.answeredAt >= task.openedAt &&
          isRight(one.question, one.choice),
      ),
  )
}

export interface OpenTask {
  readonly id: string
  readonly adultId: AdultId
  readonly name: string
  readonly kind: 'refresher' | 'catch-up'
  readonly about: string
  readonly says: string
  /** The briefing was on a day on which they do not work. */
  readonly away: boolean
  readonly openedAt: Instant
}

async function named(work: Work, permit: Reads, tasks: readonly TaskRow[]): Promise<readonly OpenTask[]> {
  const names = await findNames(work, permit, tasks)
  return tasks.map(({ doneAt: _, ...task }) => ({ ...task, name: names.get(task.adultId) ?? '' }))
}

/** What is left to read again or to catch up on: one's own, or everybody's for whoever keeps the record. */
export async function findTasks(work: Work<Actor>, adultId?: AdultId): Promise<readonly OpenTask[]> {
  const isOwn = adultId === work.someone.adultId
  const permit = isOwn
    ? authorise(work.someone, 'duties.read', { schoolId: work.school.id, ownerId: adultId })
    : authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  work.note({ event: 'duties.opened', subjectKind: 'school', subject: work.school.id, facts: { tasks: true } })
  return named(work, permit, await findOpenTasks(work, permit, adultId === undefined ? undefined : [adultId]))
}

export interface Understood {
  readonly adultId: AdultId
  readonly name: string
  readonly roles: readonly RoleId[]
  readonly state: 'right' | 'wrong' | 'not answered'
}

/** Of one question: who answered it rightly, who did not, who not at all; by their last answer. */
export async function findUnderstanding(work: Work<Actor>, id: string): Promise<readonly Understood[]> {
  const permit = authorise(work.someone, 'duties.keep', { schoolId: work.school.id })
  const question = work.profile.duties.understanding.find(one => one.id === id)
  if (!question) return []
  const adults = (await findAdultFacts(work, permit, undefined)).filter(adult =>
    readingOwed(work.profile.duties, adult).some(({ document }) => document === question.document),
  )
  const names = await findNames(work, permit, adults)
  const answers = await findAnswers(work, permit, id)
  work.note({ event: 'duties.opened', subjectKind: 'school', subject: work.school.id, facts: { question: id } })
  return adults.map(({ adultId, roles }) => {
    const last = answers.findLast(one => one.adultId === adultId)
    const state = last === undefined ? 'not answered' : last.choice === question.right ? 'right' : 'wrong'
    return { adultId, name: names.get(adultId) ?? '', roles, state }
  })
}
