import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Agent, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { TestAdult, TestSchool } from '../../../test/support/people.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { concernRoutes } from './routes.ts'

let holdfast: TestApp
let school: TestSchool
let teacher: TestAdult
let dsl: TestAdult
let deputy: TestAdult
let robin: ChildId
let page: Agent

before(async () => {
  holdfast = await startTestApp({ routes: concernRoutes, policies: testPolicies() })
  const { people } = holdfast
  school = await people.addSchool({ key: 'west-park', name: 'West Park School' })
  teacher = await people.addAdult(school, { name: 'Tessa Marsh' })
  dsl = await people.addAdult(school, { name: 'Dora Lind', roles: ['dsl'] })
  deputy = await people.addAdult(school, { name: 'Demi Okafor', roles: ['deputy-dsl'] })
  await people.addAdult(school, { name: 'Hugh Petty', roles: ['headteacher'] })
  robin = await people.addChild(school, { given: 'Robin', family: 'Ashdown' })
  page = await holdfast.agentFor(teacher.id)
})

after(() => holdfast.close())

export const today = '2026-11-18'

const simple = {
  _tab: 'a',
  _version: '0',
  category: 'neglect',
  prompt: 'appearance',
  seen: 'Robin Ashdown came to school in wet shoes for the third day.',
  happened: today,
}

test('A teacher records a concern and is told who has it and what comes next', async () => {
  const opened = await page.get('/concerns/new')
  assert.equal(opened.status, 200)
  const action = /action="(\/concerns\/drafts\/[^"]+)"/.exec(opened.html)?.[1] ?? ''
  const hidden = hiddenFields(opened.html, action)
  const sent = await page.post(action, { ...hidden, ...simple, child: robin, _do: 'check' })
  assert.equal(sent.status, 303, sent.html)
  assert.equal(sent.location, `${action}/check`)
  const check = await page.get(`${action}/check`)
  assert.match(check.html, /Robin Ashdown/)
  assert.match(check.html, /Dora Lind \(Designated Safeguarding Lead\) and Demi Okafor/)
  const submitted = await page.post(`${action}/submit`, hiddenFields(check.html, `${action}/submit`))
  assert.equal(submitted.status, 303, submitted.html)
  const recorded = await page.get(submitted.location ?? '')
  assert.equal(recorded.status, 200)
  assert.match(recorded.html, /Dora Lind, Designated Safeguarding Lead, was told at 10:00/)
  assert.match(recorded.html, /by 11am today/)
  assert.match(recorded.html, /by 3:15pm today/)
})
