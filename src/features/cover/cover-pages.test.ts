import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp } from '../../../test/support/app.ts'
import { startBrowser } from '../../../test/support/browser.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'

const app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
const browser = await startBrowser(app)
after(async () => {
  await browser.close()
  await app.close()
})
const deputy = await app.agentFor(demo.westPark.deputy.adultId)

for (const width of ['screen', 'phone', 'narrow'] as const) {
  test(`the rota can be read and kept by everyone on a ${width}`, async () => {
    const window = await browser.open({ as: deputy, width })
    for (const path of ['/cover', '/cover?week=2026-12-28', '/cover/out', '/cover/duties/new?date=2026-11-20'])
      await window.goto(path)
    await window.press('Add duty')
    assert.match(await window.page.title(), /^Error/)
    await window.close()
  })
}

test('without a script, a deputy is out by one press and back by another', async () => {
  const window = await browser.open({ as: deputy, javaScript: false })
  await window.page.goto(`${browser.address}/cover`)
  await window.page.getByRole('button', { name: 'I am out for the rest of today' }).click()
  assert.match((await window.page.locator('main').textContent()) ?? '', /Daniel Kowalczyk: out of school for the rest of today/)
  assert.equal(await window.page.getByRole('button', { name: 'I am out for the rest of today' }).count(), 0)
  await window.page.getByRole('button', { name: 'I am back' }).click()
  assert.equal(await window.page.getByRole('button', { name: 'I am out for the rest of today' }).count(), 1)
  await window.close()
})
