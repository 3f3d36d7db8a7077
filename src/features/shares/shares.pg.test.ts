import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { concernAbout } from '../../../test/support/concerns.ts'
import { ConductStage } from '../../../test/support/conduct.ts'
import { Denied } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { recordConcern } from '../concerns/index.ts'
import { share } from './index.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

const cast = { dsl: { roles: ['dsl'] }, deputy: { roles: ['deputy-dsl'] }, tutor: {}, second: {}, third: {}, other: {} } as const

/** A school on a day, with a child of it whom the deputy is related to. */
async function begin(key: string, at: string) {
  const stage = await ConductStage.at(app, key, cast)
  app.clock.set(at as Instant)
  const childId: ChildId = await app.people.addChild(stage.school, {
    given: 'Amina',
    family: 'Petrov',
    tied: [stage.id('deputy')],
  })
  const agents = {
    dsl: await app.agentFor(stage.id('dsl')),
    tutor: await app.agentFor(stage.id('tutor'), { secondFactor: false }),
    other: await app.agentFor(stage.id('other'), { secondFactor: false }),
  }
  return { stage, childId, ...agents }
}

type Begun = Awaited<ReturnType<typeof begin>>

const untilOn = (date: string) => {
  const [year = '', month = '', day = ''] = date.split('-')
  return { 'until-day': day, 'until-month': month, 'until-year': year }
}

async function shareWith({ stage, childId, dsl }: Begun, says: string, until: string, ...readers: (keyof typeof cast)[]) {
  const fields = Object.fromEntries(readers.map((name, at) => [`with-${at + 1}`, stage.id(name)]))
  const sent = { says, because: 'They meet the child every day.', ...fields, ...untilOn(until) }
  const answer = await dsl.post(`/children/${childId}/shares`, sent)
  assert.equal(answer.status, 303, answer.html)
  const [row] = await app.people.query<{ id: string }>('select id from share where child_id = $1 order by made_at desc limit 1', [
    childId,
  ])
  assert.ok(row)
  return row.id
}

const refusedBy = (adultId: string) =>
  app.people.query<{ route: string; at: Instant }>(
    `select body::jsonb #>> '{facts,route}' as route, at from audit_entry where actor_id = $1 and outcome = 'refused' order by n`,
    [adultId],
  )

/** What the database itself gives somebody, whatever the program asks. */
const givenByTheDatabase = (begun: Begun, who: keyof typeof cast, at: string, id: string) =>
  begun.stage.as(who, at, async work => ({
    rows: (await work.tx.run({ name: 'test_share', text: 'select 1 from share where id = $1' }, [id])).length,
    readings: (await work.tx.run({ name: 'test_share_reader', text: 'select 1 from share_reader where share_id = $1' }, [id]))
      .length,
    opened: (await work.tx.run({ name: 'test_share_open', text: 'select 1 from share_open($1, $2)' }, [id, at])).length,
  }))

test('[WP-6-06] a form tutor is given an instruction on 15 January 2025: they see the instruction and nothing of the disclosure, and another teacher who looks for the pupil sees no trace', async () => {
  const begun = await begin('west-park', '2025-01-15T10:00:00.000Z')
  const { stage, childId, tutor, other } = begun
  const id = await shareWith(begun, 'Amina sits by the door and may leave the room without asking.', '2025-02-14', 'tutor')

  assert.match((await tutor.get('/')).html, /One thing about a child is shared with you[\s\S]*not read yet/)
  const { html } = await tutor.get(`/shared/${id}`)
  assert.match(html, /Amina Petrov/)
  assert.match(html, /sits by the door/)
  assert.doesNotMatch(html, /They meet the child every day/, 'why they need it is the team’s')
  for (const path of [`/children/${childId}`, `/children/${childId}/shares`, `/children/${childId}/print`])
    assert.equal((await tutor.get(path)).status, 403, path)

  const found = await other.get('/children/find?q=Petrov')
  assert.match(found.html, /Amina Petrov/)
  assert.doesNotMatch(found.html, /hared with you/)
  assert.doesNotMatch((await other.get('/shared')).html, /Amina|Petrov/)
  assert.equal((await other.get(`/shared/${id}`)).status, 404)
  assert.deepEqual(await givenByTheDatabase(begun, 'other', app.clock.now(), id), { rows: 0, readings: 0, opened: 0 })
  assert.equal((await givenByTheDatabase(begun, 'tutor', app.clock.now(), id)).rows, 0, 'their own way in is the function alone')

  const told = await app.people.query<{ says: string; adult_id: string }>(
    'select says, adult_id from notice where school_id = $1',
    [stage.school.id],
  )
  assert.deepEqual(told, [
    { adult_id: stage.id('tutor'), says: 'Something about a child has been shared with you. Read it under Shared with you.' },
  ])
})

