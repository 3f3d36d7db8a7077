import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { ruleFor } from '../../src/access/index.ts'
import { newId } from '../../src/platform/identifiers.ts'
import type { Route } from '../../src/web/http/route.ts'
import { routes } from '../../src/web/routes.ts'
import { type Agent, type Answer, type Fields, hiddenFields } from '../support/app.ts'
import { type GuardedSchool, type Params, startGuardedSchool } from './guarded-school.ts'
import { sourceFiles } from './source-files.ts'
import { type Check, faultsOn, type Way } from './way.ts'
import { ways } from './ways.ts'

/** One route on its way through the guards, with what was found wrong. */
class Walk {
  readonly faults: string[] = []
  readonly #school: GuardedSchool
  readonly #route: Route
  readonly #way: Way

  constructor(school: GuardedSchool, route: Route, way: Way) {
    this.#school = school
    this.#route = route
    this.#way = way
  }

  #expect(holds: boolean, fault: string): void {
    if (!holds) this.faults.push(fault)
  }

  #isExcused(check: Check): boolean {
    return this.#way.excused?.[check] !== undefined
  }

  async #params(): Promise<Params> {
    return (await this.#way.params?.(this.#school)) ?? this.#school.paramsOf(this.#route)
  }

  #path(params: Params): string {
    const path = this.#route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? assert.fail(`no ${name}`))
    return this.#way.query && this.#route.method === 'GET' ? `${path}?${this.#way.query}` : path
  }

  get #namesRecord(): boolean {
    return /:\w+Id\b/.test(this.#route.path)
  }

  #fields(page = ''): Fields {
    const { sends } = this.#way
    const typed = typeof sends === 'function' ? sends(this.#school, page) : sends
    return this.#route.to === 'visitor' ? { _token: this.#school.visitorFormToken, ...typed } : { ...typed }
  }

  #ask(agent: Agent, path: string, fields: Fields = this.#fields(), headers: Record<string, string> = {}): Promise<Answer> {
    return this.#route.method === 'GET' ? agent.get(path) : agent.post(path, fields, headers)
  }

  /** Asks, and finds a fault unless every record is as it was. */
  async #askInVain(agent: Agent, path: string, says: string, fields?: Fields, headers?: Record<string, string>): Promise<Answer> {
    const before = await this.#school.digestOfRecords()
    const answer = await this.#ask(agent, path, fields, headers)
    const after = await this.#school.digestOfRecords()
    this.#expect(before === after, `${says}: a record was changed: ${difference(before, after)}`)
    return answer
  }

  async signedOut(): Promise<void> {
    if (this.#route.to === 'visitor' || this.#isExcused('closed when signed out')) return
    const path = this.#path(await this.#params())
    const stranger = this.#school.at.stranger()
    const answer = await this.#askInVain(stranger, path, 'signed out')
    this.#expect(
      answer.status === 303 && (answer.location ?? '').startsWith('/sign-in?next='),
      `signed out: ${answer.status} ${answer.location ?? ''}`,
    )
    if (this.#route.method === 'GET') return
    const earlier = await this.#agent()
    const fields = { ...this.#fields(), words: 'typed before the session ended', _token: await earlier.formToken() }
    const kept = await this.#school.count('kept_form')
    const late = await this.#askInVain(stranger, path, 'signed out with a form', fields)
    this.#expect(late.status === 401, `signed out with a form: ${late.status}`)
    this.#expect((await this.#school.count('kept_form')) === kept + 1, 'signed out with a form: it was not kept')
  }

  #agent(): Promise<Agent> {
    const { by } = this.#way
    return by === 'visitor' ? Promise.resolve(this.#school.at.stranger()) : this.#school.agent(by)
  }

  /** Asks for the record and for one that does not exist; finds a fault unless both answers are the same. */
  async #findsNothing(agent: Agent, says: string, expected: readonly number[] = [404]): Promise<void> {
    const real = await this.#params()
    const invented = Object.fromEntries(
      Object.entries(real).map(([name, value]) => [name, name.endsWith('Id') ? newId<string>() : value]),
    )
    const denials = () => this.#school.count(`audit_entry where action = 'access.denied'`)
    const counts = [await denials()]
    const there = await this.#askInVain(agent, this.#path(real), says)
    counts.push(await denials())
    this.#expect(expected.includes(there.status), `${says}: ${there.status}`)
    if (this.#isExcused('an invented id finds nothing')) return
    const nowhere = await this.#askInVain(agent, this.#path(invented), `${says}, invented id`)
    counts.push(await denials())
    this.#expect(nowhere.status === there.status, `${says}: an invented id is answered with ${nowhere.status}`)
    this.#expect(there.html === nowhere.html, `${says}: the page differs from that of an invented id`)
    this.#expect(headersOf(there) === headersOf(nowhere), `${says}: the headers differ from those of an invented id`)
    const [first = 0, second = 0, third = 0] = counts
    this.#expect(second - first === 1 && third - second === 1, `${says}: the trail differs from that of an invented id`)
  }

  async anotherSchool(): Promise<void> {
    const { by } = this.#way
    if (!this.#namesRecord || by === 'visitor' || this.#isExcused('an invented id finds nothing')) return
    await this.#findsNothing(await this.#school.agentElsewhere(by), 'from another school')
  }

  async outside(): Promise<void> {
    for (const name of this.#way.outside ?? [])
      await this.#findsNothing(await this.#school.agent(name), `${name}, who is outside`)
    if (/:(childId|concernId)\b/.test(this.#route.path) && !this.#isExcused('closed to whoever is outside the record'))
      this.#expect(this.#way.outside !== undefined, 'the row does not say who is outside this record')
  }

  async withoutRight(): Promise<void> {
    const { by, notBy } = this.#way
    if (this.#isExcused('closed without the right') || by === 'visitor') return
    if (notBy === 'nobody') {
      const isForAll = ruleFor(this.#route.action).who.some(ground => ground.says === 'any adult of the school')
      this.#expect(isForAll, `the row says that nobody may not, but the policy does not give ${this.#route.action} to everybody`)
      return
    }
    const agent = await this.#school.agent(notBy)
    if (this.#namesRecord) return this.#findsNothing(agent, `${notBy}, who may not`, [403, 404])
    const answer = await this.#askInVain(agent, this.#path(await this.#params()), `${notBy}, who may not`)
    this.#expect(answer.status === 403, `${notBy}, who may not: ${answer.status}`)
  }

  async withoutSecondFactor(): Promise<void> {
    const { by } = this.#way
    if (by === 'visitor' || !ruleFor(this.#route.action).secondFactor) return
    const agent = await this.#school.agent(by, { secondFactor: false })
    const answer = await this.#askInVain(agent, this.#path(await this.#params()), 'without a second factor')
    const isSentToCode = answer.status === 303 && (answer.location ?? '').startsWith('/code?next=')
    const isKept = this.#route.method === 'POST' && answer.status === 409 && answer.html.includes('/code?next=/kept-forms/')
    this.#expect(isSentToCode || isKept, `without a second factor: ${answer.status} ${answer.location ?? ''}`)
  }

  async badForms(): Promise<void> {
    if (this.#route.method === 'GET') return
    const path = this.#path(await this.#params())
    const agent = await this.#agent()
    const typed = { ...this.#fields(), words: 'typed here' }
    const garbage = await this.#askInVain(agent, path, 'with no token of ours', { ...typed, _token: 'x.y' })
    this.#expect(garbage.status === 409, `with no token of ours: ${garbage.status}`)
    const foreign = await this.#askInVain(agent, path, 'from another site', typed, { origin: 'https://elsewhere.example' })
    this.#expect(foreign.status === 409, `from another site: ${foreign.status}`)
    if (this.#route.to === 'visitor') return
    const stale = { ...typed, _token: await (await this.#agent()).formToken() }
    const kept = await this.#school.count('kept_form')
    const answer = await this.#askInVain(agent, path, 'with the token of an earlier session', stale)
    this.#expect(answer.status === 409, `with the token of an earlier session: ${answer.status}`)
    this.#expect((await this.#school.count('kept_form')) === kept + 1, 'with the token of an earlier session: it was not kept')
  }

  async unknownLink(): Promise<void> {
    if (this.#route.to !== 'visitor') return
    const path = this.#path({ ...(await this.#params()), visitorToken: newId<string>().replaceAll('-', '') })
    const answer = await this.#askInVain(this.#school.at.stranger(), path, 'by a link that no school has')
    this.#expect(answer.status === 404, `by a link that no school has: ${answer.status}`)
  }

  async opens(): Promise<void> {
    if (this.#isExcused('opens to whoever may')) return
    const path = this.#path((await this.#way.fresh?.(this.#school)) ?? (await this.#params()))
    const agent = await this.#agent()
    const page = await this.#formPage(agent, path)
    if (this.#way.firstOpening) await agent.get(path)
    const expected = this.#way.answers ?? (this.#route.method === 'GET' ? 200 : 303)
    const [digest, trail] = [await this.#school.digestOfRecords(), await this.#trail()]
    const fields = { _key: newId<string>(), ...page.hidden, ...this.#fields(page.html) }
    const answer = await this.#ask(agent, path, fields)
    this.#expect(answer.status === expected, `for ${this.#way.by}: ${answer.status} instead of ${expected}${faultsOn(answer)}`)
    if (this.#route.method === 'GET') {
      const entries = (await this.#trail()) - trail
      this.#expect(entries === 1, `for ${this.#way.by}: ${entries} audit entries`)
      const now = await this.#school.digestOfRecords()
      this.#expect(now === digest, `a page that changes records: ${difference(digest, now)}`)
    } else if (answer.status === 303 && !this.#isExcused('done once however often it is pressed')) {
      const again = await this.#askInVain(agent, path, 'pressed twice', fields)
      this.#expect(again.location === answer.location, `pressed twice: ${again.status} ${again.location ?? ''}`)
    }
  }

  /** The page on which a form stands, where it is at the form's own address, and its hidden fields. */
  async #formPage(agent: Agent, path: string): Promise<{ html: string; hidden: Fields }> {
    const hasPage = routes.some(({ method, path: its }) => method === 'GET' && its === this.#route.path)
    if (this.#route.method === 'GET' || !hasPage) return { html: '', hidden: {} }
    const { html } = await agent.get(path)
    return { html, hidden: html.includes(`action="${path}"`) ? hiddenFields(html, path) : {} }
  }

  #trail(): Promise<number> {
    return this.#school.count('audit_entry')
  }
}

/** Everything but the moment. */
function headersOf(answer: Answer): string {
  const { date: _, ...headers } = answer.raw.headers
  return JSON.stringify(headers, Object.keys(headers).sort())
}

/** The lines of two digests that are not the same. */
function difference(before: string, after: string): string {
  const known = before.split('\n')
  return after
    .split('\n')
    .filter(line => !known.includes(line))
    .map(line => line.split(' ')[0])
    .join(', ')
}

const nameOf = (route: Route): string => `${route.method} ${route.path}`

suite('Every route', () => {
  let school: GuardedSchool
  before(async () => {
    school = await startGuardedSchool()
  })
  after(() => school.close())

  test('has a row in the guards’ table, and every row a route', () => {
    const names = routes.map(nameOf)
    assert.deepEqual(
      names.filter(name => !(name in ways)),
      [],
      'routes without a row in ways.ts',
    )
    assert.deepEqual(
      Object.keys(ways).filter(name => !names.includes(name)),
      [],
      'rows of ways.ts without a route',
    )
    assert.equal(new Set(names).size, names.length)
  })

  test('stands in that list, but for the few pages of which each file is known', () => {
    const registering = sourceFiles().filter(
      ({ path, code }) =>
        path.startsWith('src/') && !/\.test\.tsx?$/.test(path) && /\bapp\.(get|post|put|delete|patch|all|route)\b/.test(code),
    )
    assert.deepEqual(registering.map(({ path }) => path).sort(), [
      'src/features/demonstration/demonstration-plugin.ts',
      'src/features/identity/invitation-plugin.ts',
      'src/features/identity/provider-plugin.ts',
      'src/features/identity/sign-in-plugin.ts',
      'src/web/assets.ts',
      'src/web/http/server.ts',
    ])
  })

  for (const route of routes) {
    const way = ways[nameOf(route)]
    if (!way) continue
    test(`${nameOf(route)} opens to whoever may, and to nobody else`, async () => {
      const walk = new Walk(school, route, way)
      await walk.signedOut()
      await walk.anotherSchool()
      await walk.outside()
      await walk.withoutRight()
      await walk.withoutSecondFactor()
      await walk.badForms()
      await walk.unknownLink()
      await walk.opens()
      assert.deepEqual(walk.faults, [])
    })
  }
})
