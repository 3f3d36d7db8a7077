import type { Database } from '../../src/platform/database.ts'

type Asked = string | { readonly name?: string; readonly text?: string }
type Query = (asked: Asked, ...more: unknown[]) => unknown

/** Hears every statement that goes out to the database, in order and without its values. */
export class StatementsHeard {
  #heard: string[] = []
  readonly #listened = new WeakSet<object>()

  constructor(database: Database) {
    database.pool.on('acquire', client => this.#listen(client as unknown as { query: Query }))
  }

  #listen(client: { query: Query }): void {
    if (this.#listened.has(client)) return
    this.#listened.add(client)
    const ask = client.query.bind(client)
    client.query = (asked, ...more) => {
      this.#heard.push(typeof asked === 'string' ? asked : (asked.text ?? ''))
      return ask(asked, ...more)
    }
  }

  /** What was said since this was last asked. */
  take(): readonly string[] {
    const heard = this.#heard
    this.#heard = []
    return heard
  }
}