test('[WA-6-02] the lunchtime supervisor gets an extract on 12 May 2026, and when they look for the pupil that extract alone is there', async () => {
  const begun = await begin('westacre', '2026-05-12T09:00:00.000Z')
  const { childId, tutor: supervisor } = begun
  const id = await shareWith(begun, 'Sit with her at lunch. Tell Mrs Dean at once if she eats nothing.', '2026-05-22', 'tutor')
  const found = await supervisor.get('/children/find?q=Amina')
  assert.match(found.html, new RegExp(`href="/shared/${id}"[^>]*>\\s*Shared with you, not read yet`))
  assert.equal((await supervisor.get(`/children/${childId}`)).status, 403)
  assert.match((await supervisor.get(`/shared/${id}`)).html, /Sit with her at lunch/)
})

test('[WA-5-55] a note to collect by the grandmother only goes to the class teacher: when the week ends it is over, and when they said that they had read it is kept', async () => {
  const begun = await begin('westacre', '2026-06-01T08:15:00.000Z')
  const { childId, tutor: teacher, dsl } = begun
  const id = await shareWith(begun, 'Collected by the grandmother only this week.', '2026-06-05', 'tutor')
  app.clock.set('2026-06-01T08:40:00.000Z' as Instant)
  assert.equal((await teacher.post(`/shared/${id}`)).status, 303)
  app.clock.set('2026-06-05T22:59:00.000Z' as Instant)
  const friday = await app.agentFor(begun.stage.id('tutor'), { secondFactor: false })
  assert.match((await friday.get(`/shared/${id}`)).html, /grandmother only/, 'until the end of Friday by the clock of the school')
  app.clock.set('2026-06-05T23:00:00.000Z' as Instant)
  assert.equal((await friday.get(`/shared/${id}`)).status, 404)
  assert.deepEqual(await givenByTheDatabase(begun, 'tutor', app.clock.now(), id), { rows: 0, readings: 0, opened: 0 })
  assert.doesNotMatch((await friday.get('/shared')).html, /Petrov/)
  app.clock.set('2026-06-08T08:00:00.000Z' as Instant)
  const monday = await app.agentFor(begun.stage.id('dsl'))
  const { html } = await monday.get(`/children/${childId}/shares`)
  assert.match(html, /tutor:[\s\S]{0,20}said that they have read it, Monday 1 June 2026 at 9:40am/)
  assert.match(html, /Over since the end of Friday 5 June 2026/)
  assert.ok(dsl)
})

