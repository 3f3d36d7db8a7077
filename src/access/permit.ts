import type { Someone } from './actor.ts'
import { type Action, check, type SubjectFacts } from './policy.ts'

declare const permitBrand: unique symbol

/** Proof that `A` was allowed on this subject. Stores ask for one; only `authorise` makes them. */
export interface Permit<A extends Action> {
  readonly [permitBrand]: A
  readonly action: A
  readonly someone: Someone
  readonly because: string
}

/**
 * Access was refused. Thrown and not returned, because it must not be ignorable. A page turns it into "not found" wherever
 * a record was asked for, so that another school's, an excluded and a nonexistent record are one answer.
 */
export class Denied extends Error {
  override readonly name = 'Denied'
  readonly action: Action
  readonly because: string
  constructor(action: Action, because: string) {
    super(`${action}: ${because}`)
    this.action = action
    this.because = because
  }
}

/** Throws Denied, or gives the permit that the stores of this action ask for. */
export function authorise<A extends Action>(someone: Someone, action: A, subject?: SubjectFacts): Permit<A> {
  const verdict = check(someone, action, subject)
  if (!verdict.allowed) throw new Denied(action, verdict.because)
  return { action, someone, because: verdict.because } as Permit<A>
}
