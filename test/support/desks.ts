import assert from 'node:assert/strict'
import type { DemoAdult } from '../../demo/people.ts'
import type { Instant } from '../../src/kernel/plain-date.ts'
import { startTestApp, type TestApp } from './app.ts'
import { startBrowser, type TestBrowser } from './browser.ts'
import { testPolicies } from './demonstration.ts'
import { counted, countedByBrowser, Desk, type Way } from './hands.ts'

/** The five schools running in this process, and whoever sits before a window on them. */
export class Desks {
  readonly app: TestApp
  readonly #browser: TestBrowser
  readonly #startedAt: Instant
  readonly #examined = new Set<string>()
  #open: Desk[] = []

  constructor(app: TestApp, browser: TestBrowser) {
    this.app = app
    this.#browser = browser
    this.#startedAt = app.clock.now()
  }

  /** A seat before a window of one's own; without a person it is a stranger's. */
  async sit(way: Way, adult?: Pick<DemoAdult, 'adultId'>): Promise<Desk> {
    return (await this.sitCounting(way, adult)).desk
  }

  /** The same, with how often something was pressed or chosen: as the browser saw it where it runs scripts. */
  async sitCounting(way: Way, adult?: Pick<DemoAdult, 'adultId'>): Promise<{ readonly desk: Desk; count(): number }> {
    const as = adult && { as: await this.app.agentFor(adult.adultId) }
    const window = await this.#browser.open({ ...way.options, ...as })
    const { hands, count } = counted(way.hands(window.page))
    const desk = new Desk(window, way, hands, this.#examined)
    this.#open.push(desk)
    return { desk, count: way.options.javaScript === false ? count : await countedByBrowser(window.page) }
  }

  /** Everybody leaves, everybody is at work again, and it is the moment of the start. */
  async clear(): Promise<void> {
    for (const desk of this.#open) await desk.window.close()
    this.#open = []
    this.app.clock.set(this.#startedAt)
    await this.app.people.query('delete from absence')
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.app.close()
  }
}

/** Starts the demonstration schools at a moment, with a browser. */
export async function startDesks(now: Instant): Promise<Desks> {
  const app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now })
  return new Desks(app, await startBrowser(app))
}

/** The id of the concern whose receipt stands in the window. */
export function recordedConcern({ window }: Desk): string {
  const id = /\/concerns\/([0-9a-f-]{36})\/recorded/.exec(window.path)?.[1]
  assert.ok(id, window.path)
  return id
}
