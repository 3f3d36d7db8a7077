import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import type { Instant } from '../src/kernel/plain-date.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { demonstrationLoadedAt, testTools } from '../test/support/demonstration.ts'
import { loadHistory } from './history.ts'
import { demo, demoSchools } from './people.ts'

async function historyAt(now: Instant) {
  const database = await createTestDatabase('demonstration')
  const tools = testTools(database.app)
  const admin = new pg.Client(database.admin)
  await admin.connect()
  after(async () => {
    await admin.end()
    await tools.database.close()
  })
  await loadHistory(tools, now)
  const count = async (statement: string, values: unknown[] = []) =>
    Number((await admin.query<{ n: string }>(statement, values)).rows[0]?.n)
  return { tools, count }
}

test('each school has concerns in every state, a referral that waits for an answer, and nothing from the future', async () => {
  const { tools, count } = await historyAt(demonstrationLoadedAt)
  for (const school of demoSchools) {
    for (const state of ['new', 'acknowledged', 'open', 'closed'])
      assert.ok(
        (await count('select count(*) as n from concern where school_id = $1 and state = $2', [school.id, state])) > 0,
        `${school.key} has no concern that is ${state}`,
      )
    assert.ok(
      (await count("select count(*) as n from referral where school_id = $1 and state in ('phoned', 'written')", [school.id])) >
        0,
      `${school.key} waits for no answer`,
    )
  }
  assert.equal(await count('select count(*) as n from entry where recorded_at > $1', [demonstrationLoadedAt]), 0)
  assert.equal(await count('select count(*) as n from outbox'), 0)
  assert.equal(await count('select count(*) as n from alert where mailed_at is null'), 0)
  const before = await count('select count(*) as n from concern')
  await loadHistory(tools, demonstrationLoadedAt)
  assert.equal(await count('select count(*) as n from concern'), before)
})

test('a deputy who is the child’s uncle is outside the concern about her, and the one about Amina is not his to pass over', async () => {
  const { count } = await historyAt(demonstrationLoadedAt)
  const excluded =
    'select count(*) as n from concern c join concern_child x on x.school_id = c.school_id and x.concern_id = c.id where x.child_id = $1 and $2 = any (c.excluded)'
  assert.equal(await count(excluded, [demo.westPark.pupils.zofia.childId, demo.westPark.deputy.adultId]), 1)
  assert.equal(await count(excluded, [demo.westPark.pupils.amina.childId, demo.westPark.deputy.adultId]), 0)
})

for (const [when, now] of [
  ['in the summer holidays', '2026-08-12T09:30:00.000Z'],
  ['on a Sunday night', '2026-11-22T23:10:00.000Z'],
  ['early on a Monday', '2026-11-23T06:30:00.000Z'],
] as const) {
  test(`the past can be told ${when}`, async () => {
    const { count } = await historyAt(now as Instant)
    assert.ok((await count('select count(*) as n from concern')) > 30)
    assert.equal(await count('select count(*) as n from audit_entry where at > $1', [now]), 0)
  })
}
