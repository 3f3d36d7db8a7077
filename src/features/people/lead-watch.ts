import { authorise, type Worker } from '../../access/index.ts'
import type { Work } from '../../work/work.ts'
import { tell } from '../notices/index.ts'
import { findLeadStanding } from './lead-store.ts'
import { roleName } from './role-names.ts'

/** Tells those whom the policy names when nobody holds the post of DSL: once for each time that it falls vacant. */
export async function watchLead(work: Work<Worker>): Promise<boolean> {
  const { lead } = work.profile
  if (!lead) return false
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const standing = await findLeadStanding(work, permit, lead.vacancyTold)
  if (!standing.isVacant || standing.isTold) return false
  const document = work.profile.documents[lead.source.document]?.title ?? lead.source.document
  await tell(work, {
    topic: 'lead-post',
    urgent: true,
    says: `Nobody holds the post of ${roleName(work.profile, 'dsl')}. Appoint somebody of the senior leadership now; deputies stand in, and nobody leads meanwhile.`,
    source: `${lead.says} (${document}, ${lead.source.section})`,
    link: '/people',
    tells: standing.listeners,
  })
  return true
}
