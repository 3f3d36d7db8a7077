import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser } from '../../../test/support/browser.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

const school = demo.mmap
const { teacher, head } = school.adults
let app: TestApp
let browser: TestBrowser

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: '2026-11-18T12:05:00.000Z' as Instant })
  browser = await startBrowser(app)
})
after(async () => {
  await browser?.close()
  await app?.close()
})

for (const width of ['screen', 'narrow'] as const) {
  test(`a tutor who is still worried, who saw somebody ring and who spoke with a parent finds each place on a ${width}, without a script`, async () => {
    const [child] = school.children
    assert.ok(child)
    await app.people.query('delete from absence')
    const id = await recordAs(app, school, teacher, concernAbout(child, { urgent: true }))
    const open = async (adult: { adultId: AdultId }) =>
      browser.open({ as: await app.agentFor(adult.adultId), javaScript: false, width })
    const shot = async (window: Awaited<ReturnType<typeof open>>, name: string) => {
      const folder = process.env['HOLDFAST_SCREENSHOTS']
      if (folder) await window.page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
    }
    const tutor = await open(teacher)
    await tutor.goto(`/my-concerns/${id}`)
    await tutor.press(/I am still worried/)
    await shot(tutor, 'still-worried')
    await tutor.press(/I am still worried: send/)
    assert.match((await tutor.page.textContent('.govuk-error-summary')) ?? '', /Enter why you are still worried/)
    await tutor.fill(/Why are you still worried/, 'Nobody has spoken with him.')
    await tutor.press(/I am still worried: send/)
    await tutor.press(/write the call down/, 'link')
    await shot(tutor, 'emergency-call')
    await tutor.fill(/At what time was the call/, '12:01')
    await tutor.press('Write it down')
    await shot(tutor, 'emergency-call-wrong')
    await tutor.page.getByLabel('Police').check()
    await tutor.fill(/Incident number/, '44')
    await tutor.press('Write it down')
    await tutor.goto(`/my-concerns/${id}/family-contact`)
    await shot(tutor, 'family-contact')
    await tutor.fill(/At what time did you speak/, '11:50')
    await tutor.fill(/Whom did you speak with/, 'Her mother')
    await tutor.page.getByLabel('By telephone').check()
    await tutor.fill(/What was said/, 'She asked why her son was upset.')
    await tutor.press('Write it down')
    await shot(tutor, 'own-concern')

    const [row] = await app.people.query<{ to_id: AdultId }>('select to_id from challenge where concern_id = $1', [id])
    const dsl = await open({ adultId: row?.to_id ?? head.adultId })
    await dsl.goto(`/concerns/${id}`)
    await shot(dsl, 'concern')
    await dsl.press('Answer in writing')
    await shot(dsl, 'answer')
    await dsl.fill(/Your answer/, 'I speak with him at two.')
    await dsl.press('Send this answer')
    await dsl.goto('/today')
    await shot(dsl, 'today')
  })
}
