import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { VNode } from 'preact'
import { serveAssets } from './assets.ts'
import {
  Accordion,
  Button,
  Card,
  Cards,
  CharacterCount,
  Checkboxes,
  Chronology,
  ContactList,
  DateInput,
  EmergencyBox,
  ErrorSummaryFor,
  Form,
  Input,
  NotificationBanner,
  PasswordInput,
  Radios,
} from './components/index.ts'
import { type LayoutProps, renderPage } from './layout.tsx'

const errors = [
  { field: 'happened', says: 'Enter a date that exists' },
  { field: 'words', says: 'Write what was said' },
]

function Questions(): VNode {
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <h1>A worry</h1>
      <EmergencyBox title="If it cannot wait" contacts={[{ name: 'Police', phone: '999' }]}>
        Ring first.
      </EmergencyBox>
      <Form action="/sent" formToken="t" commandKey="k">
        <CharacterCount name="words" label="What was said?" maxLength={20} error="Write what was said" />
        <DateInput id="happened" legend="When?" error="Enter a date that exists" />
        <Radios
          name="told"
          legend="Have you told anybody?"
          items={[
            { value: 'yes', label: 'Yes, I have', conditional: <Input name="whom" label="Whom?" /> },
            { value: 'no', label: 'Not yet' },
          ]}
        />
        <Checkboxes
          name="seen"
          legend="What did you see?"
          items={[
            { value: 'injury', label: 'An injury', conditional: <Input name="where" label="Where on the body?" /> },
            { value: 'none', label: 'None of these', behaviour: 'exclusive' },
          ]}
        />
        <PasswordInput name="password" label="Password" />
        <Button>Send</Button>
      </Form>
      <Accordion id="more" items={[{ heading: 'What happens next', content: 'The DSL reads it.' }]} />
      <Cards>
        <Card title="New" count={{ number: 3, href: '#new', says: 'concerns' }} />
      </Cards>
      <Chronology headingLevel={2} items={[{ when: 'today', dateTime: '2026-11-20', title: 'Concern' }]} />
      <ContactList contacts={[{ name: 'Front door', phone: '01234 555 0100 ext. 4' }]} />
    </>
  )
}

const frame: LayoutProps = {
  title: 'A worry',
  school: 'Elm Primary School',
  person: { name: 'Priya Anand' },
  nav: [
    { href: '/', text: 'Home', current: true },
    { href: '/children', text: 'Children' },
  ],
  worryHref: '/worry',
  demonstration: true,
  quickExit: true,
  back: { href: '/' },
  scripts: ['accordion'],
}

const pages: { readonly [path: string]: () => string } = {
  '/questions': () => renderPage({ ...frame, errors, children: <Questions /> }),
  '/saved': () => renderPage({ ...frame, children: <NotificationBanner type="success" text="Saved." /> }),
  '/visitor': () => renderPage({ title: 'Worry box', quickExit: true, children: <h1>Tell us</h1> }),
}

