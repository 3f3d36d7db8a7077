import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { repositoryRoot } from '../../src/platform/repository-root.ts'
import { createTestDatabase } from '../support/database.ts'

/**
 * Tables that belong to no school by their nature: few, small, and copied to every node of a distributed database.
 * Adding one needs a reason as good as theirs.
 */
const sharedTables = [
  ...['holdfast_migration', 'installation', 'trust', 'school', 'account', 'session', 'kept_form', 'sign_in_try'],
  // Of an account, like its password: somebody signs in before a school is known.
  ...['recovery_code', 'passkey', 'passkey_challenge'],
  // Of an account or of the installation: whoever signs in has no school yet.
  ...['master_key', 'data_key', 'resealing'],
]

/** Nobody but the owner reads or writes these, so a policy would have nobody to bind. */
const tablesWithoutPolicies = ['holdfast_migration']

const shared = `(${sharedTables.map(name => `'${name}'`).join(', ')})`

suite('Whoever reads the schema as the database reports it', () => {
  let client: pg.Client
  before(async () => {
    client = new pg.Client((await createTestDatabase()).admin)
    await client.connect()
  })
  after(() => client.end())

  async function found(statement: string): Promise<readonly string[]> {
    const { rows } = await client.query<{ found: string }>(statement)
    return rows.map(row => row.found)
  }

  const ourTables = `from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')`

  test('finds each column as the types of the tables have it, so that they were written anew after the last migration', async () => {
    const written = readFileSync(join(repositoryRoot, 'src/platform/database-types.ts'), 'utf8')
    const types = [...written.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)]
    const interfaces = new Map(types.map(([, name = '', body = '']) => [name, body]))
    const tables = [...(interfaces.get('DB') ?? '').matchAll(/^ {2}(\w+): (\w+)$/gm)]
    const columns = tables.flatMap(([, table, name = '']) =>
      [...(interfaces.get(name) ?? '').matchAll(/^ {2}(\w+): /gm)].map(([, column]) => `${table}.${column}`),
    )
    const real = await found(`select c.relname || '.' || a.attname as found
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and c.relname <> 'holdfast_migration'`)
    assert.deepEqual(columns.toSorted(), real.toSorted(), 'write them with `npm run database:types`')
  })

  test('finds every table explained', async () => {
    assert.ok((await found(`select c.relname as found ${ourTables}`)).length > 20)
    assert.deepEqual(await found(`select c.relname as found ${ourTables} and obj_description(c.oid, 'pg_class') is null`), [])
  })

  test('finds whoever is put outside a concern put outside all that hangs on it', async () => {
    const hanging = await found(`select c.relname as found ${ourTables} and (select count(*) from pg_attribute a
      where a.attrelid = c.oid and not a.attisdropped and a.attname in ('concern_id', 'excluded')) = 2 order by 1`)
    const [shuts = ''] = await found(`select pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure) as found`)
    assert.ok(hanging.length > 25)
    assert.deepEqual(
      hanging.filter(table => !shuts.includes(`'${table}'`)),
      [],
    )
  })

  test('finds row-level security on every table, enabled and not forced', async () => {
    const exempt = tablesWithoutPolicies.map(name => `'${name}'`).join(', ')
    assert.deepEqual(
      await found(`select c.relname as found ${ourTables} and not c.relrowsecurity and c.relname not in (${exempt})`),
      [],
    )
    assert.deepEqual(await found(`select c.relname as found ${ourTables} and c.relforcerowsecurity`), [])
  })

  test('finds the school in every primary and unique key', async () => {
    const keys = `select c.relname || ' (' || string_agg(a.attname, ', ') || ')' as found
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
      where n.nspname = 'public' and i.indisunique and c.relname not in ${shared}
      group by c.relname, i.indexrelid having not bool_or(a.attname = 'school_id')`
    assert.deepEqual(await found(keys), [])
    const keyless = `select c.relname as found ${ourTables} and not exists
      (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary)`
    assert.deepEqual(await found(keyless), [])
  })

  test('finds the school on both sides of every reference, those to the shared tables excepted', async () => {
    const references = `select k.conrelid::regclass || ' → ' || k.confrelid::regclass as found
      from pg_constraint k join pg_class target on target.oid = k.confrelid
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and target.relname not in ${shared}
        and not exists (
          select 1 from unnest(k.conkey, k.confkey) as pair (here, there)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here
          join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there
          where a.attname = 'school_id' and b.attname = 'school_id')`
    assert.deepEqual(await found(references), [])
  })

  test('finds no policy that asks another table', async () => {
    const policies = `select tablename || '.' || policyname as found from pg_policies
      where schemaname = 'public' and coalesce(qual, '') || coalesce(with_check, '') ~* '\\m(select|exists)\\M'`
    assert.deepEqual(await found(policies), [])
  })

  test('finds no column that reads the clock or throws dice by itself: both are passed in', async () => {
    const defaults = `select c.relname || '.' || a.attname as found
      from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
      where n.nspname = 'public' and c.relname <> 'holdfast_migration' and a.attgenerated = ''
        and pg_get_expr(d.adbin, d.adrelid) ~* '\\m(now|clock_timestamp|statement_timestamp|current_timestamp|current_date|random|gen_random_uuid|uuidv7|nextval)\\M'`
    assert.deepEqual(await found(defaults), [])
  })

  test('finds no function of ours open to everyone, and none that acts with its owner’s rights on a path others can write', async () => {
    const ours = `from pg_proc p where p.pronamespace = 'public'::regnamespace
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`
    assert.deepEqual(await found(`select p.proname as found ${ours} and has_function_privilege('public', p.oid, 'execute')`), [])
    const path = `not exists (select 1 from unnest(p.proconfig) as setting where setting like 'search_path=%')`
    assert.deepEqual(await found(`select p.proname as found ${ours} and p.prosecdef and (p.proconfig is null or ${path})`), [])
  })

  test('finds that the application’s login cannot erase or rewrite the audit trail, empty a table or reach the roll of migrations', async () => {
    const rights = (table: string, privilege: string): string =>
      `select c.relname || ' ${privilege}' as found ${ourTables} and c.relname like '${table}' and (has_table_privilege('holdfast_app', c.oid, '${privilege}')
        or has_table_privilege('public', c.oid, '${privilege}'))`
    for (const privilege of ['truncate', 'references', 'trigger']) assert.deepEqual(await found(rights('%', privilege)), [])
    for (const privilege of ['update', 'delete']) assert.deepEqual(await found(rights('audit%', privilege)), [])
    for (const privilege of ['select', 'insert', 'update', 'delete'])
      assert.deepEqual(await found(rights('holdfast_migration', privilege)), [])
  })
})
