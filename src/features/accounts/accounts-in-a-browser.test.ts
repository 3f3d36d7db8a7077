import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser, type WindowOptions } from '../../../test/support/browser.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'

const school = demo.williamMacgregor
const { teacher, teacherTwo, dsl } = school.adults
const [child] = school.children
assert.ok(child)

describe('a first-hand account in a browser', () => {
  let app: TestApp
  let browser: TestBrowser
  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      now: '2026-11-18T10:00:00.000Z' as Instant,
    })
    browser = await startBrowser(app)
  })
  after(async () => {
    await browser.close()
    await app.close()
  })

  for (const [how, options] of [
    ['on a classroom’s screen', {}],
    ['on a telephone without JavaScript', { width: 'phone', javaScript: false }],
    ['on the narrowest telephone', { width: 'narrow' }],
  ] as const satisfies readonly (readonly [string, WindowOptions])[]) {
    test(`from one tick to the colleague’s own words, ${how}`, async () => {
      const writer = await browser.open({ as: await app.agentFor(teacher.adultId), ...options })
      await writer.goto(`/concerns/new?child=${child.childId}`)
      await writer.page.getByLabel('I did not see or hear this myself').check()
      await writer.fill('Who saw or heard it?', teacherTwo.name)
      await writer.press('Check what you have written')
      assert.match((await writer.page.locator('.govuk-error-summary').textContent()) ?? '', /Select who “/)
      await writer.page
        .getByRole('group', { name: `Who is “${teacherTwo.name}”?` })
        .getByLabel(teacherTwo.name)
        .check()
      await writer.fill('What I saw or heard', 'Robin told Iain that he sleeps in the car.')
      await writer.fill(/Where did it happen/, 'Cloakroom')
      await writer.page.getByLabel('Something', { exact: false }).first().check()
      await writer.examine()
      await writer.close()

      await recordAs(
        app,
        school,
        teacher,
        concernAbout(child, { firstHand: { adultId: teacherTwo.adultId, name: teacherTwo.name } }),
      )
      const colleague = await browser.open({ as: await app.agentFor(teacherTwo.adultId), ...options })
      await colleague.goto('/')
      await colleague.press('Write what you saw or heard yourself', 'link')
      await colleague.press('Send my account')
      assert.match((await colleague.page.locator('.govuk-error-summary').textContent()) ?? '', /Enter what you saw or heard/)
      await colleague.fill('What I saw or heard', 'He told me by the lockers.')
      await colleague.press('Send my account')
      assert.match((await colleague.page.locator('main').textContent()) ?? '', /He told me by the lockers/)
      await colleague.close()
    })
  }

  for (const width of ['screen', 'phone', 'narrow'] as const) {
    test(`the lead reads what is awaited and what was late, ${width}`, async () => {
      const id = await recordAs(
        app,
        school,
        teacher,
        concernAbout(child, {
          happenedOn: '2026-11-16' as never,
          lateReason: 'I was away.',
          firstHand: { adultId: teacherTwo.adultId, name: teacherTwo.name },
        }),
      )
      const lead = await browser.open({ as: await app.agentFor(dsl.adultId), width })
      await lead.goto('/today')
      assert.match((await lead.page.locator('main').textContent()) ?? '', /Waiting for a written account/)
      await lead.goto(`/concerns/${id}`)
      assert.match((await lead.page.locator('main').textContent()) ?? '', /Awaiting their written account/)
      await lead.goto('/late-records')
      assert.match((await lead.page.locator('main').textContent()) ?? '', /Entered on a later day than the policy allows/)
      await lead.close()
    })
  }
})
