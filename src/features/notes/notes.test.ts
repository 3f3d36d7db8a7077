import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { noteRoutes } from './index.ts'

const school = demo.westPark
const { dsl, deputy, teacher } = school.adults
const path = `/children/${school.pupils.amina.childId}/notes/new`
const call = {
  kind: 'phone-call',
  'with-whom': 'Helen Stroud',
  agency: 'Derby social care',
  says: 'She visits on Monday.',
  time: '9:40am',
}

describe('notes and contacts in a child’s file', () => {
  let app: TestApp
  let asDsl: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: noteRoutes, now: aFridayAfternoon })
    asDsl = await app.agentFor(dsl.adultId)
  })
  after(() => app.close())

  const typed = { 'happened-day': '20', 'happened-month': '11', 'happened-year': '2026', ...call }

  test('the DSL writes down a call; the chronology names it without a word of what was said', async () => {
    const answer = await asDsl.submit(path, path, typed)
    assert.equal(answer.status, 303)
    const [entry] = await app.people.query(
      'select e.kind, e.heading, n.says from entry e join note n on n.id = e.note_id where e.child_id = $1',
      [school.pupils.amina.childId],
    )
    assert.deepEqual(entry, { kind: 'contact', heading: 'Telephone call, Derby social care', says: 'She visits on Monday.' })
  })

  test('a call without a name and on a day to come is refused, and what was typed stays', async () => {
    const answer = await asDsl.submit(path, path, { ...typed, 'with-whom': '', 'happened-day': '21' })
    assert.equal(answer.status, 422)
    assert.match(answer.html, /Enter with whom/)
    assert.match(answer.html, /must be today or in the past/)
    assert.match(answer.html, /She visits on Monday/)
  })

  test('a character that cannot be kept is refused in a sentence at its box, and the words stay', async () => {
    const before = await app.people.query('select 1 from note')
    const answer = await asDsl.submit(path, path, { ...typed, says: 'kept \u0000 z' })
    assert.equal(answer.status, 422)
    assert.match(answer.html, /href="#says"[^>]*>[^<]*damaged or invisible character/)
    assert.match(answer.html, /kept \uFFFD z/)
    assert.equal((await app.people.query('select 1 from note')).length, before.length)
  })

  test('a new worry is led to the form for concerns, as written for whoever brought it', async () => {
    const { html } = await asDsl.get(path)
    assert.match(html, new RegExp(`/concerns/new\\?child=${school.pupils.amina.childId}&amp;behalf=agency-letter`))
  })

  test('a teacher, another school’s DSL and a deputy who is tied to the child cannot write into the file', async () => {
    const tied = `/children/${school.pupils.zofia.childId}/notes/new`
    const other = await app.agentFor(demo.westley.adults.dsl.adultId)
    const asDeputy = await app.agentFor(deputy.adultId)
    const asTeacher = await app.agentFor(teacher.adultId)
    assert.equal((await other.get(path)).status, 404)
    assert.equal((await asDeputy.get(tied)).status, 404)
    assert.equal((await asDeputy.post(tied, typed)).status, 404)
    assert.equal((await asTeacher.post(path, typed)).status, 404)
  })
})
