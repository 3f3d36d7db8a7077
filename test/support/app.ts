import { randomBytes } from 'node:crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { identityPages } from '../../src/features/identity/index.ts'
import type { AdultId } from '../../src/kernel/ids.ts'
import { epochInMs, type Instant, instantOf } from '../../src/kernel/plain-date.ts'
import { heldClock } from '../../src/platform/clock.ts'
import { Database } from '../../src/platform/database.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { openSealing } from '../../src/platform/installation-keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import { formToken } from '../../src/web/http/form-token.ts'
import type { Route } from '../../src/web/http/route.ts'
import { createServer, type ServerTools, sessionCookieName, tokenDigest } from '../../src/web/http/server.ts'
import { routes as allRoutes } from '../../src/web/routes.ts'
import type { PolicyBook } from '../../src/work/work.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { testMasterKey, testPolicies } from './demonstration.ts'
import { examplePolicies } from './example-policies.ts'
import { TestPeople, testPassword } from './people.ts'
import type { TemplateName } from './test-server.ts'

/** A Wednesday in term, in the middle of a school morning. */
export const aSchoolMorning = '2026-11-18T10:00:00.000Z' as Instant

export interface TestAppOptions {
  readonly template?: TemplateName
  readonly routes?: readonly Route[]
  /** The five schools' own with the demonstration; otherwise, unless given, one example policy for every school. */
  readonly policies?: PolicyBook
  readonly now?: Instant
  readonly plugins?: readonly ((tools: ServerTools) => (app: FastifyInstance) => Promise<void>)[]
  readonly tools?: Partial<ServerTools>
}

export interface Answer {
  readonly status: number
  readonly html: string
  readonly location: string | undefined
  readonly raw: LightMyRequestResponse
}

export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

interface AgentTools {
  readonly app: FastifyInstance
  readonly people: TestPeople
}

/** A browser without a screen: keeps cookies, and puts token and key into each form that it sends. */
export class Agent {
  readonly #tools: AgentTools
  readonly cookies: Map<string, string>

  constructor(tools: AgentTools, cookies: Iterable<readonly [string, string]> = []) {
    this.#tools = tools
    this.cookies = new Map(cookies)
  }

  /** Another browser with the same cookies, as somebody who copied them would have. */
  copy(): Agent {
    return new Agent(this.#tools, this.cookies)
  }

  #keep(raw: LightMyRequestResponse): Answer {
    for (const cookie of raw.cookies as { name: string; value: string; maxAge?: number; expires?: Date }[]) {
      const isGone = cookie.maxAge === 0 || (cookie.expires !== undefined && cookie.expires.getTime() === 0)
      if (isGone || cookie.value === '') this.cookies.delete(cookie.name)
      else this.cookies.set(cookie.name, cookie.value)
    }
    const location = raw.headers.location
    return { status: raw.statusCode, html: raw.payload, location: location === undefined ? undefined : String(location), raw }
  }

  #headers(): Record<string, string> {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ') }
  }

  /** The token that forms of this session carry. */
  async formToken(): Promise<string> {
    const digest = tokenDigest(this.cookies.get(sessionCookieName(false)) ?? '')
    const rows = await this.#tools.people.query<{ id: string; secret: string }>(
      `select id, encode(form_secret, 'hex') as secret from session where token_digest = $1`,
      [digest],
    )
    const session = rows[0]
    return session ? formToken(session.secret, session.id) : ''
  }

  async get(path: string): Promise<Answer> {
    return this.#keep(await this.#tools.app.inject({ method: 'GET', url: path, headers: this.#headers() }))
  }

  /** Sends a form as a browser would; `_token` and `_key` may be given to send wrong ones, `headers` to come from elsewhere. */
  async post(path: string, fields: Fields = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const body = new URLSearchParams()
    const all: Fields = { _token: await this.formToken(), _key: newId<string>(), ...fields }
    for (const [name, value] of Object.entries(all)) {
      for (const one of typeof value === 'string' ? [value] : (value ?? [])) body.append(name, one)
    }
    const raw = await this.#tools.app.inject({
      method: 'POST',
      url: path,
      headers: { ...this.#headers(), 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: body.toString(),
    })
    return this.#keep(raw)
  }

  /** Sends the first form of a page that goes to `action`, with its hidden fields and what is typed over them. */
  async submit(page: string, action: string, fields: Fields = {}): Promise<Answer> {
    const answer = await this.get(page)
    return this.post(action, { ...hiddenFields(answer.html, action), ...fields })
  }
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** The hidden fields of the first form of a page that is posted to `action`. */
export function hiddenFields(html: string, action: string): Record<string, string[]> {
  const form = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].find(([, head]) =>
    unescaped(head ?? '').includes(`action="${action}"`),
  )
  if (!form) throw new Error(`the page has no form that goes to ${action}`)
  const fields: Record<string, string[]> = {}
  for (const [tag] of (form[2] ?? '').matchAll(/<input\b(?:[^">]|"[^"]*")*>/g)) {
    if (!tag.includes('type="hidden"')) continue
    const name = unescaped(/name="([^"]*)"/.exec(tag)?.[1] ?? '')
    const value = unescaped(/value="([^"]*)"/.exec(tag)?.[1] ?? '')
    fields[name] = [...(fields[name] ?? []), value]
  }
  return fields
}

