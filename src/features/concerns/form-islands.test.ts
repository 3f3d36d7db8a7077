import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow } from '../../../test/support/browser.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'

const school = demo.westley
let holdfast: TestApp
let browser: TestBrowser
let teacher: Agent

before(async () => {
  holdfast = await startTestApp({ template: 'demonstration', policies: testPolicies() })
  browser = await startBrowser(holdfast)
  teacher = await holdfast.agentFor(school.adults.teacher.adultId)
})
after(async () => {
  await browser.close()
  await holdfast.close()
})

async function openForm(options: { width?: 'screen' | 'phone' } = {}): Promise<TestWindow> {
  const window = await browser.open({ as: teacher, ...options })
  await window.goto('/concerns/new')
  return window
}

const saved = (page: Page, says: RegExp) => page.locator('[data-hf-saved]').filter({ hasText: says }).waitFor({ timeout: 12_000 })
const draftsHere = async () =>
  (
    await holdfast.people.query<{ n: number }>('select count(*)::int as n from draft where adult_id = $1', [
      school.adults.teacher.adultId,
    ])
  )[0]?.n

describe('while somebody types', () => {
  test('what they type is saved on the server without a press, and never on the device', async () => {
    const before = await draftsHere()
    const window = await openForm()
    const { page } = window
    await page.locator('textarea[name=seen]').fill('Jamie Thornton came in without a coat at 8:50.')
    await saved(page, /Saved at 10:00/)
    assert.equal(await draftsHere(), (before ?? 0) + 1)
    assert.equal(await page.evaluate('localStorage.length + sessionStorage.length'), 0)
    await page.locator('textarea[name=done]').fill('Found a coat.')
    await saved(page, /Saved at 10:00/)
    await window.close()
  })

  test('without a connection the page says plainly that nothing is saved, and saves when it is back', async () => {
    const window = await openForm()
    const { page } = window
    await page.locator('textarea[name=seen]').fill('First words.')
    await saved(page, /Saved at/)
    await page.context().setOffline(true)
    await page.locator('textarea[name=seen]').fill('First words, and more.')
    await saved(page, /Not saved: there is no connection/)
    await page.context().setOffline(false)
    await saved(page, /Saved at/)
    await window.close()
  })

  test('a second tab is told that the first has saved, and overwrites nothing', async () => {
    const window = await openForm()
    const { page } = window
    await page.locator('textarea[name=seen]').fill('From the first tab.')
    await saved(page, /Saved at/)
    const path = new URL((await page.locator('#concern-form').getAttribute('action')) ?? '', browser.address).pathname
    const second = await browser.open({ as: teacher })
    await second.goto(path)
    await second.page.locator('textarea[name=seen]').fill('From the second tab.')
    await saved(second.page, /Saved at/)
    await page.locator('textarea[name=done]').fill('Something else.')
    await saved(page, /changed in another tab or on another device/)
    await second.close()
    await window.close()
  })

  test('[MM-3.2-01] a leading question gets a note with open prompts after the box is left, and stays as it was typed', async () => {
    const window = await openForm()
    const { page } = window
    const box = page.locator('textarea[name=child-words]')
    const typed = 'I asked “Did your dad hit you?” and he nodded.'
    await box.fill(typed)
    await box.blur()
    const note = page.locator('#child-words-coach')
    await note.filter({ hasText: /tell me, explain, describe/ }).waitFor({ timeout: 12_000 })
    assert.equal(await box.inputValue(), typed)
    await window.examine()
    await note.getByRole('button', { name: 'Leave it as it is' }).click()
    assert.equal(await note.isVisible(), false)
    await window.close()
  })

  test('[WM-A3-3.7-08] “I think” among the facts is asked to move, when the draft is saved and again before it is sent', async () => {
    const window = await openForm()
    const { page } = window
    await page.locator('textarea[name=seen]').fill('I think she lied about the broken window.')
    await page
      .locator('#seen-coach')
      .filter({ hasText: /put it in the box for what you think/ })
      .waitFor({ timeout: 12_000 })
    await window.close()
  })
})

