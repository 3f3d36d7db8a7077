import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { routes } from '../routes.ts'
import { afterwards, page } from './reply.ts'
import { route } from './route.ts'

describe('whoever asks for a page that takes long to make', () => {
  let app: TestApp
  let openedWhileMade: unknown

  before(async () => {
    const slow = route({
      method: 'GET',
      path: '/takes-long',
      action: 'rehearsal.play',
      audit: 'rehearsal.played',
      handle: async request => {
        request.permit()
        return afterwards(async () => {
          openedWhileMade = await app.people.query(
            `select (select count(*)::int from audit_entry where action = 'rehearsal.played') as entries,
               (select count(*)::int from pg_stat_activity where datname = current_database() and state like 'idle in transaction%') as waiting`,
          )
          return page('made')
        })
      },
    })
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: [...routes, slow] })
  })
  after(() => app.close())

  test('is written into the trail first, and keeps no connection to the database while it is made', async () => {
    const dsl = await app.agentFor(demo.westPark.dsl.adultId)
    const answer = await dsl.get('/takes-long')
    assert.equal(answer.html, 'made')
    assert.deepEqual(openedWhileMade, [{ entries: 1, waiting: 0 }])
  })

  test('makes nothing where the page is not theirs', async () => {
    openedWhileMade = undefined
    const teacher = await app.agentFor(demo.westPark.adults.teacher.adultId)
    assert.equal((await teacher.get('/takes-long')).status, 403)
    assert.equal(openedWhileMade, undefined)
  })
})
