import { type Actor, authorise } from '../../access/index.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import type { Glass, GlassChild, GlassOutcome, GlassRefusal } from './model.ts'
import { leadsToAsk, teamHears, whoHears } from './rules.ts'
import { openForOversight, openGlass, saveReview } from './store.ts'

const says = 'A file was opened by breaking the glass. Read why and review it.'
const source = 'Holdfast: whoever answers for the files hears of it at once'

/** Opens one child's file to whoever asks, for so many hours, and tells those who answer for it. */
export async function breakGlass(
  work: Work<Actor>,
  of: GlassChild,
  { reason, hours }: { readonly reason: string; readonly hours: number },
): Promise<Result<string, GlassRefusal>> {
  const permit = authorise(work.someone, 'glass.break', { schoolId: work.school.id, id: of.childId, excluded: of.tied })
  const hearers = whoHears(work.profile, await findRoleHolders(work), work.someone, of.tied)
  const id = newId<string>()
  const link = `/break-glass/${id}/review`
  // Who of them is outside a concern about the child, only the database knows: whoever asks may not.
  const told = await openGlass(work, permit, { id, childId: of.childId, reason, hours, ...hearers, says, source, link })
  if (told.length === 0) return refused({ code: 'nobody-to-tell' })
  for (const adultId of told) work.send({ kind: 'notice-mail', adultId })
  work.note({ event: 'glass.broken', subjectKind: 'child', subject: of.childId, facts: { glass: id, hours, told } })
  return ok(id)
}

const sourceOfOversight =
  'Holdfast: the trust’s safeguarding lead opens a case by consultation or on a ground, and the team sees it'

/** Opens one child's case to the trust's safeguarding lead on a ground that they typed; the team is told role, time and ground. */
export async function openOnGround(
  work: Work<Actor>,
  of: GlassChild,
  { reason, hours }: { readonly reason: string; readonly hours: number },
): Promise<Result<string, GlassRefusal>> {
  const permit = authorise(work.someone, 'oversight.open', { schoolId: work.school.id, id: of.childId, excluded: of.tied })
  const hearers = teamHears(await findRoleHolders(work), work.someone, of.tied)
  const id = newId<string>()
  const says = 'The trust’s safeguarding lead opened a case. Read on what ground and review it.'
  const link = `/break-glass/${id}/review`
  const glass = { id, childId: of.childId, reason, hours, ...hearers, says, source: sourceOfOversight, link }
  const told = await openForOversight(work, permit, 'oversight', [work.someone.adultId], glass)
  if (told.length === 0) return refused({ code: 'nobody-to-tell' })
  for (const adultId of told) work.send({ kind: 'notice-mail', adultId })
  work.note({ event: 'oversight.opened', subjectKind: 'child', subject: of.childId, facts: { glass: id, hours, told } })
  return ok(id)
}

/** Asks the trust's safeguarding lead to look at one child's case. */
export async function askLead(
  work: Work<Actor>,
  of: GlassChild,
  { reason, hours }: { readonly reason: string; readonly hours: number },
): Promise<Result<string, GlassRefusal>> {
  const permit = authorise(work.someone, 'oversight.ask', { schoolId: work.school.id, id: of.childId, excluded: of.tied })
  const leads = leadsToAsk(await findRoleHolders(work, ['trust-safeguarding-lead']), work.someone, of.tied)
  if (leads.length === 0) return refused({ code: 'nobody-there' })
  const id = newId<string>()
  const hearers = { told: [work.someone.adultId], above: [] }
  const says = 'The safeguarding team of a school asks you to look at a case.'
  const glass = {
    id,
    childId: of.childId,
    reason,
    hours,
    ...hearers,
    says,
    source: sourceOfOversight,
    link: `/break-glass/${id}`,
  }
  const [lead] = await openForOversight(work, permit, 'consultation', leads, glass)
  if (!lead) return refused({ code: 'nobody-there' })
  work.send({ kind: 'notice-mail', adultId: lead })
  work.note({ event: 'oversight.asked', subjectKind: 'child', subject: of.childId, facts: { glass: id, hours, adult: lead } })
  return ok(id)
}

/** Says whether it was right, which ends it; never by whoever did it. */
export async function reviewGlass(
  work: Work<Actor>,
  glass: Glass,
  review: { readonly outcome: GlassOutcome; readonly says: string },
): Promise<Result<void, GlassRefusal>> {
  const permit = authorise(work.someone, 'glass.review', {
    schoolId: work.school.id,
    excluded: [...glass.excluded, glass.adultId],
    readers: glass.told,
  })
  if (glass.reviewedAt !== null || !(await saveReview(work, permit, glass.id, work.someone.adultId, review)))
    return refused({ code: 'already-reviewed' })
  work.note({
    event: 'glass.reviewed',
    subjectKind: 'child',
    subject: glass.childId,
    facts: { glass: glass.id, outcome: review.outcome },
  })
  return ok(undefined)
}
