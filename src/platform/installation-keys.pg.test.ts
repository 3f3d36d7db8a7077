import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { Database } from './database.ts'
import { newId } from './identifiers.ts'
import { openSealing } from './installation-keys.ts'
import { KeyNotHere, masterKeyId, unwrapKey } from './key-ring.ts'
import { Sealing, sealedUnder } from './sealing.ts'

suite('Whoever seals under the keys of an installation', () => {
  const master = randomBytes(32)
  const school = `school:${newId<string>()}`
  const account = `account:${newId<string>()}`
  let made: TestDatabase
  let admin: pg.Client
  const opened: Database[] = []

  async function program(key = master) {
    const database = new Database(made.app)
    opened.push(database)
    return { database, sealing: await openSealing(database, () => [key]) }
  }
  const committed = (database: Database) => database.transaction(async () => ({ commit: true, value: undefined }))

  before(async () => {
    made = await createTestDatabase()
    admin = new pg.Client(made.admin)
    await admin.connect()
  })
  after(async () => {
    for (const database of opened) await database.close()
    await admin.end()
  })

  test('has a random key for each school and account, kept wrapped with what was sealed under it, and opened by the next start', async () => {
    const first = await program()
    const words = first.sealing.seal(school, 'draft:1', 'Robin told me')
    const secret = first.sealing.seal(account, 'code-secret', 'JBSWY3DP')
    assert.equal(words[0], 2)
    assert.notEqual(sealedUnder(words), sealedUnder(secret))
    assert.equal(first.sealing.open(school, 'draft:1', words).toString(), 'Robin told me')
    assert.equal((await admin.query('select from data_key')).rowCount, 0)
    await committed(first.database)
    const { rows } = await admin.query<{ id: string; owner: string; master_id: string; wrapped: Buffer }>(
      'select * from data_key',
    )
    assert.deepEqual(rows.map(row => row.owner).sort(), [account, school].sort())
    for (const row of rows) {
      assert.equal(row.master_id, masterKeyId(master))
      const key = unwrapKey(master, row.id, row.owner, row.wrapped)
      assert.equal(key.length, 32)
      assert.ok(!row.wrapped.includes(key))
      assert.throws(() => unwrapKey(randomBytes(32), row.id, row.owner, row.wrapped))
      assert.throws(() => unwrapKey(master, row.id, school === row.owner ? account : school, row.wrapped))
    }
    const next = await program()
    assert.equal(next.sealing.open(school, 'draft:1', words).toString(), 'Robin told me')
    assert.equal(sealedUnder(next.sealing.seal(school, 'draft:2', 'more')), sealedUnder(words))
  })

  test('opens nothing that was moved to another record or owner, changed, cut short or given another key’s name', async () => {
    const { sealing, database } = await program()
    const sealed = sealing.seal(school, 'draft:1', 'words')
    const other = sealing.seal(account, 'draft:1', 'words')
    await committed(database)
    assert.throws(() => sealing.open(school, 'draft:2', sealed))
    assert.throws(() => sealing.open(account, 'draft:1', sealed), /another owner/)
    for (const at of [0, 20, 30, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 4
      assert.throws(() => sealing.open(school, 'draft:1', changed), `byte ${at}`)
    }
    for (const length of [0, 1, 17, 44]) assert.throws(() => sealing.open(school, 'draft:1', sealed.subarray(0, length)))
    const named = Buffer.concat([sealed.subarray(0, 1), other.subarray(1, 17), sealed.subarray(17)])
    assert.throws(() => sealing.open(account, 'draft:1', named))
  })

  test('opens what was sealed under a derived key before keys were random', async () => {
    const { sealing } = await program()
    const before = new Sealing(master).seal(school, 'draft:9', 'an older draft')
    assert.equal(before[0], 1)
    assert.equal(sealing.open(school, 'draft:9', before).toString(), 'an older draft')
  })

  test('reads a key that another process made and goes on, and neither process loses what the other sealed at the same moment', async () => {
    const [one, two] = [await program(), await program()]
    const owner = `school:${newId<string>()}`
    const [a, b] = [one.sealing.seal(owner, 'r', 'one'), two.sealing.seal(owner, 'r', 'two')]
    await Promise.all([committed(one.database), committed(two.database)])
    assert.throws(() => one.sealing.open(owner, 'r', b), KeyNotHere)
    const said = await one.database.persistently('harmless', () =>
      one.database.transaction(async () => ({ commit: false, value: one.sealing.open(owner, 'r', b).toString() })),
    )
    assert.equal(said, 'two')
    const third = await program()
    assert.equal(third.sealing.open(owner, 'r', a).toString(), 'one')
  })

  test('seals nothing under a key that was rolled back: it is written down with the next commit', async () => {
    const { sealing, database } = await program()
    const owner = `school:${newId<string>()}`
    const sealed = sealing.seal(owner, 'r', 'words')
    await database.transaction(async () => ({ commit: false, value: undefined }))
    assert.equal((await admin.query('select from data_key where owner = $1', [owner])).rowCount, 0)
    await committed(database)
    assert.equal((await program()).sealing.open(owner, 'r', sealed).toString(), 'words')
  })

  test('keeps no new key under a master key that is not the present one', async () => {
    const stranger = await program(randomBytes(32))
    stranger.sealing.seal(`school:${newId<string>()}`, 'r', 'words')
    await assert.rejects(committed(stranger.database), /master key has changed/)
  })

  test('finds that whoever serves requests reads no row of the keys', async () => {
    const client = new pg.Client(made.app)
    await client.connect()
    for (const table of ['master_key', 'data_key', 'resealing'])
      await assert.rejects(client.query(`select from ${table}`), /permission denied/)
    await client.end()
  })
})
