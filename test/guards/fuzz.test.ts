import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { demo } from '../../demo/people.ts'
import type { Log } from '../../src/platform/log.ts'
import { silentLog } from '../../src/platform/log.ts'
import { routes } from '../../src/web/routes.ts'
import type { Agent } from '../support/app.ts'
import { cast, counterparts, type GuardedSchool, openPages, startGuardedSchool } from './guarded-school.ts'
import { Dice, type HostileRequest, HostileRequests, type Quarry, type Sender } from './hostile-requests.ts'
import { openEveryPage } from './page-walk.ts'
import { ways } from './ways.ts'

/** More of them, or the same ones again: HOLDFAST_FUZZ_REQUESTS=100000 HOLDFAST_FUZZ_SEED=7. */
const requestCount = Number(process.env['HOLDFAST_FUZZ_REQUESTS'] ?? 2000)
const seed = Number(process.env['HOLDFAST_FUZZ_SEED'] ?? 20_261_118)

const requestsOfOneSession = 100

/** Answers that open nothing and take nothing. */
function isRefusal(status: number, location: string | undefined): boolean {
  return status >= 400 || (status === 303 && /^\/(sign-in|code|choose-school)\b/.test(location ?? ''))
}

function inShort({ method, url, headers, payload }: HostileRequest): string {
  const body = typeof payload === 'string' ? payload : ''
  return `${method} ${url.slice(0, 200)} ${String(headers?.['content-type'] ?? '')} ${body.replaceAll(/_token=[^&]*&/g, '').slice(0, 300)}`
}

/** The tables whose lines differ between two digests. */
function changed(before: string, after: string): string[] {
  const known = before.split('\n')
  return after
    .split('\n')
    .filter(line => !known.includes(line))
    .map(line => line.split(' ')[0] ?? '')
}

suite(`Whoever sends ${requestCount} hostile requests (seed ${seed})`, () => {
  let school: GuardedSchool
  let quarry: Quarry
  let lastFailure = ''
  const log: Log = {
    ...silentLog,
    failure: (_name, error) => {
      lastFailure = error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error)
    },
  }

  before(async () => {
    school = await startGuardedSchool({ log })
    const pages = (await openEveryPage(school)).map(({ answer }) => answer.html).join('\n')
    const found = (pattern: RegExp) => [...new Set([...pages.matchAll(pattern)].map(([, text = '']) => text))]
    const { westley } = demo
    quarry = {
      routes: [...routes, ...signInRoutes()],
      fieldNames: [
        ...found(/\sname="([^"_][^"]*)"/g),
        'next',
        'q',
        'page',
        'format',
        'done',
        'child',
        'agency',
        'email',
        'password',
      ],
      fieldValues: found(/\svalue="([^"]{1,60})"/g),
      ids: {
        ...Object.fromEntries(Object.entries(school.ids).map(([name, id]) => [name, [id]])),
        childId: [...school.school.children, ...westley.children].map(({ childId }) => childId),
        adultId: [...Object.values(cast), ...Object.values(counterparts)].map(({ adultId }) => adultId),
        number: ['1', '0', '-1', '1e9'],
        visitorToken: [school.school.visitorToken, westley.visitorToken],
      },
    }
  })
  after(() => school.close())

  const senderOf = async (says: string, agent: Agent): Promise<Sender> => ({
    says,
    cookie: [...agent.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; '),
    token: await agent.formToken(),
  })

  /** Sessions are ended by some of the requests, so everybody signs in anew from time to time. */
  const senders = async (): Promise<Sender[]> => [
    ...(await Promise.all(
      (['dsl', 'dsl', 'head', 'administrator', 'reporter', 'teacher', 'tied', 'named'] as const).map(async name =>
        senderOf(name, await school.agent(name)),
      ),
    )),
    await senderOf('a DSL without a code', await school.agent('dsl', { secondFactor: false })),
    await senderOf('a DSL of another school', await school.agentElsewhere('dsl')),
    { says: 'visitor', cookie: '', token: school.visitorFormToken },
    { says: 'a stranger', cookie: 'holdfast=%00%ff; =; x', token: 'x.y' },
  ]

  test('finds no fault of ours, and no refusal that changed a record', async () => {
    const dice = new Dice(seed)
    const hostile = new HostileRequests(dice, quarry)
    const faults = new Map<string, string[]>()
    const addFault = (kind: string, example: string) => faults.set(kind, [...(faults.get(kind) ?? []), example])
    const answers = new Map<number, number>()
    let people = await senders()
    let records = await school.digestOfRecords()
    for (let n = 0; n < requestCount && faults.size < 20; n += 1) {
      if (n % requestsOfOneSession === 0 && n > 0) {
        people = await senders()
        records = await school.digestOfRecords()
      }
      // Mostly somebody who gets through the door, so that what stands behind it is tried as well.
      const { sender, request } = hostile.next(route => {
        const by = ways[`${route.method} ${route.path}`]?.by
        return (dice.once(3) ? undefined : people.find(({ says }) => says === by)) ?? dice.one(people)
      })
      lastFailure = ''
      const answer = await school.at.app.inject(request)
      const status = answer.statusCode
      answers.set(status, (answers.get(status) ?? 0) + 1)
      const says = `${n}: ${status} to ${sender.says}: ${inShort(request)}`
      if (status >= 500) addFault(lastFailure, says)
      const now = await school.digestOfRecords()
      if (isRefusal(status, answer.headers.location?.toString())) {
        // A form with faults is saved as a draft all the same: that is a promise, not a leak.
        const tables = changed(records, now).filter(table => !(table === 'draft' && status === 422))
        if (tables.length > 0) addFault(`a refusal changed ${tables.join(', ')}`, says)
      }
      records = now
    }
    console.log(
      `seed ${seed}: ${[...answers]
        .sort(([a], [b]) => a - b)
        .map(([status, count]) => `${count} × ${status}`)
        .join(', ')}`,
    )
    assert.deepEqual(
      [...faults].map(([kind, examples]) => `${kind} – ${examples.length} times, first ${examples[0]}`),
      [],
    )
    assert.ok(
      (answers.get(200) ?? 0) > requestCount / 20 && (answers.get(303) ?? 0) > 0,
      'some requests come through, or nothing was tried',
    )
  })
})

/** Each try to sign in takes its time on purpose, so they are few among the rest. */
function signInRoutes(): Quarry['routes'] {
  return [
    ...openPages.map(path => ({ method: 'GET', path }) as const),
    { method: 'GET', path: '/demonstration/mail/:number' },
    { method: 'POST', path: '/sign-in' },
    { method: 'POST', path: '/choose-school' },
  ]
}
