import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { createTestDatabase } from '../../test/support/database.ts'
import { Database } from './database.ts'

const add = { name: 'trust_add', text: 'insert into trust (id, key, name) values (gen_random_uuid(), $1, $2)' }
const count = { name: 'trust_count', text: 'select count(*) as n from trust where key = $1' }

describe('Whoever writes in one transaction', () => {
  let database: Database
  let admin: pg.Client

  before(async () => {
    const made = await createTestDatabase()
    database = new Database(made.admin)
    admin = new pg.Client(made.admin)
    await admin.connect()
  })
  after(async () => {
    await database.close()
    await admin.end()
  })

  const kept = async (key: string) => (await admin.query(count.text, [key])).rows[0].n

  test('finds what was sent without waiting, in the order in which it was said', async () => {
    const seen = await database.transaction(async tx => {
      tx.later(add, ['order', 'First'])
      const [row] = await tx.run<{ n: number }>(count, ['order'])
      tx.later(add, ['last', 'Last'])
      return { commit: true, value: { n: row?.n, roundTrips: tx.roundTrips } }
    })
    assert.deepEqual(seen, { n: 1, roundTrips: 3 })
    assert.deepEqual([await kept('order'), await kept('last')], [1, 1])
  })

  test('is told of the statement that failed, and nothing is kept', async () => {
    const writing = database.transaction(async tx => {
      tx.later(add, ['twice', 'Once'])
      tx.later(add, ['twice', 'Again'])
      return { commit: true, value: undefined }
    })
    await assert.rejects(writing, { code: '23505' })
    const readingAfterwards = database.transaction(async tx => {
      tx.later(add, ['twice', 'Once'])
      tx.later(add, ['twice', 'Again'])
      await tx.run(count, ['twice'])
      return { commit: true, value: undefined }
    })
    await assert.rejects(readingAfterwards, { code: '23505' })
    assert.equal(await kept('twice'), 0)
  })

  test('is never told that it is kept when an error was caught on the way and the database gave it up', async () => {
    const writing = database.transaction(async tx => {
      await tx.run(add, ['caught', 'Once'])
      await tx.run(add, ['caught', 'Again']).catch(() => undefined)
      return { commit: true, value: undefined }
    })
    await assert.rejects(writing, /could not be committed/)
    assert.equal(await kept('caught'), 0)
  })

  test('leaves nothing behind when the body refuses, whatever was still to be sent', async () => {
    const refused = (body: 'early' | 'late') =>
      database.transaction(async tx => {
        if (body === 'late') await tx.run(add, ['refused', 'Early'])
        tx.later(add, ['refused', 'Late'])
        return { commit: false, value: body }
      })
    assert.equal(await refused('early'), 'early')
    assert.equal(await refused('late'), 'late')
    assert.equal(await kept('refused'), 0)
  })
})
