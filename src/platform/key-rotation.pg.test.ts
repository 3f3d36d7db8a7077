import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { TestPeople } from '../../test/support/people.ts'
import type { Instant } from '../kernel/plain-date.ts'
import { Database } from './database.ts'
import { newId } from './identifiers.ts'
import { findMasterKeyId, openSealing } from './installation-keys.ts'
import { KeyDestroyed, masterKeyId } from './key-ring.ts'
import { destroyKeys, findProgress, lookAfterKeys, replaceKey, resealOwner, wrapAnew } from './key-rotation.ts'
import { openMasterKey, prepareNextKey, putNextInPlace, readMasterKeys, settleMasterKey } from './master-key.ts'
import { sealedPlaces } from './sealed-places.ts'
import { Sealing, sealedUnder } from './sealing.ts'

const now = '2026-11-18T10:00:00.000Z' as Instant
const later = '2026-11-18T10:20:00.000Z' as Instant

suite('Whoever changes the keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rotation-'))
  const file = join(folder, 'master.key')
  const opened: Database[] = []
  let made: TestDatabase
  let admin: pg.Client
  let school: string
  let adult: string
  let owner: string

  async function program() {
    const database = new Database(made.app)
    opened.push(database)
    return { database, sealing: await openSealing(database, () => readMasterKeys(file)) }
  }

  function present(): Buffer {
    const key = openMasterKey(file, true)
    assert.ok(key.ok)
    return key.value
  }

  async function addDraft(sealing: Sealing, words: string): Promise<string> {
    const id = newId<string>()
    await admin.query(
      `insert into draft (school_id, adult_id, id, form, sealed, version, started_at, saved_at) values ($1, $2, $3, 'concern', $4, 1, $5, $5)`,
      [school, adult, id, sealing.seal(owner, `draft:${id}`, words), now],
    )
    return id
  }

  async function readDraft(sealing: Sealing, id: string): Promise<string> {
    const { rows } = await admin.query<{ sealed: Buffer }>('select sealed from draft where id = $1', [id])
    return sealing.open(owner, `draft:${id}`, rows[0]?.sealed ?? Buffer.alloc(0)).toString()
  }

  const keptKeys = (database: Database) => database.transaction(async () => ({ commit: true, value: undefined }))

  before(async () => {
    made = await createTestDatabase()
    admin = new pg.Client(made.admin)
    await admin.connect()
    const people = new TestPeople(made)
    const at = await people.addSchool()
    school = at.id
    owner = `school:${school}`
    adult = (await people.addAdult(at)).id
  })
  after(async () => {
    for (const database of opened) await database.close()
    await admin.end()
    rmSync(folder, { recursive: true })
  })

  test('finds every sealed column of the schema among what is sealed anew', async () => {
    const { rows } = await admin.query<{ found: string }>(
      `select table_name || '.' || column_name as found from information_schema.columns
        where table_schema = 'public' and data_type = 'bytea' and column_name like '%sealed%' order by 1`,
    )
    assert.deepEqual(
      rows.map(row => row.found),
      sealedPlaces.map(({ table, column }) => `${table}.${column}`).sort(),
    )
  })

  test('has everything open at every moment while the master key changes under a running program, an older draft too', async () => {
    const old = present()
    const running = await program()
    const drafts = [await addDraft(new Sealing(old), 'older'), await addDraft(running.sealing, 'newer')]
    await keptKeys(running.database)
    const allOpen = async (sealing: Sealing) =>
      assert.deepEqual(await Promise.all(drafts.map(id => readDraft(sealing, id))), ['older', 'newer'])

    const next = prepareNextKey(file)
    assert.ok(next.ok)
    // Cut off before the database had it: nothing has changed, and the same next key is taken up again.
    assert.deepEqual(settleMasterKey(file, old, await findMasterKeyId(made.admin)), { ok: true, value: old })
    await allOpen((await program()).sealing)
    assert.deepEqual(prepareNextKey(file), next)

    let reading = true
    const reader = (async () => {
      let times = 0
      for (; reading; times += 1) {
        await allOpen(running.sealing)
        await running.database.keys?.readAgain(running.database)
      }
      return times
    })()
    await wrapAnew(made.admin, old, next.value, now)
    await allOpen(running.sealing)
    // Cut off before the file was in place: a start finishes it.
    await allOpen((await program()).sealing)
    assert.equal(await findMasterKeyId(made.admin), masterKeyId(next.value))
    assert.deepEqual(settleMasterKey(file, old, await findMasterKeyId(made.admin)), { ok: true, value: next.value })
    await allOpen((await program()).sealing)
    reading = false
    assert.ok((await reader) > 0)
    assert.deepEqual(present(), next.value)
    assert.ok(!existsSync(`${file}.next`))

    const refusal = settleMasterKey(join(folder, 'elsewhere'), old, await findMasterKeyId(made.admin))
    assert.ok(!refusal.ok)
    assert.match(refusal.refusal, /is not the one that this database is sealed under/)
    const { rows } = await admin.query<{ master_id: string }>('select distinct master_id from data_key')
    assert.deepEqual(rows, [{ master_id: masterKeyId(next.value) }])
    assert.equal(readdirSync(folder).filter(name => name.includes('.former-')).length, 1)
  })

  test('has a key that was made with the former master key wrapped under the new one, by whoever had not heard of it', async () => {
    const behind = await program()
    const next = prepareNextKey(file)
    assert.ok(next.ok)
    await wrapAnew(made.admin, present(), next.value, now)
    putNextInPlace(file)
    const account = `account:${newId<string>()}`
    const sealed = behind.sealing.seal(account, 'code-secret', 'secret')
    await behind.database.persistently('harmful', () => keptKeys(behind.database))
    assert.equal((await program()).sealing.open(account, 'code-secret', sealed).toString(), 'secret')
  })

  test('has a school’s values sealed anew under its new key one by one, goes on after being cut off, and no value is closed meanwhile', async () => {
    const { sealing, database } = await program()
    const drafts = []
    for (let n = 0; n < 12; n += 1) drafts.push(await addDraft(sealing, `words ${n}`))
    await keptKeys(database)
    const former = sealedUnder(sealing.seal(owner, 'r', ''))
    await replaceKey(made.admin, owner, now)
    const other = await program()
    const cutOff = resealOwner(made.admin, other.sealing, owner, now, ({ resealed }) => {
      if (resealed === 5) throw new Error('cut off')
    })
    await assert.rejects(cutOff, /cut off/)
    const [between] = await findProgress(made.admin)
    assert.deepEqual([between?.finished, between?.resealed], [false, 5])
    await database.keys?.readAgain(database)
    for (const [n, id] of drafts.entries()) assert.equal(await readDraft(sealing, id), `words ${n}`)

    const third = await program()
    await lookAfterKeys(made.admin, third.sealing, now)
    assert.deepEqual(
      (await findProgress(made.admin)).map(({ finished }) => finished),
      [true],
    )
    const alive = async () => (await admin.query('select from data_key where id = $1 and wrapped is not null', [former])).rowCount
    assert.equal(await alive(), 1, 'another process may not have heard of it yet')
    await lookAfterKeys(made.admin, third.sealing, later)
    assert.equal(await alive(), 0)
    for (const [n, id] of drafts.entries()) assert.equal(await readDraft(third.sealing, id), `words ${n}`)
    const { rows } = await admin.query<{ sealed: Buffer }>('select sealed from draft')
    assert.equal(new Set(rows.map(row => sealedUnder(row.sealed))).size, 1)
    assert.notEqual(sealedUnder(rows[0]?.sealed ?? Buffer.alloc(0)), former)
    // Whoever still holds the destroyed key in memory writes nothing that would be lost.
    await assert.rejects(addDraft(sealingUnder(former), 'too late'), /key that was destroyed/)
  })

  /** A program that missed everything since. */
  function sealingUnder(id: string | undefined): Sealing {
    const stale = new Sealing(randomBytes(32))
    stale.seal = () => Buffer.concat([Buffer.from([2]), Buffer.from((id ?? '').replaceAll('-', ''), 'hex'), Buffer.alloc(40)])
    return stale
  }

  test('who destroys the key of one school can open nothing of it ever again, with the master key in hand, and another school’s is whole', async () => {
    const { sealing, database } = await program()
    const other = `school:${newId<string>()}`
    const elsewhere = sealing.seal(other, 'r', 'elsewhere')
    const drafts = [await addDraft(sealing, 'newer'), await addDraft(new Sealing(present()), 'older')]
    await keptKeys(database)
    assert.ok((await destroyKeys(made.admin, sealing, owner, later)) > 0)
    const after = await program()
    for (const id of drafts) await assert.rejects(readDraft(after.sealing, id), KeyDestroyed)
    assert.equal(after.sealing.open(other, 'r', elsewhere).toString(), 'elsewhere')
    const { rows } = await admin.query('select from data_key where owner = $1 and wrapped is not null', [owner])
    assert.equal(rows.length, 0)
    const id = await addDraft(after.sealing, 'a new beginning')
    assert.equal(await readDraft(after.sealing, id), 'a new beginning')
  })
})
