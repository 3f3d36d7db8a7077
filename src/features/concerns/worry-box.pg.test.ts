import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf, policiesByKey, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { formToken, visitor } from '../../web/http/form-token.ts'

describe('what a pupil writes in the worry box', () => {
  let app: TestApp
  let mmap: SchoolWithForm
  let path: string
  before(async () => {
    // A Friday, a quarter past eight in the evening.
    app = await startTestApp({ policies: policiesByKey, now: '2026-11-20T20:15:00.000Z' as Instant })
    mmap = await schoolWithForm(app, 'mmap')
    path = `/worry/${mmap.school.visitorToken}`
  })
  after(() => app.close())

  const sent = async (fields: Record<string, string>) => {
    const opened = await app.stranger().get(path)
    assert.equal(opened.status, 200)
    return app.stranger().post(path, {
      ...hiddenFields(opened.html, path),
      ...{ _token: formToken(mmap.school.visitorToken, visitor), _key: undefined },
      ...fields,
    })
  }
  const newest = async () => {
    const [row] = await app.people.query<{ id: string; state: string; urgent: boolean; location: string; prompts: string[] }>(
      'select id, state, urgent, location, prompts from concern where school_id = $1 order by recorded_at desc, id desc limit 1',
      [mmap.school.id],
    )
    return row ?? assert.fail('nothing was recorded')
  }
  const today = async () => (await (await app.agentFor(mmap.dsl.id)).get('/today')).html
  const says999AndChildline = (html: string) => {
    assert.match(html, /href="tel:999"/)
    assert.match(html, /Childline/)
    assert.match(html, /www\.childline\.org\.uk/)
  }

  test('[MM-4.1-07] “I dont want to go home” on a Friday at 20:15: the DSL on call is alerted urgently, the pupil reads 999 and Childline, it is open until it is triaged, and the pupil is answered', async () => {
    says999AndChildline((await app.stranger().get(path)).html)
    assert.deepEqual(errorsOf((await sent({ says: '' })).html), ['says: Write what you are worried about.'])
    await app.people.query(
      `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind, phone) values ($1, gen_random_uuid(), $2, '2026-11-20T17:00:00Z', '2026-11-20T22:00:00Z', 'out-of-hours', '01622 000111')`,
      [mmap.school.id, mmap.deputy.id],
    )
    const answer = await sent({ says: 'I dont want to go home', name: 'Ash, Year 8' })
    assert.equal(answer.status, 303)
    const done = (await app.stranger().get(answer.location ?? '')).html
    says999AndChildline(done)
    assert.match(done, /reads what you write on school days/)
    const worry = await newest()
    assert.deepEqual([worry.state, worry.urgent], ['new', true])
    const alerts = await app.people.query<{ adult_id: string; at: string }>(
      `select adult_id, to_char(told_at at time zone 'Europe/London', 'HH24:MI') as at from alert where concern_id = $1 order by adult_id`,
      [worry.id],
    )
    assert.deepEqual(
      alerts.map(row => `${row.adult_id} ${row.at}`),
      [mmap.dsl.id, mmap.deputy.id].toSorted().map(id => `${id} 20:15`),
    )
    app.clock.set('2026-11-23T08:30:00.000Z' as Instant)
    assert.ok((await today()).includes(`/concerns/${worry.id}`))
    const read = await (await app.agentFor(mmap.dsl.id)).get(`/concerns/${worry.id}`)
    assert.match(read.html, /I dont want to go home/)
    assert.match(read.html, /Worry box/)
    assert.equal((await newest()).state, 'new')
    const waits = await app.people.query('select 1 from clock where concern_id = $1 and name = $2 and met_at is null', [
      worry.id,
      'triage',
    ])
    assert.equal(waits.length, 1)
    const dsl = await app.agentFor(mmap.dsl.id)
    const at = `/concerns/${worry.id}`
    const level = /name="level"[^>]*value="([^"]+)"/.exec((await dsl.get(`${at}/triage`)).html)?.[1] ?? ''
    const asked = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
    const judged = { ...asked, level, categories: 'abuse-neglect', rationale: 'Met at the gate and asked.' }
    const triaged = await dsl.submit(`${at}/triage`, `${at}/triage`, judged)
    assert.equal(triaged.status, 303, errorsOf(triaged.html).join())
    assert.equal((await newest()).state, 'triaged')
    const clocks = await app.people.query('select 1 from clock where concern_id = $1 and name = $2 and met_at is null', [
      worry.id,
      'triage',
    ])
    assert.deepEqual(clocks, [])
    const said = { 'given-by': 'Dora Lind', time: '8:20am', 'given-day': '23', 'given-month': '11', 'given-year': '2026' }
    const answered = await dsl.submit(`${at}/replies/child`, `${at}/replies/child`, {
      ...said,
      ...{ kind: 'response', says: 'We sat down together; Ash stays with an aunt tonight.' },
    })
    assert.equal(answered.status, 303, errorsOf(answered.html).join())
    assert.match((await dsl.get(at)).html, /We sat down together; Ash stays with an aunt tonight/)
  })

  test('[MM-6.4-03] a pupil writes of a stranger in a remote lesson: it is kept as that, and stands in the DSL’s list', async () => {
    const answer = await sent({ says: 'Somebody I do not know was in the lesson and wrote to me.', place: 'remote', name: 'Ash' })
    assert.equal(answer.status, 303)
    const worry = await newest()
    assert.equal(worry.location, 'In a remote lesson')
    assert.deepEqual(worry.prompts.toSorted(), ['disclosure', 'online'])
    assert.equal(worry.urgent, false)
    assert.ok((await today()).includes(`/concerns/${worry.id}`))
    const read = await (await app.agentFor(mmap.dsl.id)).get(`/concerns/${worry.id}`)
    assert.match(read.html, /In a remote lesson/)
  })

  test('where a school has no such box there is no such page; pressing twice is one worry', async () => {
    const westPark = await schoolWithForm(app, 'west-park')
    assert.equal((await app.stranger().get(`/worry/${westPark.school.visitorToken}`)).status, 404)
    const opened = await app.stranger().get(path)
    const form = {
      ...hiddenFields(opened.html, path),
      _token: formToken(mmap.school.visitorToken, visitor),
      _key: undefined,
      says: 'Twice',
    }
    const [one, two] = [await app.stranger().post(path, form), await app.stranger().post(path, form)]
    assert.equal(one.location, two.location)
  })
})
