import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../demo/people.ts'
import { startTestApp, type TestApp } from '../../test/support/app.ts'
import { testPolicies } from '../../test/support/demonstration.ts'
import { recordConcern } from '../features/concerns/index.ts'
import type { AdultId, ConcernId } from '../kernel/ids.ts'
import { newId } from '../platform/identifiers.ts'
import { workAs } from '../work/work.ts'

const school = demo.westley

describe('whoever comes next in a route', () => {
  let app: TestApp
  const holders = (role: string) =>
    Object.values(school.adults).filter(adult => (adult.roles as readonly string[]).includes(role))
  const one = (role: string) => {
    const adult = holders(role)[0]
    assert.ok(adult)
    return adult
  }

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
    await app.people.query('delete from absence')
  })
  after(() => app.close())

  const plainHead = () => {
    const head = holders('headteacher').find(adult => !adult.roles.some(role => role === 'dsl' || role === 'deputy-dsl'))
    assert.ok(head)
    return head
  }

  const record = async (): Promise<ConcernId> => {
    const id = newId<ConcernId>()
    const child = school.children[0]
    assert.ok(child)
    const recorded = await workAs(
      app.tools,
      { schoolId: school.id, adultId: one('teacher').adultId },
      app.clock.now(),
      async work => ({
        commit: true,
        value: await recordConcern(work, {
          id,
          reporter: { kind: 'self' },
          children: [{ childId: child.childId, involvement: 'subject' }],
          newChildren: [],
          adults: [],
          happenedOn: null,
          happenedAtTime: null,
          happenedSays: '',
          location: '',
          urgent: false,
          stub: false,
          category: null,
          prompts: [],
          voiceTold: null,
          account: { childWords: '', seen: 'Zebra crossing.', opinion: '', done: '' },
          marks: [],
        }),
      }),
    )
    assert.ok(recorded.ok)
    return id
  }
  const away = (adultId: AdultId) =>
    app.people.query(
      `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, null, 'out', $3)`,
      [school.id, newId(), adultId, app.clock.now()],
    )

  test('a headteacher opens and acknowledges what they were told of because the team was away, and nothing else', async () => {
    const head = plainHead()
    const before = await record()
    for (const adult of [...holders('dsl'), ...holders('deputy-dsl')]) await away(adult.adultId)
    const told = await record()
    const agent = await app.agentFor(head.adultId)
    assert.equal((await agent.get(`/concerns/${before}`)).status, 404, 'what the team was told of stays with the team')
    const opened = await agent.get(`/concerns/${told}`)
    assert.equal(opened.status, 200)
    assert.match(opened.html, /Zebra crossing/)
    const child = school.children[0]
    assert.equal((await agent.get(`/children/${child?.childId}`)).status, 403, 'the child’s file is not theirs')
    const acknowledged = await agent.post(`/concerns/${told}/acknowledge`)
    assert.equal(acknowledged.status, 303)
    const rows = await app.people.query<{ state: string }>('select state from concern where id = $1', [told])
    assert.equal(rows[0]?.state, 'acknowledged')
    await app.people.query(`update concern set state = 'closed' where id = $1`, [told])
    assert.equal((await agent.get(`/concerns/${told}`)).status, 404, 'once it is closed it is the team’s alone')
    await app.people.query('delete from absence')
  })

  test('a headteacher tied to the child is passed over, and opening by the address gives what anything unknown gives', async () => {
    const head = plainHead()
    for (const adult of [...holders('dsl'), ...holders('deputy-dsl')]) await away(adult.adultId)
    await app.people.query('update child set tied = array[$1::uuid] where id = $2', [head.adultId, school.children[0]?.childId])
    const id = await record()
    const told = await app.people.query('select 1 from alert where concern_id = $1 and adult_id = $2', [id, head.adultId])
    assert.equal(told.length, 0)
    const agent = await app.agentFor(head.adultId)
    const refused = await agent.get(`/concerns/${id}`)
    const unknown = await agent.get(`/concerns/${newId<string>()}`)
    assert.equal(refused.status, 404)
    assert.equal(refused.html, unknown.html)
  })
})
