import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { agreeTo } from '../../../test/support/team-changes.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { workInBackground } from '../../work/work.ts'
import { watchLead } from './index.ts'

const school = demo.westPark
const { dsl, deputyHead, teacher, head, chair, systemAdministrator, deputy } = school.adults

describe('the post of DSL', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
  })
  after(() => app.close())

  const appoint = async (adult: { adultId: AdultId }) =>
    (await app.agentFor(head.adultId)).post(`/people/${adult.adultId}/appointments/new`, { role: 'dsl', from: 'now' })
  const watch = () =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await watchLead(work) }))
  const noticesOf = (adult: { adultId: AdultId }) =>
    app.people.query<{ says: string }>(`select says from notice where topic = 'lead-post' and adult_id = $1`, [adult.adultId])

  test('[WP-3-10] it has one holder, who is one of the senior leaders; when it falls vacant the head and the chair are told, and their home page says so', async () => {
    const second = await appoint(deputyHead)
    assert.equal(second.status, 422)
    assert.match(second.html, /has one holder/)
    await watch()
    assert.equal((await noticesOf(head)).length, 0, 'nothing to tell while somebody leads')

    await app.people.query(`update appointment set ends_at = $2 where adult_id = $1 and role = 'dsl'`, [
      dsl.adultId,
      app.clock.now(),
    ])
    app.pass(1)
    await watch()
    await watch()
    for (const adult of [head, chair]) {
      assert.equal((await noticesOf(adult)).length, 1, `${adult.name} is told once`)
      const home = await (await app.agentFor(adult.adultId)).get('/')
      assert.match(home.html, /[Nn]obody holds the post of DSL/)
      assert.match(home.html, /new alert/)
    }
    const mails = await app.people.query<{ adult_id: AdultId }>(`select adult_id from outbox where kind = 'notice-mail'`)
    assert.ok([head, chair].every(adult => mails.some(mail => mail.adult_id === adult.adultId)))
    for (const adult of [teacher, deputy, systemAdministrator])
      assert.doesNotMatch((await (await app.agentFor(adult.adultId)).get('/')).html, /Nobody holds the post/, adult.name)

    const junior = await appoint(teacher)
    assert.equal(junior.status, 422)
    assert.match(junior.html, /one of the senior leaders/)
    assert.equal((await appoint(deputyHead)).status, 303)
    await agreeTo(app, deputyHead, deputy)
    assert.doesNotMatch((await (await app.agentFor(head.adultId)).get('/')).html, /Nobody holds the post/)
    app.pass(1)
    assert.equal(await watch(), false)
  })
})
