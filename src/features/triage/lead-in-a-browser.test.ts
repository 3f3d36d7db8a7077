import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow } from '../../../test/support/browser.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'

const school = demo.westPark
const { dsl, teacher } = school.adults

/** Radios by the question's own words. */
async function answer(window: TestWindow, question: string, says: string): Promise<void> {
  await window.page.getByRole('group', { name: question }).getByLabel(says, { exact: true }).check()
}

async function nextLook(window: TestWindow): Promise<void> {
  for (const [box, value] of Object.entries({ Day: '27', Month: '11', Year: '2026' })) await window.fill(box, value)
}

/** From today to a referral that is being chased, as the lead does it. */
async function triageAndRefer(window: TestWindow): Promise<void> {
  await window.goto('/today')
  await window.press(/Amina Yusuf/, 'link')
  await window.press('I have seen it and have it now')
  await window.press('Triage')
  await answer(window, 'Is a child at immediate risk?', 'Yes')
  assert.ok(await window.page.getByRole('link', { name: '999' }).first().isVisible(), 'whom to ring shows at once')
  await window.examine()
  await answer(window, 'Is it safe for the child to go home today?', 'No')
  await answer(window, 'Does a child need medical help?', 'No')
  await answer(window, 'Are the police needed?', 'Not known yet')
  await window.press('Save and decide')
  assert.match((await window.page.locator('.govuk-error-summary').textContent()) ?? '', /Write what was done about the danger/)
  await window.fill(/What was done about it/, 'She is with me; her aunt comes at 15:00.')
  await window.page.getByLabel('Physical abuse').check()
  await answer(window, 'How is the child today, physically?', 'As usual')
  await answer(window, 'How is the child today, emotionally and in behaviour?', 'As usual')
  await window.page.getByLabel(/Child protection concerns/).check()
  await window.fill('Why you judge it so', 'A second injury in a month.')
  await window.press('Save and decide')
  assert.equal(await window.heading(), 'Decision')
  await window.page.getByRole('radio', { name: /^Refer to children[’']s social care/ }).check()
  assert.ok(await window.page.getByText('Referral in writing').isVisible(), 'what it starts shows before it is saved')
  await window.examine()
  await window.fill('Why you decide so', 'Significant harm is likely.')
  await nextLook(window)
  await window.press('Save the decision')
  assert.equal(await window.heading(), 'Make a referral')
  await answer(window, 'Does the child need protection at once?', 'Yes')
  await window.page.getByLabel('They were not asked').check()
  await window.fill('If they do not agree or were not asked, why it goes ahead', 'It would put her in danger.')
  await window.fill('What you are worried about and ask for', 'She is hurt and afraid to go home.')
  await window.press('Open the referral')
  await window.press('Record the telephone call')
  await window.fill('Whom you spoke with', 'Duty social worker')
  await window.fill('What was said', 'They come today.')
  await window.press('Save the call')
  assert.match((await window.page.locator('main').textContent()) ?? '', /Telephoned, waiting for an answer/)
  await window.goto('/today')
  assert.match((await window.page.locator('main').textContent()) ?? '', /Waiting for/)
}

describe('the lead’s work in a browser', { timeout: 600_000 }, () => {
  let app: TestApp
  let browser: TestBrowser
  let asDsl: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aFridayAfternoon })
    browser = await startBrowser(app)
    asDsl = await app.agentFor(dsl.adultId)
  })
  after(async () => {
    await browser.close()
    await app.close()
  })

  for (const [how, options] of [
    ['on a classroom’s screen', {}],
    ['on a telephone without JavaScript', { width: 'phone', javaScript: false }],
  ] as const) {
    test(`from a new concern on today to a referral that is chased, ${how}`, async () => {
      await app.people.query(`update concern set state = 'closed' where school_id = $1`, [school.id])
      await recordAs(app, school, teacher, concernAbout(school.pupils.amina, { urgent: true }))
      const window = await browser.open({ as: asDsl, ...options })
      await triageAndRefer(window)
      await window.close()
    })
  }

  test('every form about a concern is silent under axe on the narrowest telephone, empty and with its errors', async () => {
    const id = await recordAs(app, school, teacher, concernAbout(school.pupils.lily))
    const forms: readonly (readonly [path: string, save: string])[] = [
      ['/parents', 'Save'],
      ['/addenda/new', 'Add the note'],
      ['/tell-reporter', 'Tell them'],
      ['/hand-over', 'Hand it over'],
      ['/link', 'Link them'],
      ['/move?q=lily', 'Move the concern'],
      ['/actions/new', 'Set the action'],
      ['/referrals/new?agency=social-care', 'Open the referral'],
    ]
    const window = await browser.open({ as: asDsl, width: 'narrow' })
    for (const [path, save] of forms) {
      await window.goto(`/concerns/${id}${path}`)
      await window.press(save)
      assert.ok(await window.page.locator('.govuk-error-summary').isVisible(), path)
    }
    await window.goto(`/children/${school.pupils.lily.childId}/notes/new`)
    await window.press('Save the note')
    await window.goto('/actions')
    await window.close()
  })
})
