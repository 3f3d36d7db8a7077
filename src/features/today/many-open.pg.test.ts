import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { authorise } from '../../access/index.ts'
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import type { Prepared } from '../../platform/database.ts'
import { workAs, workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'
import { getTodayFacts } from './store.ts'

const morning = '2026-11-18T09:12:00.000Z' as Instant
const concerns = 600
const school = demo.mmap
let app: TestApp

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: morning })
  await app.people.query('delete from absence')
  const [child] = school.children
  assert.ok(child)
  const first = await recordAs(app, school, school.adults.teacher, concernAbout(child))
  await app.people.query('create table copied as select gen_random_uuid() as id, n from generate_series(2, $1::int) as n', [
    concerns,
  ])
  await copyRows('concern', { id: 'm.id', reference: `'M' || m.n` }, `s.id = '${first}'`)
  for (const table of ['concern_account', 'concern_child'])
    await copyRows(table, { concern_id: 'm.id' }, `s.concern_id = '${first}'`)
  for (const table of ['alert', 'clock', 'entry'])
    await copyRows(table, { id: 'gen_random_uuid()', concern_id: 'm.id' }, `s.concern_id = '${first}'`)
})
after(() => app.close())

/** The rows of one concern once more for each of the others, with other ids. */
async function copyRows(table: string, other: Readonly<Record<string, string>>, where: string): Promise<void> {
  const columns = await app.people.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const names = columns.map(column => column.name)
  const values = names.map(name => other[name] ?? `s.${name}`)
  await app.people.query(
    `insert into ${table} (${names.join()}) select ${values.join()} from ${table} s, copied m where ${where}`,
  )
}

interface PlanNode {
  readonly Plans?: readonly PlanNode[]
  readonly [key: string]: unknown
}

/** Every row that a step of the plan took into its hands, passed over ones too. */
function rowsTouched(node: PlanNode): number {
  const perLoop = ['Actual Rows', 'Rows Removed by Filter', 'Rows Removed by Join Filter'].map(key => Number(node[key] ?? 0))
  const own = perLoop.reduce((sum, rows) => sum + rows, 0) * Number(node['Actual Loops'] ?? 0)
  return (node.Plans ?? []).reduce((sum, plan) => sum + rowsTouched(plan), own)
}

test('With hundreds of concerns that nobody has opened, the lists of today read each a few times, whatever the planner expects', async () => {
  const touched = await workAs(app.tools, { schoolId: school.id, adultId: school.adults.head.adultId }, morning, async work => {
    // The worst that a planner does which takes every list for short.
    for (const kind of ['hashjoin', 'mergejoin', 'material', 'memoize'])
      await work.tx.run({ name: `without_${kind}`, text: `set local enable_${kind} = off` }, [])
    let rows = 0
    const explaining = async (query: Prepared, values: readonly unknown[]) => {
      const explained = { name: `explain_${query.name}`, text: `explain (analyze, timing off, format json) ${query.text}` }
      const [answer] = await work.tx.run<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(explained, values)
      rows = answer?.['QUERY PLAN'].reduce((sum, { Plan }) => sum + rowsTouched(Plan), 0) ?? 0
      return work.tx.run(query, values)
    }
    const tx = { db: work.tx.db, later: work.tx.later, roundTrips: 0, run: explaining as typeof work.tx.run }
    const facts = await getTodayFacts(
      { ...work, tx },
      authorise(work.someone, 'today.open', { schoolId: school.id }),
      ['dsl'],
      [],
    )
    assert.ok(facts.concerns.length >= concerns)
    assert.ok(facts.concerns.every(concern => concern.state !== 'new' || concern.dueAt !== null))
    return { commit: false, value: rows }
  })
  assert.ok(touched > concerns && touched < concerns * 40, `${touched} rows for ${concerns} concerns`)
})

test('[time.breached-after] At the moment at which an answer is due nothing is late; a second later it is', async () => {
  const [first] = await app.people.query<{ due: Instant }>(
    `select to_char(min(due_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as due from clock where school_id = $1 and met_at is null and due_at > $2`,
    [school.id, morning],
  )
  assert.ok(first)
  const lateAt = (now: Instant) =>
    workInBackground(app.tools, school.id, now, async work => {
      const { moved, breached } = await lookRoundSchool(work)
      return { commit: false, value: moved + breached }
    })
  assert.equal(await lateAt(first.due), 0)
  assert.ok((await lateAt(instantOf(epochInMs(first.due) + 1000))) > 0)
})

test('What hundreds did not have answered is passed on in several looks, each concern once, so that none is held for long', async () => {
  app.clock.set(morning)
  app.pass(24 * 60)
  const look = () =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await lookRoundSchool(work) }))
  const looks = [await look()]
  while (looks.at(-1)?.isMoreWaiting && looks.length < 20) looks.push(await look())
  assert.ok(looks.length > 2 && looks.every(one => one.moved <= 200), JSON.stringify(looks))
  const told = await app.people.query<{ n: number; times: number }>(
    `select count(distinct concern_id)::int as n, max(times)::int as times from (select concern_id, count(*) as times from alert
      where school_id = $1 and kind = 'second-alert' and told_at = $2 group by concern_id, adult_id) t`,
    [school.id, app.clock.now()],
  )
  assert.ok((told[0]?.n ?? 0) >= concerns)
  assert.equal(told[0]?.times, 1)
  assert.deepEqual(await look(), { moved: 0, breached: 0, isMoreWaiting: false })
})
