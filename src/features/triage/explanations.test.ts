import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  errorsOf,
  leastOf,
  openForm,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
} from '../../../test/support/concern-form.ts'
import { concernRoutes } from '../concerns/index.ts'
import { fileRoutes } from '../files/index.ts'
import { ownConcernRoutes } from '../own-concerns/index.ts'
import { todayRoutes } from '../today/index.ts'
import { triageRoutes } from './routes.tsx'

let holdfast: TestApp
let mmap: SchoolWithForm
let dsl: Agent

before(async () => {
  const routes = [...concernRoutes, ...triageRoutes, ...ownConcernRoutes, ...todayRoutes, ...fileRoutes]
  holdfast = await startTestApp({ routes, policies: policiesByKey })
  mmap = await schoolWithForm(holdfast, 'mmap')
  dsl = await holdfast.agentFor(mmap.dsl.id)
})
after(() => holdfast.close())

function injury(explanation: string, more: Record<string, string> = {}) {
  return {
    ...leastOf(mmap),
    prompt: 'injury',
    'mark.region': 'front:left-knee',
    'mark.description': 'A round bruise',
    'mark.explanation': explanation,
    ...more,
  }
}

function told(id: string) {
  return { own: `/my-concerns/${id}/explanations/new`, team: `/concerns/${id}/explanations/new` }
}

function marksOf(html: string): string {
  return html.slice(html.indexOf('id="marks"'), html.indexOf('</section>', html.indexOf('id="marks"')))
}

test('[MM-A1-02] the child says “fell”, the parent says “dog”: when the second is saved the DSL sees both side by side and a mismatch flag, in the concern, first on today, and in the child’s file', async () => {
  const before = await recordByForm(mmap.page, leastOf(mmap))
  holdfast.pass(5)
  const { id } = await recordByForm(mmap.page, injury('I fell'))
  assert.doesNotMatch((await dsl.get(`/concerns/${id}`)).html, /Explanations differ/)
  const { html: list } = await dsl.get('/today')
  assert.ok(list.indexOf(before.id) < list.indexOf(id), 'the one that waits longer comes first')

  holdfast.pass(60)
  const { own } = told(id)
  const form = await mmap.page.get(`${own}?mark=1`)
  assert.match(form.html, /The child<\/strong> says:[\s\S]*“I fell”/)
  const silent = await mmap.page.submit(`${own}?mark=1`, own, { by: 'parent', 'by-says': 'mother', says: 'The dog jumped up' })
  assert.deepEqual(errorsOf(silent.html), ['agrees: Select whether this agrees with what was said before.'])
  assert.match(silent.html, /The dog jumped up/)
  const dog = {
    ...{ by: 'parent', 'by-says': 'mother', says: 'The dog jumped up', agrees: 'no' },
    ...{ treatment: 'sought', 'treatment-says': 'Sunday evening, walk-in centre' },
  }
  assert.equal((await mmap.page.submit(`${own}?mark=1`, own, dog)).status, 303)

  const marks = marksOf((await dsl.get(`/concerns/${id}`)).html)
  assert.match(marks, /Explanations differ/)
  assert.match(
    marks,
    /hf-explanations[\s\S]*The child<\/strong> says:[\s\S]*“I fell”[\s\S]*A parent or carer \(mother\)<\/strong> says:[\s\S]*“The dog jumped up”/,
  )
  assert.match(marks, /Treatment was sought: Sunday evening, walk-in centre\./)
  assert.match(marks, /Tessa Marsh: <strong>does not agree with what was said before<\/strong>/)
  const today = (await dsl.get('/today')).html
  assert.ok(today.indexOf(id) < today.indexOf(before.id), 'a mismatch is looked at first')
  const row = today.slice(today.indexOf(id), today.indexOf('</li>', today.indexOf(id)))
  assert.match(row, /Explanations differ/)
  assert.equal(today.split('Explanations differ').length, 2)
  const file = (await dsl.get(`/children/${mmap.robin}`)).html
  assert.match(file, /Explanations differ/)
  assert.match(file, /Explanations of an injury differ/)
})

test('What agrees is kept beside the first and raises nothing; the team adds what a doctor says, and not being sure is enough to be shown', async () => {
  const { id } = await recordByForm(mmap.page, injury('I fell off the wall'))
  const { own, team } = told(id)
  const mother = { by: 'parent', says: 'He fell off the garden wall', agrees: 'yes' }
  assert.equal((await mmap.page.submit(`${own}?mark=1`, own, mother)).status, 303)
  assert.doesNotMatch((await dsl.get(`/concerns/${id}`)).html, /Explanations differ/)
  const unsaid = await dsl.submit(`${team}?mark=1`, team, { by: 'other', says: 'An older bruise', agrees: 'not-sure' })
  assert.deepEqual(errorsOf(unsaid.html), ['by-says: Enter who says so.'])
  const nurse = { by: 'other', 'by-says': 'School nurse', says: 'An older bruise', agrees: 'not-sure' }
  assert.equal((await dsl.submit(`${team}?mark=1`, team, nurse)).status, 303)
  const { html } = await dsl.get(`/concerns/${id}`)
  assert.match(marksOf(html), /Explanations differ[\s\S]*off the wall[\s\S]*garden wall[\s\S]*School nurse<\/strong> says:/)
})

test('What the team was told is not shown to the reporter; where they add something else, the team is shown that nobody has compared the two', async () => {
  const { id } = await recordByForm(mmap.page, injury(''))
  const { own, team } = told(id)
  assert.equal((await dsl.submit(`${team}?mark=1`, team, { by: 'parent', says: 'The dog jumped up' })).status, 303)
  const { html } = await mmap.page.get(`${own}?mark=1`)
  assert.match(html, /Nobody has said how it happened\./)
  assert.doesNotMatch(html, /dog/)
  assert.equal((await mmap.page.submit(`${own}?mark=1`, own, { by: 'child', says: 'I fell' })).status, 303)
  assert.match(marksOf((await dsl.get(`/concerns/${id}`)).html), /Explanations differ/)
  assert.doesNotMatch((await mmap.page.get(`/my-concerns/${id}`)).html, /dog/)
})

test('The form asks who says so and whether it was treated, keeps what was typed, and shows it to be checked', async () => {
  const { path, hidden } = await openForm(mmap.page)
  const parts = { 'mark.by': 'other', 'mark.treatment': 'not-sought' }
  const nameless = await mmap.page.post(path, { ...hidden, ...injury('She tripped on the stairs', parts), _do: 'check' })
  assert.deepEqual(errorsOf(nameless.html), ['mark-1-by-says: Enter who says how injury 1 happened.'])
  assert.match(nameless.html, /<option value="other" selected[^>]*>Somebody else/)
  const typed = { ...injury('She tripped on the stairs', parts), 'mark.by-says': 'Her aunt' }
  const checked = await mmap.page.post(path, { ...hidden, ...typed, _version: '1', _do: 'check' })
  assert.equal(checked.status, 303, errorsOf(checked.html).join())
  const check = await mmap.page.get(`${path}/check`)
  assert.match(check.html, /Her aunt says: “She tripped on the stairs”\s+No treatment was sought\./)
})
