import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { agreeTo } from '../../../test/support/team-changes.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { watchLead } from './index.ts'

describe('the last day of a DSL', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
    await app.people.query(`update appointment set starts_at = '2020-09-01T08:00:00Z' where starts_at > '2020-09-01'`)
  })
  after(() => app.close())

  test('[MM-2.1-04] two weeks before it, with no successor, the head and the chair of the committee are warned, and from the day after an alarm shows that no DSL is appointed', async () => {
    const { id, adults } = demo.mmap
    const { head, chair, teacher } = adults
    await app.people.query(`update appointment set ends_at = '2024-03-30T00:00:00Z' where school_id = $1 and role = 'dsl'`, [id])
    const watch = async (at: string) => {
      app.clock.set(at as Instant)
      return workInBackground(app.tools, id, app.clock.now(), async work => ({ commit: true, value: await watchLead(work) }))
    }
    const told = (who: { adultId: AdultId }) =>
      app.people.query<{ says: string; urgent: boolean }>(
        `select says, urgent from notice where topic = 'lead-post' and adult_id = $1 order by told_at`,
        [who.adultId],
      )
    assert.equal(await watch('2024-03-14T23:30:00.000Z'), false)
    assert.equal(await watch('2024-03-15T00:01:00.000Z'), true)
    assert.equal(await watch('2024-03-15T00:02:00.000Z'), false, 'once')
    assert.equal(await watch('2024-03-29T23:59:00.000Z'), false, 'and not every day')
    for (const who of [head, chair]) {
      const [warning, ...more] = await told(who)
      assert.match(warning?.says ?? '', /last day of .* is 29 March 2024, and no successor is entered/)
      assert.deepEqual(more, [])
      assert.doesNotMatch((await (await app.agentFor(who.adultId)).get('/')).html, /No DSL appointed/)
    }
    assert.equal(await watch('2024-03-30T00:00:00.000Z'), true)
    assert.equal(await watch('2024-03-31T08:00:00.000Z'), false)
    for (const who of [head, chair]) {
      const all = await told(who)
      assert.deepEqual([all.length, all[1]?.urgent, /^No DSL appointed/.test(all[1]?.says ?? '')], [2, true, true])
      assert.match((await (await app.agentFor(who.adultId)).get('/')).html, /No DSL appointed/)
    }
    assert.deepEqual(await told(teacher), [])
  })

  test('[WA-5-02] is not saved without a successor where the policy never leaves the post vacant, and is with one', async () => {
    app.clock.set('2026-06-01T09:00:00.000Z' as Instant)
    const { id, adults } = demo.westacre
    const { systemAdministrator, head: dsl, deputy, deputyTwo } = adults
    const administrator = await app.agentFor(systemAdministrator.adultId)
    const [held] = await app.people.query<{ id: string; ends_at: string | null }>(
      `select id, ends_at from appointment where school_id = $1 and adult_id = $2 and role = 'dsl'`,
      [id, dsl.adultId],
    )
    const path = `/people/${dsl.adultId}/appointments/${held?.id}`
    const dates = {
      'starts-day': '1',
      'starts-month': '9',
      'starts-year': '2020',
      'ends-day': '17',
      'ends-month': '7',
      'ends-year': '2026',
    }
    const refused = await administrator.post(path, dates)
    assert.equal(refused.status, 422)
    assert.match(refused.html, /lead role would be vacant from 18 July 2026/)
    assert.deepEqual(await app.people.query('select id from team_change where adult_id = $1', [dsl.adultId]), [])

    const first = { role: 'dsl', from: 'date', 'starts-day': '18', 'starts-month': '7', 'starts-year': '2026' }
    await app.people.appoint(id, deputy.adultId, 'senior-leader')
    assert.equal((await administrator.post(`/people/${deputy.adultId}/appointments/new`, first)).status, 303)
    assert.equal((await administrator.post(path, dates)).status, 303)
    await agreeTo(app, dsl, deputyTwo)
    await agreeTo(app, deputy, dsl)
    app.clock.set('2026-07-17T22:59:00.000Z' as Instant)
    const [last] = await app.people.query<{ ends_at: string }>('select ends_at from appointment where id = $1', [held?.id])
    assert.equal(last?.ends_at, '2026-07-17T23:00:00.000Z')
    const holder = () =>
      app.people.query<{ adult_id: AdultId }>(
        `select adult_id from appointment where school_id = $1 and role = 'dsl' and starts_at <= $2 and (ends_at is null or ends_at > $2)`,
        [id, app.clock.now()],
      )
    assert.deepEqual(
      (await holder()).map(one => one.adult_id),
      [dsl.adultId],
    )
    app.pass(1)
    assert.deepEqual(
      (await holder()).map(one => one.adult_id),
      [deputy.adultId],
    )
  })
})
