import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg, { type ClientConfig } from 'pg'
import { appLogin, jobsLogin, type Login, ownerRole, scramVerifier } from './logins.ts'
import { repositoryRoot } from './repository-root.ts'

/** One file of `db/migrations`. */
export type Migration = { readonly name: string; readonly sql: string; readonly sha256: string }

export type MigrateOptions = {
  /** At a server that asks for passwords: the key from which the logins' passwords are derived. */
  readonly masterKey?: Buffer
  readonly migrations?: readonly Migration[]
  /** Called before the first change, where there is one to make: of a database that is new, or of one that an older version left. */
  readonly beforeChange?: (database: 'new' | 'older') => void
}

/** A database that this version of Holdfast must not touch; the message says why. */
export class MigrationRefused extends Error {}

const migrationsFolder = join(repositoryRoot, 'db/migrations')
const longestQueue = 20
const namePattern = /^(\d{4})_[a-z0-9_]+\.sql$/

/** Reads the migrations in their order; a number used twice or a strange name is refused. */
export function readMigrations(folder: string = migrationsFolder): readonly Migration[] {
  const names = readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
  const numbers = new Set<string>()
  return names.map(name => {
    const number = namePattern.exec(name)?.[1]
    if (number === undefined) throw new MigrationRefused(`The migration ${name} must be named like 0001_what_it_does.sql.`)
    if (numbers.has(number)) throw new MigrationRefused(`Two migrations bear the number ${number}.`)
    numbers.add(number)
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}

/** Makes a database if the server has none of that name. */
export async function ensureDatabase(admin: ClientConfig, name: string): Promise<void> {
  await withClient({ ...admin, database: 'postgres' }, async client => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)} template template0`)
  })
}

/** Whether a Holdfast has been at home in this database. */
export async function isMigrated(admin: ClientConfig): Promise<boolean> {
  return withClient(admin, async client => {
    const { rows } = await client.query<{ is: boolean }>(`select to_regclass('public.holdfast_migration') is not null as is`)
    return rows[0]?.is === true
  })
}

async function withClient<T>(config: ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Two Holdfasts that start at once may make the same role or grant; the later one finds it made at its next try. */
async function whileOthersStart(client: pg.Client, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return
    } catch (error) {
      const clash = error instanceof pg.DatabaseError && ['42710', '42P06', '23505', 'XX000'].includes(error.code ?? '')
      if (!clash || attempt === longestQueue) throw error
      await client.query('rollback')
      await pause(20 * attempt)
    }
  }
}

async function ensureRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [name])
  if (found.rowCount === 0) await client.query(`create role ${name} ${attributes}`)
}

async function ensureRoles(client: pg.Client, masterKey: Buffer | undefined): Promise<void> {
  await ensureRole(client, ownerRole, 'nologin')
  for (const login of [appLogin, jobsLogin] satisfies Login[]) {
    await ensureRole(client, login, 'login noinherit nocreatedb nocreaterole')
    if (masterKey !== undefined) {
      await client.query(`alter role ${login} password ${client.escapeLiteral(scramVerifier(masterKey, login))}`)
    }
  }
}

async function ensureGrants(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ superuser: boolean; database: string }>(
    `select rolsuper as superuser, current_database() as database from pg_roles where rolname = current_user`,
  )
  const database = client.escapeIdentifier(rows[0]?.database ?? '')
  // An administrator who is no superuser acts for a role only as its member.
  if (rows[0]?.superuser !== true) await client.query(`grant ${ownerRole}, ${jobsLogin} to current_user`)
  await client.query(`
    revoke all on database ${database} from public;
    revoke all on schema public from public;
    grant connect on database ${database} to ${appLogin}, ${jobsLogin};
    grant create on database ${database} to ${ownerRole};
    grant usage, create on schema public to ${ownerRole};
    grant usage on schema public to ${appLogin};
    create schema if not exists jobs authorization ${jobsLogin};
  `)
}

const ledgerSql = `
  create table if not exists holdfast_migration (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  );
  comment on table holdfast_migration is 'Which migrations this database has had, and the digest of each as it was then.';
`

function checkApplied(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  for (const [name, sha256] of applied) {
    const migration = migrations.find(candidate => candidate.name === name)
    if (migration === undefined) {
      throw new MigrationRefused(
        `The database has had ${name}, which this version of Holdfast does not know: run the newer version.`,
      )
    }
    if (migration.sha256 !== sha256) {
      throw new MigrationRefused(
        `${name} was changed after it had been applied: put it back as it was, and write a new migration.`,
      )
    }
  }
  const last = [...applied.keys()].sort().at(-1) ?? ''
  const late = migrations.find(migration => !applied.has(migration.name) && migration.name < last)
  if (late !== undefined) {
    throw new MigrationRefused(`${late.name} comes before ${last}, which the database has had: give it the next number.`)
  }
}

/** Runs a migration; a fault in it is told by file and line, because PostgreSQL counts characters. */
async function run(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const line = migration.sql.slice(0, Number(error.position ?? 0)).split('\n').length
    throw new Error(`${migration.name}, line ${line}: ${error.message}`, { cause: error })
  }
}

/** Applies the first migration that is still missing; the lock makes a second Holdfast that starts now wait its turn. */
async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<string | undefined> {
  await client.query('begin')
  try {
    await client.query(`set local role ${ownerRole}`)
    await client.query('lock table holdfast_migration in exclusive mode')
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from holdfast_migration')
    const applied = new Map(rows.map(row => [row.name, row.sha256]))
    checkApplied(applied, migrations)
    const next = migrations.find(migration => !applied.has(migration.name))
    if (next !== undefined) {
      await run(client, next)
      await client.query('insert into holdfast_migration (name, sha256) values ($1, $2)', [next.name, next.sha256])
    }
    await client.query('commit')
    return next?.name
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function sayWhatIsMissing(
  client: pg.Client,
  migrations: readonly Migration[],
  say: MigrateOptions['beforeChange'],
): Promise<void> {
  const { rows } = await client.query<{ applied: number }>('select count(*)::integer as applied from holdfast_migration')
  const applied = rows[0]?.applied ?? 0
  if (applied < migrations.length) say?.(applied === 0 ? 'new' : 'older')
}

/** Brings a database up to date: roles, then each missing migration in a transaction of its own. Returns those applied. */
export async function migrate(admin: ClientConfig, options: MigrateOptions = {}): Promise<readonly string[]> {
  const migrations = options.migrations ?? readMigrations()
  return withClient(admin, async client => {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    if (Number(rows[0]?.server_version_num) < 150_000) throw new MigrationRefused('Holdfast needs PostgreSQL 15 or later.')
    await whileOthersStart(client, async () => {
      await ensureRoles(client, options.masterKey)
      await ensureGrants(client)
      await client.query(`begin; set local role ${ownerRole}; ${ledgerSql} commit;`)
    })
    await sayWhatIsMissing(client, migrations, options.beforeChange)
    const names: string[] = []
    for (let name = await applyNext(client, migrations); name !== undefined; name = await applyNext(client, migrations))
      names.push(name)
    return names
  })
}
