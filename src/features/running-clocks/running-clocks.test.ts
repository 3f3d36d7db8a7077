import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'

const school = demo.westPark
const { dsl, deputy, deputyTwo, head, teacher, teacherTwo, safeguardingGovernor } = school.adults
const [child, other] = school.children
assert.ok(child && other)
const morning = '2026-11-18T10:00:00.000Z' as Instant
let app: TestApp

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: morning })
  await app.people.query('update clock set ended_at = $1 where met_at is null and ended_at is null', [morning])
})
after(() => app.close())

const agent = (adult: Pick<DemoAdult, 'adultId'>): Promise<Agent> => app.agentFor(adult.adultId)
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const list = async (adult: Pick<DemoAdult, 'adultId'>, query = '') => (await (await agent(adult)).get(`/clocks${query}`)).html

/** A clock that watches something else than a concern. */
async function runs(area: string, kind: string, subject: string, more: Record<string, unknown> = {}): Promise<void> {
  const row: Record<string, unknown> = {
    school_id: school.id,
    id: newId<string>(),
    name: 'triage',
    rule: 'x.y',
    says: `A duty about a ${kind}.`,
    source: 'policy 1',
    standing: 'stated',
    basis_at: morning,
    duration_unit: 'years',
    duration_count: 1,
    due_at: '2027-11-18T23:59:59Z',
    area,
    subject_kind: kind,
    subject_id: subject,
    ...more,
  }
  const names = Object.keys(row)
  await app.people.query(
    `insert into clock (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  )
}

test('a concern of a Sunday night says which day its first decision is due, on the list, on its page and to whoever recorded it', async () => {
  app.clock.set('2026-11-22T02:28:00.000Z' as Instant)
  const id = await recordAs(app, school, teacher, concernAbout(child))
  const [clock] = await app.people.query<{ due_at: string }>(
    `select due_at::text from clock where name = 'triage' and concern_id = $1`,
    [id],
  )
  assert.match(clock?.due_at ?? '', /^2026-11-22 23:59:59/)
  const due = /First decision ?: due today, Sunday 22 November 2026/
  assert.match(textOf(await list(dsl)), due)
  assert.match(textOf((await (await agent(dsl)).get(`/concerns/${id}`)).html), due)
  const own = textOf((await (await agent(teacher)).get(`/my-concerns/${id}`)).html)
  assert.match(own, /By the end of today, Sunday 22 November 2026: one of them decides what happens next/)
  await app.people.query('update clock set ended_at = $1 where concern_id = $2', [app.clock.now(), id])
  app.clock.set(morning)
})

test('a DSL reads every running clock in one list, overdue first although no worker has run, and asks each why', async () => {
  const first = await recordAs(app, school, teacher, concernAbout(child, { urgent: true }))
  app.pass(60)
  await recordAs(app, school, teacherTwo, concernAbout(other))
  assert.deepEqual(await app.people.query('select 1 from clock where breached_at is not null and ended_at is null'), [])
  const html = await list(dsl)
  const text = textOf(html)
  assert.match(text, /\d+ clocks run; \d+ are overdue\./)
  assert.match(text, /overdue by [^.]*concern/)
  const rows = [...html.matchAll(/<li class="hf-today__row">([\s\S]*?)<\/li>/g)].map(([, row = '']) => textOf(row))
  const late = rows.map(row => row.includes('overdue by'))
  assert.ok(late.includes(true) && late.includes(false), text)
  assert.ok(late.lastIndexOf(true) < late.indexOf(false), 'overdue first')
  assert.ok(html.includes(`href="/concerns/${first}"`), 'what it watches is a link')
  assert.match(text, new RegExp(child.name))

  const overdue = await list(dsl, '?overdue=yes')
  assert.ok(![...overdue.matchAll(/<li class="hf-today__row">([\s\S]*?)<\/li>/g)].some(([, row]) => !row?.includes('overdue by')))
  const one = textOf(await list(dsl, `?kind=acknowledge&owner=${dsl.adultId}`))
  assert.match(one, /Acknowledge/)
  assert.doesNotMatch(one.split('overdue first')[1] ?? '', /First decision/)

  const why = /href="(\/policy\/rules\/[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  assert.ok(why)
  const rule = await (await agent(teacher)).get(why)
  assert.equal(rule.status, 200)
  assert.match(textOf(rule.html), /Paragraph .* Where it stands The school's own policy/)
})

test('a DSL sees on Today how many times of a concern have passed, not the first alone', async () => {
  const id = await recordAs(app, school, teacher, concernAbout(child))
  await app.people.query(`update clock set due_at = $1 where concern_id = $2 and met_at is null and ended_at is null`, [
    '2026-11-18T09:00:00Z',
    id,
  ])
  const [late] = await app.people.query<{ count: number }>(
    'select count(*)::int as count from clock where concern_id = $1 and met_at is null and ended_at is null',
    [id],
  )
  assert.ok(late && late.count > 1)
  const { html } = await (await agent(dsl)).get('/today')
  assert.match(html, new RegExp(`href="/concerns/${id}#clocks"><strong>${late.count - 1} more overdue`))
  await app.people.query('update clock set ended_at = $1 where concern_id = $2', [app.clock.now(), id])
})

test('whoever is outside a concern has none of its clocks in the list or in a number', async () => {
  await app.people.query('update clock set ended_at = $1 where ended_at is null and met_at is null', [app.clock.now()])
  await recordAs(
    app,
    school,
    teacher,
    concernAbout(child, {
      adults: [{ adultId: deputyTwo.adultId, name: deputyTwo.name, relation: '', involvement: 'alleged', toldAt: null } as never],
    }),
  )
  assert.match(textOf(await list(dsl)), /[1-9] clocks run/)
  const seen = textOf(await list(deputyTwo))
  assert.match(seen, /No clock runs/)
  assert.doesNotMatch(seen, new RegExp(child.name))
})

test('the head sees the school’s own duties and no child’s, a case about an adult only its readers, and a teacher or a governor nothing', async () => {
  await app.people.query('update clock set ended_at = $1 where ended_at is null and met_at is null', [app.clock.now()])
  await recordAs(app, school, teacher, concernAbout(other))
  await runs('school', 'adult', teacherTwo.adultId, { name: 'triage' })
  await runs('conduct', 'case', newId<string>(), { readers: [head.adultId], says: 'A duty about a case.' })
  const headSees = textOf(await list(head))
  assert.match(headSees, /2 clocks run/)
  assert.match(headSees, new RegExp(`${teacherTwo.name}.*A duty about a adult`))
  assert.match(headSees, /A case about an adult A duty about a case/)
  assert.doesNotMatch(headSees, new RegExp(other.name))
  for (const member of [dsl, deputy]) {
    const seen = textOf(await list(member))
    assert.match(seen, /A duty about a adult/)
    assert.doesNotMatch(seen, /case/)
  }
  for (const nobody of [teacher, safeguardingGovernor]) assert.equal((await (await agent(nobody)).get('/clocks')).status, 403)
  // The same with the check of the program left out.
  for (const [adult, areas] of [
    [dsl, ['school', 'welfare']],
    [head, ['conduct', 'school']],
    [safeguardingGovernor, []],
  ] as const) {
    const found = await workAs(app.tools, { schoolId: school.id, adultId: adult.adultId }, app.clock.now(), async work => ({
      commit: false,
      value: await work.tx.run<{ area: string }>(
        {
          name: 'clock_areas_read',
          text: 'select distinct area from clock where school_id = $1 and met_at is null and ended_at is null order by area',
        },
        [work.school.id],
      ),
    }))
    assert.deepEqual(
      found.map(row => row.area),
      areas,
    )
  }
})
