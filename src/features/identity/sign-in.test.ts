import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import type { TestSchool } from '../../../test/support/people.ts'

suite('Somebody who signs in', () => {
  let at: TestApp
  let school: TestSchool
  before(async () => {
    at = await startTestApp()
    school = await at.people.addSchool()
  })
  after(() => at.close())

  test('is let in with address and password, and the school has it in its trail', async () => {
    const adult = await at.people.addAdult(school, { email: 'a.teacher@example.org' })
    const agent = await at.signIn('a.teacher@example.org')
    assert.equal((await agent.get('/account')).status, 200)
    const started = (await at.people.events(school.id)).find(event => event.action === 'session.started')
    assert.equal(started?.actor, adult.id)
  })
})