describe('finding a child while typing', () => {
  test('a few letters and the arrow keys choose the right one of two Emilys, with their involvement', async () => {
    const window = await openForm()
    const { page } = window
    const input = page.locator('input[name=find-child]')
    await input.pressSequentially('emil')
    await page.locator('.hf-found__option').nth(1).waitFor()
    await window.examine()
    assert.equal(await input.getAttribute('aria-expanded'), 'true')
    const second = (await page.locator('.hf-found__option').nth(1).textContent()) ?? ''
    assert.match(second, /Emily Clarke.*6/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    assert.equal(
      await input.getAttribute('aria-activedescendant'),
      await page.locator('.hf-found__option').nth(1).getAttribute('id'),
    )
    await page.keyboard.press('Enter')
    const chosen = page.locator('[data-hf-chosen=child]')
    assert.match((await chosen.textContent()) ?? '', /Emily Clarke/)
    const id = await chosen.locator('input[name=child]').inputValue()
    await chosen.locator(`select[name="involvement-${id}"]`).selectOption('witness')
    await window.examine()
    await saved(page, /Saved at/)
    await chosen.getByRole('button', { name: /Remove/ }).click()
    assert.equal(await chosen.locator('input[name=child]').count(), 0)
    await window.close()
  })

  test('Escape closes the list, and where there is no answer the Find button is there again', async () => {
    const window = await openForm()
    const { page } = window
    const input = page.locator('input[name=find-child]')
    await input.pressSequentially('jam')
    await page.locator('.hf-found__option').first().waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.hf-found__option').first().isVisible(), false)
    assert.equal(await page.getByRole('button', { name: 'Find', exact: true }).isVisible(), false)
    await page.context().setOffline(true)
    await input.pressSequentially('i')
    await page.getByRole('button', { name: 'Find', exact: true }).waitFor()
    await window.close()
  })
})

describe('the picture of the body', () => {
  async function openMap(window: TestWindow): Promise<Page> {
    const { page } = window
    await page.getByText('I have seen an injury').click()
    return page
  }

  /** Touches the figure at a point of its own measure. */
  async function touch(page: Page, side: 'front' | 'back', x: number, y: number): Promise<void> {
    const svg = page.locator(`[data-body-picture] svg[data-side=${side}]`)
    await svg.scrollIntoViewIfNeeded()
    const box = await svg.boundingBox()
    assert.ok(box)
    await svg.click({ position: { x: (box.width * x) / 220, y: (box.height * y) / 494 } })
  }

  test('a touch chooses the place, a second one another injury, and outside the body nothing', async () => {
    for (const width of ['screen', 'phone'] as const) {
      const window = await openForm({ width })
      const page = await openMap(window)
      await touch(page, 'front', 130, 350)
      assert.equal(await page.locator('[name="mark.region"]').inputValue(), 'front:left-knee')
      assert.equal(await page.evaluate('document.activeElement.name'), 'mark.description')
      await page.keyboard.type('A graze')
      await touch(page, 'back', 130, 146)
      assert.equal(await page.locator('[name="mark.region"]').nth(1).inputValue(), 'back:right-upper-back')
      await touch(page, 'back', 8, 8)
      assert.match((await page.locator('[data-body-says]').textContent()) ?? '', /not on the body/)
      assert.equal(await page.locator('[data-mark]').count(), 2)
      await window.examine()
      await window.close()
    }
  })

  test('by keyboard alone: chosen from the list, a pin appears, the arrow keys move it, Enter goes to its description', async () => {
    const window = await openForm()
    const page = await openMap(window)
    await page.locator('[name="mark.region"]').selectOption('front:left-knee')
    const pin = page.locator('.hf-pin')
    await pin.focus()
    for (let n = 0; n < 12; n += 1) await page.keyboard.press('ArrowUp')
    assert.equal(await page.locator('[name="mark.region"]').inputValue(), 'front:left-thigh')
    for (let n = 0; n < 60; n += 1) await page.keyboard.press('ArrowRight')
    assert.match((await page.locator('[data-body-says]').textContent()) ?? '', /edge of the body/)
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.name'), 'mark.description')
    await window.close()
  })

  test('an injury that is removed leaves the others with their numbers in order', async () => {
    const window = await openForm()
    const page = await openMap(window)
    await touch(page, 'front', 130, 350)
    await page.keyboard.type('first')
    await page.getByRole('button', { name: 'Add another injury' }).click()
    await page.locator('[name="mark.region"]').nth(1).selectOption('back:anus')
    await page.locator('[name="mark.description"]').nth(1).fill('second')
    await page.getByRole('button', { name: 'Remove injury 1' }).click()
    assert.equal(await page.locator('[name="mark.description"]').inputValue(), 'second')
    assert.equal(await page.locator('[name="mark.description"]').getAttribute('id'), 'mark-1-description')
    assert.equal(await page.locator('.hf-pin text').textContent(), '1')
    await window.examine()
    await window.close()
  })

  test('without a script the list alone takes several injuries and keeps all that was typed', async () => {
    const window = await browser.open({ as: teacher, javaScript: false })
    await window.goto('/concerns/new')
    const { page } = window
    await page.locator('textarea[name=seen]').fill('Kept.')
    await page.getByText('I have seen an injury').click()
    assert.equal(await page.locator('[data-body-picture]').isVisible(), false)
    await page.locator('[name="mark.region"]').selectOption('front:left-knee')
    await page.locator('[name="mark.description"]').fill('A graze')
    await window.press('Add another injury')
    assert.equal(await page.locator('[name="mark.region"]').count(), 2)
    assert.equal(await page.locator('[name="mark.description"]').first().inputValue(), 'A graze')
    assert.equal(await page.locator('textarea[name=seen]').inputValue(), 'Kept.')
    await window.press('Remove injury 1')
    assert.equal(await page.locator('[name="mark.region"]').count(), 1)
    await window.close()
  })
})
