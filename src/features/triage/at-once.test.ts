import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { triageRoutes } from './routes.tsx'

const school = demo.westPark
const { dsl, deputy, teacher } = school.adults
const judged = {
  ...presentation,
  'immediate-risk': 'yes',
  'safe-to-go-home': 'no',
  medical: 'no',
  police: 'yes',
  'urgent-says': 'The police were rung at ten past two; she stays with me.',
  categories: ['physical-abuse'],
  level: 'derby.child-protection',
}
const decided = { choice: 'police', rationale: 'She was hit this morning and he waits at the gate.' }
const nextLook = { 'next-look-day': '20', 'next-look-month': '11', 'next-look-year': '2026' }

describe('a lead who decides first and writes later', () => {
  let app: TestApp
  let asDsl: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: triageRoutes, now: aFridayAfternoon })
    asDsl = await app.agentFor(dsl.adultId)
  })
  after(() => app.close())

  const record = () => recordAs(app, school, teacher, concernAbout(school.pupils.amina))
  const kept = async (id: ConcernId) =>
    (
      await app.people.query<{ state: string; triages: number; decisions: number; triage: boolean | null }>(
        `select state, (select count(*)::int from triage t where t.concern_id = c.id) as triages,
          (select count(*)::int from decision d where d.concern_id = c.id) as decisions,
          (select met_at is not null from clock k where k.concern_id = c.id and k.name = 'triage') as triage from concern c where id = $1`,
        [id],
      )
    )[0]
  const decide = (agent: Agent, id: ConcernId, fields: Record<string, string | string[]>) =>
    agent.submit(`/concerns/${id}/decision`, `/concerns/${id}/decision`, fields)

  test('answers for danger and level on the page of the decision, and both are kept together or neither is', async () => {
    const id = await record()
    assert.match((await asDsl.get(`/concerns/${id}`)).html, /Emergency: judge and decide in one/)
    const page = await asDsl.get(`/concerns/${id}/decision`)
    assert.match(
      page.html,
      /Nobody has triaged this yet[\s\S]*First: is anybody in danger\?[\s\S]*Level of need[\s\S]*What do you decide\?/,
    )
    const { level: _level, ...noLevel } = judged
    const missing = await decide(asDsl, id, { ...noLevel, ...decided, ...nextLook })
    assert.equal(missing.status, 422)
    assert.match(missing.html, /Select a level of need\./)
    assert.match(missing.html, /he waits at the gate/, 'what was typed stays')
    const untold = await decide(asDsl, id, { ...judged, choice: 'police', ...nextLook })
    assert.equal((untold.html.match(/href="#rationale"/g) ?? []).length, 1, 'one sentence for the one field')
    assert.deepEqual(await kept(id), { state: 'new', triages: 0, decisions: 0, triage: false })
    const done = await decide(asDsl, id, { ...judged, ...decided, ...nextLook })
    assert.equal(done.status, 303, done.html)
    assert.match(done.location ?? '', /referrals\/new\?agency=police/)
    assert.deepEqual(await kept(id), { state: 'open', triages: 1, decisions: 1, triage: true })
    const concern = await asDsl.get(`/concerns/${id}`)
    assert.match(concern.html, /he waits at the gate/)
    assert.doesNotMatch((await asDsl.get(`/concerns/${id}/decision`)).html, /Nobody has triaged this yet/)
  })

  test('is told where a colleague was first, and keeps what was typed', async () => {
    const id = await record()
    const asDeputy = await app.agentFor(deputy.adultId)
    const { hidden } = await openDecision(asDsl, id)
    assert.equal((await decide(asDeputy, id, { ...judged, ...decided, ...nextLook })).status, 303)
    const second = await asDsl.post(`/concerns/${id}/decision`, { ...hidden, ...judged, ...decided, ...nextLook })
    assert.equal(second.status, 409, second.html)
    assert.match(second.html, /he waits at the gate/)
    assert.deepEqual(await kept(id), { state: 'open', triages: 1, decisions: 1, triage: true })
  })
})

async function openDecision(agent: Agent, id: ConcernId) {
  const { html } = await agent.get(`/concerns/${id}/decision`)
  return { hidden: hiddenFields(html, `/concerns/${id}/decision`) }
}
