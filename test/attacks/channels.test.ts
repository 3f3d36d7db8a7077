import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { DemoAdult } from '../../demo/people.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { sessionCookieName } from '../../src/web/http/server.ts'
import { named, school, startWorlds, steady, tellTales, tied, type World, type Worlds } from './two-worlds.ts'

const { zofia } = school.pupils
const { dsl, deputyTwo, dataProtectionOfficer, systemAdministrator, safeguardingGovernor, governor } = school.adults
type Who = Pick<DemoAdult, 'adultId'>

const methods = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY'] as const

/** All that a request of an odd method gives: status, headers, body. */
async function oddly(world: World, who: Who, method: (typeof methods)[number], url: string): Promise<string> {
  const agent = await world.agent(who)
  const cookie = `${sessionCookieName(false)}=${encodeURIComponent(agent.cookies.get(sessionCookieName(false)) ?? '')}`
  const raw = await world.app.app.inject({ method: method as 'HEAD', url, headers: { cookie } })
  const { date: _, ...headers } = raw.headers
  return steady(`${method} ${raw.statusCode} ${JSON.stringify(headers, Object.keys(headers).sort())} ${raw.payload}`)
}

suite('Somebody outside, by ways that are not pages of the file', () => {
  let worlds: Worlds
  before(async () => {
    worlds = await startWorlds('of-child')
  })
  after(() => worlds.close())

  test('learns nothing from who looked, from the trail’s own page or from changes of the team; the DSL reads there who looked', async () => {
    const paths = [
      `/children/${zofia.childId}/who-looked`,
      `/children/${zofia.childId}/who-looked/print`,
      '/audit',
      '/team-changes',
    ]
    for (const [name, adult] of Object.entries(tied)) assert.deepEqual([...(await tellTales(worlds, adult, paths))], [], name)
    const shown = await tellTales(worlds, dsl, paths)
    assert.ok(shown.has(paths[0] ?? ''), 'the attack sees where there is something to see')
  })

  test('learns nothing from HEAD, OPTIONS and methods that nothing answers: a concern of which they may not know is as one that is not there', async () => {
    const { worked, late, referralId } = worlds.secret
    for (const adult of [...Object.values(named), ...Object.values(tied)])
      for (const method of methods) {
        const nothing = await oddly(worlds.with, adult, method, `/concerns/${newId<string>()}`)
        for (const id of [worked, late]) assert.equal(await oddly(worlds.with, adult, method, `/concerns/${id}`), nothing, method)
        const noReferral = await oddly(worlds.with, adult, method, `/referrals/${newId<string>()}`)
        assert.equal(await oddly(worlds.with, adult, method, `/referrals/${referralId}`), noReferral, method)
      }
    const known = await oddly(worlds.with, dsl, 'HEAD', `/concerns/${worked}`)
    assert.notEqual(known, await oddly(worlds.with, dsl, 'HEAD', `/concerns/${newId<string>()}`))
  })

  test('is given nothing for the key of another’s command, on the same path or on their own', async () => {
    const { app } = worlds.with
    const rows = await app.people.query<{ key: string; path: string; location: string }>(
      `select key, path, location from command_receipt where school_id = $1 and adult_id = $2 and location is not null order by at limit 5`,
      [school.id, dsl.adultId],
    )
    assert.ok(rows.length > 0)
    const deputy = await worlds.with.agent(deputyTwo)
    for (const { key, path } of rows)
      for (const to of [path, '/concerns/urgent']) {
        const answer = await deputy.post(to, { _key: key })
        assert.equal(answer.location, undefined, to)
        assert.doesNotMatch(answer.html, new RegExp(worlds.secret.words.join('|')))
      }
    const [first] = rows
    const own = await worlds.with.agent(dsl)
    assert.equal(
      (await own.post(first?.path ?? '', { _key: first?.key })).location,
      first?.location,
      'its owner is given the first answer',
    )
  })

  test('who keeps the accounts, the data or an eye on the school finds the trail’s page, an asset and an address the same', async () => {
    for (const adult of [dataProtectionOfficer, systemAdministrator, safeguardingGovernor, governor])
      assert.deepEqual(
        [...(await tellTales(worlds, adult, ['/', '/alerts', '/audit', `/concerns/${worlds.secret.worked}`, '/assets/none.js']))],
        [],
      )
  })
})

suite('Whoever a concern names, where who looked at its child is shown', () => {
  let worlds: Worlds
  before(async () => {
    worlds = await startWorlds('of-adults')
  })
  after(() => worlds.close())

  test('reads there nothing that they would not read without the concern, not even that a form was opened', async () => {
    const paths = [`/children/${zofia.childId}/who-looked`, `/children/${zofia.childId}/who-looked/print`]
    for (const [name, adult] of Object.entries(named)) assert.deepEqual([...(await tellTales(worlds, adult, paths))], [], name)
    assert.ok((await tellTales(worlds, dsl, paths)).has(paths[0] ?? ''), 'the attack sees where there is something to see')
  })
})
