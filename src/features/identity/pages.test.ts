import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser, type WindowOptions } from '../../../test/support/browser.ts'
import { type TestAdult, type TestSchool, testPassword } from '../../../test/support/people.ts'
import { codeNow } from './authenticator.ts'

suite('Somebody at a keyboard, a screen reader or a telephone', () => {
  let at: TestApp
  let browser: TestBrowser
  let school: TestSchool
  let adult: TestAdult
  before(async () => {
    at = await startTestApp()
    browser = await startBrowser(at)
    school = await at.people.addSchool()
    adult = await at.people.addAdult(school, { name: 'Priya Anand', email: 'priya@example.org', roles: ['dsl'] })
  })
  after(async () => {
    await browser.close()
    await at.close()
  })

  const ways: readonly [string, WindowOptions][] = [
    ['with scripts', {}],
    ['without scripts, on a telephone', { javaScript: false, width: 'phone' }],
  ]
  for (const [way, options] of ways) {
    test(`signs in, sets up an authenticator and looks at their account ${way}`, async () => {
      await at.people.query('update account set code_secret_sealed = null where id = $1', [adult.account])
      const window = await browser.open(options)
      await window.goto('/sign-in?next=/account')
      await window.press('Sign in')
      assert.match(await window.page.title(), /^Error: Sign in/)
      await window.fill('Email address', 'priya@example.org')
      await window.fill('Password', 'not it at all')
      await window.press('Sign in')
      assert.equal(await window.page.getByLabel('Email address').inputValue(), 'priya@example.org')
      await window.fill('Password', testPassword)
      await window.press('Sign in')
      assert.equal(await window.heading(), 'Your account')
      await window.goto('/code?next=/account')
      const secret = (await window.page.locator('code').textContent())?.replaceAll(' ', '') ?? ''
      await window.fill('Code that the app shows now', codeNow(secret, at.clock.now()))
      await window.press('Set up')
      assert.equal(await window.heading(), 'Your account')
      await window.goto('/account/password')
      await window.press('Change password')
      assert.equal(await window.heading(), 'Change your password')
      await window.press('Sign out')
      assert.match((await window.page.locator('main').textContent()) ?? '', /You have signed out/)
      await window.close()
    })
  }
})
