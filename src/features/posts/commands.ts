import { type Actor, authorise } from '../../access/index.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Work } from '../../work/work.ts'
import type { Held, Post, PostRefusal } from './model.ts'
import { isInTheFuture } from './rules.ts'
import { findColleagues, insertDescription, insertVacancy, type NewDescription, type NewVacancy } from './store.ts'

/** Enters that a post is to be confirmed, since when, and who covers it; it gives nobody a right. */
export async function enterVacancy(
  work: Work<Actor>,
  post: Post,
  { since, interimId }: Omit<NewVacancy, 'role'>,
): Promise<Result<void, PostRefusal>> {
  const permit = authorise(work.someone, 'post.keep', { schoolId: work.school.id })
  if (post.vacancy === undefined) return refused('held')
  if (isInTheFuture(since, work.now)) return refused('in-the-future')
  if (interimId !== null && !(await findColleagues(work, permit)).some(({ adultId }) => adultId === interimId))
    return refused('not-in-school')
  await insertVacancy(work, permit, work.someone.adultId, { role: post.role, since, interimId })
  work.note({
    event: 'vacant-post.entered',
    subjectKind: 'school',
    subject: work.school.id,
    facts: { role: post.role, since, interim: interimId },
  })
  return ok(undefined)
}

/** Records the signed job description of whoever holds a post. */
export async function recordDescription(
  work: Work<Actor>,
  held: Held,
  description: Omit<NewDescription, 'appointmentId'>,
): Promise<Result<void, PostRefusal>> {
  const permit = authorise(work.someone, 'post.keep', { schoolId: work.school.id })
  if (isInTheFuture(description.signedOn, work.now)) return refused('in-the-future')
  await insertDescription(work, permit, work.someone.adultId, { appointmentId: held.appointmentId, ...description })
  const { signedOn, namesLead, namesOnline } = description
  work.note({
    event: 'job-description.recorded',
    subjectKind: 'adult',
    subject: held.adultId,
    facts: { role: held.role, appointment: held.appointmentId, signedOn, namesLead, namesOnline },
  })
  return ok(undefined)
}
