import { authorise, type Worker } from '../../access/index.ts'
import { dateInWords, localDate, toInstant } from '../../kernel/london-time.ts'
import type { LocalTime } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { tell } from '../notices/index.ts'
import { findAdultsInRoles } from '../role-holders/index.ts'
import type { Leaver } from './model.ts'
import { takeLeaversWithAccount } from './store.ts'

/** Who looks after accounts, and who answers for it among the leaders of the school. */
const told: readonly RoleId[] = ['it-manager', 'headteacher']

function saysOf({ name, leftAt, elsewhere }: Leaver): string {
  const left = `${name} left on ${dateInWords(localDate(leftAt))}, and their account is still open.`
  return elsewhere
    ? `${left} It opens nothing of this school any more; another school has them. Check their accounts with the school besides Holdfast.`
    : `${left} It opens nothing any more, but it should be closed: the background work stood still. Check their accounts with the school besides Holdfast.`
}

/** Tells IT and the head, once, of somebody who left before today and whose account is open still. Their rights ended with their post. */
export async function watchLeavers(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const today = toInstant(localDate(work.now), '00:00' as LocalTime)
  const leavers = await takeLeaversWithAccount(work, permit, today)
  if (leavers.length === 0) return 0
  const tells = await findAdultsInRoles(work, told)
  for (const leaver of leavers)
    await tell(work, {
      topic: 'account',
      urgent: false,
      says: saysOf(leaver),
      source: 'Holdfast: whoever has left is in no account',
      link: '/alerts',
      tells: tells.filter(adultId => adultId !== leaver.adultId),
    })
  return leavers.length
}
