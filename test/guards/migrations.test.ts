import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readMigrations } from '../../src/platform/migrate.ts'

type Ban = { readonly says: string; readonly pattern: RegExp }

// Found by trying: a distributed PostgreSQL refuses these or, worse, silently does something else.
const bans: readonly Ban[] = [
  {
    says: 'set_config: the scope would not travel to the nodes, and reads would silently find nothing',
    pattern: /\bset_config\s*\(/,
  },
  { says: 'FORCE row level security: it blocks moving a school between nodes', pattern: /\bforce\s+row\s+level\s+security\b/ },
  { says: 'advisory locks: they are kept by each node for itself', pattern: /\bpg_(try_)?advisory_/ },
  { says: 'exclusion constraints', pattern: /\bexclude\s+(using|\()/ },
  { says: 'deferrable constraints: their violations arrive without a usable code', pattern: /\bdeferr(able|ed)\b/ },
  { says: 'GiST indexes', pattern: /\busing\s+(sp)?gist\b/ },
  { says: 'LISTEN and NOTIFY', pattern: /^\s*(listen|notify)\s|\bpg_notify\s*\(/m },
  {
    says: 'ON DELETE or ON UPDATE of SET NULL or SET DEFAULT: it would empty the school too',
    pattern: /\bon\s+(delete|update)\s+set\b/,
  },
  {
    says: 'sequences and identity columns: a number that counts something tells a stranger how often it happens',
    pattern: /\b(big|small)?serial\b|\bgenerated\s+(always|by\s+default)\s+as\s+identity\b|\bcreate\s+sequence\b/,
  },
  { says: 'temporary tables, which the application may not make', pattern: /\bcreate\s+temp(orary)?\s/ },
  { says: 'roles: they are made before the migrations', pattern: /\b(create|alter|drop)\s+(role|user)\b/ },
]

function withoutComments(sql: string): string {
  return sql
    .replace(/--[^\n]*/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\bcomment\s+on\b[^']*'(?:[^']|'')*'\s*;/gi, '')
    .toLowerCase()
}

function bansBroken(sql: string): readonly string[] {
  return bans.filter(ban => ban.pattern.test(withoutComments(sql))).map(ban => ban.says)
}

suite('Whoever runs Holdfast beyond one machine finds in the migrations none of', () => {
  for (const ban of bans) {
    test(ban.says, () => {
      const broken = readMigrations().filter(migration => ban.pattern.test(withoutComments(migration.sql)))
      assert.deepEqual(
        broken.map(migration => migration.name),
        [],
      )
    })
  }

  const planted = [
    `select set_config('app.school_id', $1, true)`,
    'alter table concern force row level security',
    'select pg_advisory_xact_lock(1)',
    'select pg_try_advisory_lock(1)',
    'alter table cover add exclude using btree (a with =)',
    'create table a (b text, unique (b) deferrable)',
    'create index on a using gist (b)',
    `notify alerts, 'x'`,
    `select pg_notify('a', 'b')`,
    'foreign key (school_id, a) references b (school_id, id) on delete set null',
    'create table a (id bigserial)',
    'create table a (id bigint generated always as identity)',
    'create temp table a (b text)',
    'create role somebody',
  ]
  test('these, each of which would be noticed', () => {
    assert.deepEqual(
      planted.filter(sql => bansBroken(sql).length === 0),
      [],
    )
    assert.deepEqual(bansBroken(`-- never set_config()\ncomment on table a is 'no notify; no pg_notify(';`), [])
  })
})
