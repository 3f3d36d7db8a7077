import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { aSchoolMorning, startTestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workAs } from '../../work/work.ts'
import { findOnDutyNow } from './index.ts'
import { coverRoutes } from './routes.ts'

const app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: coverRoutes })
after(() => app.close())
beforeEach(() => app.clock.set(aSchoolMorning))
const { westPark, westacre } = demo
const dsl = await app.agentFor(westPark.dsl.adultId)
const teacher = await app.agentFor(westPark.teacher.adultId)

async function onDuty(at: Instant = app.clock.now()): Promise<string[]> {
  const people = await workAs(app.tools, westPark.teacher, at, async work => ({
    commit: false,
    value: await findOnDutyNow(work),
  }))
  return people.map(person => `${person.name}, ${person.title}, ${person.phone}`)
}

async function lastEvent() {
  return (await app.people.events(westPark.id)).at(-1)
}

const day = (name: string, date: string) => {
  const [year = '', month = '', number = ''] = date.split('-')
  return { [`${name}-day`]: number, [`${name}-month`]: month, [`${name}-year`]: year }
}

test('a teacher has no rota to keep, but may say that they are out', async () => {
  assert.equal((await teacher.get('/cover')).status, 403)
  assert.equal((await teacher.post('/cover/duties/new', { adult: westPark.dsl.adultId, kind: 'trip' })).status, 403)
  const page = await teacher.get('/cover/out')
  assert.equal(page.status, 200)
  assert.doesNotMatch(page.html, /Ruth Adeyemi/)
  const colleague = await teacher.post('/cover/out', { adult: westPark.dsl.adultId, reason: 'out', from: 'now', until: 'today' })
  assert.equal(colleague.status, 403)
  const own = await teacher.post('/cover/out', { reason: 'ill', from: 'now', until: 'back' })
  assert.equal(own.location, '/cover/out')
  assert.match((await teacher.get('/cover/out')).html, /ill until they say that they are back/)
})

test('the week shows who is on duty, who is out and which hours nobody has', async () => {
  const { html } = await dsl.get('/cover')
  assert.match(html, /Week of Monday 16 November 2026/)
  assert.match(html, /Farah Siddiqui<\/strong>: on a course until the end of Saturday 21 November 2026/)
  assert.equal((await lastEvent())?.action, 'cover.opened')
  const head = await app.agentFor(westacre.head.adultId)
  assert.match((await head.get('/cover')).html, /Nobody is on duty on Friday 20 November 2026 from 8:45am to 3:15pm/)
})

test('one press puts the person on duty out for the rest of the day, and the next of the team is shown at once', async () => {
  assert.deepEqual(await onDuty(), ['Ruth Adeyemi, Designated Safeguarding Lead, 07700 900101'])
  const answer = await dsl.submit('/cover', '/cover/out')
  assert.equal(answer.location, '/cover')
  assert.equal((await lastEvent())?.action, 'absence.started')
  assert.deepEqual(await onDuty(), ['Daniel Kowalczyk, Deputy Designated Safeguarding Lead, 07700 900102'])
  const { html } = await dsl.get('/cover')
  assert.match(
    html,
    /Nobody is on duty on Wednesday 18 November 2026 from 10am to 3:1\d?pm|Nobody is on duty on Wednesday 18 November 2026 from 10am/,
  )
  const absence = /cover\/out\/([0-9a-f-]{36})\/end[\s\S]*?I am back/.exec(
    html.slice(html.indexOf('Ruth Adeyemi</strong>: out')),
  )?.[1]
  assert.equal((await dsl.post(`/cover/out/${absence}/end`)).status, 303)
  assert.equal((await lastEvent())?.action, 'absence.ended')
  assert.deepEqual(await onDuty(), ['Ruth Adeyemi, Designated Safeguarding Lead, 07700 900101'])
  assert.equal((await dsl.post(`/cover/out/${absence}/end`)).status, 409)
})

test('when all of the team are out in school hours, the page warns before it happens', async () => {
  const fields = {
    reason: 'training',
    from: 'date',
    until: 'date',
    'until-time': '',
    'from-time': '',
    ...day('from-date', '2026-11-20'),
    ...day('until-date', '2026-11-20'),
  }
  for (const person of [westPark.dsl, westPark.deputy])
    assert.equal((await dsl.post('/cover/out', { ...fields, adult: person.adultId })).status, 303)
  assert.match((await dsl.get('/cover')).html, /Nobody of the safeguarding team is in school on Friday 20 November 2026/)
  assert.deepEqual(await onDuty('2026-11-20T10:00:00.000Z' as Instant), [
    'Marianne Holt, Headteacher, 07700 900104',
    'Tunde Bakare, Deputy Head, 01332 662337',
  ])
  const rows = await app.people.query<{ id: string }>("select id from absence where reason = 'training' and starts_at > $1", [
    aSchoolMorning,
  ])
  for (const { id } of rows) assert.equal((await dsl.post(`/cover/out/${id}/end`)).status, 303)
})

