import type { Instant } from '../src/kernel/plain-date.ts'
import { epochInMs, instantOf } from '../src/kernel/plain-date.ts'

/** Numbers that are the same on each run: the same size is the same trust. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to just below 1 (splitmix32). */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0
    let z = this.#state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return ((z ^ (z >>> 16)) >>> 0) / 4_294_967_296
  }

  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.below(from.length)]
    if (found === undefined) throw new Error('there is nothing to pick from')
    return found
  }

  /** One of the list, those at its beginning far more often: how names are spread among children. */
  pickCommon<T>(from: readonly T[]): T {
    const found = from[Math.floor(from.length * this.next() ** 2)]
    if (found === undefined) throw new Error('there is nothing to pick from')
    return found
  }

  /** An id as the product makes them: the moment first, so that indexes grow at one end. */
  id<Id extends string>(at: Instant): Id {
    const hex = (digits: number) =>
      Math.floor(this.next() * 16 ** digits)
        .toString(16)
        .padStart(digits, '0')
    const time = epochInMs(at).toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + this.below(4)).toString(16)}${hex(3)}-${hex(6)}${hex(6)}` as Id
  }
}

const minuteInMs = 60_000

export function minutesAfter(at: Instant, minutes: number): Instant {
  return instantOf(epochInMs(at) + minutes * minuteInMs)
}