test('[MM-2.2-10] the DSL writes a note for three teachers until 19 July 2024: when one opens it the time is kept, and after 19 July it is no longer there', async () => {
  const begun = await begin('mmap', '2024-07-08T09:00:00.000Z')
  const { stage, childId } = begun
  const id = await shareWith(begun, 'She may use the library at break.', '2024-07-19', 'tutor', 'second', 'third')
  app.clock.set('2024-07-09T07:45:00.000Z' as Instant)
  const second = await app.agentFor(stage.id('second'), { secondFactor: false })
  assert.match((await second.get(`/shared/${id}`)).html, /library at break/)
  const readings = await app.people.query<{ adult_id: string; opened_at: Instant | null }>(
    'select adult_id, opened_at from share_reader where share_id = $1',
    [id],
  )
  const openedAt = new Map(readings.map(row => [row.adult_id, row.opened_at]))
  assert.equal(new Date(openedAt.get(stage.id('second')) ?? 0).toISOString(), '2024-07-09T07:45:00.000Z')
  assert.equal(openedAt.get(stage.id('tutor')), null)
  const dsl = await app.agentFor(stage.id('dsl'))
  assert.match((await dsl.get(`/children/${childId}/shares`)).html, /second:[\s\S]{0,20}opened it today at 08:45/)
  app.clock.set('2024-07-20T06:00:00.000Z' as Instant)
  for (const name of ['tutor', 'second', 'third'] as const) {
    const late = await app.agentFor(stage.id(name), { secondFactor: false })
    assert.equal((await late.get(`/shared/${id}`)).status, 404)
    assert.equal((await late.post(`/shared/${id}`)).status, 404)
  }
})

test('[MM-3.5-07] a tutor who was given it until 15 March 2024 opens it on the 16th: refused, and on record', async () => {
  const begun = await begin('mmap', '2024-03-11T09:00:00.000Z')
  const { stage } = begun
  const id = await shareWith(begun, 'Her social worker rings at ten.', '2024-03-15', 'tutor')
  app.clock.set('2024-03-16T09:12:00.000Z' as Instant)
  const tutor = await app.agentFor(stage.id('tutor'), { secondFactor: false })
  assert.equal((await tutor.get(`/shared/${id}`)).status, 404)
  const refused = await refusedBy(stage.id('tutor'))
  assert.deepEqual(
    refused.map(({ route, at }) => [route, new Date(at).toISOString()]),
    [['/shared/:shareId', '2024-03-16T09:12:00.000Z']],
  )
})

test('[WM-A3-3.7-06] a DSL who adds the year head without typing a reason has shared nothing, and keeps what was typed', async () => {
  const begun = await begin('william-macgregor', '2026-11-18T10:00:00.000Z')
  const { stage, childId, dsl } = begun
  const sent = { says: 'The meeting is on Friday.', 'with-1': stage.id('tutor'), because: ' ', ...untilOn('2026-11-27') }
  const answer = await dsl.post(`/children/${childId}/shares`, sent)
  assert.equal(answer.status, 422)
  assert.match(answer.html, /Write why they need it\./)
  assert.match(answer.html, /The meeting is on Friday\./)
  assert.deepEqual(await app.people.query('select 1 from share where child_id = $1', [childId]), [])
  const insert = {
    name: 'test_share_insert',
    text: `insert into share (school_id, id, child_id, says, because, until_at, made_at, made_by, salt)
      values ($1, gen_random_uuid(), $2, 'x', '', now() + interval '1 year', now(), scope_adult(), '\\x00')`,
  }
  await assert.rejects(
    stage.as('dsl', app.clock.now(), work => work.tx.run(insert, [stage.school.id, childId])),
    { code: '23514' },
    'the database takes none without a reason either',
  )
})