test('a trip with its own phone is named while it lasts, and its leader is no longer in school', async () => {
  const duty = {
    adult: westPark.dsl.adultId,
    kind: 'trip',
    mode: 'in-person',
    ...day('starts', '2026-11-19'),
    from: '7am',
    ...day('ends', '2026-11-20'),
    to: '18:00',
    phone: '07700 900888',
  }
  const taken = await dsl.post('/cover/duties/new', duty)
  assert.equal(taken.status, 303)
  assert.equal(taken.location, '/cover?week=2026-11-16')
  const { html } = await dsl.get('/cover')
  assert.match(html, /07700 900888/)
  assert.deepEqual(await onDuty('2026-11-19T20:00:00.000Z' as Instant), [
    'Ruth Adeyemi, Designated Safeguarding Lead, 07700 900888',
  ])
  const again = await dsl.post('/cover/duties/new', duty)
  assert.equal(again.status, 422)
  assert.match(again.html, /on duty already/)
  const id = /duties\/([0-9a-f-]{36})\/remove/.exec(html.slice(html.indexOf('07700 900888')))?.[1]
  assert.equal((await dsl.post(`/cover/duties/${id}/remove`)).status, 303)
  assert.deepEqual(await onDuty('2026-11-19T20:00:00.000Z' as Instant), [])
  assert.equal((await dsl.post(`/cover/duties/${id}/remove`)).status, 404)
})

test('a duty that has been stays on the rota, and one that runs ends now', async () => {
  const duties = await app.people.query<{ id: string; starts: string }>(
    "select id, to_char(starts_at, 'YYYY-MM-DD') as starts from cover where school_id = $1 and kind = 'school-day' order by starts_at",
    [westPark.id],
  )
  const onDay = (date: string) => duties.find(duty => duty.starts === date)?.id
  await dsl.post(`/cover/duties/${onDay('2026-11-16')}/remove`)
  assert.equal((await dsl.post(`/cover/duties/${onDay('2026-11-18')}/remove`)).status, 303)
  const ends = async (date: string) =>
    (await app.people.query<{ ends: Date }>('select ends_at as ends from cover where id = $1', [onDay(date)])).map(row =>
      new Date(row.ends).toISOString(),
    )
  assert.deepEqual(await ends('2026-11-16'), ['2026-11-16T15:15:00.000Z'])
  assert.deepEqual(await ends('2026-11-18'), [aSchoolMorning])
})

test('a duty is repeated week by week through term and not through the holidays', async () => {
  const duty = {
    adult: westPark.head.adultId,
    kind: 'school-day',
    mode: 'in-person',
    ...day('starts', '2027-02-01'),
    from: '08:40',
    to: '15:10',
    ...day('repeats', '2027-03-08'),
  }
  assert.equal((await dsl.post('/cover/duties/new', duty)).status, 303)
  const rows = await app.people.query<{ on: string }>(
    "select to_char(starts_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as on from cover where adult_id = $1 order by 1",
    [westPark.head.adultId],
  )
  assert.equal(rows[0]?.on, '2027-02-01 08:40')
  assert.ok(rows.length >= 4 && rows.length < 6, `${rows.length} duties`)
})

test('what is wrong with a duty or an absence is said at its place, with what was typed', async () => {
  const duty = {
    adult: westPark.dsl.adultId,
    kind: 'trip',
    mode: 'in-person',
    ...day('starts', '2027-01-12'),
    from: '9am',
    to: '4pm',
    phone: '07700 "900',
  }
  const cases: [Record<string, string>, RegExp][] = [
    [{ adult: '' }, /Choose a person/],
    [{ adult: westPark.teacher.adultId }, /holds a role of the safeguarding team/],
    [{ adult: westacre.head.adultId }, /holds a role of the safeguarding team/],
    [{ kind: 'party' }, /Select what for/],
    [{ 'starts-day': '30', 'starts-month': '2' }, /no such date/],
    [{ 'starts-year': '2025' }, /today or later/],
    [{ from: 'noonish' }, /Write the time like/],
    [{ to: '8am' }, /end must be after the start/],
    [day('repeats', '2027-02-02'), /Only a duty of the school day is repeated/],
  ]
  for (const [typed, says] of cases) {
    const answer = await dsl.post('/cover/duties/new', { ...duty, ...typed })
    assert.equal(answer.status, 422, JSON.stringify(typed))
    assert.match(answer.html, says)
    assert.match(answer.html, /07700 &quot;900/)
  }
  const past = await dsl.post('/cover/out', { reason: 'out', from: 'now', until: 'date', ...day('until-date', '2026-11-17') })
  assert.match(past.html, /end must be in the future/)
  assert.match((await dsl.post('/cover/out', {})).html, /Select why[\s\S]*Select from when[\s\S]*Select until when/)
})

test('a duty or an absence of another school is not found', async () => {
  const [duty] = await app.people.query<{ id: string }>('select id from cover where school_id = $1', [westacre.id])
  const [absence] = await app.people.query<{ id: string }>('select id from absence where school_id = $1', [demo.westley.id])
  assert.equal((await dsl.post(`/cover/duties/${duty?.id}/remove`)).status, 404)
  assert.equal((await dsl.post(`/cover/out/${absence?.id}/end`)).status, 404)
})
