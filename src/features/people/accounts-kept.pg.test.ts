import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey, schoolWithForm } from '../../../test/support/concern-form.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { watchLeavers } from './index.ts'

describe('accounts of those who work here', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: '2026-11-04T08:00:00.000Z' as Instant })
  })
  after(() => app.close())

  test('[WM-4.1.3-02] a teacher who started on 4 November and has never signed in by 11 November is listed as never used', async () => {
    const of = await schoolWithForm(app, 'william-macgregor')
    const names = { name: 'Nina Frost' }
    const teacher = await app.people.addAdult(of.school, names)
    const since = '2026-11-04T08:00:00.000Z' as Instant
    await app.people.query('update appointment set starts_at = $2 where adult_id = $1', [teacher.id, since])
    const rowOf = async (day: string) => {
      app.clock.set(`2026-11-${day}T08:30:00.000Z` as Instant)
      const { html, status } = await (await app.agentFor(of.head.id)).get('/people/accounts')
      assert.equal(status, 200)
      return /<tr[^>]*>(?:(?!<\/tr>)[\s\S])*Nina Frost[\s\S]*?<\/tr>/.exec(html)?.[0] ?? ''
    }
    assert.match(await rowOf('10'), /Not used yet, in the first week/)
    assert.match(await rowOf('11'), /Never used/)
    await app.agentFor(teacher.id)
    assert.match(await rowOf('11'), /Last signed in/)
    assert.equal((await of.page.get('/people/accounts')).status, 403)
  })

  test('[MM-6.3-01] whoever left on 8 March and can still sign in on 9 March is told of to IT and the head, once; their rights ended with their post', async () => {
    app.clock.set('2024-03-01T09:00:00.000Z' as Instant)
    const of = await schoolWithForm(app, 'mmap')
    const it = await app.people.addAdult(of.school, { name: 'Ivo Tran', roles: ['it-manager'] })
    const leaver = await app.people.addAdult(of.school, { name: 'Lena Gale', roles: ['dsl'] })
    const agent = await app.agentFor(leaver.id)
    assert.equal((await agent.get('/today')).status, 200)
    await app.people.query('update appointment set ends_at = $2 where adult_id = $1', [leaver.id, '2024-03-08T16:00:00.000Z'])
    const watch = () =>
      workInBackground(app.tools, of.school.id, app.clock.now(), async work => ({
        commit: true,
        value: await watchLeavers(work),
      }))
    app.clock.set('2024-03-08T16:00:00.000Z' as Instant)
    const refused = await agent.get('/today')
    assert.ok(
      refused.status === 403 || refused.location?.startsWith('/sign-in'),
      `that minute: ${refused.status} ${refused.location}`,
    )
    assert.equal(await watch(), 0)
    app.clock.set('2024-03-09T00:10:00.000Z' as Instant)
    assert.equal(await watch(), 1)
    assert.equal(await watch(), 0)
    const told = await app.people.query<{ adult_id: string; says: string }>(
      `select adult_id, says from notice where school_id = $1 and topic = 'account'`,
      [of.school.id],
    )
    assert.deepEqual(told.map(({ adult_id }) => adult_id).sort(), [it.id, of.head.id].sort())
    for (const { says } of told) assert.match(says, /^Lena Gale left on 8 March 2024, and their account is still open\./)
  })
})
