import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './database-types.ts'

// A date has no zone and a bigint count fits a number; timestamps travel as ISO text, the product's Instant.
pg.types.setTypeParser(pg.types.builtins.DATE, text => text)
pg.types.setTypeParser(pg.types.builtins.INT8, text => Number(text))
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, text => new Date(text).toISOString())

export type DatabaseAddress = pg.PoolConfig

/** A query that the database prepares once for each connection; `name` must be unique for its text. */
export interface Prepared {
  readonly name: string
  readonly text: string
}

/** One open transaction. The only way to the database: there is no handle that writes outside a transaction. */
export interface Tx {
  /** Typed queries. */
  readonly db: Kysely<DB>
  /** Hot paths: a prepared statement, rows as the database gives them. */
  run<Row>(query: Prepared, values: readonly unknown[]): Promise<Row[]>
  /** Round trips made so far, BEGIN and COMMIT aside. */
  readonly roundTrips: number
}

/** What a transaction's body says should happen to it. A refusal rolls back what it wrote. */
export type Ending<T> = { readonly commit: boolean; readonly value: T }

interface CountedClient {
  query(...args: readonly unknown[]): unknown
}

const kyselyByClient = new WeakMap<pg.PoolClient, { db: Kysely<DB>; count: { queries: number } }>()

function kyselyOf(client: pg.PoolClient) {
  const known = kyselyByClient.get(client)
  if (known) return known
  const count = { queries: 0 }
  const counted: CountedClient & { release(): void } = {
    query: (...args: readonly unknown[]) => {
      count.queries += 1
      return (client as unknown as CountedClient).query(...args)
    },
    release: () => {},
  }
  const pool = { connect: async () => counted, end: async () => {} }
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as never }) })
  const made = { db, count }
  kyselyByClient.set(client, made)
  return made
}

/** Codes after which the whole transaction may be tried again with the same command key (connection lost, failover, serialisation). */
const retryableCodes = new Set(['57P01', '57P02', '57P03', '25006', '40001', '40P01', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE'])

export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string') return retryableCodes.has(code) || code.startsWith('08')
  return /connection terminated|not queryable|connection error/i.test(error.message)
}

export class Database {
  readonly pool: pg.Pool

  constructor(address: DatabaseAddress) {
    this.pool = new pg.Pool({ max: 12, ...address })
    // An idle connection that dies must not take the process with it; the next query finds another.
    this.pool.on('error', () => {})
  }

  /** Runs `body` in one transaction. Throws roll back; an ending with `commit: false` rolls back and returns its value. */
  async transaction<T>(body: (tx: Tx) => Promise<Ending<T>>): Promise<T> {
    const client = await this.pool.connect()
    let broken: Error | undefined
    // Without a listener, a connection lost while we hold it would be an unhandled error event.
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      const { db, count } = kyselyOf(client)
      count.queries = 0
      await client.query('BEGIN')
      const tx: Tx = {
        db,
        run: async <Row>(query: Prepared, values: readonly unknown[]) => {
          count.queries += 1
          const result = await client.query({ name: query.name, text: query.text, values: values as unknown[] })
          return result.rows as Row[]
        },
        get roundTrips() {
          return count.queries
        },
      }
      const ending = await body(tx)
      await client.query(ending.commit ? 'COMMIT' : 'ROLLBACK')
      return ending.value
    } catch (error) {
      if (!broken && !isRetryable(error))
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure
        })
      else broken ??= error instanceof Error ? error : new Error(String(error))
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  /** Tries again, with short pauses, what failed because the database went away. `body` must carry its own command key. */
  async persistently<T>(tries: number, body: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await body()
      } catch (error) {
        if (attempt >= tries || !isRetryable(error)) throw error
        await new Promise(resolve => setTimeout(resolve, 50 * 2 ** attempt))
      }
    }
  }

  async close(): Promise<void> {
    await this.pool.end()
  }
}
