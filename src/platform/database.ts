import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './database-types.ts'
import { KeyNotHere, type NewKeys } from './key-ring.ts'

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
  /**
   * A statement whose answer nobody needs: it travels with the next one, or with the commit, and keeps its place in the
   * order. Where it fails, the transaction fails.
   */
  later(query: Prepared, values: readonly unknown[]): void
  /** Statements so far, BEGIN and COMMIT aside: at most so many round trips. */
  readonly roundTrips: number
}

/** Keys that a transaction may have sealed something under: those made meanwhile are written down with it. */
export interface TransactionKeys {
  newKeys(): NewKeys | undefined
  /** Whether reading the keys again may mend what went wrong. */
  isBehind(error: unknown): boolean
  readAgain(database: Database): Promise<void>
}

const keepKey = { name: 'data_key_keep', text: 'select data_key_keep($1, $2, $3, $4, $5)' }

/** What a transaction's body says should happen to it. A refusal rolls back what it wrote. */
export type Ending<T> = { readonly commit: boolean; readonly value: T }

type QueryArguments = readonly [string | pg.QueryConfig, ...unknown[]]

interface QueryingClient {
  query(...args: QueryArguments): Promise<pg.QueryResult>
  readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void } }
}

/**
 * One connection's side of a transaction. Statements that nobody waits for go out in one packet with the next: waking the
 * database and being woken by it costs more than most statements.
 */
class Conversation {
  readonly db: Kysely<DB>
  statements = 0
  /** The first failure of a statement that nobody waited for. */
  failure: unknown
  readonly #client: QueryingClient
  #waiting: QueryArguments[] = []

  constructor(client: pg.PoolClient) {
    this.#client = client as unknown as QueryingClient
    const connection = {
      query: (...args: QueryArguments) => {
        this.statements += 1
        return this.ask(...args)
      },
      release: () => {},
    }
    const pool = { connect: async () => connection, end: async () => {} }
    this.db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as never }) })
  }

  begin(): void {
    this.statements = 0
    this.failure = undefined
    this.#waiting = [['BEGIN']]
  }

  /** Forgets what has not been sent; false where that was all there is and the database knows nothing of this transaction. */
  drop(): boolean {
    const begun = this.#waiting[0]?.[0] !== 'BEGIN'
    this.#waiting = []
    return begun
  }

  later(...args: QueryArguments): void {
    this.#waiting.push(args)
  }

  ask(...args: QueryArguments): Promise<pg.QueryResult> {
    const waiting = this.#waiting
    this.#waiting = []
    const stream = this.#client.connection?.stream
    stream?.cork?.()
    try {
      for (const earlier of waiting)
        this.#client.query(...earlier).catch((failure: unknown) => {
          this.failure ??= failure
        })
      return this.#client.query(...args)
    } finally {
      stream?.uncork?.()
    }
  }

  async commit(): Promise<void> {
    const { command } = await this.ask('COMMIT')
    if (this.failure) throw this.failure
    // After an error that somebody caught, COMMIT answers ROLLBACK and complains of nothing.
    if (command !== 'COMMIT') throw new Error('the transaction had failed and could not be committed')
  }

  /** New keys travel with the commit: nothing sealed under one stands without it. */
  async commitWith(keys: NewKeys | undefined): Promise<void> {
    for (const row of keys?.rows ?? []) this.later(prepared(keepKey, row))
    await this.commit()
    keys?.kept()
  }

  async rollBack(): Promise<void> {
    if (this.drop()) await this.ask('ROLLBACK')
  }
}

const conversations = new WeakMap<pg.PoolClient, Conversation>()

function conversationWith(client: pg.PoolClient): Conversation {
  const known = conversations.get(client)
  if (known) return known
  const made = new Conversation(client)
  conversations.set(client, made)
  return made
}

function prepared(query: Prepared, values: readonly unknown[]): pg.QueryConfig {
  return { name: query.name, text: query.text, values: values as unknown[] }
}

