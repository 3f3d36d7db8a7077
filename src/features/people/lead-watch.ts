import { authorise, type Worker } from '../../access/index.ts'
import { dateInWords, localDate, startOfDay } from '../../kernel/london-time.ts'
import { addDays } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import { tell } from '../notices/index.ts'
import { findLeadStanding } from './lead-store.ts'
import { roleName } from './role-names.ts'
import { lastDay } from './rules.ts'

/**
 * Tells those whom the policy names when nobody holds the post of DSL, once for each time that it falls vacant; and before a last day
 * that nobody follows, once, as long before as the policy says.
 */
export async function watchLead(work: Work<Worker>): Promise<boolean> {
  const { lead } = work.profile
  if (!lead) return false
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  // Counted from the first moment of the day, so that whoever is warned is warned on the whole of the day.
  const warnedUntil = startOfDay(addDays(localDate(work.now), (lead.warnedDaysBefore ?? 0) + 1))
  const standing = await findLeadStanding(work, permit, lead.vacancyTold, warnedUntil)
  const document = work.profile.documents[lead.source.document]?.title ?? lead.source.document
  const post = roleName(work.profile, 'dsl')
  const notice = {
    topic: 'lead-post' as const,
    source: `${lead.says} (${document}, ${lead.source.section})`,
    link: '/people',
    tells: standing.listeners,
  }
  if (standing.isVacant && !standing.isTold) {
    const says = `No DSL appointed: nobody holds the post of ${post}. Appoint somebody of the senior leadership now; deputies stand in, and nobody leads meanwhile.`
    await tell(work, { ...notice, urgent: true, says })
    return true
  }
  if (standing.isVacant || standing.endsAt === null || standing.isWarned || lead.warnedDaysBefore === undefined) return false
  const last = dateInWords(lastDay(standing.endsAt))
  const says = `The last day of the ${post} is ${last}, and no successor is entered. Propose one now: a second person has to agree.`
  await tell(work, { ...notice, urgent: false, says, rule: `lead.ends/${standing.endsAt}` })
  return true
}
