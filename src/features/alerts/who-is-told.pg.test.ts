import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from './commands.ts'

const twelvePastNine = '2026-11-18T09:12:00.000Z' as Instant

describe('the safeguarding team is told', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: twelvePastNine })
    await app.people.query('delete from absence')
  })
  after(() => app.close())

  const holding = (school: { adults: Readonly<Record<string, DemoAdult>> }, ...roles: string[]) =>
    Object.values(school.adults).filter(adult => adult.roles.some(role => roles.includes(role)))
  const alertsOf = (id: ConcernId) =>
    app.people.query<{ adult_id: string; kind: string; told_at: string; seen_at: string | null }>(
      'select adult_id, kind, told_at, seen_at from alert where concern_id = $1 order by told_at, id',
      [id],
    )
  const aTeacher = (school: { adults: Readonly<Record<string, DemoAdult>> }) => {
    const teacher = holding(school, 'teacher').find(adult => adult.roles.length === 1)
    assert.ok(teacher)
    return teacher
  }

  test('[MM-0-02] a tutor’s concern stands in the queue of the DSL and every deputy, unread; when nobody acknowledges it in the set time, a second alert goes out', async () => {
    app.clock.set(twelvePastNine)
    const school = demo.mmap
    const team = holding(school, 'dsl', 'deputy-dsl')
    const child = school.children[0]
    assert.ok(child && team.length >= 2)
    const id = await recordAs(app, school, aTeacher(school), concernAbout(child))
    const told = await alertsOf(id)
    assert.deepEqual(told.map(alert => alert.adult_id).toSorted(), team.map(adult => adult.adultId).toSorted())
    assert.ok(told.every(alert => alert.seen_at === null && alert.told_at === twelvePastNine))
    for (const adult of team) {
      const { html } = await (await app.agentFor(adult.adultId)).get('/today')
      assert.match(html, new RegExp(id), `${adult.name} sees it`)
    }
    app.pass(24 * 60)
    await workInBackground(app.tools, school.id, app.clock.now(), async work => ({
      commit: true,
      value: await lookRoundSchool(work),
    }))
    assert.ok(
      (await alertsOf(id)).some(alert => alert.kind === 'second-alert'),
      'a second alert after the set time',
    )

    app.clock.set(twelvePastNine)
    const other = await recordAs(app, school, aTeacher(school), concernAbout(child))
    app.pass(8)
    const deputy = holding(school, 'deputy-dsl')[0]
    assert.ok(deputy)
    await (await app.agentFor(deputy.adultId)).post(`/concerns/${other}/acknowledge`)
    const events = await app.people.events(school.id)
    const acknowledged = events.filter(event => event.action === 'concern.acknowledged' && event.actor === deputy.adultId)
    assert.equal(acknowledged.length, 1, 'the trail says who acknowledged it first')
    app.pass(24 * 60)
    await workInBackground(app.tools, school.id, app.clock.now(), async work => ({
      commit: true,
      value: await lookRoundSchool(work),
    }))
    assert.ok(
      !(await alertsOf(other)).some(alert => ['passed-on', 'second-alert'].includes(alert.kind)),
      'and nobody else is troubled',
    )
  })

  test('[WA-9-02] the DSL and every deputy are told the moment a concern is saved, each with a mail and a reading time of their own', async () => {
    app.clock.set(twelvePastNine)
    const school = demo.westacre
    const team = holding(school, 'dsl', 'deputy-dsl')
    const child = school.children[0]
    assert.ok(child)
    const id = await recordAs(app, school, aTeacher(school), concernAbout(child))
    assert.deepEqual((await alertsOf(id)).map(alert => alert.adult_id).toSorted(), team.map(adult => adult.adultId).toSorted())
    const mails = await app.people.query<{ adult_id: string }>('select adult_id from outbox where concern_id = $1', [id])
    assert.deepEqual(mails.map(mail => mail.adult_id).toSorted(), team.map(adult => adult.adultId).toSorted())
    for (const adult of team) {
      app.pass(3)
      await (await app.agentFor(adult.adultId)).get(`/concerns/${id}`)
    }
    const read = new Set((await alertsOf(id)).map(alert => alert.seen_at))
    assert.equal(read.size, team.length, 'each reading has its own time')
    assert.ok(!read.has(null))
    const told = (await app.people.events(school.id)).filter(event => event.action === 'alert.told')
    assert.equal(told.length, team.length)
  })

  test('[WY-10-02] with the DSL marked out at eleven, a concern of five past goes to the deputy, who acknowledges it', async () => {
    const school = demo.westley
    const eleven = '2026-11-18T11:00:00.000Z'
    for (const adult of holding(school, 'dsl')) {
      await app.people.query(
        `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, null, 'out', $3)`,
        [school.id, newId<string>(), adult.adultId, eleven],
      )
    }
    app.clock.set('2026-11-18T11:05:00.000Z' as Instant)
    const child = school.children[0]
    assert.ok(child)
    const id = await recordAs(app, school, aTeacher(school), concernAbout(child))
    const deputies = holding(school, 'deputy-dsl').map(adult => adult.adultId as string)
    const told = (await alertsOf(id)).filter(alert => alert.kind !== 'for-return')
    assert.ok(told.length > 0 && told.every(alert => deputies.includes(alert.adult_id)))
    const answer = await (await app.agentFor(told[0]?.adult_id as DemoAdult['adultId'])).post(`/concerns/${id}/acknowledge`)
    assert.equal(answer.status, 303)
    const rows = await app.people.query<{ state: string; acknowledged_by: string }>(
      'select state, acknowledged_by from concern where id = $1',
      [id],
    )
    assert.deepEqual(rows[0], { state: 'acknowledged', acknowledged_by: told[0]?.adult_id })
  })
})
