import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { alertRoutes } from '../alerts/index.ts'
import { homeRoutes } from '../home/index.ts'
import { triageRoutes } from '../triage/index.ts'
import { taskRoutes } from './index.ts'

const school = demo.westPark
const { dsl, deputy, teacher, teacherTwo, parentTeacher } = school.adults
const tuesday = { 'due-day': '24', 'due-month': '11', 'due-year': '2026' }

describe('actions that somebody has to do by a day', () => {
  let app: TestApp
  let asDsl: Agent
  let asOwner: Agent

  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      routes: [...triageRoutes, ...taskRoutes, ...homeRoutes, ...alertRoutes],
      now: aFridayAfternoon,
    })
    asDsl = await app.agentFor(dsl.adultId)
    asOwner = await app.agentFor(teacherTwo.adultId)
  })
  after(() => app.close())

  const record = (child = school.pupils.amina) => recordAs(app, school, teacher, concernAbout(child))
  const set = async (fields: Record<string, string> = {}, child = school.pupils.amina) => {
    const concern = await record(child)
    const path = `/concerns/${concern}/actions/new`
    const answer = await asDsl.submit(path, path, {
      says: 'Ring home about PE kit.',
      owner: teacherTwo.adultId,
      ...tuesday,
      ...fields,
    })
    const [row] = await app.people.query<{ id: string }>('select id from action where concern_id = $1', [concern])
    return { concern, answer, id: row?.id ?? '' }
  }

  test('a character that cannot be kept is refused in a sentence at its box, and the words stay', async () => {
    const { answer, id } = await set({ says: 'kept \u0000 z' })
    assert.deepEqual([answer.status, id], [422, ''])
    assert.match(answer.html, /href="#says"[^>]*>[^<]*damaged or invisible character/)
    assert.match(answer.html, /kept \uFFFD z/)
  })

  test('its owner sees the action’s own words, and nothing of the concern', async () => {
    const { id, concern } = await set()
    assert.match((await asOwner.get('/')).html, /One action is yours to do/)
    const list = await asOwner.get('/actions')
    assert.match(list.html, /Ring home about PE kit/)
    const page = await asOwner.get(`/actions/${id}`)
    assert.equal(page.status, 200)
    assert.doesNotMatch(page.html, new RegExp(concern))
    assert.equal((await asOwner.get(`/concerns/${concern}`)).status, 404)
    const stranger = await app.agentFor(teacher.adultId)
    assert.equal((await stranger.get(`/actions/${id}`)).status, 404)
    assert.doesNotMatch((await stranger.get('/actions')).html, /PE kit/)
    const seen = await asDsl.get(`/concerns/${concern}`)
    assert.match(seen.html, /Ring home about PE kit/)
    assert.match(seen.html, new RegExp(teacherTwo.name))
    assert.match(seen.html, new RegExp(dsl.name))
  })

  test('its owner is told of it, with a mail, and is led to their own actions and to nothing else', async () => {
    const { concern } = await set({}, school.pupils.idris)
    const [alert] = await app.people.query<{ id: string }>(
      `select id from alert where concern_id = $1 and kind = 'action' and adult_id = $2`,
      [concern, teacherTwo.adultId],
    )
    assert.ok(alert)
    const mails = await app.people.query('select 1 from outbox where concern_id = $1 and adult_id = $2', [
      concern,
      teacherTwo.adultId,
    ])
    assert.equal(mails.length, 1)
    const list = await asOwner.get('/alerts')
    assert.match(list.html, /You were given an action/)
    assert.doesNotMatch(list.html, /Idris/)
    assert.equal((await asOwner.get(`/alerts/${alert.id}`)).location, '/actions')
    const own = await set({ owner: dsl.adultId }, school.pupils.idris)
    const told = await app.people.query(`select 1 from alert where concern_id = $1 and kind = 'action'`, [own.concern])
    assert.equal(told.length, 0, 'whoever gives it to themselves knows')
  })

  test('it is done once, with what came of it, and the child’s file gains a line', async () => {
    const { id } = await set()
    const blank = await asOwner.submit(`/actions/${id}`, `/actions/${id}/finish`, { how: 'done' })
    assert.equal(blank.status, 422)
    assert.match(blank.html, /Write what came of it/)
    const done = await asOwner.submit(`/actions/${id}`, `/actions/${id}/finish`, { how: 'done', outcome: 'Kit bought.' })
    assert.equal(done.status, 303)
    const entries = await app.people.query(`select 1 from entry where heading = 'Action done' and author_id = $1`, [
      teacherTwo.adultId,
    ])
    assert.equal(entries.length, 1)
    const again = await asDsl.post(`/actions/${id}/finish`, { how: 'dropped', outcome: 'No.' })
    assert.equal(again.status, 409)
    assert.match(again.html, new RegExp(`${teacherTwo.name} has finished`))
  })

  test('nobody who is outside the concern can be given it', async () => {
    const { answer } = await set({ owner: parentTeacher.adultId }, school.pupils.zara)
    assert.equal(answer.status, 422)
    assert.match(answer.html, /Select a colleague from the list/)
    assert.doesNotMatch(answer.html, new RegExp(`<option value="${parentTeacher.adultId}"`))
  })

  test('where its owner has left, it says that it needs somebody else, and is given to them', async () => {
    const { id } = await set()
    await app.people.query('update appointment set ends_at = $2 where adult_id = $1', [
      teacherTwo.adultId,
      '2026-11-20T14:00:00Z',
    ])
    assert.match((await asDsl.get(`/actions/${id}`)).html, /Needs somebody else/)
    const given = await asDsl.submit(`/actions/${id}/give`, `/actions/${id}/give`, { owner: deputy.adultId })
    assert.equal(given.status, 303)
    assert.doesNotMatch((await asDsl.get(`/actions/${id}`)).html, /Needs somebody else/)
    await app.people.query('update appointment set ends_at = null where adult_id = $1', [teacherTwo.adultId])
  })

  test('a teacher cannot set an action, nor a day in the past', async () => {
    const concern = await record()
    assert.equal((await asOwner.post(`/concerns/${concern}/actions/new`, { says: 'x' })).status, 404)
    const { answer } = await set({ 'due-day': '1' })
    assert.equal(answer.status, 422)
    assert.match(answer.html, /The day must be today or in the future/)
  })
})
