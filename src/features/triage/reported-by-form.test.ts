import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  errorsOf,
  leastOf,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
  sendToCheck,
} from '../../../test/support/concern-form.ts'
import { concernRoutes } from '../concerns/index.ts'
import { triageRoutes } from './routes.tsx'

let holdfast: TestApp
let mmap: SchoolWithForm

before(async () => {
  holdfast = await startTestApp({ routes: [...concernRoutes, ...triageRoutes], policies: policiesByKey })
  mmap = await schoolWithForm(holdfast, 'mmap')
})
after(() => holdfast.close())

test('[MM-3.3-02] an injury that was seen is refused without the body map; of two marks the DSL reads where each is, what it looks like, who saw it and when', async () => {
  const { page, dsl } = mmap
  const injury = { ...leastOf(mmap), prompt: 'injury' }
  const bare = await sendToCheck(page, injury)
  assert.deepEqual(errorsOf(bare.html), ['injury: Show the injury on the body map, or say that you have not seen it yourself.'])
  const both = (one: string, two: string) => [one, two]
  const { id } = await recordByForm(page, {
    ...injury,
    'mark.child': both('', ''),
    'mark.x': both('', ''),
    'mark.y': both('', ''),
    'mark.region': both('front:left-knee', 'back:right-upper-back'),
    'mark.description': both('A round bruise', 'Two parallel lines'),
    'mark.size': both('', ''),
    'mark.colour': both('', ''),
    'mark.explanation': both('I fell', ''),
  })
  const marks = await holdfast.people.query<{ side: string; region: string; description: string }>(
    'select side, region, description from body_mark where concern_id = $1 order by n',
    [id],
  )
  assert.equal(marks.length, 2)
  const { html } = await (await holdfast.agentFor(dsl.id)).get(`/concerns/${id}`)
  const shown = html.slice(html.indexOf('id="marks"'))
  for (const says of [/Left knee/, /A round bruise/, /Upper back, right side/, /Two parallel lines/]) assert.match(shown, says)
  assert.match(html, /Reported by<\/dt>[\s\S]*?Tessa Marsh/)
  assert.match(html, /Recorded<\/dt>[\s\S]*?10:00/)
})

test('[MM-3.2-06] a second teacher who writes of the same event twenty minutes later is not told to stop; both are kept, and the DSL links them', async () => {
  const { page, dsl, school } = mmap
  const one = await recordByForm(page, leastOf(mmap))
  holdfast.pass(20)
  const second = await holdfast.agentFor((await holdfast.people.addAdult(school, { name: 'Sam Field' })).id)
  const sent = await sendToCheck(second, leastOf(mmap))
  assert.doesNotMatch(sent.html, /already/i)
  assert.doesNotMatch((await second.get(`${sent.path}/check`)).html, /already (been )?(reported|recorded)|Tessa Marsh/i)
  const two = await recordByForm(second, leastOf(mmap))
  assert.equal(two.status, 200)
  assert.notEqual(two.id, one.id)
  const asDsl = await holdfast.agentFor(dsl.id)
  for (const id of [one.id, two.id]) assert.equal((await asDsl.get(`/concerns/${id}`)).status, 200)
  const link = `/concerns/${one.id}/link`
  assert.equal((await asDsl.submit(link, link, { other: two.id, reason: 'The same event.' })).status, 303)
  assert.match((await asDsl.get(`/concerns/${two.id}`)).html, /Another report of the same event/)
})
