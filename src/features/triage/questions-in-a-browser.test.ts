import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow, type WindowOptions } from '../../../test/support/browser.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'

const school = demo.williamMacgregor
const { dsl, teacher, attendanceLead } = school.adults
const { noah, ava } = school.pupils

const ways: readonly { readonly says: string; readonly options: WindowOptions }[] = [
  { says: 'with scripts on a screen', options: {} },
  { says: 'without scripts on a phone', options: { javaScript: false, width: 'phone' } },
]

describe('what a school’s own policy asks, in a browser', () => {
  let app: TestApp
  let browser: TestBrowser

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aFridayAfternoon })
    browser = await startBrowser(app)
    await app.people.query(
      'insert into sibling (school_id, child_id, sibling_id) values ($1, $2, $3), ($1, $3, $2) on conflict do nothing',
      [school.id, noah.childId, ava.childId],
    )
    await app.people.query(`update child set home_authority = 'staffordshire' where id = $1`, [noah.childId])
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
    test(`the lead answers for a child who saw it, and confirms the sister, ${says}`, async () => {
      const id = await recordAs(app, school, teacher, concernAbout(noah, { prompts: ['behaviour'] }))
      const window = await browser.open({ ...options, as: await app.agentFor(dsl.adultId) })
      const { page } = window
      await window.goto(`/concerns/${id}/triage`)
      for (const question of ['Is a child at immediate risk?', 'Does a child need medical help?', 'Are the police needed?'])
        await page.getByRole('group', { name: question }).getByLabel('No', { exact: true }).check()
      const goingHome = page.getByRole('group', { name: 'Is it safe for the child to go home today?' })
      await goingHome.getByLabel('Yes', { exact: true }).check()
      await page.getByLabel('Domestic abuse: child as victim by witnessing').check()
      await page.getByLabel(/Level 3/).check()
      const police = page.getByLabel('Police reference')
      assert.equal(await police.isVisible(), options.javaScript ?? true, 'the choice opens its questions')
      await window.fill('Why you judge it so', 'He saw it on Thursday.')
      await picture(window, `triage-${says}`)
      await window.press('Save and decide')
      await picture(window, `triage-refused-${says}`)
      const lived = page.getByRole('group', { name: 'How did the child live through it?' })
      assert.ok(await lived.first().isVisible(), 'what is missing is in sight')
      await lived.getByLabel('Saw it').check()
      await window.fill('Adults involved', 'His mother and her partner.')
      await window.press('Save and decide')
      await picture(window, `decision-${says}`)
      await window.goto(`/concerns/${id}`)
      await picture(window, `concern-${says}`)
      await window.goto(`/children/${ava.childId}`)
      await picture(window, `sister-${says}`)
      await window.goto(`/concerns/${id}/household`)
      await picture(window, `household-${says}`)
      await page.getByLabel('Yes, affected').check()
      await window.press('Save for Ava Sharman')
      assert.match((await page.locator('main').textContent()) ?? '', /Brother or sister[\s\S]*Affected/)
      await window.close()
    })

    test(`attendance, signs and trends are read ${says}`, async () => {
      const asLead = await app.agentFor(dsl.adultId)
      for (const [week, attended] of [
        ['2', '10'],
        ['16', '4'],
      ] as const) {
        const path = `/children/${noah.childId}/attendance`
        const sent = { possible: '10', attended, 'week-day': week, 'week-month': '11', 'week-year': '2026' }
        assert.equal((await asLead.submit(path, path, sent)).status, 303)
      }
      const account = { childWords: '', seen: 'Drew a knife under the table.', opinion: '', done: '' }
      await recordAs(app, school, teacher, concernAbout(noah, { prompts: ['behaviour'], account }))
      const window = await browser.open({ ...options, as: asLead })
      for (const path of [
        `/children/${noah.childId}`,
        '/signs',
        '/trends',
        '/early-help',
        `/children/${noah.childId}/attendance`,
        `/children/${noah.childId}/indicators`,
        '/today',
      ]) {
        await window.goto(path)
        await picture(window, `${path.replaceAll(/[^a-z]+/g, '-').slice(0, 40)}-${says}`)
      }
      const office = await browser.open({ ...options, as: await app.agentFor(attendanceLead.adultId) })
      await office.goto('/attendance')
      await office.fill('The figures', 'Whitfield, Noah, 4 Oak, 10, 12')
      await office.press('Keep the week')
      await picture(office, `attendance-refused-${says}`)
      assert.match((await office.page.locator('main').textContent()) ?? '', /Line 1: more sessions were attended/)
      await office.close()
      await window.close()
    })
  }
})
