import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp } from '../../../test/support/app.ts'
import { startBrowser, type widths } from '../../../test/support/browser.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'

const app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
const browser = await startBrowser(app)
after(async () => {
  await browser.close()
  await app.close()
})
const { westPark } = demo
const dsl = await app.agentFor(westPark.dsl.adultId)
const head = await app.agentFor(westPark.head.adultId)
const amina = `/children/${westPark.pupils.amina.childId}`

const teamPages = [
  '/children',
  '/children/find?q=lily',
  '/children/new',
  `${amina}/details`,
  `${amina}/details/edit`,
  `${amina}/contacts/new`,
  `${amina}/addresses/new`,
  `${amina}/statuses/new`,
  `${amina}/siblings/new?q=li`,
  `/children/${westPark.pupils.unidentified.childId}/details`,
]
const headPages = [
  '/people',
  '/people/new',
  `/people/${westPark.formerDeputy.adultId}`,
  `/people/${westPark.teacher.adultId}/appointments/new`,
  `/people/${westPark.teacher.adultId}/ties/new?q=ma`,
]

for (const width of ['screen', 'phone', 'narrow'] as const satisfies readonly (keyof typeof widths)[]) {
  test(`every page about people can be read by everyone on a ${width}`, async () => {
    for (const [as, pages] of [
      [dsl, teamPages],
      [head, headPages],
    ] as const) {
      const window = await browser.open({ as, width })
      for (const path of pages) await window.goto(path)
      await window.close()
    }
  })
}

test('without a script, reception’s mistake is shown at its place and put right', async () => {
  const receptionist = await app.agentFor(westPark.receptionist.adultId)
  const window = await browser.open({ as: receptionist, javaScript: false })
  await window.page.goto(`${browser.address}/children/new`)
  await window.page.getByLabel('First name').fill('Ottoline')
  await window.page.getByLabel('Day', { exact: true }).fill('31')
  await window.page.getByLabel('Month', { exact: true }).fill('2')
  await window.page.getByLabel('Year', { exact: true }).fill('2015')
  await window.page.getByRole('button', { name: 'Add child' }).click()
  assert.match((await window.page.locator('.govuk-error-summary').textContent()) ?? '', /Enter a family name[\s\S]*no such date/)
  assert.equal(await window.page.getByLabel('First name').inputValue(), 'Ottoline')
  await window.page.getByLabel('Family name').fill('Quist')
  await window.page.getByLabel('Day', { exact: true }).fill('28')
  await window.page.getByRole('button', { name: 'Add child' }).click()
  assert.match(await window.heading(), /Ottoline Quist/)
  await window.close()
})

test('the head appoints a deputy by keyboard alone', async () => {
  const window = await browser.open({ as: head })
  await window.goto(`/people/${westPark.teacher.adultId}/appointments/new`)
  await window.page.getByLabel('Role', { exact: true }).focus()
  await window.page.keyboard.type('Deputy D')
  for (let presses = 0; presses < 12; presses += 1) {
    const focused = await window.page.evaluate('document.activeElement.textContent.trim()')
    if (focused === 'Appoint') break
    await window.page.keyboard.press('Tab')
  }
  await window.page.keyboard.press('Enter')
  await window.page.waitForURL(`**/people/${westPark.teacher.adultId}?proposed`)
  await window.examine()
  assert.match((await window.page.locator('main').textContent()) ?? '', /Proposed\. It holds when a second person agrees/)
  await window.close()
})

test('the DSL agrees by keyboard alone to what the head proposed, and the head finds both names beside the role', async () => {
  const dslWindow = await browser.open({ as: dsl })
  await dslWindow.goto('/team-changes')
  await dslWindow.examine()
  await dslWindow.page.getByRole('link', { name: /as Deputy Designated/ }).press('Enter')
  await dslWindow.examine()
  await dslWindow.page.getByRole('button', { name: /^Agree/ }).press('Enter')
  await dslWindow.page.waitForURL('**/team-changes')
  await dslWindow.close()
  const window = await browser.open({ as: head })
  await window.goto(`/people/${westPark.teacher.adultId}`)
  await window.examine()
  assert.match((await window.page.locator('main').textContent()) ?? '', /Deputy Designated Safeguarding Lead\s+Now/)
  await window.close()
})
