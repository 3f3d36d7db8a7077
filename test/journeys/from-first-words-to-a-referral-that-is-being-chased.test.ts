import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { demo } from '../../demo/people.ts'
import { hiddenFields, startTestApp, type TestApp } from '../support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow, type WindowOptions } from '../support/browser.ts'
import { aFridayAfternoon } from '../support/concerns.ts'
import { testPolicies } from '../support/demonstration.ts'
import { byKeyboard, type Hands, pointing } from '../support/hands.ts'

const school = demo.westPark
const { teacher, dsl, head } = school.adults

interface Way {
  readonly says: string
  readonly options: Omit<WindowOptions, 'as'>
  readonly hands: (page: Page) => Hands
}

/** The same story for people with scripts, without them, on a telephone and without a mouse: everything is reached by its label. */
const ways: readonly Way[] = [
  { says: 'at a desk', options: {}, hands: () => pointing },
  { says: 'without scripts', options: { javaScript: false }, hands: () => pointing },
  { says: 'on a telephone', options: { width: 'phone' }, hands: () => pointing },
  { says: 'by keyboard alone', options: {}, hands: byKeyboard },
]

/** A window, and the hands that work it. */
interface Desk {
  readonly window: TestWindow
  readonly hands: Hands
}

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
  async function press(desk: Desk, says: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
    const { window, hands } = desk
    const target = window.page.locator('main').getByRole(role, { name: says }).first()
    await Promise.all([window.page.waitForEvent('load'), hands.press(target)])
    await window.examine()
  }

  async function chooseChild(desk: Desk, way: Way): Promise<void> {
    const { window, hands } = desk
    const { page } = window
    const named = page.getByLabel("Child's name")
    if (way.options.javaScript === false) {
      await hands.write(named, 'Amina')
      await press(desk, /^Find/)
      await hands.choose(page.getByLabel(/Amina/).first())
    } else if (hands === pointing) {
      await hands.write(named, 'Amina')
      await page.getByRole('option', { name: /Amina/ }).first().click()
    } else {
      await hands.write(named, 'Amin')
      await page.keyboard.type('a')
      await page.getByRole('option', { name: /Amina/ }).first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    }
  }

  /** Urgent questions, categories and level, then the decision with its reason. */
  async function judge(desk: Desk, says: string): Promise<void> {
    const { window, hands } = desk
    const { page } = window
    await press(desk, 'Triage')
    await picture(window, `7-triage-${says}`)
    for (const [question, answer] of [
      ['Is a child at immediate risk?', 'Yes'],
      ['Is it safe for the child to go home today?', 'No'],
      ['Does a child need medical help?', 'No'],
      ['Are the police needed?', 'No'],
    ] as const) {
      await hands.choose(page.getByRole('group', { name: question }).getByLabel(answer, { exact: true }))
    }
    await hands.write(
      page.getByLabel('What was done about it, with names and times'),
      'She is with me. Social care rung at ten past two.',
    )
    await hands.choose(page.getByLabel('Physical abuse'))
    await hands.choose(page.getByLabel('Child protection concerns (specialist support)'))
    await hands.write(page.getByLabel('Why you judge it so'), 'A child under a plan, locked out by her stepfather.')
    await press(desk, 'Save and decide')
    await picture(window, `8-decision-${says}`)
    assert.match((await page.locator('main').textContent()) ?? '', /999/, 'danger shows whom to ring now')
    await hands.choose(page.getByLabel("Refer to children's social care"))
    await hands.write(page.getByLabel('Why you decide so'), 'She is not safe to go home.')
    const nextLook = page.getByRole('group', { name: 'When does somebody look at it again?' })
    await hands.write(nextLook.getByLabel('Day'), '23')
    await hands.write(nextLook.getByLabel('Month'), '11')
    await hands.write(nextLook.getByLabel('Year'), '2026')
    await press(desk, 'Save the decision')
  }

  /** By telephone, then in writing. */
  async function refer(desk: Desk, says: string): Promise<void> {
    const { window, hands } = desk
    const { page } = window
    if ((await window.heading()) !== 'Make a referral') await press(desk, 'Make the referral now')
    if (await page.getByLabel("Children's social care").count()) {
      await hands.choose(page.getByLabel("Children's social care"))
      await press(desk, 'Continue')
    }
    await hands.choose(page.getByRole('group', { name: 'Do the parents agree?' }).getByLabel(/Not asked|not sought/i))
    await hands.write(page.getByLabel('If not given, why it goes ahead'), 'Asking would put her in danger.')
    await hands.write(page.getByLabel('What you are worried about and ask for'), 'She is locked out at night.')
    await press(desk, 'Open the referral')
    await press(desk, 'Record the telephone call')
    await hands.write(page.getByLabel(/Who|whom/).first(), 'Duty social worker')
    await hands.write(page.locator('textarea').first(), 'They visit tonight.')
    await press(desk, /Save|Record/)
    await picture(window, `9-referral-${says}`)
    await press(desk, 'Record that it was sent in writing')
    await hands.write(page.locator('textarea').first(), 'Sent by the portal.')
    await press(desk, /Save|Record/)
    assert.match((await page.locator('main').textContent()) ?? '', /In writing, waiting for an answer/)
  }

  /** Writes a concern down, checks it and sends it; the page that follows says who has it. */
  async function record(desk: Desk, way: Way, says: string, hasIt: string): Promise<string> {
    const { window, hands } = desk
    const { page } = window
    await window.goto('/')
    await picture(window, `1-home-${says}`)
    await press(desk, 'I am worried about a child')
    await chooseChild(desk, way)
    await hands.choose(page.getByLabel('A child or adult said or hinted at abuse'))
    await hands.choose(page.getByLabel('Physical harm or injury', { exact: true }))
    await hands.write(page.getByLabel("The child's own words"), '“He locks me out at night.”')
    await hands.write(page.getByLabel('What I saw or heard'), 'She came in cold and wet, without a coat.')
    await hands.choose(page.getByRole('group', { name: /works or helps here/ }).getByLabel('No', { exact: true }))
    await hands.choose(page.getByRole('group', { name: /told somebody by voice/ }).getByLabel('Not yet'))
    await picture(window, `2-form-${says}`)
    await press(desk, /^Check what you have written/)
    await picture(window, `3-check-${says}`)
    assert.match((await page.locator('main').textContent()) ?? '', /He locks me out at night/)
    await press(desk, /^Send/)
    await picture(window, `4-recorded-${says}`)
    const concernId = /\/concerns\/([0-9a-f-]{36})\/recorded/.exec(window.path)?.[1]
    assert.ok(concernId, window.path)
    assert.match((await page.locator('main').textContent()) ?? '', new RegExp(hasIt))
    return concernId
  }

  for (const way of ways) {
    const { says, options } = way
    test(`a teacher and the DSL see it through ${says}`, async () => {
      const asTeacher = await browser.open({ ...options, as: await app.agentFor(teacher.adultId) })
      const { page } = asTeacher
      const teachers = { window: asTeacher, hands: way.hands(page) }
      const concernId = await record(teachers, way, says, dsl.name)

      const asDsl = await browser.open({ ...options, as: await app.agentFor(dsl.adultId) })
      const dsls = { window: asDsl, hands: way.hands(asDsl.page) }
      await asDsl.goto('/today')
      await picture(asDsl, `5-today-${says}`)
      await press(dsls, /Amina/, 'link')
      await picture(asDsl, `6-concern-${says}`)
      assert.match((await asDsl.page.locator('main').textContent()) ?? '', /He locks me out at night/)
      await press(dsls, 'I have seen it and have it now')
      await judge(dsls, says)
      await refer(dsls, says)

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
      await press({ window: later, hands: way.hands(later.page) }, /Derby children/, 'link')
      await picture(later, `12-chase-${says}`)
      assert.ok(await later.page.locator('main').getByRole('button', { name: 'Take it further' }).count())
      app.pass(-5 * 24 * 60)
      for (const window of [asTeacher, asDsl, later]) await window.close()
    })
  }

  test('while nobody of the safeguarding team is there the head has it, sees it through, and hands it back', async () => {
    for (const absent of [dsl, school.adults.deputy, school.adults.deputyTwo]) {
      const out = await app.agentFor(absent.adultId)
      const { html } = await out.get('/cover')
      const sent = await out.post('/cover/out', hiddenFields(html, '/cover/out'))
      assert.equal(sent.status, 303, sent.html)
    }
    const way: Way = { says: 'head', options: {}, hands: () => pointing }
    const asTeacher = await browser.open({ as: await app.agentFor(teacher.adultId) })
    const concernId = await record({ window: asTeacher, hands: pointing }, way, 'head', head.name)

    const asHead = await browser.open({ as: await app.agentFor(head.adultId) })
    const heads = { window: asHead, hands: pointing }
    await asHead.goto('/alerts')
    await press(heads, /You were told of a/, 'link')
    await picture(asHead, '6-concern-head')
    await press(heads, 'I have seen it and have it now')
    await judge(heads, 'head')
    await refer(heads, 'head')
    await asHead.goto(`/concerns/${concernId}`)
    await picture(asHead, '10-head')
    await press(heads, 'hand back to the DSL', 'link')
    await asHead.fill('What was the concern?', 'A child locked out at night by her stepfather.')
    await asHead.fill('What was done, by whom and when?', 'Social care rung and written to; they visit tonight.')
    await press(heads, /Hand back/)
    const asDsl = await browser.open({ as: await app.agentFor(dsl.adultId) })
    await asDsl.goto(`/concerns/${concernId}`)
    assert.match((await asDsl.page.locator('main').textContent()) ?? '', new RegExp(`Handed back by ${head.name}`))
    await asTeacher.goto(`/my-concerns/${concernId}`)
    assert.match((await asTeacher.page.locator('main').textContent()) ?? '', new RegExp(`Seen by ${head.name}`))
    for (const window of [asTeacher, asHead, asDsl]) await window.close()
  })
})