function txOf(conversation: Conversation): Tx {
  return {
    db: conversation.db,
    run: async <Row>(query: Prepared, values: readonly unknown[]) => {
      conversation.statements += 1
      return (await conversation.ask(prepared(query, values))).rows as Row[]
    },
    later: (query, values) => {
      conversation.statements += 1
      conversation.later(prepared(query, values))
    },
    get roundTrips() {
      return conversation.statements
    },
  }
}

/** Codes after which the whole transaction may be tried again with the same command key (connection lost, failover, serialisation). */
const retryableCodes = new Set(['57P01', '57P02', '57P03', '25006', '40001', '40P01', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE'])

/** A key that was destroyed, or a master key that was changed, behind the back of this process. */
export const keyCodes = ['HF001', 'HF002'] as const

/** Codes with which the database took the whole transaction back, for another's sake: whatever it was, nothing of it stands. */
const takenBackCodes = new Set<unknown>(['40001', '40P01', ...keyCodes])

function isTakenBack(error: unknown): boolean {
  return (
    (error instanceof Error && takenBackCodes.has((error as { code?: unknown }).code)) ||
    isSameIdTwice(error) ||
    error instanceof KeyNotHere
  )
}

export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string') return retryableCodes.has(code) || code.startsWith('08')
  return /connection terminated|not queryable|connection error/i.test(error.message)
}

/** Two transactions of one moment gave a row the same id: tried again, the second finds the first. */
export function isSameIdTwice(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error as { code?: unknown }).code === '23505' &&
    'constraint' in error &&
    /^(concern|draft)_pkey$/.test(String(error.constraint))
  )
}

/**
 * Left to itself PostgreSQL plans many of our wide statements anew each time they run, which takes longer than running them:
 * all are looked up by school and id, and the plan never depends on which.
 */
const planOnce = '-c plan_cache_mode=force_generic_plan'

const triesMax = 3

export class Database {
  readonly pool: pg.Pool
  /** Set where values are sealed under data keys. */
  keys: TransactionKeys | undefined

  constructor(address: DatabaseAddress) {
    this.pool = new pg.Pool({ max: 12, options: planOnce, ...address, pipeline: true } as pg.PoolConfig)
    // An idle connection that dies must not take the process with it; the next query finds another.
    this.pool.on('error', () => {})
  }

  /** Runs `body` in one transaction. Throws roll back; an ending with `commit: false` rolls back and returns its value. */
  async transaction<T>(body: (tx: Tx) => Promise<Ending<T>>): Promise<T> {
    const client = await this.pool.connect()
    let broken: Error | undefined
    let behind: TransactionKeys | undefined
    // Without a listener, a connection lost while we hold it would be an unhandled error event.
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    const conversation = conversationWith(client)
    conversation.begin()
    try {
      const ending = await body(txOf(conversation))
      await (ending.commit ? conversation.commitWith(this.keys?.newKeys()) : conversation.rollBack())
      return ending.value
    } catch (thrown) {
      // What follows a failed statement fails because of it, and says nothing of the reason.
      const error = conversation.failure ?? thrown
      if (!broken && !isRetryable(error))
        await conversation.rollBack().catch((failure: Error) => {
          broken = failure
        })
      else broken ??= error instanceof Error ? error : new Error(String(error))
      if (this.keys?.isBehind(error)) behind = this.keys
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
      await behind?.readAgain(this)
    }
  }

  /**
   * Tries again, with short pauses, what the database took back for another's sake: two transactions that waited for each
   * other, or took the same id in the same moment. Where the connection was lost nobody knows what stands: that is tried
   * again only where doing it twice does no harm, as with a command that carries its own key.
   */
  async persistently<T>(twice: 'harmless' | 'harmful', body: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await body()
      } catch (error) {
        const again = isTakenBack(error) || (twice === 'harmless' && isRetryable(error))
        if (!again || attempt >= triesMax) throw error
        await new Promise(resolve => setTimeout(resolve, 50 * 2 ** attempt))
      }
    }
  }

  async close(): Promise<void> {
    await this.pool.end()
  }
}
