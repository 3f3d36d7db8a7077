/** Speaking with the parents while an answer to what was recorded holds it back. */
import type { Actor, Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { EntryId } from '../../kernel/ids.ts'
import { ok, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { findPathwayHold } from '../pathways/index.ts'
import type { Step } from './commands.ts'
import type { ConcernFacts } from './model.ts'
import { saveLifted } from './parent-hold-store.ts'
import { entriesFor } from './rules.ts'
import { saveConcernChange } from './store.ts'

/** Said wherever somebody might speak with the parents. */
export const parentsHeld =
  'Do not speak with the parents: telling them could raise the risk. Nobody does, in any way, until the DSL lifts this hold on the concern’s page, with the reason.'

/** Lets the parents be spoken with; the reason stays with the concern. */
export async function liftHold(
  work: Work<Actor>,
  permit: Permit<'parents.lift-hold'>,
  concern: ConcernFacts,
  because: string,
): Step<true> {
  const held = await findPathwayHold(work, permit, concern.id)
  const until = work.profile.pathways.find(({ id }) => id === held)?.parents
  const isAdvised = concern.steps.some(step => step.agency !== null && step.settled === 'done')
  if (until === 'until-advised' && !isAdvised) return refused({ code: 'advice-first' })
  if (!(await saveLifted(work, permit, concern.id, because))) return refused({ code: 'not-held' })
  await saveConcernChange(work, permit, concern, {
    entries: entriesFor(concern, { kind: 'parents', subject: 'Parents: they may be spoken with again' }, work.now, () =>
      newId<EntryId>(),
    ),
  })
  work.note({
    event: 'parents.hold-lifted',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { words: saltedDigest(newSalt(), because) },
  })
  return ok(true)
}

/** A reasoned decision ends a hold that the policy sets until then. */
export async function liftByDecision(
  work: Work<Actor>,
  permit: Permit<'concern.decide'>,
  concern: Pick<ConcernFacts, 'id'>,
  rationale: string,
): Promise<void> {
  const held = await findPathwayHold(work, permit, concern.id)
  if (work.profile.pathways.find(({ id }) => id === held)?.parents !== 'until-decided') return
  if (await saveLifted(work, permit, concern.id, rationale))
    work.note({ event: 'parents.hold-lifted', subjectKind: 'concern', subject: concern.id, facts: { by: 'decision' } })
}
