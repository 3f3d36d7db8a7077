import { type Actor, authorise, type Permit, type Worker } from '../../access/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import type { NewNotice, PersonalTell } from './model.ts'
import { insertNotices, insertOwnTells } from './store.ts'

/** Tells these people in the app and by mail. Whoever calls it sees to it that the same thing is told once. */
export async function tell(work: Work<Worker>, notice: NewNotice): Promise<void> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const rows = [...new Set(notice.tells)].map(adultId => ({
    id: newId<string>(),
    adultId,
    role: notice.roles?.get(adultId) ?? null,
  }))
  if (rows.length === 0) return
  await insertNotices(work, permit, notice, rows)
  for (const { adultId } of rows) work.send({ kind: 'notice-mail', adultId })
  work.note({
    event: 'notice.told',
    subjectKind: 'school',
    subject: work.school.id,
    facts: { topic: notice.topic, urgent: notice.urgent, told: rows.map(row => row.adultId) },
  })
}

/** Tells each of these people, in the app and by mail, that there is something, and nothing of it. Whoever calls it notes it. */
export async function tellEach(
  work: Work<Actor>,
  permit: Permit<'monitoring.report' | 'monitoring.answer' | 'search.report' | 'share.make'>,
  about: { readonly topic: 'monitoring' | 'search' | 'share'; readonly urgent: boolean; readonly link?: string },
  tells: readonly PersonalTell[],
): Promise<void> {
  const rows = tells.map(({ adultId, role, rule, says, source }) => ({ id: newId<string>(), adultId, role, rule, says, source }))
  await insertOwnTells(work, permit, about, rows)
  for (const { adultId } of rows) work.send({ kind: 'notice-mail', adultId })
}
