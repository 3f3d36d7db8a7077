import { authorise, type Worker } from '../../access/index.ts'
import type { WhenUnanswered } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { tell } from '../notices/index.ts'
import { rulesOn, tellsOf } from '../pupil-duties/index.ts'
import { findRoleHolders, type RoleHolder } from '../role-holders/index.ts'
import { type LateReport, listLate, saveToldLate } from './store.ts'

/** Who hears next: the first in the order of the rule who has not had it from the start; somebody away before nobody. */
function nextHearer(
  rule: WhenUnanswered,
  holders: readonly RoleHolder[],
  late: LateReport,
  hadIt: readonly string[],
): RoleHolder | undefined {
  const inOrder = rule.tell
    .flatMap(role => holders.filter(holder => holder.role === role))
    .filter(({ adultId }) => !late.excluded.includes(adultId))
  const others = inOrder.filter(({ adultId }) => !hadIt.includes(adultId))
  return others.find(({ absent }) => !absent) ?? others[0] ?? inOrder.find(({ absent }) => !absent) ?? inOrder[0]
}

/**
 * Tells the next person that an alert of filtering or monitoring was not opened, or not settled, in its time: that one waits, and
 * nothing of it. Each once.
 */
export async function watchMonitoring(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const rules = work.profile.unanswered.filter(({ on }) => on === 'monitoring')
  const late = rules.length === 0 ? [] : await listLate(work, permit)
  if (late.length === 0) return 0
  const holders = await findRoleHolders(work)
  for (const report of late) {
    const hadIt = tellsOf(work.profile, rulesOn(work.profile, 'monitoring', {}), holders, report.excluded)
    for (const rule of rules) {
      const next = nextHearer(
        rule,
        holders,
        report,
        hadIt.map(({ adultId }) => adultId),
      )
      if (!next) continue
      await tell(work, {
        topic: 'monitoring',
        urgent: report.urgent,
        says: rule.says,
        source: `${work.profile.documents[rule.source.document]?.title ?? rule.source.document}, ${rule.source.section}`,
        link: '/alerts',
        tells: [next.adultId],
        rule: 'unanswered.monitoring',
        roles: new Map([[next.adultId, next.role]]),
      })
    }
    await saveToldLate(work, permit, report.clockId)
  }
  return late.length
}
