/** Who may be given an action, and when it can still change. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Action, ActionRefusal, PossibleOwner } from './model.ts'

/** Owners who can be chosen: nobody who is outside the concern. */
export function possibleOwners(adults: readonly PossibleOwner[], excluded: readonly AdultId[]): readonly PossibleOwner[] {
  return adults.filter(adult => !excluded.includes(adult.adultId))
}

export function checkOwner(owners: readonly PossibleOwner[], ownerId: AdultId): Result<true, ActionRefusal> {
  return owners.some(owner => owner.adultId === ownerId) ? ok(true) : refused({ code: 'owner-not-possible' })
}

/** An action is done or dropped once; whoever comes second is told by whom. */
export function checkOpen(action: Action): Result<true, ActionRefusal> {
  return action.doneAt === null ? ok(true) : refused({ code: 'finished-already', by: action.doneBy ?? 'a colleague' })
}

/** Asking an agency for its answer is done by writing down who was asked; without that nobody can say that it was done. */
export function checkFinish(action: Action): Result<true, ActionRefusal> {
  const open = checkOpen(action)
  if (!open.ok) return open
  return action.asks === null ? ok(true) : refused({ code: 'done-by-step' })
}
