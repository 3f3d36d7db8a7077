import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser } from '../../../test/support/browser.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'

const { dsl, teacher } = demo.westPark.adults
let app: TestApp
let browser: TestBrowser

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: '2026-11-16T09:00:00.000Z' as Instant })
  browser = await startBrowser(app)
})
after(async () => {
  await browser?.close()
  await app?.close()
})

test('on a narrow telephone, without a script, the policy is a list of its parts, each opens by a key or a link, and on paper all are whole', async () => {
  const window = await browser.open({ as: await app.agentFor(teacher.adultId), width: 'narrow', javaScript: false })
  const { page } = window
  await window.goto('/policy')
  const seen = () =>
    page.evaluate(`[...document.querySelectorAll('.hf-part table')].filter(table => table.checkVisibility()).length`)
  const all = Number(await page.evaluate(`document.querySelectorAll('.hf-part table').length`))
  assert.ok(all > 15, String(all))
  assert.equal(await seen(), 0)
  const screens = Number(await page.evaluate('document.documentElement.scrollHeight / 900'))
  assert.ok(screens < 4, `${screens} screens long`)
  await page.locator('summary', { hasText: 'What is due when' }).focus()
  await page.keyboard.press('Enter')
  assert.equal(await seen(), 1)
  await window.examine()
  await page.goto(`${browser.address}/policy#retention`)
  await page.getByRole('region', { name: 'How long records are kept' }).waitFor()
  await page.emulateMedia({ media: 'print' })
  assert.equal(await seen(), all)
  await window.close()
})

test('on a narrow telephone, without a script and by keys alone, a DSL moves a step of a route and is asked to check its sentence', async () => {
  const window = await browser.open({ as: await app.agentFor(dsl.adultId), width: 'narrow', javaScript: false })
  const { page } = window
  await window.goto('/policy/changes/new?what=routes%2Fwelfare')
  const enter = async (name: string) => {
    await page.getByRole('button', { name }).last().focus()
    const loaded = page.waitForEvent('load')
    await page.keyboard.press('Enter')
    await loaded
    await window.examine()
  }
  await enter('Move up step 3')
  assert.equal(await page.getByText('Check this sentence: it was written for step').count(), 2)
  for (const [name, value] of [
    ['from-day', '16'],
    ['from-month', '11'],
    ['from-year', '2026'],
    ['because', 'Two sites now.'],
    ['section', 'Governors, minute 4'],
  ]) {
    await page.locator(`[name="${name}"]`).focus()
    await page.keyboard.type(value ?? '')
  }
  const loaded = page.waitForEvent('load')
  await page.keyboard.press('Enter')
  await loaded
  await window.examine()
  assert.match(await window.heading(), /^Before you send it/)
  await page.getByText('Read the sentences of steps 2 and 3 again').waitFor()
  await enter('Change the steps or their sentences')
  assert.equal(await page.locator('[name="because"]').inputValue(), 'Two sites now.')
  await window.close()
})
