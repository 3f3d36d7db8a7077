import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { agreeTo } from '../../../test/support/team-changes.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { looks } from '../../worker.ts'

const school = demo.westPark
const { dsl: leaver, deputyHead: successor, deputy, senco, head, teacher } = school.adults
const lastMorning = '2024-12-31T10:00:00.000Z' as Instant
const lastMinute = '2024-12-31T23:59:00.000Z' as Instant
const lastDay = { 'ends-day': '31', 'ends-month': '12', 'ends-year': '2024' }

describe('the register of who holds which post', () => {
  let app: TestApp
  let asHead: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: lastMorning })
    await app.people.query('delete from absence')
    asHead = await app.agentFor(head.adultId)
  })
  after(() => app.close())

  const lookRound = async () => {
    for (const look of looks)
      await workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await look(work) }))
  }
  const endEveryAppointmentOf = async (adult: DemoAdult) => {
    const appointments = await app.people.query<{ id: string }>(
      `select id from appointment where adult_id = $1 and ends_at is null`,
      [adult.adultId],
    )
    for (const { id } of appointments) {
      const path = `/people/${adult.adultId}/appointments/${id}`
      const starts = { 'starts-day': '1', 'starts-month': '9', 'starts-year': '2024' }
      const kept = await asHead.post(path, { ...starts, ...lastDay })
      assert.equal(kept.status, 303)
      if (kept.location?.endsWith('proposed')) await agreeTo(app, adult, deputy)
    }
  }
  const toldOf = async (concern: ConcernId) =>
    (await app.people.query<{ adult_id: string }>('select adult_id from alert where concern_id = $1', [concern])).map(
      alert => alert.adult_id,
    )
  const vacanciesToldTo = async (adult: DemoAdult) =>
    (
      await app.people.query<{ rule: string }>(
        `select rule from notice where topic = 'vacant-post' and adult_id = $1 order by told_at`,
        [adult.adultId],
      )
    ).map(notice => notice.rule)

  test('[WP-4-01] with the last day of an appointment alerts and access stop, the successor receives them, and a post that nobody holds raises an alarm', async () => {
    await endEveryAppointmentOf(leaver)
    await endEveryAppointmentOf(senco)
    const from = { from: 'date', 'starts-day': '1', 'starts-month': '1', 'starts-year': '2025' }
    const path = `/people/${successor.adultId}/appointments/new`
    assert.equal((await asHead.post(path, { role: 'dsl', ...from })).status, 303)
    await agreeTo(app, successor, deputy)

    app.clock.set(lastMinute)
    const asLeaver = await app.agentFor(leaver.adultId)
    const asSuccessor = await app.agentFor(successor.adultId)
    const before = await recordAs(app, school, teacher, concernAbout(school.pupils.amina))
    await lookRound()
    assert.ok((await toldOf(before)).includes(leaver.adultId), 'the holder until midnight is told')
    assert.ok(!(await toldOf(before)).includes(successor.adultId), 'the successor not before the first day')
    assert.equal((await asLeaver.get(`/concerns/${before}`)).status, 200)
    assert.notEqual((await asSuccessor.get(`/concerns/${before}`)).status, 200)
    assert.deepEqual(await vacanciesToldTo(head), [], 'every post is held')

    app.pass(1)
    assert.notEqual((await asLeaver.get(`/concerns/${before}`)).status, 200)
    assert.notEqual((await asLeaver.get('/today')).status, 200)
    assert.match((await asSuccessor.get('/today')).html, new RegExp(before), 'what was open stands with the successor')
    assert.equal((await asSuccessor.get(`/concerns/${before}`)).status, 200)
    const later = await recordAs(app, school, teacher, concernAbout(school.pupils.amina))
    await lookRound()
    await lookRound()
    assert.ok((await toldOf(later)).includes(successor.adultId))
    assert.ok((await toldOf(later)).includes(deputy.adultId))
    assert.ok(!(await toldOf(later)).includes(leaver.adultId), 'who has left is told of nothing new')

    for (const adult of [head, successor]) {
      assert.deepEqual(await vacanciesToldTo(adult), ['senco'], `${adult.name} hears once of the one post without a holder`)
      const { html } = await (await app.agentFor(adult.adultId)).get('/alerts')
      assert.match(html, /A post that nobody holds/)
    }
    for (const adult of [leaver, deputy, teacher]) assert.deepEqual(await vacanciesToldTo(adult), [], adult.name)
    const mails = await app.people.query<{ adult_id: string }>(`select adult_id from outbox where kind = 'notice-mail'`)
    assert.ok([head, successor].every(adult => mails.some(mail => mail.adult_id === adult.adultId)))
  })

  test('a post that falls vacant again is told again, and one that is held is not', async () => {
    const path = `/people/${teacher.adultId}/appointments`
    assert.equal((await asHead.post(`${path}/new`, { role: 'senco', from: 'now' })).status, 303)
    app.pass(60)
    await lookRound()
    assert.deepEqual(await vacanciesToldTo(head), ['senco'])
    const [appointment] = await app.people.query<{ id: string }>(
      `select id from appointment where adult_id = $1 and role = 'senco'`,
      [teacher.adultId],
    )
    assert.equal((await asHead.post(`${path}/${appointment?.id}/end`)).status, 303)
    await lookRound()
    await lookRound()
    assert.deepEqual(await vacanciesToldTo(head), ['senco', 'senco'])
  })
})
