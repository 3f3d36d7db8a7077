import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { leastOf, policiesByKey, recordByForm, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'

const at = (time: string) => `2026-11-18T${time}:00.000Z` as Instant

describe('a child who has told something and has not gone to the DSL', () => {
  let holdfast: TestApp
  let westPark: SchoolWithForm
  let asDsl: Agent

  before(async () => {
    holdfast = await startTestApp({ policies: policiesByKey })
    westPark = await schoolWithForm(holdfast, 'west-park')
  })
  after(() => holdfast.close())

  const told = (went: string) => ({
    ...leastOf(westPark),
    prompt: 'disclosure',
    'happened-time': '11:00',
    'child-words': '“I do not want to go home.”',
    voice: 'yes',
    told: westPark.dsl.id,
    'told-time': '11:05',
    'answer-went-to-dsl': went,
    ...(went === 'not-gone' ? { 'answer-went-to-dsl-not-gone-says': 'At five past eleven, back to maths in room 4.' } : {}),
  })
  const lookRound = async () =>
    void (await workInBackground(holdfast.tools, westPark.school.id, holdfast.clock.now(), async work => ({
      commit: true,
      value: await lookRoundSchool(work),
    })))
  const notSeen = async (id: string) =>
    (
      await holdfast.people.query<{ adult_id: string }>(
        `select adult_id from alert where concern_id = $1 and kind = 'not-seen' order by adult_id`,
        [id],
      )
    ).map(row => row.adult_id)
  const record = async (went: string) => {
    holdfast.clock.set(at('11:10'))
    westPark = { ...westPark, page: await holdfast.agentFor(westPark.teacher.id) }
    const { id } = await recordByForm(westPark.page, told(went))
    asDsl = await holdfast.agentFor(westPark.dsl.id)
    return id
  }

  test('[WP-6-11] a disclosure of eleven, and the child did not go to the DSL: at half past two without a contact the DSL and the deputy are alerted, and the case says “child not yet seen”', async () => {
    const id = await record('not-gone')
    const [clock] = await holdfast.people.query<{ due_at: string; standing: string }>(
      `select due_at, standing from clock where concern_id = $1 and name = 'child-seen'`,
      [id],
    )
    assert.deepEqual(clock && [new Date(clock.due_at).toISOString(), clock.standing], [at('14:30'), 'read'])
    assert.match((await asDsl.get(`/concerns/${id}`)).html, /Child not yet seen/)
    holdfast.clock.set(at('14:29'))
    await lookRound()
    assert.deepEqual(await notSeen(id), [])
    holdfast.clock.set(at('14:31'))
    await lookRound()
    assert.deepEqual(await notSeen(id), [westPark.dsl.id, westPark.deputy.id].sort())
    const again = await holdfast.agentFor(westPark.dsl.id)
    assert.match((await again.get(`/concerns/${id}`)).html, /Child not yet seen/)
    assert.match((await again.get('/today')).html, /Child not yet seen/)
    assert.match((await again.get('/alerts')).html, /A child has not been seen yet today/)
    await lookRound()
    assert.equal((await notSeen(id)).length, 2, 'each is told once')
  })

  test('a contact written down in time meets it: who saw the child, when and what came of it stay with the concern, and nobody is alerted', async () => {
    const id = await record('not-gone')
    const form = `/concerns/${id}/child-seen`
    holdfast.clock.set(at('13:50'))
    asDsl = await holdfast.agentFor(westPark.dsl.id)
    const bare = await asDsl.submit(form, form, { by: '', time: '' })
    assert.equal(bare.status, 422)
    for (const says of ['Enter who saw or reached the child.', 'Enter the time at which it was.', 'Write what came of it.'])
      assert.ok(bare.html.includes(says), says)
    assert.match((await asDsl.get(form)).html, /name="seen-day"[^>]*value="18"|value="18"[^>]*name="seen-day"/)
    const today = { 'seen-day': '18', 'seen-month': '11', 'seen-year': '2026' }
    const seen = { ...today, by: 'Demi Okafor', time: '13:40', says: 'Calm, wants to talk again tomorrow.' }
    assert.equal((await asDsl.submit(form, form, { ...seen, time: '14:10' })).status, 422, 'not in the future')
    assert.equal((await asDsl.submit(form, form, seen)).status, 303)
    const { html } = await asDsl.get(`/concerns/${id}`)
    assert.doesNotMatch(html, /Child not yet seen/)
    assert.match(html, /seen or reached by Demi Okafor[\s\S]*wants to talk again tomorrow/)
    holdfast.clock.set(at('14:31'))
    await lookRound()
    assert.deepEqual(await notSeen(id), [])
  })

  test('a child who leaves early is seen that much earlier; one who went to the DSL starts no clock', async () => {
    await holdfast.people.query(`update child set leaves_at = '13:00' where id = $1`, [westPark.robin])
    const early = await record('not-gone')
    const due = async (id: string) =>
      (
        await holdfast.people.query<{ due_at: string }>(
          `select due_at from clock where concern_id = $1 and name = 'child-seen'`,
          [id],
        )
      ).map(row => new Date(row.due_at).toISOString())
    assert.deepEqual(await due(early), [at('12:15')])
    assert.deepEqual(await due(await record('went')), [])
  })
})
