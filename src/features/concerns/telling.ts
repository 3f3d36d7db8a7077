import type { ConcernId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import type { AlertToSend } from './model.ts'

/** Notes in the trail who is told of a concern by these alerts, and writes to them. */
export function tellOf(work: Work, concernId: ConcernId, alerts: readonly AlertToSend[]): void {
  for (const alert of alerts) {
    work.note({
      event: 'alert.told',
      subjectKind: 'concern',
      subject: concernId,
      facts: { adult: alert.adultId, rule: alert.rule, kind: alert.kind },
    })
    work.send({ kind: 'alert-mail', adultId: alert.adultId, concernId })
  }
}
