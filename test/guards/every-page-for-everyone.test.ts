import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { routes } from '../../src/web/routes.ts'
import { hiddenFields } from '../support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow } from '../support/browser.ts'
import { type GuardedSchool, startGuardedSchool } from './guarded-school.ts'
import { openEveryPage, wayTo } from './page-walk.ts'

/** What a browser is shown of a page that somebody else has opened: the page itself, with its own style and scripts. */
async function look(window: TestWindow, address: string, html: string): Promise<void> {
  await window.page.route('**', route =>
    route.request().resourceType() === 'document'
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      : route.continue(),
  )
  await window.page.goto(`${address}/shown`)
  await window.examine()
  await window.page.unrouteAll({ behavior: 'ignoreErrors' })
}

/** Sends each form as empty as it is, and gives the pages that say what is missing. */
async function refuseEveryForm(school: GuardedSchool): Promise<readonly { readonly name: string; readonly html: string }[]> {
  const refused: { name: string; html: string }[] = []
  for (const route of routes.filter(({ method }) => method === 'POST')) {
    const way = await wayTo(school, route)
    if (!way) continue
    const { name, agent, path } = way
    const form = await agent.get(path)
    // Some forms come only after a choice on the page before: those are sent without what they would hide.
    const isThere = form.status === 200 && form.html.includes(`action="${path}"`)
    const answer = await agent.post(path, isThere ? hiddenFields(form.html, path) : {})
    if (answer.status === 422) refused.push({ name, html: answer.html })
  }
  return refused
}

suite('Nobody is shut out of a page: axe is silent, no script fails and nothing scrolls sideways', () => {
  let school: GuardedSchool
  let browser: TestBrowser

  before(async () => {
    school = await startGuardedSchool()
    browser = await startBrowser(school.at)
  })
  after(async () => {
    await browser.close()
    await school.at.close()
  })

  test('on every page, at the width of the smallest telephone', async () => {
    const window = await browser.open({ width: 'narrow' })
    const faults: string[] = []
    const pages = (await openEveryPage(school)).filter(({ answer }) => answer.html.startsWith('<!doctype html>'))
    assert.ok(pages.length > 60, `${pages.length} pages`)
    for (const { name, answer } of pages) {
      await look(window, browser.address, answer.html).catch((error: unknown) => faults.push(`${name}: ${String(error)}`))
      window.faults.length = 0
    }
    await window.close()
    assert.deepEqual(faults, [])
  })

  test('on every form that was sent with nothing in it', async () => {
    const window = await browser.open({ width: 'narrow' })
    const faults: string[] = []
    const pages = await refuseEveryForm(school)
    assert.ok(pages.length > 20, `${pages.length} forms`)
    for (const { name, html } of pages) {
      await look(window, browser.address, html).catch((error: unknown) => faults.push(`${name}: ${String(error)}`))
      window.faults.length = 0
    }
    await window.close()
    assert.deepEqual(faults, [])
  })
})
