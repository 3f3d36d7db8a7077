// A believable trust of any size in a new database: `npm run seed:large -- --size 0.01|0.1|1|10 [--data FOLDER] [--database URL]`.
import { parseArgs } from 'node:util'
import pg from 'pg'
import { demonstrationPassword } from '../demo/people.ts'
import { entryHash, genesisHash } from '../src/audit/verify.ts'
import type { RoleHolder } from '../src/features/concerns/model.ts'
import { localDate } from '../src/kernel/london-time.ts'
import { systemClock } from '../src/platform/clock.ts'
import { ownerRole } from '../src/platform/logins.ts'
import { hashPassword } from '../src/platform/passwords.ts'
import { ConcernMaker, concernColumns, type Happened } from './concern-rows.ts'
import { copyRows, type Values } from './copy.ts'
import { largePolicies, openLarge, placeOf } from './open-large.ts'
import { addSchool, type Making, peopleColumns, Rows } from './people-rows.ts'
import { Random } from './random.ts'
import { schoolKey, trustOf } from './trust.ts'

const concernsAtOnce = 2000
const entriesAtOnce = 20_000
const auditColumns = 'school_id, chain, n, at, actor_id, action, subject_kind, subject_id, outcome, body, hash'

async function copyAll(client: pg.Client, rows: Rows, columns: Readonly<Record<string, string>>): Promise<void> {
  for (const [table, names] of Object.entries(columns)) await copyRows(client, table, names, rows.byTable.get(table) ?? [])
}

/** Chains what happened at a school in the order in which it did, as the product would have. */
async function copyTrail(client: pg.Client, schoolId: string, happened: readonly Happened[]): Promise<void> {
  let hash = genesisHash(schoolId, 'main')
  let rows: Values[] = []
  for (const [index, { body }] of happened.toSorted((a, b) => (a.at < b.at ? -1 : 1)).entries()) {
    const n = index + 1
    hash = entryHash(hash, n, body)
    const facts = JSON.parse(body) as Record<string, string>
    rows.push([
      schoolId,
      'main',
      n,
      facts['at'] ?? '',
      facts['actor'] ?? null,
      facts['action'] ?? '',
      facts['subjectKind'] ?? null,
      facts['subject'] ?? null,
      facts['outcome'] ?? '',
      body,
      hash,
    ])
    if (rows.length === entriesAtOnce) {
      await copyRows(client, 'audit_entry', auditColumns, rows)
      rows = []
    }
  }
  await copyRows(client, 'audit_entry', auditColumns, rows)
  await client.query(`update audit_chain set n = $2, hash = $3 where school_id = $1 and chain = 'main'`, [
    schoolId,
    happened.length,
    hash,
  ])
}

function holdersOf(rows: Rows): RoleHolder[] {
  const names = new Map((rows.byTable.get('adult') ?? []).map(row => [row[1], row[3]]))
  return (rows.byTable.get('appointment') ?? [])
    .filter(row => row[5] === null)
    .map(row => ({ adultId: row[2], role: row[3], name: names.get(row[2]) ?? '', absent: false }) as RoleHolder)
}

async function seedSchool(client: pg.Client, making: Omit<Making, 'rows' | 'random'>, n: number): Promise<void> {
  const random = new Random(1_000_003 * (n + 1))
  const policies = largePolicies()
  const key = schoolKey(n)
  const profile = policies.profile(key, localDate(making.now))
  const people = new Rows()
  const school = addSchool({ ...making, random, rows: people }, key, profile)
  await copyAll(client, people, peopleColumns)
  const maker = new ConcernMaker({ ...making, random, rows: people }, school, profile, holdersOf(people))
  for (let from = 0; from < maker.count; from += concernsAtOnce) {
    const rows = new Rows()
    for (let at = from; at < Math.min(from + concernsAtOnce, maker.count); at += 1) maker.add(rows, at)
    await copyAll(client, rows, concernColumns)
  }
  await copyTrail(client, school.id, maker.happened)
}

/** Checks of references are skipped where the server allows it: every row is made to fit. */
async function hasten(client: pg.Client): Promise<void> {
  await client.query('set synchronous_commit = off')
  await client.query('set session_replication_role = replica').catch(() => undefined)
}

const { values } = parseArgs({ options: { size: { type: 'string' }, data: { type: 'string' }, database: { type: 'string' } } })
const place = placeOf(values)
const database = await openLarge(place)
const client = new pg.Client(database.admin)
await client.connect()
try {
  const used = await client.query('select from school limit 1')
  if (used.rowCount !== 0) throw new Error('The database holds schools already: give a new --data folder or --database.')
  const startedMs = performance.now()
  const trust = trustOf(place.size)
  await client.query(`set role ${ownerRole}`)
  await client.query(`insert into installation (kind, created_at) values ('demonstration', $1) on conflict do nothing`, [
    systemClock.now(),
  ])
  await client.query('reset role')
  await hasten(client)
  const making = { size: trust, now: systemClock.now(), passwordHash: await hashPassword(demonstrationPassword) }
  for (let n = 0; n < trust.schools; n += 1) {
    await seedSchool(client, making, n)
    const seconds = Math.round((performance.now() - startedMs) / 1000)
    console.error(`${n + 1} of ${trust.schools} schools, ${(n + 1) * trust.concernsEach} concerns, ${seconds} s`)
  }
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  const tables = ['school', 'child', 'adult', 'concern', 'entry', 'alert', 'clock', 'audit_entry']
  const counts: string[] = []
  for (const table of tables) counts.push(`${table} ${(await client.query(`select count(*) as n from ${table}`)).rows[0].n}`)
  const size = await client.query('select pg_size_pretty(pg_database_size(current_database())) as size')
  console.log(`${counts.join(', ')}; ${size.rows[0].size} in ${Math.round((performance.now() - startedMs) / 1000)} s`)
} finally {
  await client.end()
  await database.stop()
}
