import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp } from '../../../test/support/app.ts'
import { startBrowser } from '../../../test/support/browser.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { watchCover } from './index.ts'

const { westPark } = demo
const app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
const browser = await startBrowser(app)
after(async () => {
  await browser.close()
  await app.close()
})
const dsl = await app.agentFor(westPark.dsl.adultId)
let trip = ''

before(async () => {
  for (const adult of [westPark.dsl, westPark.deputy, westPark.deputyTwo])
    await app.people.query(
      `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, '2026-11-18T09:30:00Z', '2026-11-18T22:00:00Z', 'training', $3)`,
      [westPark.id, newId<string>(), adult.adultId],
    )
  const planned = await dsl.post('/activities/new', {
    kind: 'trip',
    title: 'Year 9 to Carsington Water',
    from: '8am',
    to: '6pm',
    leader: westPark.teacher.adultId,
    'starts-day': '25',
    'starts-month': '11',
    'starts-year': '2026',
  })
  trip = planned.location ?? ''
  for (const adult of [westPark.dsl, westPark.deputy]) await dsl.post('/mailbox/readers', { adult: adult.adultId })
  await workInBackground(app.tools, westPark.id, app.clock.now(), async work => ({ commit: true, value: await watchCover(work) }))
})

for (const width of ['screen', 'phone', 'narrow'] as const) {
  test(`on a ${width} everybody can read who stands in, plan a trip, keep the mailbox and print a pack`, async () => {
    const window = await browser.open({ as: dsl, width })
    for (const path of [
      '/alerts',
      '/cover',
      '/activities',
      '/activities/new',
      trip,
      `${trip}/pack`,
      '/mailbox',
      '/today',
      '/cover/duties/new',
    ])
      await window.goto(path)
    await window.goto(trip)
    await window.press('Save who covers it')
    assert.match(await window.page.title(), /^Error/)
    await window.close()
  })
}

test('without a script the cover of a trip is named and its pack opens', async () => {
  const window = await browser.open({ as: dsl, javaScript: false })
  await window.goto(trip)
  await window.page.selectOption('#adult', { label: 'Daniel Kowalczyk' })
  await window.page.fill('#phone', '07700 900102')
  await window.page.getByLabel('In person', { exact: true }).check()
  await window.press('Save who covers it')
  await window.press('Print the pack')
  assert.match((await window.page.locator('main').textContent()) ?? '', /Daniel Kowalczyk, 07700 900102, in person/)
  await window.close()
})
