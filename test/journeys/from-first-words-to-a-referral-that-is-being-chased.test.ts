import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../demo/people.ts'
import { hiddenFields, startTestApp, type TestApp } from '../support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow } from '../support/browser.ts'
import { aFridayAfternoon } from '../support/concerns.ts'
import { testPolicies } from '../support/demonstration.ts'
import { atADesk, byKeyboardAlone, Desk, onATelephone, type Way, withoutScripts } from '../support/hands.ts'

const school = demo.westPark
const { teacher, dsl, head } = school.adults

/** The same story for people with scripts, without them, on a telephone and without a mouse: everything is reached by its label. */
const ways: readonly Way[] = [atADesk, withoutScripts, onATelephone, byKeyboardAlone]

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

  /** Urgent questions, categories and level, then the decision with its reason. */
  async function judge(desk: Desk, says: string): Promise<void> {
    const { window, hands } = desk
    const { page } = window
    await desk.press('Triage')
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
    for (const question of ['How is the child today, physically?', 'How is the child today, emotionally and in behaviour?'])
      await hands.choose(page.getByRole('group', { name: question }).getByLabel('As usual', { exact: true }))
    await hands.choose(page.getByLabel('Child protection concerns (specialist support)'))
    await hands.write(page.getByLabel('Why you judge it so'), 'A child under a plan, locked out by her stepfather.')
    await desk.press('Save and decide')
    await picture(window, `8-decision-${says}`)
    assert.match((await page.locator('main').textContent()) ?? '', /999/, 'danger shows whom to ring now')
    await hands.choose(page.getByRole('radio', { name: "Refer to children's social care" }))
    await hands.write(page.getByLabel('Why you decide so'), 'She is not safe to go home.')
    const nextLook = page.getByRole('group', { name: 'When does somebody look at it again?' })
    await hands.write(nextLook.getByLabel('Day'), '23')
    await hands.write(nextLook.getByLabel('Month'), '11')
    await hands.write(nextLook.getByLabel('Year'), '2026')
    await desk.press('Save the decision')
  }

  /** By telephone, then in writing. */
  async function refer(desk: Desk, says: string): Promise<void> {
    const { window, hands } = desk
    const { page } = window
    if ((await window.heading()) !== 'Make a referral') await desk.press('Make the referral now')
    if (await page.getByLabel("Children's social care").count()) {
      await hands.choose(page.getByLabel("Children's social care"))
      await desk.press('Continue')
    }
    await hands.choose(page.getByRole('group', { name: 'Does the child need protection at once?' }).getByLabel('Yes'))
    await hands.choose(page.getByRole('group', { name: 'Do the parents agree?' }).getByLabel(/Not asked|not sought/i))
    await hands.write(
      page.getByLabel('If they do not agree or were not asked, why it goes ahead'),
      'Asking would put her in danger.',
    )
    await hands.write(page.getByLabel('What you are worried about and ask for'), 'She is locked out at night.')
    await desk.press('Open the referral')
    await desk.press('Record the telephone call')
    await hands.write(page.getByLabel(/Who|whom/).first(), 'Duty social worker')
    await hands.write(page.locator('textarea').first(), 'They visit tonight.')
    await desk.press(/Save|Record/)
    await picture(window, `9-referral-${says}`)
    await desk.press('Record that it was sent in writing')
    await hands.write(page.locator('textarea').first(), 'Sent by the portal.')
    await hands.write(page.getByLabel(/^Their reference/), 'SC-4471')
    await hands.write(page.getByLabel('Harm outside the home: what is known'), 'None known')
    await hands.write(page.getByLabel('Which assessment went with it'), 'None held')
    await desk.press(/Save|Record/)
    assert.match((await page.locator('main').textContent()) ?? '', /In writing, waiting for an answer/)
  }

  /** Writes a concern down, checks it and sends it; the page that follows says who has it. */
  async function record(desk: Desk, says: string, hasIt: string): Promise<string> {
    const { window, hands } = desk
    const { page } = window
    await window.goto('/')
    await picture(window, `1-home-${says}`)
    await desk.press('I am worried about a child')
    await desk.chooseChild('Amina')
    await hands.choose(page.getByLabel('A child or adult said or hinted at abuse'))
    await hands.choose(page.getByLabel('Physical harm or injury', { exact: true }))
    await hands.write(page.getByLabel("The child's own words"), '“He locks me out at night.”')
    await hands.write(page.getByLabel('What I saw or heard'), 'She came in cold and wet, without a coat.')
    await hands.choose(page.getByRole('group', { name: /works or helps here/ }).getByLabel('No', { exact: true }))
    await hands.choose(page.getByRole('group', { name: /told somebody by voice/ }).getByLabel('Not yet'))
    await picture(window, `2-form-${says}`)
    await desk.press(/^Check what you have written/)
    await picture(window, `3-check-${says}`)
    assert.match((await page.locator('main').textContent()) ?? '', /He locks me out at night/)
    await desk.press(/^Send/)
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
      const teachers = new Desk(asTeacher, way)
      const concernId = await record(teachers, says, dsl.name)

      const asDsl = await browser.open({ ...options, as: await app.agentFor(dsl.adultId) })
      const dsls = new Desk(asDsl, way)
      await asDsl.goto('/today')
      await picture(asDsl, `5-today-${says}`)
      await dsls.press(/Amina/, 'link')
      await picture(asDsl, `6-concern-${says}`)
      assert.match((await asDsl.page.locator('main').textContent()) ?? '', /He locks me out at night/)
      await dsls.press('I have seen it and have it now')
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
      await new Desk(later, way).press(/Derby children/, 'link')
      await picture(later, `12-chase-${says}`)
      assert.ok(await later.page.locator('main a', { hasText: 'Take it further' }).count())
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
    const asTeacher = await browser.open({ as: await app.agentFor(teacher.adultId) })
    const concernId = await record(new Desk(asTeacher, atADesk), 'head', head.name)

    const asHead = await browser.open({ as: await app.agentFor(head.adultId) })
    const heads = new Desk(asHead, atADesk)
    await asHead.goto('/alerts')
    await heads.press(/You were told of a/, 'link')
    await picture(asHead, '6-concern-head')
    await heads.press('I have seen it and have it now')
    await judge(heads, 'head')
    await refer(heads, 'head')
    await asHead.goto(`/concerns/${concernId}`)
    await picture(asHead, '10-head')
    await heads.press('hand back to the DSL', 'link')
    await asHead.fill('What was the concern?', 'A child locked out at night by her stepfather.')
    await asHead.fill('What was done, by whom and when?', 'Social care rung and written to; they visit tonight.')
    await heads.press(/Hand back/)
    const asDsl = await browser.open({ as: await app.agentFor(dsl.adultId) })
    await asDsl.goto(`/concerns/${concernId}`)
    assert.match((await asDsl.page.locator('main').textContent()) ?? '', new RegExp(`Handed back by ${head.name}`))
    await asTeacher.goto(`/my-concerns/${concernId}`)
    assert.match((await asTeacher.page.locator('main').textContent()) ?? '', new RegExp(`Seen by ${head.name}`))
    for (const window of [asTeacher, asHead, asDsl]) await window.close()
  })
})
