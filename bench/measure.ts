/** Times of one kind of request, in milliseconds. */
export interface Times {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly eachSecond: number
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Does something `count` times over so many connections, each waiting for its own answer before it goes on. */
export async function timed(
  connections: number,
  count: number,
  once: (n: number, connection: number) => Promise<unknown>,
): Promise<Times> {
  const took: number[] = []
  let next = 0
  const startedMs = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      while (next < count) {
        const n = next
        next += 1
        const fromMs = performance.now()
        await once(n, connection)
        took.push(performance.now() - fromMs)
      }
    }),
  )
  const wholeMs = performance.now() - startedMs
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99), eachSecond: (count / wholeMs) * 1000 }
}

/** The middle of several rounds, value by value. */
export function middleOf(rounds: readonly Times[]): Times {
  const of = (pick: (times: Times) => number) => median(rounds.map(pick))
  return {
    count: of(t => t.count),
    p50: of(t => t.p50),
    p95: of(t => t.p95),
    p99: of(t => t.p99),
    eachSecond: of(t => t.eachSecond),
  }
}

/** One line of the table: the product's times, beside the bare times of the same run. */
export interface Line {
  readonly what: string
  readonly ours: Times
  readonly bare: Times
  readonly serverCpuMs?: number
  readonly databaseCpuMs?: number
}
