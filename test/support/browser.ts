import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Agent, TestApp } from './app.ts'

const executablePath = '/usr/bin/chromium'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Widths at which every page must work: a classroom's screen, a telephone, the narrowest telephone. */
export const widths = { screen: 1280, phone: 375, narrow: 320 } as const

export interface WindowOptions {
  /** Signed in as; a stranger otherwise. */
  readonly as?: Agent
  readonly javaScript?: boolean
  /** Lets the page keep whom to ring for when the network is gone. */
  readonly offline?: boolean
  readonly width?: keyof typeof widths
}

/** A window on the product. Wherever it goes, axe looks at the page and must find nothing. */
export class TestWindow {
  readonly page: Page
  readonly #address: string
  readonly #reader: Page | undefined
  /** What went wrong in the page by itself: errors of scripts, refused resources. */
  readonly faults: string[] = []

  /** `reader` reads for axe, which is a script itself, what a window without scripts shows. */
  constructor(page: Page, address: string, reader?: Page) {
    this.page = page
    this.#reader = reader
    this.#address = address
    page.on('pageerror', error => this.faults.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error' && !/status of [45]\d\d/.test(message.text())) this.faults.push(message.text())
    })
  }

  /** The path of the page shown. */
  get path(): string {
    const url = new URL(this.page.url())
    return url.pathname + url.search
  }

  async goto(path: string, examined?: Set<string>): Promise<void> {
    await this.page.goto(this.#address + path)
    await this.examine(examined)
  }

  /** Presses a button or link by what it says, and waits for the page that follows. */
  async press(says: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
    const pressed = this.page.getByRole(role, { name: says })
    // Waited for by itself, so that one that is not there is named, and not a page that never comes.
    await pressed.waitFor().catch(async (error: Error) => {
      const refused = await this.page.locator('.govuk-error-summary').allTextContents()
      throw new Error(`${error.message}\nThe page is ${this.path}. ${refused.join(' ')}`, { cause: error })
    })
    const loaded = this.page.waitForEvent('load')
    await pressed.click()
    await loaded
    await this.examine()
  }

  async fill(label: string | RegExp, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: typeof label === 'string' }).fill(text)
  }

  async heading(): Promise<string> {
    return (await this.page.locator('h1').first().textContent())?.trim() ?? ''
  }

  /**
   * Fails where axe, a script or the width of the window complains about the page as it stands. Given the kinds of page that were
   * `examined`, axe leaves out one that it knows.
   */
  async examine(examined?: Set<string>): Promise<void> {
    const kind = examined && (await this.#kind())
    if (kind === undefined || !examined?.has(kind)) await this.#askAxe()
    if (kind !== undefined) examined?.add(kind)
    const overflow = await this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    assert.ok(Number(overflow) <= 1, `${this.path} is wider than its window`)
    assert.deepEqual(this.faults, [], `scripts on ${this.path}`)
  }

  /** Pages of one address and the same headings are of one kind. */
  async #kind(): Promise<string> {
    const headings = await this.page.locator('h1, h2').allTextContents()
    const path = this.path.replaceAll(/[0-9a-f]{8}-?[0-9a-f-]{22,}|[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'ID')
    return [this.page.viewportSize()?.width, this.#reader ? 'without scripts' : '', path, ...headings].join(' | ')
  }

  async #askAxe(): Promise<void> {
    // Describing in full what is in order would take axe longer than looking for what is not.
    const axe = new AxeBuilder({ page: await this.#readable() }).options({ resultTypes: ['violations'] }).withTags(rules)
    // The other mode opens a window of its own for each page, for frames of other origins: there are none.
    const { violations } = await axe.setLegacyMode().analyze()
    const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html).join(' ')}`)
    assert.deepEqual(found, [], `axe on ${this.path}`)
  }

  async #readable(): Promise<Page> {
    const reader = this.#reader
    if (!reader) return this.page
    const html = await this.page.content()
    await reader.route('**', route => {
      const kind = route.request().resourceType()
      if (kind === 'script') return route.abort()
      return kind === 'document' ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }) : route.continue()
    })
    await reader.goto(this.page.url())
    await reader.unrouteAll()
    return reader
  }

  async close(): Promise<void> {
    await this.page.context().close()
    await this.#reader?.context().close()
  }
}

/** Debian's Chromium on a test app that listens on a port of its own. */
export class TestBrowser {
  readonly #browser: Browser
  readonly address: string

  constructor(browser: Browser, address: string) {
    this.#browser = browser
    this.address = address
  }

  async #context(options: WindowOptions, javaScriptEnabled: boolean) {
    return this.#browser.newContext({
      javaScriptEnabled,
      serviceWorkers: options.offline ? 'allow' : 'block',
      viewport: { width: widths[options.width ?? 'screen'], height: 900 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    })
  }

  async open(options: WindowOptions = {}): Promise<TestWindow> {
    const scripts = options.javaScript ?? true
    const context = await this.#context(options, scripts)
    context.setDefaultTimeout(Number(process.env['BROWSER_PATIENCE_MS'] ?? 60_000))
    const reader = scripts ? undefined : await (await this.#context(options, true)).newPage()
    const cookies = [...(options.as?.cookies ?? [])].map(([name, value]) => ({ name, value, url: this.address }))
    if (cookies.length > 0) await context.addCookies(cookies)
    return new TestWindow(await context.newPage(), this.address, reader)
  }

  async close(): Promise<void> {
    await this.#browser.close()
  }
}

/** Starts Chromium and lets the app listen; people come by its number unless a name of this machine is given. */
export async function startBrowser(at: TestApp, name = '127.0.0.1'): Promise<TestBrowser> {
  const address = await at.app.listen({ host: '127.0.0.1', port: 0 })
  return new TestBrowser(await chromium.launch({ executablePath, args: flags }), address.replace('127.0.0.1', name))
}
