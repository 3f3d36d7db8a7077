import assert from 'node:assert/strict'
import { type DemoAdult, demo } from '../../demo/people.ts'
import type { AdultId } from '../../src/kernel/ids.ts'
import type { Instant } from '../../src/kernel/plain-date.ts'
import { workInBackground } from '../../src/work/work.ts'
import { hourlyLooks, looks } from '../../src/worker.ts'
import { faultsOn } from '../guards/way.ts'
import { type Agent, type Answer, startTestApp, type TestApp } from '../support/app.ts'
import { testPolicies } from '../support/demonstration.ts'
import { StatementsHeard } from '../support/statements.ts'
import { type Secret, tellTheSecret, trustLead } from './secret.ts'

export const school = demo.westPark

/** Those whom the secret concerns: a concern about Zofia names them, or one whom it names is their husband. */
export const named = {
  'the second deputy, whom the concern names': school.adults.deputyTwo,
  'the head, whom the concern names': school.adults.head,
  'the personnel officer, who is married to the head': school.adults.recordKeeper,
} as const

/** Zofia's own. */
export const tied = {
  'the deputy, who is Zofia’s aunt': school.adults.deputy,
  'the attendance officer, who is Zofia’s mother': school.adults.attendanceOfficer,
  'the receptionist, who is Zofia’s grandmother': school.adults.receptionist,
} as const

/** Those who are tied to nobody and have no part in it. */
export const bystanders = {
  'a teacher': school.adults.teacherTwo,
  'the designated teacher': school.adults.designatedTeacher,
  'the systems administrator': school.adults.systemAdministrator,
  'the data protection officer': school.adults.dataProtectionOfficer,
  'the network manager': school.adults.itManager,
  'the trustee for safeguarding': school.adults.safeguardingGovernor,
  'a trustee': school.adults.governor,
  'the head of another school of the trust': demo.westley.adults.head,
  'the DSL of another school of the trust': demo.westley.adults.dsl,
} as const

/** A school as it would be without a secret, and the same school with it; nothing else differs. */
export interface Worlds {
  readonly without: World
  readonly with: World
  readonly secret: Secret
  close(): Promise<void>
}

export class World {
  readonly app: TestApp
  readonly heard: StatementsHeard
  readonly #agents = new Map<AdultId, Promise<Agent>>()

  constructor(app: TestApp) {
    this.app = app
    this.heard = new StatementsHeard(app.tools.database)
  }

  agent(adult: Pick<DemoAdult, 'adultId'>): Promise<Agent> {
    const known = this.#agents.get(adult.adultId) ?? this.app.agentFor(adult.adultId)
    this.#agents.set(adult.adultId, known)
    return known
  }

  /** All that works in the background, once. */
  async lookRound(): Promise<void> {
    for (const look of [...looks, ...hourlyLooks])
      await workInBackground(this.app.tools, school.id, this.app.clock.now(), async work => {
        await look(work)
        return { commit: true, value: undefined }
      })
  }
}

const theMorning = '2026-11-18T10:00:00.000Z' as Instant
/** Two days on: what nobody answered is late, and whoever comes next was told. */
const twoDaysOn = '2026-11-20T11:00:00.000Z' as Instant

async function aWorld(): Promise<World> {
  const app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: theMorning })
  const world = new World(app)
  await app.people.query(`delete from absence where school_id = $1 and adult_id = $2`, [
    school.id,
    school.adults.deputyTwo.adultId,
  ])
  const head = await world.agent(school.adults.head)
  const tie = async (adult: DemoAdult, to: string, kind: string) => {
    const answer = await head.post(`/people/${adult.adultId}/ties/new`, { to, kind })
    assert.equal(answer.status, 303, `${adult.name} ${to} ${faultsOn(answer)}`)
  }
  const { zofia } = school.pupils
  await tie(school.adults.attendanceOfficer, `child/${zofia.childId}`, 'parent')
  await tie(school.adults.receptionist, `child/${zofia.childId}`, 'relative')
  await tie(school.adults.recordKeeper, `adult/${school.adults.head.adultId}`, 'relative')
  await app.people.addAdult(school, { name: 'Isolde Marsh', email: trustLead, roles: ['trust-safeguarding-lead'] })
  return world
}

export async function startWorlds(what: 'of-adults' | 'of-child'): Promise<Worlds> {
  const without = await aWorld()
  const withSecret = await aWorld()
  const secret = await tellTheSecret(withSecret.app, what)
  for (const world of [without, withSecret]) {
    world.app.clock.set(twoDaysOn)
    await world.lookRound()
  }
  const close = async () => {
    await without.app.close()
    await withSecret.app.close()
  }
  return { without, with: withSecret, secret, close }
}

/** What differs from one opening to the next whatever happened: ids of rows, tokens, keys. */
export function steady(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '#')
    .replaceAll(/(name="_token" value=|data-hf-sign-in=|nonce=)"[^"]*"/g, '$1')
}

function headersOf({ raw }: Answer): string {
  const { date: _, 'content-length': __, 'set-cookie': ___, ...headers } = raw.headers
  return steady(JSON.stringify(headers, Object.keys(headers).sort()))
}

/** All that somebody could learn from one answer: the page to its last letter, the headers, how many statements it took. */
export interface Seen {
  readonly body: string
  readonly rest: string
}

export async function seenAt(world: World, adult: Pick<DemoAdult, 'adultId'>, path: string): Promise<Seen> {
  const agent = await world.agent(adult)
  world.heard.take()
  const answer = await agent.get(path)
  return {
    body: `${answer.status} ${steady(answer.html)}`,
    rest: `${headersOf(answer)} ${world.heard.take().length} statements`,
  }
}

/** The first place where two pages differ, in words. */
export function differenceOf(one: string, other: string): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const words = (text: string) => text.slice(Math.max(0, at - 120), at + 160).replaceAll(/\s+/g, ' ')
  return `“…${words(one)}…” instead of “…${words(other)}…”`
}

/** The paths at which what somebody is shown differs with the secret, each with the first difference. */
export async function tellTales(
  worlds: Worlds,
  adult: Pick<DemoAdult, 'adultId'>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const path of paths) {
    const [quiet, told] = [await seenAt(worlds.without, adult, path), await seenAt(worlds.with, adult, path)]
    if (quiet.body !== told.body) found.set(path, differenceOf(told.body, quiet.body))
    else if (quiet.rest !== told.rest) found.set(path, differenceOf(told.rest, quiet.rest))
  }
  return found
}