describe('In a browser', () => {
  let app: FastifyInstance
  let browser: Browser
  let address: string
  let sent = 0

  before(async () => {
    app = Fastify()
    app.addHook('onSend', async (_request, reply) => {
      reply.header(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'",
      )
    })
    app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) => done(null))
    await app.register(serveAssets)
    for (const [path, draw] of Object.entries(pages)) app.get(path, (_request, reply) => reply.type('text/html').send(draw()))
    app.post('/sent', (_request, reply) => {
      sent += 1
      return reply.status(204).send()
    })
    address = await app.listen({ host: '127.0.0.1', port: 0 })
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  })

  after(async () => {
    await browser?.close()
    await app?.close()
  })

  async function open(path: string, options: { width?: number; javaScriptEnabled?: boolean } = {}): Promise<Page> {
    const { width = 1280, javaScriptEnabled = true } = options
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(`${address}${path}`)
    return page
  }

  for (const path of Object.keys(pages)) {
    for (const width of [1280, 320]) {
      test(`nobody is shut out of ${path} at ${width} pixels: axe is silent and nothing scrolls sideways`, async () => {
        const page = await open(path, { width })
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
        // A bare frame without its question has no h1: those are the pages' own.
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode()
          .options({ resultTypes: ['violations'] })
          .withTags(tags)
          .disableRules(['page-has-heading-one'])
          .analyze()
        assert.deepEqual(
          violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html}`),
          [],
        )
        assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width)
      })
    }
  }

  test('somebody whose form has faults is taken to the list of them, and from each to its control', async () => {
    const page = await open('/questions')
    assert.equal(await page.evaluate('document.activeElement.className'), 'govuk-error-summary')
    await page.getByRole('link', { name: 'Enter a date that exists' }).click()
    assert.equal(await page.evaluate('document.activeElement.id'), 'happened-day')
    await page.getByRole('link', { name: 'Write what was said' }).click()
    assert.equal(await page.evaluate('document.activeElement.id'), 'words')
  })

  test('somebody who saved something is told so at once', async () => {
    const page = await open('/saved')
    assert.match(String(await page.evaluate('document.activeElement.className')), /govuk-notification-banner/)
  })

  test('somebody who writes sees how much room is left, and the text is never cut', async () => {
    const page = await open('/questions')
    const count = page.locator('.govuk-character-count__message[aria-hidden]')
    await page.locator('#words').fill('Nineteen letters ab')
    assert.equal(await count.textContent(), 'You have 1 character remaining')
    await page.locator('#words').fill('Twenty-three letters abc')
    assert.equal(await count.textContent(), 'You have 4 characters too many')
    assert.equal((await page.locator('#words').inputValue()).length, 24)
  })

  for (const javaScriptEnabled of [true, false]) {
    test(`an answer opens its own question ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const page = await open('/questions', { javaScriptEnabled })
      assert.equal(await page.locator('#whom').isVisible(), false)
      await page.getByLabel('Yes, I have').check()
      assert.equal(await page.locator('#whom').isVisible(), true)
      await page.getByLabel('Not yet').check()
      assert.equal(await page.locator('#whom').isVisible(), false)
      await page.getByLabel('An injury').check()
      assert.equal(await page.locator('#where').isVisible(), true)
    })
  }

  test('“none of these” and the rest clear each other', async () => {
    const page = await open('/questions')
    await page.getByLabel('An injury').check()
    assert.equal(await page.getByLabel('An injury').getAttribute('aria-expanded'), 'true')
    await page.getByLabel('None of these').check()
    assert.equal(await page.getByLabel('An injury').isChecked(), false)
    assert.equal(await page.getByLabel('An injury').getAttribute('aria-expanded'), 'false')
    await page.getByLabel('An injury').check()
    assert.equal(await page.getByLabel('None of these').isChecked(), false)
  })

  test('somebody who presses twice sends once, and is let through when they try again later', async () => {
    const page = await open('/questions')
    sent = 0
    await page.getByRole('button', { name: 'Send' }).dblclick()
    await page.waitForTimeout(300)
    assert.equal(sent, 1)
    await page.waitForTimeout(2000)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.waitForTimeout(300)
    assert.equal(sent, 2)
  })

  test('a teacher covers the screen with Escape three times, and finds what was typed when it is back', async () => {
    const page = await open('/questions')
    await page.locator('#words').fill('He said')
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape')
    assert.equal(await page.locator('main').isVisible(), false)
    assert.equal(await page.title(), 'Holdfast')
    await page.getByRole('button', { name: 'Show the page again' }).click()
    assert.equal(await page.locator('#words').inputValue(), 'He said')
    assert.match(await page.title(), /A worry/)
  })

  test('a visitor who leaves goes somewhere harmless, and Back does not show the page again', async () => {
    const page = await open('/saved')
    await page.goto(`${address}/visitor`)
    await page.route('https://www.bbc.co.uk/**', async route => route.fulfill({ body: 'weather', contentType: 'text/html' }))
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape')
    await page.waitForURL('https://www.bbc.co.uk/weather')
    await page.goBack()
    assert.equal(new URL(page.url()).pathname, '/saved')
  })

  test('somebody on a telephone opens the menu; without scripts it stands open', async () => {
    const page = await open('/questions', { width: 375 })
    assert.equal(await page.getByRole('link', { name: 'Children' }).isVisible(), false)
    await page.getByRole('button', { name: 'Menu' }).click()
    assert.equal(await page.getByRole('link', { name: 'Children' }).isVisible(), true)
    const plain = await open('/questions', { width: 375, javaScriptEnabled: false })
    assert.equal(await plain.getByRole('link', { name: 'Children' }).isVisible(), true)
    assert.equal(await plain.getByText('The DSL reads it.').isVisible(), true)
  })

  test('somebody checks a password by showing it', async () => {
    const page = await open('/questions')
    await page.getByRole('button', { name: 'Show password' }).click()
    assert.equal(await page.locator('#password').getAttribute('type'), 'text')
    await page.getByRole('button', { name: 'Hide password' }).click()
    assert.equal(await page.locator('#password').getAttribute('type'), 'password')
  })

  test('a section of an accordion opens and closes, and the telephone dials an extension', async () => {
    const page = await open('/questions')
    assert.equal(await page.getByText('The DSL reads it.').isVisible(), false)
    await page.getByRole('button', { name: 'What happens next' }).click()
    assert.equal(await page.getByText('The DSL reads it.').isVisible(), true)
    assert.equal(await page.getByRole('link', { name: '01234 555 0100' }).getAttribute('href'), 'tel:012345550100;ext=4')
  })
})