test('[WA-8-05] a teacher who has submitted a disclosure finds no way to share it with a colleague', async () => {
  const begun = await begin('westacre', '2026-09-14T10:00:00.000Z')
  const { stage, childId, tutor: teacher } = begun
  const concern = concernAbout({ childId })
  const recorded = await stage.as('tutor', app.clock.now(), work => recordConcern(work, concern))
  assert.ok(recorded.ok)
  const concernId = concern.id
  const { html, status } = await teacher.get(`/my-concerns/${concernId}`)
  assert.equal(status, 200)
  assert.doesNotMatch(html, /shares?"|Share /)
  const sent = { says: 'What she told me.', 'with-1': stage.id('second'), because: 'A friend.', ...untilOn('2026-09-18') }
  assert.equal((await teacher.post(`/children/${childId}/shares`, sent)).status, 403)
  const wanted = { says: 'x', because: 'x', readers: [stage.id('second')], until: '2026-09-18' as PlainDate }
  await assert.rejects(
    stage.as('tutor', app.clock.now(), work => share(work, { childId, name: 'x', tied: [] }, wanted)),
    Denied,
  )
  assert.deepEqual(await app.people.query('select 1 from share where child_id = $1', [childId]), [])
})

test('whoever is related to the child is offered to nobody, learns of nothing and is given nothing, also where the tie becomes known later', async () => {
  const begun = await begin('westley', '2026-11-18T10:00:00.000Z')
  const { stage, childId, dsl } = begun
  assert.doesNotMatch((await dsl.get(`/children/${childId}/shares`)).html, new RegExp(stage.id('deputy')))
  const sent = { says: 'x', 'with-1': stage.id('deputy'), because: 'x', ...untilOn('2026-11-27') }
  const answer = await dsl.post(`/children/${childId}/shares`, sent)
  assert.equal(answer.status, 422)
  assert.match(answer.html, /related to the child, and is outside the file/)

  const id = await shareWith(begun, 'She is picked up at two.', '2026-11-27', 'tutor')
  const deputy = await app.agentFor(stage.id('deputy'))
  assert.equal((await deputy.get(`/children/${childId}/shares`)).status, 404)
  assert.equal((await deputy.get(`/shares/${id}/end`)).status, 404)
  assert.deepEqual(await givenByTheDatabase(begun, 'deputy', app.clock.now(), id), { rows: 0, readings: 0, opened: 0 })
  assert.equal((await givenByTheDatabase(begun, 'tutor', app.clock.now(), id)).opened, 1)

  const tie = { name: 'test_tie', text: 'select concerns_of_child_exclude($1, array[$2::uuid])' }
  await stage.as('dsl', app.clock.now(), work => work.tx.run(tie, [childId, stage.id('tutor')]))
  const tutor = await app.agentFor(stage.id('tutor'), { secondFactor: false })
  assert.equal((await tutor.get(`/shared/${id}`)).status, 404)
  assert.deepEqual(await givenByTheDatabase(begun, 'tutor', app.clock.now(), id), { rows: 0, readings: 0, opened: 0 })
})

test('the DSL ends it with a reason: from that moment nobody reads it, and an end in the past or years away is no end', async () => {
  const begun = await begin('westley', '2026-11-18T10:00:00.000Z')
  const { childId, dsl, tutor, stage } = begun
  const id = await shareWith(begun, 'She is picked up at two.', '2026-11-27', 'tutor')
  assert.equal((await dsl.post(`/shares/${id}/end`, { because: '' })).status, 422)
  assert.equal((await tutor.get(`/shared/${id}`)).status, 200)
  assert.equal((await dsl.post(`/shares/${id}/end`, { because: 'Her mother is back.' })).status, 303)
  assert.equal((await tutor.get(`/shared/${id}`)).status, 404)
  assert.equal((await dsl.post(`/shares/${id}/end`, { because: 'Again.' })).status, 409)
  assert.match((await dsl.get(`/children/${childId}/shares`)).html, /Ended today at 10:00: Her mother is back\./)
  for (const [until, says] of [
    ['2026-11-17', /must be today or in the future/],
    ['2027-11-19', /must be Thursday 18 November 2027 or before/],
  ] as const) {
    const sent = { says: 'x', 'with-1': stage.id('tutor'), because: 'x', ...untilOn(until) }
    const answer = await dsl.post(`/children/${childId}/shares`, sent)
    assert.equal(answer.status, 422)
    assert.match(answer.html, says)
  }
})
