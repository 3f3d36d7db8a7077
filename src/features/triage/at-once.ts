/** In an emergency somebody judges and decides in one: triage and decision stand or fall together. */
import { type Actor, authorise, type Permit } from '../../access/index.ts'
import type { Work } from '../../work/work.ts'
import { decide, type Step, triageConcern } from './commands.ts'
import type { ConcernFacts, NewDecision, NewTriage } from './model.ts'
import { isDangerous, revisionOf } from './rules.ts'
import { findConcernFacts, subjectOf } from './store.ts'

/** Triages and decides; a refusal of either is a refusal of both, so whoever calls it keeps nothing of what was done before. */
export async function judgeAndDecide(
  work: Work<Actor>,
  permit: Permit<'concern.decide'>,
  concern: ConcernFacts,
  { triage, decision }: { readonly triage: NewTriage; readonly decision: NewDecision },
  seenRevision: string,
): Step<true> {
  const mayTriage = authorise(work.someone, 'concern.triage', subjectOf(work, concern))
  const judged = await triageConcern(work, mayTriage, concern, triage, seenRevision)
  if (!judged.ok) return judged
  const now = await findConcernFacts(work, concern.id)
  if (!now) throw new Error(`the concern that was just triaged is gone: ${concern.id}`)
  // A child who is in danger waits for no step that the triage of this very moment has opened; it stays open.
  const facts = isDangerous(triage) ? { ...now, steps: concern.steps } : now
  return decide(work, permit, facts, decision, revisionOf(now))
}
