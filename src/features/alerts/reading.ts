import { type Actor, authorise } from '../../access/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import { saveSeen } from './reading-store.ts'

/** Whoever opens a concern has seen what they were told of it. Repeating it changes nothing. */
export async function markAlertsSeen(work: Work<Actor>, concernId: ConcernId): Promise<void> {
  const permit = authorise(work.someone, 'alert.own')
  const alerts = await saveSeen(work, permit, work.someone.adultId, concernId)
  if (alerts.length > 0) work.note({ event: 'alert.seen', subjectKind: 'concern', subject: concernId, facts: { alerts } })
}
