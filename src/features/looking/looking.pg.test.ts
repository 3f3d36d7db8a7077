import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey, schoolWithForm } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { watchLooking } from './index.ts'
import { againTimes } from './rules.ts'

const today = '2026-11-18T10:00:00.000Z' as Instant
const tomorrow = '2026-11-19T00:10:00.000Z' as Instant

describe('unusual looking', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: today })
  })
  after(() => app.close())
  const watch = (schoolId: Parameters<typeof workInBackground>[1]) =>
    workInBackground(app.tools, schoolId, app.clock.now(), async work => ({ commit: true, value: await watchLooking(work) }))
  const openAgain = async (adult: AdultId, path: string) => {
    const agent = await app.agentFor(adult)
    for (let n = 0; n < againTimes; n += 1) assert.equal((await agent.get(path)).status, 200)
  }
  const told = (schoolId: string) =>
    app.people.query<{ adult_id: AdultId; says: string }>(
      `select adult_id, says from notice where school_id = $1 and topic = 'looking' order by told_at`,
      [schoolId],
    )

  test('of a deputy is put to the DSL as a question, never to the deputy, is noted as looked into, and is not asked twice', async () => {
    app.clock.set(today)
    const of = await schoolWithForm(app, 'west-park')
    await openAgain(of.deputy.id, `/children/${of.robin}`)
    app.clock.set(tomorrow)
    assert.equal(await watch(of.school.id), 1)
    assert.equal(await watch(of.school.id), 0, 'each day once')
    const notices = await told(of.school.id)
    assert.deepEqual(
      notices.map(({ adult_id }) => adult_id),
      [of.dsl.id],
    )
    assert.doesNotMatch(notices[0]?.says ?? '', /Robin|Ashdown|Demi|Okafor/)
    const dsl = await app.agentFor(of.dsl.id)
    const { html } = await dsl.get('/looking')
    assert.match(html, /a question, not an accusation/)
    assert.match(html, /Demi Okafor[\s\S]*Opened the records of Robin Ashdown 8 times in a week and wrote nothing there/)
    const deputy = await app.agentFor(of.deputy.id)
    assert.match((await deputy.get('/looking')).html, /There is nothing to ask about/)
    const action = /action="(\/looking\/[^"]+)"/.exec(html)?.[1] ?? assert.fail('no form')
    assert.equal((await deputy.post(action, { says: 'It was fine.' })).status, 404)
    const empty = await dsl.post(action, { says: ' ' })
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Enter what you found\./)
    assert.equal((await dsl.post(action, { says: 'She was preparing a handover.' })).status, 303)
    assert.match((await dsl.get('/looking')).html, /nothing to ask about[\s\S]*Dora Lind[\s\S]*preparing a handover/)
    assert.equal((await dsl.post(action, { says: 'Again.' })).status, 409)
  })

  test('of the DSL is put to the head, who opens no file and reads no child’s name', async () => {
    app.clock.set(today)
    const of = await schoolWithForm(app, 'west-park')
    await openAgain(of.dsl.id, `/children/${of.robin}`)
    app.clock.set(tomorrow)
    assert.equal(await watch(of.school.id), 1)
    assert.deepEqual(
      (await told(of.school.id)).map(({ adult_id }) => adult_id),
      [of.head.id],
    )
    const head = await (await app.agentFor(of.head.id)).get('/looking')
    assert.match(head.html, /Dora Lind[\s\S]*Opened the records of a child 8 times/)
    assert.doesNotMatch(head.html, /Robin/)
    for (const id of [of.dsl.id, of.deputy.id])
      assert.match((await (await app.agentFor(id)).get('/looking')).html, /There is nothing to ask about/)
  })

  test('at a concern is not shown to whoever is outside that concern, nor to whoever is tied to the child', async () => {
    app.clock.set(today)
    const of = await schoolWithForm(app, 'west-park')
    const outsider = await app.people.addAdult(of.school, { name: 'Nell Outer', roles: ['deputy-dsl'] })
    const named = { adultId: outsider.id, name: 'Nell Outer', relation: '', involvement: 'alleged', toldAt: null } as const
    const about = concernAbout({ childId: of.robin }, { adults: [named] })
    const concernId = await recordAs(app, of.school, { adultId: of.teacher.id }, about)
    await openAgain(of.deputy.id, `/concerns/${concernId}`)
    app.clock.set(tomorrow)
    assert.equal(await watch(of.school.id), 1)
    assert.deepEqual(
      (await told(of.school.id)).map(({ adult_id }) => adult_id),
      [of.dsl.id],
    )
    assert.match((await (await app.agentFor(outsider.id)).get('/looking')).html, /There is nothing to ask about/)
    const dsl = await app.agentFor(of.dsl.id)
    assert.match((await dsl.get('/looking')).html, /Demi Okafor/)
    await app.people.query('update child set tied = array_append(tied, $2) where id = $1', [of.robin, of.dsl.id])
    assert.match((await dsl.get('/looking')).html, /There is nothing to ask about/)
  })
})
