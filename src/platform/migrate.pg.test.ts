import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import pg from 'pg'
import { createTestDatabase } from '../../test/support/database.ts'
import { connectionFor } from './logins.ts'
import { MigrationRefused, migrate, readMigrations } from './migrate.ts'

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof MigrationRefused) return error.message
    throw error
  }
  assert.fail('nothing was refused')
}

async function failureOf(config: pg.ClientConfig, statement: string): Promise<string | undefined> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await client.query(statement)
    return undefined
  } catch (error) {
    return error instanceof pg.DatabaseError ? error.code : String(error)
  } finally {
    await client.end()
  }
}

suite('Whoever upgrades Holdfast', () => {
  test('finds a database that is up to date left alone', async () => {
    const database = await createTestDatabase()
    assert.deepEqual(await migrate(database.admin), [])
  })

  test('is told when a migration was changed after it had been applied', async () => {
    const database = await createTestDatabase()
    const changed = readMigrations().map(migration => ({ ...migration, sha256: 'another' }))
    assert.match(await refusalOf(migrate(database.admin, { migrations: changed })), /was changed after it had been applied/)
  })

  test('is told when the database is newer than the program', async () => {
    const database = await createTestDatabase()
    assert.match(await refusalOf(migrate(database.admin, { migrations: [] })), /does not know: run the newer version/)
  })

  test('is told when a migration comes too late to be applied in its order', async () => {
    const database = await createTestDatabase()
    const late = { name: '0000_late.sql', sql: 'select 1', sha256: 'late' }
    assert.match(await refusalOf(migrate(database.admin, { migrations: [late, ...readMigrations()] })), /give it the next number/)
  })

  test('finds nothing of a migration that failed halfway', async () => {
    const database = await createTestDatabase()
    const sql = 'create table half_made (id text primary key); select 1 / 0'
    await assert.rejects(
      migrate(database.admin, { migrations: [...readMigrations(), { name: '9999_fails.sql', sql, sha256: '' }] }),
    )
    assert.equal(await failureOf(database.admin, 'select * from half_made'), '42P01')
  })

  test('may start two servers at once: each migration is applied one time', async () => {
    const database = await createTestDatabase()
    const more = { name: '9999_more.sql', sql: 'create table more (id text primary key)', sha256: 'more' }
    const migrations = [...readMigrations(), more]
    const applied = await Promise.all([migrate(database.admin, { migrations }), migrate(database.admin, { migrations })])
    assert.deepEqual(applied.flat(), ['9999_more.sql'])
  })
})

suite('The logins that serve people', () => {
  test('own nothing and cannot change the schema, become another or skip row-level security', async () => {
    const database = await createTestDatabase()
    assert.equal(await failureOf(database.app, 'create table mine (id text primary key)'), '42501')
    assert.equal(await failureOf(database.app, 'create schema mine'), '42501')
    assert.equal(await failureOf(database.app, 'create temporary table mine (id text)'), '42501')
    assert.equal(await failureOf(database.app, 'set role holdfast_owner'), '42501')
    assert.equal(await failureOf(database.app, 'select * from holdfast_migration'), '42501')
    const client = new pg.Client(database.admin)
    await client.connect()
    const { rows } = await client.query(
      `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty,
         (select count(*)::int from pg_class c where c.relowner = r.oid) as owns
       from pg_roles r where rolname in ('holdfast_app', 'holdfast_jobs') order by rolname`,
    )
    await client.end()
    assert.deepEqual(rows, [
      { rolname: 'holdfast_app', mighty: false, owns: 0 },
      { rolname: 'holdfast_jobs', mighty: false, owns: 0 },
    ])
  })

  test('have a password of their own at a server that asks for one, derived from the master key', async () => {
    const database = await createTestDatabase()
    const masterKey = Buffer.alloc(32, 7)
    await migrate(database.admin, { masterKey })
    assert.equal(await failureOf(connectionFor(database.admin, 'holdfast_app', masterKey), 'select 1'), undefined)
    const client = new pg.Client(database.admin)
    await client.connect()
    const { rows } = await client.query(`select rolname from pg_authid where rolpassword like 'SCRAM-SHA-256$4096:%' order by 1`)
    await client.end()
    assert.deepEqual(
      rows.map(row => row.rolname),
      ['holdfast_app', 'holdfast_jobs'],
    )
  })
})
