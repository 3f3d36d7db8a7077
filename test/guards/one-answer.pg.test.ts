import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { demo } from '../../demo/people.ts'
import type { ChildId } from '../../src/kernel/ids.ts'
import { epochInMs, instantOf } from '../../src/kernel/plain-date.ts'
import { newId } from '../../src/platform/identifiers.ts'
import type { Route } from '../../src/web/http/route.ts'
import { routes } from '../../src/web/routes.ts'
import type { Agent, Answer, Fields } from '../support/app.ts'
import { StatementsHeard } from '../support/statements.ts'
import {
  type CastName,
  cast,
  counterparts,
  type GuardedSchool,
  type Params,
  recordAbout,
  startGuardedSchool,
} from './guarded-school.ts'
import type { Way } from './way.ts'
import { ways } from './ways.ts'

/** What somebody who asks could ever learn from an answer, and what it left behind. */
interface Seen {
  readonly status: number
  readonly body: string
  readonly headers: string
  readonly statements: readonly string[]
  readonly trail: readonly string[]
}

interface Asking {
  readonly says: string
  readonly params: Params
}

const nameOf = (route: Route): string => `${route.method} ${route.path}`
const namesRecord = (route: Route): boolean => /:\w+Id\b/.test(route.path)
const onlyConcernOrChild = (params: Params): boolean =>
  Object.keys(params).every(name => name === 'concernId' || name === 'childId')

/** Tokens of forms and keys of commands, which differ from one page to the next whatever is asked for. */
function withoutTokens(html: string): string {
  return html.replaceAll(/name="_(?:token|key)" value="[^"]*"/g, 'name="_token"')
}

/** An entry without its moment and with the names of what was asked for in place of the ids: two that differ in nothing else are equal. */
function entryOf(body: string, params: Params): string {
  const { at: _, subject, facts, ...rest } = JSON.parse(body) as Record<string, unknown>
  const named = (value: unknown) =>
    Object.entries(params).reduce((text, [name, id]) => text.replaceAll(`"${id}"`, `"<${name}>"`), JSON.stringify(value))
  const { asked, ...others } = facts as Record<string, unknown>
  return JSON.stringify({ ...rest, facts: others, names: `${subject ? named(subject) : ''}${asked ? named(asked) : ''}` })
}

function headersOf(answer: Answer): string {
  const { date: _, ...headers } = answer.raw.headers
  return JSON.stringify(headers, Object.keys(headers).sort())
}

/** A concern and a child of the other school, on whose ids people of the first school stumble. */
async function recordsElsewhere({ at }: GuardedSchool): Promise<Params> {
  const [child] = await at.people.query<{ id: string }>('select id from child where school_id = $1 order by id limit 1', [
    demo.westley.id,
  ])
  const childId = (child?.id ?? assert.fail('no child there')) as ChildId
  return { childId, concernId: await recordAbout(at, childId, {}, counterparts.reporter) }
}

/** One route, asked for what is not there and for what is not theirs. */
class Comparison {
  readonly faults: string[] = []
  readonly #school: GuardedSchool
  readonly #heard: StatementsHeard
  readonly #route: Route
  readonly #way: Way
  readonly #elsewhere: Params

  constructor(school: GuardedSchool, heard: StatementsHeard, route: Route, way: Way, elsewhere: Params) {
    this.#school = school
    this.#heard = heard
    this.#route = route
    this.#way = way
    this.#elsewhere = elsewhere
  }

