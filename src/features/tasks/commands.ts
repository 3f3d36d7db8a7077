import type { Actor, Permit } from '../../access/index.ts'
import type { ActionId, AdultId, AlertId, EntryId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { type AlertToWrite, type ConcernFacts, noteAlerts, saveConcernChange } from '../triage/index.ts'
import type { Action, ActionRefusal, NewAction } from './model.ts'
import { checkFinish, checkOpen, checkOwner, possibleOwners } from './rules.ts'
import { insertAction, listPossibleOwners, saveFinish, saveOwner } from './store.ts'

/** Whoever is given something to do is told of it, with a mail; whoever gives it to themselves knows. */
async function tellOwner(
  work: Work<Actor>,
  permit: Permit<'action.set'>,
  concern: Pick<ConcernFacts, 'id' | 'excluded'>,
  ownerId: AdultId,
): Promise<void> {
  if (ownerId === work.someone.adultId) return
  const alert: AlertToWrite = {
    id: newId<AlertId>(),
    adultId: ownerId,
    role: 'teacher',
    kind: 'action',
    step: 0,
    rule: 'tasks.given',
    says: 'You were given something to do. It is among your own actions.',
    source: 'Whoever is given an action is told of it',
    seenAt: null,
  }
  await saveConcernChange(work, permit, concern, { alerts: [alert] })
  noteAlerts(work, concern, [alert])
}

/** Gives somebody something to do by a day, for a child of a concern. */
export async function setAction(
  work: Work<Actor>,
  permit: Permit<'action.set'>,
  concern: ConcernFacts,
  action: NewAction,
): Promise<Result<ActionId, ActionRefusal>> {
  if (concern.state === 'closed') return refused({ code: 'concern-closed' })
  const owner = checkOwner(possibleOwners(await listPossibleOwners(work), concern.excluded), action.ownerId)
  if (!owner.ok) return owner
  const id = newId<ActionId>()
  const child = concern.children.find(({ childId }) => childId === action.childId)
  const { date, time } = toLocal(work.now)
  await insertAction(work, permit, concern, { ...action, id, by: work.someone.adultId })
  await saveConcernChange(work, permit, concern, {
    entries: [
      {
        id: newId<EntryId>(),
        childId: action.childId,
        kind: 'action',
        heading: 'Action set',
        happenedOn: date,
        happenedAtTime: time,
        referralId: null,
        noteId: null,
        involvement: child?.involvement ?? null,
        categories: [],
      },
    ],
  })
  await tellOwner(work, permit, concern, action.ownerId)
  work.note({
    event: 'action.set',
    subjectKind: 'action',
    subject: id,
    facts: { concern: concern.id, child: action.childId, owner: action.ownerId, due: action.dueOn },
  })
  return ok(id)
}

/** Marks an action as done, with what came of it, or drops it with the reason. */
export async function finishAction(
  work: Work<Actor>,
  permit: Permit<'action.finish'>,
  action: Action,
  how: { readonly dropped: boolean; readonly outcome: string },
): Promise<Result<true, ActionRefusal>> {
  const open = checkFinish(action)
  if (!open.ok) return open
  if (action.isPaused && !how.dropped) return refused({ code: 'paused' })
  const { date, time } = toLocal(work.now)
  await saveFinish(work, permit, action, {
    by: work.someone.adultId,
    ...how,
    entryId: newId<EntryId>(),
    heading: how.dropped ? 'Action dropped' : 'Action done',
    on: date,
    time,
  })
  work.note({
    event: 'action.finished',
    subjectKind: 'action',
    subject: action.id,
    facts: { concern: action.concernId, dropped: how.dropped },
  })
  return ok(true)
}

/** Gives an open action to somebody else. */
export async function giveAction(
  work: Work<Actor>,
  permit: Permit<'action.set'>,
  action: Action,
  to: AdultId,
): Promise<Result<true, ActionRefusal>> {
  const open = checkOpen(action)
  if (!open.ok) return open
  const owner = checkOwner(possibleOwners(await listPossibleOwners(work), action.excluded), to)
  if (!owner.ok) return owner
  await saveOwner(work, permit, action, to)
  if (action.concernId) await tellOwner(work, permit, { id: action.concernId, excluded: action.excluded }, to)
  work.note({ event: 'owner.moved', subjectKind: 'action', subject: action.id, facts: { from: action.ownerId, owner: to } })
  return ok(true)
}
