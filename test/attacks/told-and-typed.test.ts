import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { DemoAdult } from '../../demo/people.ts'
import type { ConcernId } from '../../src/kernel/ids.ts'
import { referenceOf } from '../../src/kernel/reference.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { concernAbout, recordAs } from '../support/concerns.ts'
import { named, school, startWorlds, steady, tellTales, tied, type World, type Worlds } from './two-worlds.ts'

/** What was sent to somebody or put before them, by its kind: the mails that wait, alerts, notices, clocks and tasks of theirs. */
async function putBefore({ app }: World, { adultId }: Pick<DemoAdult, 'adultId'>): Promise<readonly string[]> {
  const rows = await app.people.query<{ what: string }>(
    `select 'mail ' || kind || ' ' || at as what from outbox where adult_id = $1
     union all select 'alert ' || kind || ' ' || told_at from alert where adult_id = $1
     union all select 'notice ' || topic || ' ' || says from notice where adult_id = $1
     union all select 'case ' || kind from conduct_alert where adult_id = $1
     union all select 'clock ' || name || ' ' || area from clock where owner_id = $1 or $1 = any (readers)
     union all select 'action ' || says from action where owner_id = $1
     union all select 'duty ' || kind from cover where adult_id = $1 order by what`,
    [adultId],
  )
  return rows.map(({ what }) => what)
}

const hearsNothing = async (worlds: Worlds, people: typeof named | typeof tied) => {
  for (const [name, adult] of Object.entries(people))
    assert.deepEqual(await putBefore(worlds.with, adult), await putBefore(worlds.without, adult), name)
}

suite('Of three concerns that name the head and a deputy', () => {
  let worlds: Worlds
  before(async () => {
    worlds = await startWorlds('of-adults')
  })
  after(() => worlds.close())

  test('no mail, alert, notice, task or duty comes to the head, the deputy, their family or the child’s, in two days in which nobody answered; to the DSL much does', async () => {
    await hearsNothing(worlds, named)
    await hearsNothing(worlds, tied)
    const [told, quiet] = [await putBefore(worlds.with, school.adults.dsl), await putBefore(worlds.without, school.adults.dsl)]
    for (const kind of ['mail', 'alert', 'notice', 'clock', 'action'])
      assert.ok(told.filter(what => what.startsWith(kind)).length > quiet.filter(what => what.startsWith(kind)).length, kind)
  })

  test('a head who approves a change of the policy reads the same of what it would alter, and the DSL reads of more clocks', async () => {
    const rule = encodeURIComponent('settings/cover.deputies_min')
    const clockRule = 'clocks/triage.acknowledge'
    const fields = {
      ...{ what: clockRule, value: '25 minutes', because: 'Two sites.', section: 'Governors, minute 4', checked: 'yes' },
      ...{ 'from-day': '1', 'from-month': '12', 'from-year': '2026' },
    }
    const paths: string[] = []
    for (const world of [worlds.without, worlds.with]) {
      const dsl = await world.agent(school.adults.dsl)
      const answer = await dsl.post('/policy/changes/new', { ...fields, sentence: 'An acknowledgement within 25 minutes.' })
      assert.equal(answer.status, 303, steady(answer.html).slice(-3000))
      paths.push(answer.location ?? '')
    }
    const shown = async (adult: Pick<DemoAdult, 'adultId'>) => {
      const [one, other] = [worlds.without, worlds.with].map(async (world, n) =>
        steady((await (await world.agent(adult)).get(paths[n] ?? '')).html),
      )
      return [await one, await other]
    }
    for (const adult of [school.adults.head, school.adults.deputyTwo, school.adults.chair]) {
      const [quiet, told] = await shown(adult)
      assert.equal(told, quiet, adult.name)
    }
    const [quiet, told] = await shown(school.adults.dsl)
    assert.notEqual(told, quiet)
    assert.equal((await tellTales(worlds, school.adults.head, [`/policy/changes/new?what=${rule}`])).size, 0)
  })

  test('the deputy who types a reference of one of them reads the same sentence as for a reference that nobody has', async () => {
    const { app } = worlds.with
    const own = await recordAs(app, school, school.adults.teacher, concernAbout(school.pupils.ellie))
    const deputy = await worlds.with.agent(school.adults.deputyTwo)
    const linked = async (id: ConcernId) => {
      const reference = referenceOf(id)
      const answer = await deputy.post(`/concerns/${own}/link`, { reference, reason: 'Two accounts.' })
      return { status: answer.status, html: steady(answer.html).replaceAll(reference, '#') }
    }
    const invented = await linked(newId<ConcernId>())
    assert.equal(invented.status, 422)
    for (const id of [worlds.secret.worked, worlds.secret.late]) assert.deepEqual(await linked(id), invented)
    const dsl = await worlds.with.agent(school.adults.dsl)
    const may = await dsl.post(`/concerns/${own}/link`, { reference: referenceOf(worlds.secret.late), reason: 'Two accounts.' })
    assert.equal(may.status, 303)
  })

  test('after the DSL has linked another concern with one of them, the deputy reads that concern and its child’s file and finds no link', async () => {
    const { app } = worlds.with
    const own = await recordAs(app, school, school.adults.teacher, concernAbout(school.pupils.idris))
    const deputy = await worlds.with.agent(school.adults.deputyTwo)
    const paths = [`/concerns/${own}`, `/children/${school.pupils.idris.childId}`, '/today']
    const pages = async () => Promise.all(paths.map(async path => steady((await deputy.get(path)).html)))
    await pages()
    const earlier = await pages()
    const dsl = await worlds.with.agent(school.adults.dsl)
    const link = { reference: referenceOf(worlds.secret.worked), reason: 'Heronwood link.' }
    assert.equal((await dsl.post(`/concerns/${own}/link`, link)).status, 303)
    assert.deepEqual(await pages(), earlier)
    assert.match((await dsl.get(`/concerns/${own}`)).html, new RegExp(link.reference))
  })
})
