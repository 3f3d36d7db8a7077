import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow, type WindowOptions } from '../../../test/support/browser.ts'
import { aFridayAfternoon } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'

const ways: readonly { readonly says: string; readonly options: WindowOptions }[] = [
  { says: 'with scripts on a screen', options: {} },
  { says: 'without scripts on a phone', options: { javaScript: false, width: 'phone' } },
]

describe('what a school’s own policy asks of whoever records, in a browser', () => {
  let app: TestApp
  let browser: TestBrowser

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aFridayAfternoon })
    browser = await startBrowser(app)
  })
  after(async () => {
    await browser.close()
    await app.close()
  })

  const picture = async (window: TestWindow, name: string) => {
    const folder = process.env['PICTURES']
    if (folder) await window.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  }

  for (const { says, options } of ways) {
    test(`a teacher hears of a meeting planned online: what is asked opens, and whom to ring stands there at once, ${says}`, async () => {
      const { adults, pupils } = demo.westacre
      const window = await browser.open({ ...options, as: await app.agentFor((adults['teacher'] ?? adults.head).adultId) })
      const { page } = window
      await window.goto(`/concerns/new?child=${pupils.maisie.childId}`)
      const meeting = page.getByRole('group', { name: 'Is a meeting planned?' })
      assert.equal(await meeting.isVisible(), false, 'folded until it matters')
      await page.getByLabel('Something online, AI included').check()
      if (options.javaScript === false) await page.getByText('Only for: Something online, AI included').click()
      assert.ok(await meeting.isVisible())
      await meeting.getByLabel('Yes', { exact: true }).check()
      assert.ok(await meeting.getByRole('link', { name: '999' }).isVisible())
      await picture(window, `asked-${says}`)
      await window.fill('What I saw or heard', 'She told us in circle time that somebody wants to meet her.')
      await page.getByLabel(/^Today,/).check()
      await window.fill('Where did it happen?', 'Classroom')
      await page.getByRole('group', { name: 'Have you told somebody by voice?' }).getByLabel('Not yet').check()
      await page
        .getByRole('group', { name: /Is this worry partly about an adult/ })
        .getByLabel('No', { exact: true })
        .check()
      await window.press('Check what you have written')
      await picture(window, `asked-check-${says}`)
      assert.equal(await window.heading(), 'Check what you have written, then send it')
      assert.ok(await page.getByText('A child may be in danger now: ring first').isVisible())
      await window.press('Send')
      await picture(window, `asked-sent-${says}`)
      assert.ok(await page.getByText('A child may be in danger now: ring first').isVisible())
    })
  }
})
