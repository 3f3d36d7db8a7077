import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type DemoSchool, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from './commands.ts'

/** A moment of Wednesday 18 November 2026, a day of term, when London is on the time of Greenwich. */
const at = (time: string) => `2026-11-18T${time}:00.000Z` as Instant

describe('when nobody answers', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('09:00') })
  })
  beforeEach(async () => {
    await app.people.query('delete from absence')
    await app.people.query(`update concern set state = 'closed'`)
  })
  after(() => app.close())

  const look = async (school: Pick<DemoSchool, 'id'>, now: Instant) => {
    app.clock.set(now)
    await workInBackground(app.tools, school.id, now, async work => ({ commit: true, value: await lookRoundSchool(work) }))
  }
  /** A moment after the one that was named: a time is past strictly after it. */
  const just = (time: string) => at(time).replace(':00.000Z', ':01.000Z') as Instant
  const alertsOf = (id: ConcernId, kind: string) =>
    app.people.query<{ adult_id: AdultId; says: string; told_at: string }>(
      'select adult_id, says, told_at from alert where concern_id = $1 and kind = $2 order by told_at, id',
      [id, kind],
    )
  const whoHas = async (id: ConcernId, kind: string) => (await alertsOf(id, kind)).map(alert => alert.adult_id).toSorted()
  const sorted = (...adults: readonly { adultId: AdultId }[]) => adults.map(adult => adult.adultId).toSorted()
  const pageOf = async (adult: { adultId: AdultId }, path: string) => (await (await app.agentFor(adult.adultId)).get(path)).html
  const wordsOfTheConcern = /I do not want to go home|Crying|maths/

  test('[WA-8-02] a disclosure unread a quarter of an hour after it was sent goes to the deputies a second time, and reception sees “find a DSL now” without a word of the child until somebody answers', async () => {
    const school = demo.westacre
    const { teacher, deputy, deputyTwo, receptionist } = school.adults
    const child = school.children[0]
    assert.ok(child)
    app.clock.set(at('13:40'))
    const id = await recordAs(app, school, teacher, concernAbout(child, { prompts: ['disclosure'] }))
    const [{ reference } = { reference: '' }] = await app.people.query<{ reference: string }>(
      'select reference from concern where id = $1',
      [id],
    )
    await look(school, at('13:54'))
    assert.deepEqual(await whoHas(id, 'second-alert'), [])
    assert.doesNotMatch(await pageOf(receptionist, '/'), /Find a DSL now/)

    await look(school, just('13:55'))
    const reminded = await whoHas(id, 'second-alert')
    for (const told of [deputy, deputyTwo]) assert.ok(reminded.includes(told.adultId), `${told.name} has a second alert`)
    assert.match(await pageOf(deputy, '/alerts'), /Still unanswered/)
    const mails = await app.people.query<{ adult_id: AdultId }>('select adult_id from outbox where concern_id = $1 and at > $2', [
      id,
      at('13:50'),
    ])
    for (const told of [deputy, deputyTwo, receptionist])
      assert.ok(
        mails.some(mail => mail.adult_id === told.adultId),
        `${told.name} gets a mail`,
      )
    const [asked] = await app.people.query<{ id: string }>(
      `select id from alert where concern_id = $1 and kind = 'find-dsl' and adult_id = $2`,
      [id, receptionist.adultId],
    )
    for (const path of ['/', '/alerts', `/alerts/${asked?.id}`]) {
      const html = await pageOf(receptionist, path)
      assert.match(html, /Find a DSL now/, path)
      for (const secret of [child.name, reference, ...child.name.split(' '), teacher.name])
        assert.ok(!html.includes(secret), path)
      assert.doesNotMatch(html, wordsOfTheConcern)
    }
    assert.equal((await (await app.agentFor(receptionist.adultId)).get(`/concerns/${id}`)).status, 404)
    assert.doesNotMatch(await pageOf(teacher, '/'), /Find a DSL now/, 'nobody else is asked')
    await look(school, at('13:56'))
    assert.deepEqual(await whoHas(id, 'second-alert'), reminded, 'once for each time that is over')

    await (await app.agentFor(deputy.adultId)).post(`/concerns/${id}/acknowledge`)
    assert.doesNotMatch(await pageOf(receptionist, '/'), /Find a DSL now/, 'gone the moment somebody answers')
    await look(school, at('13:57'))
    assert.doesNotMatch(await pageOf(receptionist, '/'), /new alert/)
  })

  test('a receptionist who is outside the concern is not asked, and learns nothing', async () => {
    const school = demo.westacre
    const { teacher, receptionist } = school.adults
    const child = school.children[1]
    assert.ok(child)
    app.clock.set(at('13:40'))
    const named = { adultId: receptionist.adultId, name: receptionist.name, relation: '', toldAt: null }
    const id = await recordAs(app, school, teacher, concernAbout(child, { adults: [{ ...named, involvement: 'alleged' }] }))
    await look(school, just('13:55'))
    assert.deepEqual(await whoHas(id, 'find-dsl'), [])
    assert.doesNotMatch(await pageOf(receptionist, '/'), /Find a DSL now|new alert/)
  })

  test('[WM-4.5-07] what came at five to three and is untriaged at five is logged as a breach; the lead DSL hears of it, and the trust’s safeguarding lead of a number', async () => {
    const school = demo.williamMacgregor
    const { teacher, dsl, trustLead, deputy } = school.adults
    const [child, other, third] = school.children
    assert.ok(child && other && third)
    app.clock.set(at('14:55'))
    const id = await recordAs(app, school, teacher, concernAbout(child))
    const second = await recordAs(app, school, teacher, concernAbout(other))
    await (await app.agentFor(deputy.adultId)).post(`/concerns/${id}/acknowledge`)
    await look(school, at('17:00'))
    assert.deepEqual(await whoHas(id, 'untriaged'), [])
    await look(school, just('17:00'))
    const events = await app.people.events(school.id)
    const breaches = events.filter(event => event.action === 'clock.breached' && event.facts['clock'] === 'triage')
    assert.deepEqual(breaches.map(event => event.facts['concern']).toSorted(), [id, second].toSorted())
    assert.ok(breaches.every(event => new Date(String(event.facts['due'])).toISOString() === at('17:00')))
    for (const one of [id, second])
      assert.ok((await whoHas(one, 'untriaged')).includes(dsl.adultId), 'the lead DSL hears of each')
    assert.match(await pageOf(dsl, '/alerts'), /Not triaged in time/)

    const trust = await app.people.query<{ id: string; says: string }>(
      `select id, says from alert where kind = 'untriaged' and adult_id = $1`,
      [trustLead.adultId],
    )
    assert.equal(trust.length, 1)
    assert.equal(trust[0]?.says, `2 concerns at ${school.name} were not triaged by 5pm on Wednesday 18 November 2026.`)
    for (const path of ['/', '/alerts', `/alerts/${trust[0]?.id}`]) {
      const html = await pageOf(trustLead, path)
      if (path !== '/') assert.match(html, new RegExp(`2 concerns at ${school.name}`), path)
      assert.ok(![child, other].some(pupil => html.includes(pupil.name)), path)
      assert.doesNotMatch(html, wordsOfTheConcern)
    }
    assert.equal((await (await app.agentFor(trustLead.adultId)).get(`/concerns/${id}`)).status, 404)
    assert.ok(!(await whoHas(id, 'untriaged')).includes(deputy.adultId))
    await look(school, at('17:02'))
    assert.equal((await alertsOf(id, 'untriaged')).length + (await alertsOf(second, 'untriaged')).length, 3, 'once')

    app.clock.set(at('14:56'))
    const inTime = await recordAs(app, school, teacher, concernAbout(third))
    await app.people.query('update clock set met_at = $2 where concern_id = $1', [inTime, at('16:00')])
    await look(school, just('17:00'))
    assert.deepEqual(await whoHas(inTime, 'untriaged'), [], 'nobody is troubled with what was done in time')
  })

  test('where the lead who is to hear of a late triage is away, the deputy who has the concern hears of it, and nobody does twice', async () => {
    const school = demo.mmap
    const { teacher, head: dsl, deputy } = school.adults
    const child = school.children[0]
    assert.ok(child)
    app.clock.set(at('09:00'))
    await app.people.query(
      `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, gen_random_uuid(), $2, $3, $4, 'training', $2)`,
      [school.id, dsl.adultId, at('08:00'), at('20:00')],
    )
    const id = await recordAs(app, school, teacher, concernAbout(child))
    const asDeputy = await app.agentFor(deputy.adultId)
    const page = `/concerns/${id}`
    assert.equal((await asDeputy.submit(page, `${page}/acknowledge`, {})).status, 303)
    await look(school, just('15:00'))
    assert.deepEqual(await whoHas(id, 'untriaged'), sorted(dsl, deputy))
    assert.ok((await alertsOf(id, 'untriaged')).every(({ says }) => says === 'A concern was not triaged in time.'))
    await look(school, at('15:30'))
    assert.equal((await alertsOf(id, 'untriaged')).length, 2, 'once each')
  })

  test('[WA-11-01] what came at two minutes past nine and is undecided at half past three goes to the DSL, the deputies and the head', async () => {
    const school = demo.westacre
    const { teacher, head, deputy, deputyTwo } = school.adults
    const [child, other] = school.children
    assert.ok(child && other)
    // The head of this school is its DSL. Let another lead, so that the head is told as head.
    await app.people.query(`update appointment set role = 'dsl' where adult_id = $1 and role = 'senior-leader'`, [deputy.adultId])
    await app.people.query(`update appointment set ends_at = $2 where adult_id = $1 and role = 'dsl'`, [
      head.adultId,
      at('08:00'),
    ])
    app.clock.set(at('09:02'))
    const id = await recordAs(app, school, teacher, concernAbout(child))
    const named = { adultId: head.adultId, name: head.name, relation: '', toldAt: null, involvement: 'alleged' as const }
    const aboutHead = await recordAs(app, school, teacher, concernAbout(other, { adults: [named] }))
    for (const one of [id, aboutHead]) await (await app.agentFor(deputyTwo.adultId)).post(`/concerns/${one}/acknowledge`)
    await look(school, at('15:30'))
    assert.deepEqual(await whoHas(id, 'undecided'), [])
    await look(school, just('15:30'))
    assert.deepEqual(await whoHas(id, 'undecided'), sorted(head, deputy, deputyTwo))
    assert.deepEqual(await whoHas(aboutHead, 'undecided'), sorted(deputy, deputyTwo), 'nobody hears of what is about them')
    const html = await pageOf(head, '/alerts')
    assert.equal(html.match(/Not decided in time/g)?.length, 1)
    assert.doesNotMatch(html, wordsOfTheConcern)
    await look(school, at('15:40'))
    assert.equal((await alertsOf(id, 'undecided')).length, 3, 'once')

    app.clock.set(at('09:03'))
    const decided = await recordAs(app, school, teacher, concernAbout(child))
    await app.people.query(`update concern set state = 'open' where id = $1`, [decided])
    await look(school, just('15:30'))
    assert.deepEqual(await whoHas(decided, 'undecided'), [])
  })
})
