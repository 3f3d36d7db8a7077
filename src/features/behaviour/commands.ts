import { type Actor, authorise } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { promptsOfBehaviour } from '../../policy/between-children.ts'
import type { Work } from '../../work/work.ts'
import { recordConcern } from '../concerns/index.ts'
import type { BehaviourRefusal, NewBehaviour, RecordedBehaviour } from './model.ts'
import { checkBehaviour, concernOfBehaviour } from './rules.ts'
import { areChildrenKnown, insertBehaviour } from './store.ts'

/** Writes an incident into the behaviour log; what is a worry about a child comes to the safeguarding team in the same transaction. */
export async function recordBehaviour(
  work: Work<Actor>,
  entry: NewBehaviour,
): Promise<Result<RecordedBehaviour, BehaviourRefusal>> {
  const permit = authorise(work.someone, 'behaviour.record', { schoolId: work.school.id })
  const checked = checkBehaviour(work.profile, entry)
  if (!checked.ok) return checked
  if (!(await areChildrenKnown(work, permit, entry.children))) return refused({ code: 'child-not-known' })
  const prompts = promptsOfBehaviour(work.profile.behaviour, entry)
  const concernId = prompts.length > 0 ? newId<ConcernId>() : null
  if (concernId) {
    const recorded = await recordConcern(work, concernOfBehaviour(entry, concernId, prompts))
    if (!recorded.ok) return refused({ code: 'child-not-known' })
  }
  await insertBehaviour(work, permit, entry, work.someone.adultId, concernId)
  work.note({
    event: 'behaviour.recorded',
    subjectKind: 'behaviour',
    subject: entry.id,
    facts: {
      children: entry.children.map(({ childId }) => childId),
      tags: [...entry.tags],
      concern: concernId,
      words: saltedDigest(newSalt(), entry.says),
    },
  })
  return ok({ id: entry.id, concernId })
}
