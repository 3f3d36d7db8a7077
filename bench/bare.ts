import pg from 'pg'
import type { ConcernId } from '../src/kernel/ids.ts'
import { referenceOf } from '../src/kernel/reference.ts'
import { newId } from '../src/platform/identifiers.ts'
import type { OpenDatabase } from '../src/platform/open-database.ts'

/** What recording one concern wrote, to be written again without the product. */
export interface Written {
  readonly table: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

const hanging = ['concern', 'concern_account', 'concern_child', 'concern_adult', 'body_mark', 'alert', 'clock', 'entry', 'outbox']

/** Reads back every row that recording a concern wrote. */
export async function readWritten(admin: pg.Client, concernId: string): Promise<readonly Written[]> {
  const read = async (table: string, where: string): Promise<Written> => ({
    table,
    rows: (await admin.query<Record<string, unknown>>(`select * from ${table} where ${where}`, [concernId])).rows,
  })
  const found: Written[] = []
  for (const table of hanging) found.push(await read(table, table === 'concern' ? 'id = $1' : 'concern_id = $1'))
  found.push(await read('audit_entry', 'subject_id = $1'))
  found.push(await read('command_receipt', `location like '%' || $1 || '%'`))
  return found.filter(written => written.rows.length > 0)
}

/** The ids of one more concern, and how far its connection's own chain has come. */
class Made {
  readonly id = newId<string>()
  readonly of: string
  readonly chain: string
  n: number

  constructor(of: string, chain: string, n: number) {
    this.of = of
    this.chain = chain
    this.n = n
  }

  nextInChain(): number {
    this.n += 1
    return this.n
  }
}

interface Pattern {
  readonly of: string
  readonly statements: readonly Statement[]
}

interface Statement {
  readonly name: string
  readonly text: string
  readonly values: (made: Made) => unknown[]
}

function statementFor({ table, rows }: Written): Statement {
  const columns = Object.keys(rows[0] ?? {})
  const tuple = (_row: unknown, index: number) => `(${columns.map((_, n) => `$${index * columns.length + n + 1}`).join(', ')})`
  return {
    name: `bare_${table}_${rows.length}`,
    text: `insert into ${table} (${columns.map(name => `"${name}"`).join(', ')}) values ${rows.map(tuple).join(', ')}`,
    values: made =>
      rows.flatMap(row =>
        columns.map(column => {
          if (row[column] === made.of) return made.id
          if (column === 'id' || column === 'key') return newId<string>()
          if (column === 'reference') return referenceOf(made.id as ConcernId)
          // A chain of its own for each connection: bare means that nobody waits for a head.
          if (column === 'chain') return made.chain
          if (column === 'n' && table === 'audit_entry') return made.nextInChain()
          return row[column]
        }),
      ),
  }
}

/** Writes the rows of recording, one parameterised insert for each table and one durable commit, straight through `pg`. */
export class BareWriter {
  readonly #client: pg.Client
  readonly #chain: string
  readonly #bySchool: readonly Pattern[]
  #n = 0

  private constructor(client: pg.Client, chain: string, bySchool: readonly Pattern[]) {
    this.#client = client
    this.#chain = chain
    this.#bySchool = bySchool
  }

  static async open(database: OpenDatabase, chain: string, patterns: readonly (readonly Written[])[]): Promise<BareWriter> {
    const client = new pg.Client(database.admin)
    await client.connect()
    const bySchool = patterns.map(written => ({
      of: String(written.find(({ table }) => table === 'concern')?.rows[0]?.['id']),
      statements: written.map(statementFor),
    }))
    return new BareWriter(client, chain, bySchool)
  }

  async write(n: number): Promise<void> {
    const pattern = this.#bySchool[n % this.#bySchool.length]
    if (!pattern) throw new Error('there is nothing to write')
    const made = new Made(pattern.of, this.#chain, this.#n)
    await this.#client.query('BEGIN')
    for (const { name, text, values } of pattern.statements) await this.#client.query({ name, text, values: values(made) })
    await this.#client.query('COMMIT')
    this.#n = made.n
  }

  async close(): Promise<void> {
    await this.#client.end()
  }
}

/** Takes away what the measurements recorded, so that the next ones find the trust as it was seeded. The trail keeps it. */
export async function removeRecordedSince(admin: pg.Client, at: string): Promise<void> {
  await admin.query('set session_replication_role = replica')
  const since = 'select school_id, id from concern where recorded_at >= $1'
  for (const table of hanging.filter(name => name !== 'concern'))
    await admin.query(`delete from ${table} where (school_id, concern_id) in (${since})`, [at])
  await admin.query('delete from concern where recorded_at >= $1', [at])
  await admin.query(`delete from audit_entry where chain like 'bare-%'`)
  await admin.query('reset session_replication_role')
  await admin.query('vacuum analyze')
}
