import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow } from '../../../test/support/browser.ts'
import {
  leastOf,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
  today,
} from '../../../test/support/concern-form.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { phoneHref } from '../../web/components/index.ts'

let holdfast: TestApp
let browser: TestBrowser
let mmap: SchoolWithForm

before(async () => {
  holdfast = await startTestApp({ policies: policiesByKey })
  browser = await startBrowser(holdfast)
  mmap = await schoolWithForm(holdfast, 'mmap')
})
after(async () => {
  await browser.close()
  await holdfast.close()
})

interface Kept {
  readonly address: string
  readonly text: string
}

/** All that the browser keeps for this site beyond its own cache. */
async function keptIn(window: TestWindow): Promise<readonly Kept[]> {
  return window.page.evaluate(async () => {
    const kept = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const answer = await cache.match(request)
        const { pathname } = new URL(request.url)
        kept.push({ address: pathname, text: pathname.endsWith('.css') ? '' : ((await answer?.text()) ?? '') })
      }
    }
    return kept
  })
}

/** Waits until the browser has kept what it keeps. */
async function settle(window: TestWindow): Promise<void> {
  await window.page.waitForFunction(
    async () =>
      navigator.serviceWorker.controller !== null && (await caches.match('/whom-to-ring', { ignoreSearch: true })) !== undefined,
  )
}

const isStyle = (address: string) => /^\/assets\/holdfast\.[0-9a-f]+\.css$/.test(address)

test('[MM-3.1-09] with the concern form blank and the network gone, a member of staff who opens it still sees 999 and the Front Door’s numbers, to be dialled by touching them', async () => {
  const profile = policiesByKey.profile(mmap.school.key, today as PlainDate)
  const numbers = profile.emergency.flatMap(({ contact }) => profile.contacts[contact]?.phone ?? [])
  assert.ok(numbers.includes('999') && numbers.length >= 2)
  const window = await browser.open({ as: mmap.page, offline: true, width: 'phone' })
  await window.goto('/')
  await settle(window)
  await window.page.context().setOffline(true)
  for (const path of ['/concerns/new', '/concerns/urgent', '/my-concerns']) {
    await window.page.goto(browser.address + path)
    assert.equal(await window.heading(), 'Whom to ring now', path)
    for (const number of numbers) {
      const link = window.page.getByRole('link', { name: number, exact: true }).first()
      assert.ok(await link.isVisible(), number)
      assert.equal(await link.getAttribute('href'), phoneHref(number))
    }
    assert.equal(await window.page.evaluate('getComputedStyle(document.querySelector(".hf-emergency")).borderLeftStyle'), 'solid')
  }
  await window.page.context().setOffline(false)
  await window.goto('/concerns/new')
  assert.equal(await window.heading(), 'I am worried about a child')
  await window.close()
})

test('Nothing of a child, of a concern or of whoever is signed in is ever kept in the browser, whatever pages were opened', async () => {
  const { id } = await recordByForm(mmap.page, leastOf(mmap))
  const dsl = await holdfast.agentFor(mmap.dsl.id)
  const window = await browser.open({ as: dsl, offline: true })
  for (const path of ['/', '/today', `/concerns/${id}`, `/children/${mmap.robin}`, '/concerns/new']) await window.goto(path)
  await settle(window)
  for (const path of ['/today', `/concerns/${id}`, `/children/${mmap.robin}/print`]) await window.goto(path)
  const kept = await keptIn(window)
  assert.deepEqual(
    kept.map(({ address }) => address).filter(address => !isStyle(address)),
    ['/whom-to-ring'],
  )
  assert.equal(kept.length, 2)
  const text = kept.map(one => one.text).join()
  assert.match(text, /999/)
  for (const secret of ['Robin', 'Ashdown', 'Dora', 'Lind', 'wet shoes', '_token', id]) assert.ok(!text.includes(secret), secret)
  await window.close()
})

test('Whoever signs out leaves nothing behind in the browser: afterwards the network is gone and there is nothing to show', async () => {
  const window = await browser.open({ as: await holdfast.agentFor(mmap.teacher.id), offline: true })
  await window.goto('/')
  await settle(window)
  await window.press('Sign out')
  await window.page.waitForFunction(async () => (await caches.keys()).length === 0)
  await window.page.context().setOffline(true)
  await assert.rejects(window.page.goto(`${browser.address}/concerns/new`), /ERR_/)
  await window.close()
})

test('Without scripts the pages are as they were, and nothing is kept', async () => {
  const window = await browser.open({ as: mmap.page, offline: true, javaScript: false })
  await window.goto('/concerns/new')
  assert.equal(await window.heading(), 'I am worried about a child')
  assert.equal(window.page.context().serviceWorkers().length, 0)
  await window.close()
})
