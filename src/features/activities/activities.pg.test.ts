import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { watchActivities } from './index.ts'

const day = (name: string, date: string) => {
  const [year = '', month = '', number = ''] = date.split('-')
  return { [`${name}-day`]: number, [`${name}-month`]: month, [`${name}-year`]: year }
}

describe('whoever leads a trip or an activity has somebody of the team behind them', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
    await app.people.query('delete from absence')
    await app.people.query('delete from cover')
    await app.people.query(`update appointment set starts_at = '2020-09-01' where ends_at is null`)
    await app.people.query('delete from appointment where ends_at is not null')
  })
  after(() => app.close())

  const noticesOf = (school: { readonly id: string }) =>
    app.people.query<{ adult_id: string; says: string }>(
      `select adult_id, says from notice where school_id = $1 and topic = 'activity' order by told_at, id`,
      [school.id],
    )
  const plan = async (by: DemoAdult, fields: Record<string, string>) => {
    const answer = await (await app.agentFor(by.adultId)).post('/activities/new', fields)
    assert.equal(answer.status, 303, answer.html)
    return answer.location ?? ''
  }

  test('[MM-2.2-09] a half-term trip on 14 February 2024 without cover stays unconfirmed and its leader gets no pack, until a DSL and a telephone are named', async () => {
    const { head, deputy, teacher, teacherTwo } = demo.mmap
    app.clock.set('2024-02-09T10:00:00.000Z' as Instant)
    const entry = await plan(head, {
      kind: 'trip',
      title: 'Half-term walk on the downs',
      ...day('starts', '2024-02-14'),
      from: '9am',
      to: '4pm',
      leader: teacher.adultId,
    })
    const leader = await app.agentFor(teacher.adultId)
    assert.match((await leader.get('/activities')).html, /Half-term walk on the downs<\/a>\s*<strong[^>]*>Unconfirmed/)
    assert.match((await leader.get('/')).html, /A trip or activity that you lead/)
    const refused = await leader.get(`${entry}/pack`)
    assert.equal(refused.status, 409)
    assert.match(refused.html, /The pack cannot be printed yet/)
    assert.doesNotMatch((await leader.get(entry)).html, /Print the pack/)
    assert.equal((await leader.post(`${entry}/cover`, { adult: deputy.adultId, phone: '1', mode: 'in-person' })).status, 404)

    const dsl = await app.agentFor(head.adultId)
    const named = { adult: deputy.adultId, mode: 'remote', reason: 'The school is closed', phone: '' }
    const without = await dsl.post(`${entry}/cover`, named)
    assert.equal(without.status, 422)
    assert.match(without.html, /Enter the telephone number/)
    assert.equal((await leader.get(`${entry}/pack`)).status, 409)
    const stranger = await dsl.post(`${entry}/cover`, { ...named, adult: teacherTwo.adultId, phone: '07700 900152' })
    assert.equal(stranger.status, 422, 'only somebody of the safeguarding team covers it')

    assert.equal((await dsl.post(`${entry}/cover`, { ...named, phone: '07700 900152' })).status, 303)
    const pack = await leader.get(`${entry}/pack`)
    assert.equal(pack.status, 200)
    assert.match(pack.html, /Leroy Chambers, 07700 900152, not in person: The school is closed/)
    const profile = testPolicies().profile('mmap', '2024-02-14' as never)
    const outside = profile.routes.welfare.outside.flatMap(key => profile.contacts[key]?.phone ?? [])
    assert.ok(outside.length > 0 && outside.every(phone => pack.html.includes(phone)), 'the numbers outside the school')
    assert.match(pack.html, /How to record it[\s\S]*I am worried about a child/)
    assert.match((await leader.get('/activities')).html, /Confirmed<\/strong>/)
    assert.equal((await (await app.agentFor(teacherTwo.adultId)).get(`${entry}/pack`)).status, 404, 'nobody else’s trip')

    await app.people.query(
      `insert into absence (school_id, id, adult_id, starts_at, reason, said_by) values ($1, $2, $3, '2024-02-13', 'ill', $3)`,
      [demo.mmap.id, newId<string>(), deputy.adultId],
    )
    assert.match((await leader.get(entry)).html, /Unconfirmed[\s\S]*is out then/)
    assert.equal((await leader.get(`${entry}/pack`)).status, 409, 'a cover who is out is none')
  })

  test('[WA-5-07] an evening activity is covered in person or, with the reason, from elsewhere; one without cover is alerted once to the head and the chair before it begins', async () => {
    const { head, deputy, chair, teacher } = demo.westacre
    app.clock.set('2026-05-11T09:00:00.000Z' as Instant)
    const entry = await plan(head, {
      kind: 'out-of-hours',
      title: 'Summer concert',
      ...day('starts', '2026-05-13'),
      from: '18:00',
      to: '20:00',
      leader: teacher.adultId,
    })
    const look = () =>
      workInBackground(app.tools, demo.westacre.id, app.clock.now(), async work => ({
        commit: true,
        value: await watchActivities(work),
      }))
    assert.equal((await look()).found, 0, 'two days before there is time')
    app.clock.set('2026-05-12T09:00:00.000Z' as Instant)
    assert.equal((await look()).found, 1)
    assert.equal((await look()).found, 0)
    const told = (await noticesOf(demo.westacre)).map(notice => notice.adult_id)
    assert.ok(told.includes(head.adultId) && told.includes(chair.adultId))
    assert.match(
      (await noticesOf(demo.westacre))[0]?.says ?? '',
      /^Unconfirmed: Summer concert, Wednesday 13 May 2026, 6pm to 8pm/,
    )
    const dsl = await app.agentFor(head.adultId)
    const cover = { adult: deputy.adultId, phone: '07700 900132', mode: 'remote' }
    const silent = await dsl.post(`${entry}/cover`, cover)
    assert.match(silent.html, /Say why it is not done in person/)
    assert.equal((await dsl.post(`${entry}/cover`, { ...cover, reason: 'Reached by Teams from home' })).status, 303)
    assert.match((await dsl.get('/cover?week=2026-05-11')).html, /Not in person<\/strong>\s*Reached by Teams from home/)
    app.clock.set('2026-05-13T18:30:00.000Z' as Instant)
    assert.match((await (await app.agentFor(teacher.adultId)).get('/')).html, /Winston Baptiste[\s\S]{0,200}07700 900132/)
  })
})
