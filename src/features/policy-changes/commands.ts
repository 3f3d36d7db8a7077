import { type Actor, authorise } from '../../access/index.ts'
import { dateInWords, localDate } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Fault } from '../../policy/faults.ts'
import type { Profile } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import type { ChangeRefusal, NewProposal } from './model.ts'
import { asDecided, mayApprove } from './rules.ts'
import { type FactsAndDecided, findProposal, insertProposal, saveApproval, saveRefusal } from './store.ts'

/** What the policy would be once the change holds, on its first day; or every fault that the checks of a file find in it. */
export function policyWith(
  work: Work,
  proposal: Pick<NewProposal, 'path' | 'value' | 'fromOn' | 'section'>,
  { decided }: Pick<FactsAndDecided, 'decided'>,
): Result<Profile, readonly Fault[]> {
  const today = localDate(work.now)
  const change = asDecided(proposal, documentTitle(today), (decided.at(-1)?.number ?? 0) + 1, today)
  if (!work.policies.decide) throw new Error('these policies cannot be changed')
  const policy = work.policies.decide(work.school.key, [...decided, change])
  return policy.ok ? ok(policy.value.profile(change.from)) : policy
}

function documentTitle(today: ReturnType<typeof localDate>): string {
  return `School's own decision of ${dateInWords(today)}`
}

/** Proposes a change that was read and checked; somebody else decides. */
export async function propose(work: Work<Actor>, proposal: NewProposal): Promise<string> {
  const permit = authorise(work.someone, 'policy.propose', { schoolId: work.school.id })
  const id = newId<string>()
  await insertProposal(work, permit, id, work.someone.adultId, proposal)
  work.note({
    event: 'policy.change-proposed',
    subjectKind: 'proposal',
    subject: id,
    facts: { path: proposal.path, from: proposal.fromOn },
  })
  return id
}

type Answer = Promise<Result<undefined, ChangeRefusal>>

/** A second person makes the change hold, if it still fits the policy as it is by now. */
export async function approve(work: Work<Actor>, id: string): Answer {
  const permit = authorise(work.someone, 'policy.approve', { schoolId: work.school.id })
  const found = await findProposal(work, permit, id)
  if (found?.proposal.state !== 'open') return refused('not-open')
  const { proposal } = found
  if (proposal.proposedBy === work.someone.adultId) return refused('own-proposal')
  if (!mayApprove(work.someone, proposal)) return refused('may-not')
  if (!policyWith(work, proposal, found).ok) return refused('no-longer-fits')
  const today = localDate(work.now)
  const number = await saveApproval(work, permit, id, { id: newId<string>(), document: documentTitle(today), from: today })
  if (number === undefined) return refused('may-not')
  work.note({
    event: 'policy.change-approved',
    subjectKind: 'proposal',
    subject: id,
    facts: { path: proposal.path, number, from: proposal.fromOn },
  })
  return ok(undefined)
}

/** A second person rejects it; the reason is kept. */
export async function reject(work: Work<Actor>, id: string, because: string): Answer {
  const permit = authorise(work.someone, 'policy.approve', { schoolId: work.school.id })
  const found = await findProposal(work, permit, id)
  if (found?.proposal.state !== 'open') return refused('not-open')
  if (found.proposal.proposedBy === work.someone.adultId) return refused('own-proposal')
  if (!mayApprove(work.someone, found.proposal)) return refused('may-not')
  if (!(await saveRefusal(work, permit, id, { state: 'rejected', by: work.someone.adultId, because }))) return refused('not-open')
  work.note({ event: 'policy.change-rejected', subjectKind: 'proposal', subject: id, facts: { path: found.proposal.path } })
  return ok(undefined)
}

/** Whoever proposed it takes it back. */
export async function withdraw(work: Work<Actor>, id: string): Answer {
  const permit = authorise(work.someone, 'policy.propose', { schoolId: work.school.id })
  const found = await findProposal(work, permit, id)
  if (found?.proposal.state !== 'open' || found.proposal.proposedBy !== work.someone.adultId) return refused('not-open')
  if (!(await saveRefusal(work, permit, id, { state: 'withdrawn', by: work.someone.adultId, because: null })))
    return refused('not-open')
  work.note({ event: 'policy.change-withdrawn', subjectKind: 'proposal', subject: id, facts: { path: found.proposal.path } })
  return ok(undefined)
}
