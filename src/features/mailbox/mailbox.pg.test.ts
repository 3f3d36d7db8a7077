import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { watchMailbox } from './index.ts'
import { closedPeriod, frequencyInWords, readingDays, ruleInForce } from './rules.ts'

const school = demo.westPark
const { dsl, deputy, deputyTwo, head } = school

describe('the safeguarding mailbox is looked at', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
    await app.people.query('delete from absence')
    await app.people.query('delete from cover')
    await app.people.query(`update appointment set starts_at = '2020-09-01' where ends_at is null`)
    await app.people.query('delete from appointment where ends_at is not null')
  })
  after(() => app.close())

  const look = () =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await watchMailbox(work) }))
  const told = async () =>
    (
      await app.people.query<{ adult_id: string; says: string }>(
        `select adult_id, says from notice where school_id = $1 and topic = 'mailbox' order by told_at, id`,
        [school.id],
      )
    ).map(({ adult_id, says }) => ({ name: Object.values(school.adults).find(adult => adult.adultId === adult_id)?.name, says }))
  const agent = (adult: DemoAdult) => app.agentFor(adult.adultId)

  test('[WP-1-03] with nobody’s confirmation by eleven on 14 January 2025 the second reader is alerted, then the head; fewer than two readers are refused; the contradicting rules stay open until the school chooses', async () => {
    app.clock.set('2025-01-13T09:00:00.000Z' as Instant)
    const lead = await agent(dsl)
    assert.match((await lead.get('/today')).html, /Nobody is named who reads it/)
    for (const reader of [dsl, deputy]) assert.equal((await lead.post('/mailbox/readers', { adult: reader.adultId })).status, 303)
    assert.equal((await lead.post('/mailbox/readers', { adult: school.teacher.adultId })).status, 409, 'only of the team')
    assert.equal((await lead.post('/mailbox/checks')).status, 303)
    app.clock.set('2025-01-13T12:30:00.000Z' as Instant)
    await look()
    assert.deepEqual(await told(), [], 'Monday was looked at')

    app.clock.set('2025-01-14T10:59:00.000Z' as Instant)
    await look()
    assert.deepEqual(await told(), [])
    app.clock.set('2025-01-14T11:00:00.000Z' as Instant)
    await look()
    await look()
    assert.deepEqual(
      (await told()).map(({ name }) => name),
      [deputy.name],
    )
    assert.match((await told())[0]?.says ?? '', /It was due by 11am/)
    const mails = await app.people.query<{ adult_id: string }>(
      `select adult_id from outbox where school_id = $1 and kind = 'notice-mail' and drained_at is null`,
      [school.id],
    )
    assert.deepEqual(
      mails.map(mail => mail.adult_id),
      [deputy.adultId],
    )
    assert.match((await lead.get('/today')).html, /Overdue[\s\S]{0,80}Nobody has looked at it today\.<\/strong> Due by 11am/)
    app.clock.set('2025-01-14T12:00:00.000Z' as Instant)
    await look()
    assert.deepEqual(
      (await told()).map(({ name }) => name),
      [deputy.name, head.name],
    )
    app.clock.set('2025-01-14T12:10:00.000Z' as Instant)
    assert.equal((await (await agent(deputy)).submit('/today', '/mailbox/checks')).status, 303)
    assert.match((await lead.get('/today')).html, /Looked at today at 12:10pm by Daniel Kowalczyk/)

    const page = (await lead.get('/mailbox')).html
    const readerId = /\/mailbox\/readers\/([0-9a-f-]{36})\/end/.exec(page)?.[1]
    const refused = await lead.post(`/mailbox/readers/${readerId}/end`)
    assert.equal(refused.status, 409)
    assert.match(refused.html, /At least 2 people must be able to read the mailbox/)
    const left = await app.people.query('select id from mailbox_reader where school_id = $1 and ends_at is null', [school.id])
    assert.equal(left.length, 2)
    await lead.post('/mailbox/readers', { adult: deputyTwo.adultId })
    assert.equal((await lead.post(`/mailbox/readers/${readerId}/end`)).status, 303, 'with a third one may leave')

    for (const path of ['/mailbox', '/today']) assert.match((await lead.get(path)).html, /Open:<?/)
    assert.match(page, /every day in school hours[\s\S]*weekends and holidays included/)
    assert.equal((await lead.post('/mailbox/rule', { rule: 'every-day', because: '' })).status, 422)
    await lead.post('/mailbox/rule', { rule: 'every-day', because: 'The trustees decided it on 14 January.' })
    for (const path of ['/mailbox', '/today']) assert.doesNotMatch((await lead.get(path)).html, /Open:/)
    assert.match(
      (await lead.get('/mailbox')).html,
      /The school follows: The mailbox is watched at all times[\s\S]*The trustees decided it/,
    )
    app.clock.set('2025-01-18T11:00:00.000Z' as Instant)
    assert.equal((await look()).overdue, 1, 'now a Saturday too is looked at')
  })

  test('[WP-1-04] while the school is closed from 14 to 25 April 2025 the answer names 28 April and how often the mailbox is read, and the rota shows the reader of 16 April; without rota or answer it is alerted before', async () => {
    app.clock.set('2025-04-08T09:00:00.000Z' as Instant)
    const lead = await agent(dsl)
    await lead.post('/mailbox/rule', { rule: 'school-days', because: 'The trustees changed it.' })
    const before = (await told()).length
    assert.equal((await look()).closed, 1)
    assert.equal((await look()).closed, 0, 'once')
    const fresh = (await told()).slice(before)
    assert.ok(fresh.some(({ name }) => name === head.name))
    assert.match(
      fresh[0]?.says ?? '',
      /closed from Saturday 12 April 2025 to Sunday 27 April 2025[\s\S]*no reader is named for 10 days, and nobody has said/,
    )

    const on = (adult: DemoAdult, from: string, to: string) =>
      app.people.query(
        `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, 'holiday')`,
        [school.id, newId<string>(), adult.adultId, from, to],
      )
    for (let day = 14; day <= 25; day += 1)
      if (day !== 19 && day !== 20)
        await on(day < 19 ? deputy : deputyTwo, `2025-04-${day}T08:00:00Z`, `2025-04-${day}T10:00:00Z`)
    assert.equal((await lead.post('/mailbox/reply')).status, 303)
    assert.deepEqual(await look(), { overdue: 0, closed: 0 })

    app.clock.set('2025-04-16T10:00:00.000Z' as Instant)
    const { html } = await lead.get('/mailbox')
    assert.match(html, /Wednesday 16 April 2025: <strong>Daniel Kowalczyk<\/strong>/)
    assert.match(
      html,
      /opens again on Monday 28 April 2025\. Until then this mailbox is read once every weekday, not at weekends/,
    )
    assert.doesNotMatch(html, /No reader is named/)
  })

  test('the closed period is the one that runs or the next that takes a weekday', () => {
    const { calendar } = testPolicies().profile('west-park', '2025-04-16' as PlainDate)
    const period = (date: string) => closedPeriod(calendar, date as PlainDate)
    assert.deepEqual(period('2025-04-16'), { from: '2025-04-12', to: '2025-04-27', reopens: '2025-04-28' })
    assert.equal(period('2025-04-11')?.from, '2025-04-12')
    assert.equal(period('2025-03-22')?.from, '2025-04-12', 'a weekend is no closed period')
    assert.equal(period('2025-02-10')?.reopens, '2025-02-24')
  })

  test('an answer never promises more than the rota holds', () => {
    const period = { from: '2025-04-12' as PlainDate, to: '2025-04-14' as PlainDate, reopens: '2025-04-15' as PlainDate }
    const nobody = readingDays(period, { duties: [], absences: [], appointments: [] }, [])
    assert.equal(frequencyInWords(nobody), 'Until then nobody reads this mailbox.')
    const some = nobody.map(day => ({ ...day, readers: day.date === '2025-04-12' ? ['Ada'] : [] }))
    assert.match(frequencyInWords(some), /on these days only: Saturday 12 April 2025/)
  })

  test('a school whose policy gives one rule has nothing to resolve', () => {
    for (const key of ['mmap', 'westacre', 'westley', 'william-macgregor'])
      assert.equal(ruleInForce(testPolicies().profile(key, '2026-11-18' as PlainDate).mailbox, null).state, 'stated')
  })
})
