import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../demo/people.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow, type WindowOptions } from '../support/browser.ts'
import { aFridayAfternoon } from '../support/concerns.ts'
import { testPolicies } from '../support/demonstration.ts'

const school = demo.westPark
const { teacher, dsl } = school.adults

/** The same story for people with scripts, without them, and on a telephone: everything is reached by its label. */
const ways: readonly { readonly says: string; readonly options: Omit<WindowOptions, 'as'> }[] = [
  { says: 'at a desk', options: {} },
  { says: 'without scripts', options: { javaScript: false } },
  { says: 'on a telephone', options: { width: 'phone' } },
]

describe('from first words to a referral that is being chased', () => {
  let app: TestApp
  let browser: TestBrowser

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aFridayAfternoon })
    await app.people.query('delete from absence')
    browser = await startBrowser(app)
  })
  after(async () => {
    await browser.close()
    await app.close()
  })

  const shots = process.env['JOURNEY_PICTURES']
  const picture = async (window: TestWindow, name: string) => {
    if (shots) await window.page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
  }

  /** Presses what the page itself offers, not the frame around it. */
  async function press(window: TestWindow, says: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
    const target = window.page.locator('main').getByRole(role, { name: says }).first()
    await Promise.all([window.page.waitForEvent('load'), target.click()])
    await window.examine()
  }

  async function chooseChild(window: TestWindow, options: Omit<WindowOptions, 'as'>): Promise<void> {
    const { page } = window
    await page.getByLabel("Child's name").fill('Amina')
    if (options.javaScript === false) {
      await press(window, /^Find/)
      await page.getByLabel(/Amina/).first().check()
    } else {
      await page.getByRole('option', { name: /Amina/ }).first().click()
    }
  }

  /** Urgent questions, categories and level, then the decision with its reason. */
  async function judge(window: TestWindow, says: string): Promise<void> {
    const { page } = window
    await press(window, 'Triage')
    await picture(window, `7-triage-${says}`)
    for (const [question, answer] of [
      ['Is a child at immediate risk?', 'Yes'],
      ['Is it safe for the child to go home today?', 'No'],
      ['Does a child need medical help?', 'No'],
      ['Are the police needed?', 'No'],
    ] as const) {
      await page.getByRole('group', { name: question }).getByLabel(answer, { exact: true }).check()
    }
    await page
      .getByLabel('What was done about it, with names and times')
      .fill('She is with me. Social care rung at ten past two.')
    await page.getByLabel('Physical abuse').check()
    await page.getByLabel('Child protection concerns (specialist support)').check()
    await page.getByLabel('Why you judge it so').fill('A child under a plan, locked out by her stepfather.')
    await press(window, 'Save and decide')
    await picture(window, `8-decision-${says}`)
    assert.match((await page.locator('main').textContent()) ?? '', /999/, 'danger shows whom to ring now')
    await page.getByLabel("Refer to children's social care").check()
    await page.getByLabel('Why you decide so').fill('She is not safe to go home.')
    const nextLook = page.getByRole('group', { name: 'When does somebody look at it again?' })
    await nextLook.getByLabel('Day').fill('23')
    await nextLook.getByLabel('Month').fill('11')
    await nextLook.getByLabel('Year').fill('2026')
    await press(window, 'Save the decision')
  }

  /** By telephone, then in writing. */
  async function refer(window: TestWindow, says: string): Promise<void> {
    const { page } = window
    if ((await window.heading()) !== 'Make a referral') await press(window, 'Make the referral now')
    if (await page.getByLabel("Children's social care").count()) {
      await page.getByLabel("Children's social care").check()
      await press(window, 'Continue')
    }
    await page
      .getByRole('group', { name: 'Do the parents agree?' })
      .getByLabel(/Not asked|not sought/i)
      .check()
    await page.getByLabel('If not given, why it goes ahead').fill('Asking would put her in danger.')
    await page.getByLabel('What you are worried about and ask for').fill('She is locked out at night.')
    await press(window, 'Open the referral')
    await press(window, 'Record the telephone call')
    await page
      .getByLabel(/Who|whom/)
      .first()
      .fill('Duty social worker')
    await page.locator('textarea').first().fill('They visit tonight.')
    await press(window, /Save|Record/)
    await picture(window, `9-referral-${says}`)
    await press(window, 'Record that it was sent in writing')
    await page.locator('textarea').first().fill('Sent by the portal.')
    await press(window, /Save|Record/)
    assert.match((await page.locator('main').textContent()) ?? '', /In writing, waiting for an answer/)
  }

  for (const { says, options } of ways) {
    test(`a teacher and the DSL see it through ${says}`, async () => {
      const asTeacher = await browser.open({ ...options, as: await app.agentFor(teacher.adultId) })
      const { page } = asTeacher
      await asTeacher.goto('/')
      await picture(asTeacher, `1-home-${says}`)
      await press(asTeacher, 'I am worried about a child')
      await chooseChild(asTeacher, options)
      await page.getByLabel('A child or adult said or hinted at abuse').check()
      await page.getByLabel('Physical harm or injury', { exact: true }).check()
      await page.getByLabel("The child's own words").fill('“He locks me out at night.”')
      await page.getByLabel('What I saw or heard').fill('She came in cold and wet, without a coat.')
      await page
        .getByRole('group', { name: /works or helps here/ })
        .getByLabel('No', { exact: true })
        .check()
      await page
        .getByRole('group', { name: /told somebody by voice/ })
        .getByLabel('Not yet')
        .check()
      await picture(asTeacher, `2-form-${says}`)
      await press(asTeacher, /^Check what you have written/)
      await picture(asTeacher, `3-check-${says}`)
      assert.match((await page.locator('main').textContent()) ?? '', /He locks me out at night/)
      await press(asTeacher, /^Send/)
      await picture(asTeacher, `4-recorded-${says}`)
      const concernId = /\/concerns\/([0-9a-f-]{36})\/recorded/.exec(asTeacher.path)?.[1]
      assert.ok(concernId, asTeacher.path)
      assert.match((await page.locator('main').textContent()) ?? '', new RegExp(dsl.name))

      const asDsl = await browser.open({ ...options, as: await app.agentFor(dsl.adultId) })
      await asDsl.goto('/today')
      await picture(asDsl, `5-today-${says}`)
      await press(asDsl, /Amina/, 'link')
      await picture(asDsl, `6-concern-${says}`)
      assert.match((await asDsl.page.locator('main').textContent()) ?? '', /He locks me out at night/)
      await press(asDsl, 'I have seen it and have it now')
      await judge(asDsl, says)
      await refer(asDsl, says)

      await asTeacher.goto(`/my-concerns/${concernId}`)
      await picture(asTeacher, `10-mine-${says}`)
      const own = (await page.locator('main').textContent()) ?? ''
      assert.match(own, /Seen by Ruth Adeyemi/)
      assert.doesNotMatch(
        own,
        /Physical abuse|locked out by her stepfather|not safe to go home/,
        'what the team thinks of it is not the reporter’s',
      )

      // Nobody answers the referral in its time: it is overdue on the list, and taking it further is offered.
      app.pass(5 * 24 * 60)
      const later = await browser.open({ ...options, as: await app.agentFor(dsl.adultId) })
      await later.goto('/today')
      await picture(later, `11-overdue-${says}`)
      assert.match((await later.page.locator('main').textContent()) ?? '', /Answer to the referral: overdue by/)
      await press(later, /Derby children/, 'link')
      await picture(later, `12-chase-${says}`)
      assert.ok(await later.page.locator('main').getByRole('button', { name: 'Take it further' }).count())
      app.pass(-5 * 24 * 60)
      for (const window of [asTeacher, asDsl, later]) await window.close()
    })
  }
})
