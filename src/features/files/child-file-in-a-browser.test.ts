import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, FileFiller } from '../../../test/support/child-file.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

const school = demo.westley
const jamie = school.pupils.jamie.childId
const teacher = { schoolId: school.id, adultId: school.adults.teacher.adultId }
const dsl = { schoolId: school.id, adultId: school.adults.dsl.adultId }

describe("a child's file in a browser", () => {
  let app: TestApp
  let browser: Browser
  let oldest: ConcernId
  let noteId: string

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
    const fill = new FileFiller(app)
    await fill.recordMany(teacher, jamie, 30, '2026-11-16' as PlainDate, ['Field', 'Park by the river', 'Classroom 4'])
    oldest = await fill.record(teacher, concernAbout(jamie, { happenedOn: '2026-02-03' as PlainDate }))
    await fill.decide(dsl, jamie, oldest, 'Watch what happens at lunch.', ['neglect'], '2026-11-18T09:30:00.000Z' as Instant)
    noteId = await fill.note(dsl, jamie, '2026-11-17' as PlainDate, 'The health visitor rang.')
    await app.app.listen({ host: '127.0.0.1', port: 0 })
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  })
  after(async () => {
    await browser?.close()
    await app?.close()
  })

  async function open(path: string, options: { width?: number; javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const { width = 1280, javaScriptEnabled = true } = options
    const agent = await app.agentFor(dsl.adultId)
    const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled })
    const url = app.app.listeningOrigin
    await context.addCookies([...agent.cookies].map(([name, value]) => ({ name, value, url })))
    const page = await context.newPage()
    await page.goto(`${url}${path}`)
    return page
  }

  const pages = (): Readonly<Record<string, string>> => ({
    'the file': `/children/${jamie}`,
    'the file with words': `/children/${jamie}?words=1&kind=concern&order=oldest`,
    'a fault in a date': `/children/${jamie}?from-day=30&from-month=2&from-year=2026`,
    'an empty file': `/children/${school.pupils.grace.childId}`,
    paper: `/children/${jamie}/print?words=1`,
    'a note': `/notes/${noteId}`,
  })

  for (const name of ['the file', 'the file with words', 'a fault in a date', 'an empty file', 'paper', 'a note']) {
    for (const width of [1280, 375]) {
      test(`nobody is shut out of ${name} at ${width} pixels: axe is silent and nothing scrolls sideways`, async () => {
        const page = await open(pages()[name] ?? '', { width })
        await page.evaluate('document.querySelectorAll("details").forEach(folded => { folded.open = true })')
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode()
          .options({ resultTypes: ['violations'] })
          .withTags(tags)
          .analyze()
        assert.deepEqual(
          violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html}`),
          [],
        )
        assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width)
      })
    }
  }

  test('whoever uses a keyboard goes along the timeline and opens what a mark stands for', async () => {
    const page = await open(`/children/${jamie}`)
    await page.locator('section[aria-label="The drawn timeline"]').focus()
    await page.keyboard.press('Tab')
    const focused = await page.evaluate('document.activeElement.getAttribute("aria-label")')
    assert.match(String(focused), /^Concern, 3 February 2026: Concern: Something a child/)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/concerns/${oldest}`)
  })

  test('a mark that stands for several leads to exactly those in the chronology', async () => {
    const page = await open(`/children/${jamie}`)
    const mark = page.getByRole('link', { name: /^Concerns: \d+ entries/ }).first()
    const count = Number(/(\d+) entries/.exec((await mark.getAttribute('aria-label')) ?? '')?.[1])
    await mark.click()
    await page.waitForURL(/kind=concern&from-day/)
    assert.equal(await page.locator('.hf-chronology__item').count(), count)
  })

  test('without scripts the DSL chooses what to see, in which order, and reads the words', async () => {
    const page = await open(`/children/${jamie}`, { javaScriptEnabled: false })
    await page.getByText('Choose what the timeline and the chronology show').click()
    await page.getByLabel('Decisions (1)').check()
    await page.getByLabel('Contacts (1)').check()
    await page.getByLabel('Oldest first').check()
    await page.getByLabel('Show the full words, and not only headings').check()
    await page.getByRole('button', { name: 'Show these' }).click()
    assert.deepEqual(await page.locator('.hf-chronology__title > a').allTextContents(), [
      'Phone call',
      'Decision: watch and review',
    ])
    await page.getByText('Watch what happens at lunch.').waitFor()
    await page.getByRole('link', { name: 'Show every entry' }).click()
    assert.equal(await page.locator('.hf-chronology__item').count(), 33)
  })

  test('every sheet of a printed file says its number, school, child, what it holds, who printed it and when', async () => {
    const page = await open(`/children/${jamie}/print?words=1&kind=concern`)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    const sheets = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
      .split('\f')
      .filter(sheet => sheet.trim() !== '')
    assert.ok(sheets.length >= 4, `${sheets.length} sheets`)
    for (const [index, sheet] of sheets.entries()) {
      const text = sheet.replaceAll(/\s+/g, ' ')
      assert.match(text, new RegExp(`Page ${index + 1} of ${sheets.length}`))
      assert.match(
        text,
        /Westley Middle School · Jamie Thornton, born 18 April 2015\. 31 of the 33 entries in this file: concerns, newest first, with the full words/,
      )
      assert.match(
        text,
        /Printed by Geraldine Frost from the page as it stood on Wednesday 18 November 2026 at 10am\. Confidential/,
      )
      assert.doesNotMatch(text, /Sign out|Hide this screen|audit trail/)
    }
    assert.equal([...sheets.join('').matchAll(/Came to school without a coat/g)].length, 31)
    const size = /Page size:\s+(\S+) x (\S+)/.exec(execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' }))
    assert.deepEqual([Math.round(Number(size?.[1])), Math.round(Number(size?.[2]))], [595, 842], 'A4')
  })
})
