import { type Action, type Actor, authorise, check, type Permit } from '../../access/index.ts'
import { type ConcernFacts, findConcernFacts, lockConcerns, subjectOf } from '../../features/triage/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import { notAccepted } from '../event-kind.ts'
import type { Answer } from '../model.ts'
import type { Kept, Stage } from '../stage.ts'
import { reachesWords } from '../stage-store.ts'

/** Keeps a concern about a child under its ref: who may open it is asked of the access rules and of the database, and both must let them. */
export function openConcernAs(_stage: Stage, id: ConcernId): Kept {
  return {
    kind: 'concern',
    id,
    opens: async work => {
      const concern = await findConcernFacts(work, id)
      if (!concern || !(await reachesWords(work, id))) return undefined
      const subject = subjectOf(work, concern)
      if (check(work.someone, 'concern.read', subject).allowed) return 'whole'
      return check(work.someone, 'concern.own', subject).allowed ? 'own' : undefined
    },
  }
}

/** Nothing stands under this ref: what should have opened it was refused. */
export function nothingThere(ref: string): Answer {
  return notAccepted({
    code: 'not-found',
    says: `There is nothing under ${ref} that this person could open.`,
    source: { document: 'access', section: 'what may not be opened does not exist' },
  })
}

/** What somebody may do with a concern, once it is found and permitted. */
export interface OpenedConcern<A extends Action> {
  readonly work: Work<Actor>
  readonly permit: Permit<A>
  readonly concern: ConcernFacts
}

interface AtRef {
  readonly ref: string
  readonly by: string
}

/**
 * Does something with the concern under a ref, as its page does: found, locked, permitted. What stands there under another kind
 * does it in its own way, where it knows this event.
 */
export async function onConcern<A extends Action, Event extends AtRef>(
  stage: Stage,
  name: string,
  event: Event,
  action: A,
  body: (opened: OpenedConcern<A>) => Promise<Answer>,
): Promise<Answer> {
  const kept = stage.refs.get(event.ref)
  if (!kept) return nothingThere(event.ref)
  const own = kept.handles?.[name]
  if (own) return own(stage, event as never)
  if (kept.kind !== 'concern')
    return notAccepted({ code: 'not-for-this', says: `${name} does not belong to what ${event.ref} is.`, source: {} })
  return stage.act(event.by, async work => {
    const id = kept.id as ConcernId
    await lockConcerns(work, [id])
    const concern = await findConcernFacts(work, id)
    if (!concern) return nothingThere(event.ref)
    return body({ work, permit: authorise(work.someone, action, subjectOf(work, concern)), concern })
  })
}