/** A running Holdfast in this process, on a database of its own, at a moment that stands still. */
export class TestApp {
  readonly app: FastifyInstance
  readonly tools: ServerTools
  readonly clock: ReturnType<typeof heldClock>
  readonly database: TestDatabase
  readonly people: TestPeople

  constructor(parts: Pick<TestApp, 'app' | 'tools' | 'clock' | 'database' | 'people'>) {
    this.app = parts.app
    this.tools = parts.tools
    this.clock = parts.clock
    this.database = parts.database
    this.people = parts.people
  }

  stranger(): Agent {
    return new Agent(this)
  }

  /** Signs in through the pages. */
  async signIn(email: string, password: string = testPassword): Promise<Agent> {
    const agent = this.stranger()
    const answer = await agent.submit('/sign-in', '/sign-in', { email, password })
    if (answer.status !== 303) throw new Error(`${email} could not sign in (${answer.status})`)
    return agent
  }

  /**
   * A session of this adult, made without the pages, that does not grow idle; with the authenticator's proof, which stays fresh, unless
   * told otherwise: none, or one given now.
   */
  async agentFor(adult: AdultId, options: { readonly secondFactor?: false | 'now' } = {}): Promise<Agent> {
    const rows = await this.people.query<{ account_id: string | null; school_id: string }>(
      'select account_id, school_id from adult where id = $1',
      [adult],
    )
    if (!rows[0]?.account_id) throw new Error(`the adult ${adult} has no account`)
    const token = randomBytes(32).toString('base64url')
    const now = this.clock.now()
    const aYearOn = instantOf(epochInMs(now) + 365 * 86_400_000)
    await this.people.query(
      `insert into session (id, token_digest, account_id, school_id, started_at, last_seen_at, expires_at, second_factor_at, form_secret)
       values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
      [
        newId<string>(),
        tokenDigest(token),
        rows[0].account_id,
        rows[0].school_id,
        now,
        aYearOn,
        options.secondFactor === false ? null : options.secondFactor === 'now' ? now : aYearOn,
        randomBytes(32),
      ],
    )
    return new Agent(this, [[sessionCookieName(false), token]])
  }

  /** Moves the clock on. */
  pass(minutes: number): void {
    this.clock.set(instantOf(epochInMs(this.clock.now()) + minutes * 60_000))
  }

  async close(): Promise<void> {
    await this.app.close()
    await this.tools.database.close()
    await this.people.close()
  }
}

function sameForAll(): PolicyBook {
  const policies = examplePolicies()
  return { profile: (_key, on) => policies.profile(policies.keys[0] ?? '', on) }
}

/** Starts one; close it in `after`, or the test file does not end. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase(options.template)
  const clock = heldClock(options.now ?? aSchoolMorning)
  const pool = new Database(database.app)
  const tools: ServerTools = {
    database: pool,
    policies: options.policies ?? (options.template === 'demonstration' ? testPolicies() : sameForAll()),
    sealing: await openSealing(pool, () => [testMasterKey]),
    outboxFilled: () => {},
    clock,
    log: silentLog,
    secureCookies: false,
    trustedProxies: [],
    openRequestsEachMinute: 1000,
    ...options.tools,
  }
  const plugins = [identityPages, ...(options.plugins ?? [])].map(plugin => plugin(tools))
  const app = await createServer(tools, options.routes ?? allRoutes, plugins)
  return new TestApp({ app, tools, clock, database, people: new TestPeople(database) })
}
