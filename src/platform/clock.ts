import type { Instant } from '../kernel/plain-date.ts'

/** Where the present comes from. The demonstration, rehearsals and tests hold any clock they like. */
export interface Clock {
  now(): Instant
}

export const systemClock: Clock = {
  now: () => new Date().toISOString() as Instant,
}

/** A clock that stands still until it is moved. */
export function heldClock(start: Instant): Clock & { set(instant: Instant): void } {
  let held = start
  return {
    now: () => held,
    set: instant => {
      held = instant
    },
  }
}
