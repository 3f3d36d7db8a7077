import { authorise, type Worker } from '../../access/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { Work } from '../../work/work.ts'
import { sourceText } from '../concerns/index.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import { insertUnassessedAlerts, listUnassessed } from './store.ts'

/** Where a report asks for a risk and needs assessment and none is made in the time that the school gives, those who hear of it are told, once. */
export async function watchAssessments(work: Work<Worker>): Promise<number> {
  const rules = work.profile.unanswered.filter(({ on }) => on === 'risk-assessment')
  if (rules.length === 0) return 0
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const waiting = await listUnassessed(work, permit)
  const late = waiting.flatMap(report =>
    rules.flatMap(rule => {
      const due = rule.within ? dueAt(rule.within, report.reportedAt, work.profile.calendar) : null
      return due !== null && work.now > due ? [{ report, rule }] : []
    }),
  )
  if (late.length === 0) return 0
  const holders = await findRoleHolders(work)
  for (const { report, rule } of late) {
    const inRoles = rule.tell.flatMap(role => {
      const held = holders.filter(holder => holder.role === role && !report.excluded.includes(holder.adultId))
      const there = held.filter(holder => !holder.absent)
      return there.length > 0 ? there : held
    })
    const hearers = inRoles.filter((holder, index) => inRoles.findIndex(({ adultId }) => adultId === holder.adultId) === index)
    const rows = hearers.map(({ adultId, role }) => ({ id: newId<string>(), adultId, role }))
    await insertUnassessedAlerts(work, permit, report, { says: rule.says, source: sourceText(work.profile, rule.source) }, rows)
    for (const { adultId } of rows) work.send({ kind: 'alert-mail', adultId, concernId: report.concernId })
    work.note({
      event: 'alert.unanswered',
      subjectKind: 'concern',
      subject: report.concernId,
      facts: { kinds: ['risk-assessment'], told: rows.map(({ adultId }) => adultId) },
    })
  }
  return late.length
}