  #path(params: Params): string {
    const path = this.#route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? assert.fail(`no ${name}`))
    return this.#way.query && this.#route.method === 'GET' ? `${path}?${this.#way.query}` : path
  }

  /** What this moment left in any chain of any school. */
  #entries(): Promise<readonly { body: string; chain: string; school_id: string }[]> {
    const { clock, people } = this.#school.at
    return people.query('select school_id, chain, body from audit_entry where at = $1 order by school_id, chain, n', [
      clock.now(),
    ])
  }

  async #see(agent: Agent, params: Params, fields: Fields): Promise<Seen> {
    const token = this.#route.method === 'GET' ? '' : await agent.formToken()
    this.#school.at.clock.set(instantOf(epochInMs(this.#school.at.clock.now()) + 1))
    this.#heard.take()
    const answer =
      this.#route.method === 'GET'
        ? await agent.get(this.#path(params))
        : await agent.post(this.#path(params), { ...fields, _token: token })
    const statements = this.#heard.take()
    const entries = await this.#entries()
    return {
      status: answer.status,
      body: withoutTokens(answer.html),
      headers: headersOf(answer),
      statements,
      trail: entries.map(({ school_id, chain, body }) => `${school_id} ${chain} ${entryOf(body, params)}`),
    }
  }

  #compare(who: string, says: string, one: Seen, nowhere: Seen): void {
    for (const what of ['status', 'body', 'headers'] as const)
      if (one[what] !== nowhere[what]) this.faults.push(`${who}, ${says}: another ${what} than of one that does not exist`)
    if (one.statements.join('\n;\n') !== nowhere.statements.join('\n;\n'))
      this.faults.push(
        `${who}, ${says}: ${one.statements.length} statements instead of ${nowhere.statements.length}: ${firstDifference(one.statements, nowhere.statements)}`,
      )
    if (one.trail.join('\n') !== nowhere.trail.join('\n'))
      this.faults.push(`${who}, ${says}: the trail has ${one.trail.join('; ')} instead of ${nowhere.trail.join('; ')}`)
  }

  async #asks(who: string, agent: Agent, schoolId: string, askings: readonly Asking[], codes: readonly number[]): Promise<void> {
    const typed = typeof this.#way.sends === 'function' ? this.#way.sends(this.#school, '') : (this.#way.sends ?? {})
    const invented = Object.fromEntries(
      Object.entries(askings[0]?.params ?? {}).map(([name, value]) => [name, name.endsWith('Id') ? newId<string>() : value]),
    )
    await agent.get('/')
    for (const fields of this.#route.method === 'GET' ? [{}] : [typed, {}]) {
      const nowhere = await this.#see(agent, invented, fields)
      if (!codes.includes(nowhere.status)) this.faults.push(`${who}: one that does not exist is answered with ${nowhere.status}`)
      if (!namesAsked(nowhere.trail[0] ?? '', this.#route))
        this.faults.push(`${who}: what was asked for is not in ${nowhere.trail[0]}`)
      if (nowhere.trail.length !== 1 || !nowhere.trail[0]?.startsWith(`${schoolId} main {"action":"access.denied"`))
        this.faults.push(`${who}: the refusal is on record as ${nowhere.trail.join('; ')}`)
      for (const { says, params } of askings) this.#compare(who, says, await this.#see(agent, params, fields), nowhere)
    }
  }

  async run(): Promise<void> {
    const { by, notBy, outside } = this.#way
    const real = (await this.#way.params?.(this.#school)) ?? this.#school.paramsOf(this.#route)
    if (by === 'visitor') return
    const theirs = Object.fromEntries(Object.keys(real).map(name => [name, this.#elsewhere[name] ?? '']))
    for (const name of outside ?? []) {
      const askings = [{ says: 'a record that they are outside', params: real }]
      if (onlyConcernOrChild(real)) askings.push({ says: 'a record of another school', params: theirs })
      await this.#asks(name, await this.#school.agent(name), cast[name].schoolId, askings, [404])
    }
    const abroad = [{ says: 'a record of another school', params: real }]
    await this.#asks(`${by} of another school`, await this.#school.agentElsewhere(by), counterparts[by].schoolId, abroad, [404])
    if (notBy !== 'nobody') await this.#asRole(notBy, real)
  }

  async #asRole(name: CastName, real: Params): Promise<void> {
    const askings = [{ says: 'a record of theirs who may', params: real }]
    await this.#asks(`${name}, who may not`, await this.#school.agent(name), cast[name].schoolId, askings, [403, 404])
  }
}

/** Whether an entry names every record that the path asked for. */
function namesAsked(entry: string, route: Route): boolean {
  return [...route.path.matchAll(/:(\w+Id)\b/g)].every(([, name]) => entry.includes(`<${name}>`))
}

function firstDifference(one: readonly string[], other: readonly string[]): string {
  const at = one.findIndex((statement, n) => statement !== other[n])
  return (one[at] ?? other[one.length] ?? '').replaceAll(/\s+/g, ' ').slice(0, 160)
}

suite('Not yours and not there', () => {
  let school: GuardedSchool
  let heard: StatementsHeard
  let elsewhere: Params
  before(async () => {
    school = await startGuardedSchool()
    heard = new StatementsHeard(school.at.tools.database)
    elsewhere = await recordsElsewhere(school)
  })
  after(() => school.close())

  test('are one answer on every route that names a record: one body, one status, the same statements, the same entry in the trail', async () => {
    const faults: string[] = []
    let compared = 0
    for (const route of routes.filter(namesRecord)) {
      const way = ways[nameOf(route)] ?? assert.fail(`${nameOf(route)} has no row in ways.ts`)
      if (way.excused?.['an invented id finds nothing']) continue
      const comparison = new Comparison(school, heard, route, way, elsewhere)
      await comparison.run()
      compared += 1
      faults.push(...comparison.faults.map(fault => `${nameOf(route)}: ${fault}`))
    }
    assert.ok(compared > 100, `only ${compared} routes were compared`)
    assert.deepEqual(faults, [])
  })
})
