import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoSchool, demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

const answers = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
const decided = { choice: 'no-further-action', rationale: 'Explained and seen.', 'not-referring': 'Below the threshold.' }

describe('what a school’s own policy asks at triage and at a decision', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      now: '2026-11-20T13:40:00.000Z' as Instant,
    })
  })
  after(() => app.close())

  const send = (agent: Agent, id: ConcernId, form: string, fields: Record<string, string | string[]>) =>
    agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)
  const judged = (school: DemoSchool, categories: string) => {
    const { authority, levels } = testPolicies().profile(school.key, '2026-11-20' as never).levels
    return {
      ...answers,
      ...(school === demo.westPark ? presentation : {}),
      categories,
      level: `${authority}.${levels[1]?.id}`,
      rationale: 'Looked at.',
    }
  }
  const recordAt = async (school: DemoSchool, child: { readonly childId: never }, prompts: readonly string[]) => {
    const teacher = school.adults['teacher']
    assert.ok(teacher)
    await app.people.query('update child set home_authority = $2 where id = $1', [
      child.childId,
      testPolicies().profile(school.key, '2026-11-20' as never).school.authority,
    ])
    return recordAs(app, school, teacher, concernAbout(child, { prompts }))
  }

  test('[WY-1-01] a decision without what is in the child’s best interests is refused; it stands apart from the rationale', async () => {
    const school = demo.westley
    const asDsl = await app.agentFor(school.adults.dsl.adultId)
    const id = await recordAt(school, school.pupils.skye as never, ['behaviour'])
    assert.equal((await send(asDsl, id, '/triage', judged(school, 'other'))).status, 303)
    const empty = await send(asDsl, id, '/decision', { ...decided, 'answer-best-interests': '  ' })
    assert.equal(empty.status, 422)
    assert.match(
      empty.html,
      /Fill in “Why this is in the child&#39;s best interests”\.|Fill in “Why this is in the child's best interests”\./,
    )
    assert.match(empty.html, /Explained and seen\./, 'what was typed stays')
    const [state] = await app.people.query('select state from concern where id = $1', [id])
    assert.deepEqual(state, { state: 'triaged' })
    const best = 'She wants to go on seeing her friends.'
    assert.equal((await send(asDsl, id, '/decision', { ...decided, 'answer-best-interests': best })).status, 303)
    const { html } = await asDsl.get(`/concerns/${id}`)
    assert.match(html, /She wants to go on seeing her friends\./)
    assert.match(html, /Explained and seen\./)
  })

  test('[WA-5-69] a disclosure of twenty to two is not triaged without the name of the trusted adult of today; a worry without one is', async () => {
    const school = demo.westacre
    const asDsl = await app.agentFor(school.adults.head.adultId)
    const told = await recordAt(school, school.pupils.maisie as never, ['disclosure'])
    const silent = await send(asDsl, told, '/triage', judged(school, 'other'))
    assert.equal(silent.status, 422)
    assert.match(silent.html, /Fill in “Trusted adult today”\./)
    const name = 'Her class teacher, in the reading corner, until her aunt comes'
    assert.equal((await send(asDsl, told, '/triage', { ...judged(school, 'other'), 'answer-trusted-adult': name })).status, 303)
    assert.match((await asDsl.get(`/concerns/${told}`)).html, /Her class teacher, in the reading corner/)
    const seen = await recordAt(school, school.pupils.maisie as never, ['behaviour'])
    assert.doesNotMatch((await asDsl.get(`/concerns/${seen}/triage`)).html, /Trusted adult today/)
    assert.equal((await send(asDsl, seen, '/triage', judged(school, 'other'))).status, 303)
  })

  test('[WP-6-14] neglect that reaches a decision suggests the Graded Care Profile; a result or a reason is kept, and nothing else is asked for it', async () => {
    const school = demo.westPark
    const asDsl = await app.agentFor(school.adults.dsl.adultId)
    const id = await recordAt(school, school.pupils.amina as never, ['appearance'])
    assert.equal((await send(asDsl, id, '/triage', judged(school, 'neglect'))).status, 303)
    const form = await asDsl.get(`/concerns/${id}/decision`)
    assert.match(form.html, /Assessment tool: Graded Care Profile/)
    assert.doesNotMatch(form.html, /SafeLives DASH/)
    assert.equal((await send(asDsl, id, '/decision', decided)).status, 422)
    const bare = await send(asDsl, id, '/decision', { ...decided, 'answer-tool-neglect': 'not-used' })
    assert.equal(bare.status, 422)
    assert.match(bare.html, /Write: Why it is not used\./)
    const why = { 'answer-tool-neglect': 'used', 'answer-tool-neglect-used-says': 'Grade 3, 18 November, by the deputy.' }
    assert.equal((await send(asDsl, id, '/decision', { ...decided, ...why })).status, 303)
    assert.match((await asDsl.get(`/concerns/${id}`)).html, /Used[\s\S]*Grade 3, 18 November, by the deputy\./)
    const other = await recordAt(school, school.pupils.amina as never, ['appearance'])
    await send(asDsl, other, '/triage', judged(school, 'physical-abuse'))
    assert.doesNotMatch((await asDsl.get(`/concerns/${other}/decision`)).html, /Graded Care Profile/)
  })

  test('what is asked of whoever is shut out of a concern is shut away with it, in the database itself', async () => {
    const school = demo.westPark
    const asDsl = await app.agentFor(school.adults.dsl.adultId)
    const id = await recordAt(school, school.pupils.amina as never, ['appearance'])
    await send(asDsl, id, '/triage', { ...judged(school, 'physical-abuse'), 'answer-place-of-harm': 'home' })
    const { deputyTwo } = school.adults
    const seenBy = async () => {
      await app.people.query('select 1')
      const rows = await app.people.query<{ outside: boolean }>(
        `select $2::uuid = any (excluded) as outside from answer where concern_id = $1 and question = 'place-of-harm'`,
        [id, deputyTwo.adultId],
      )
      return rows.map(row => row.outside)
    }
    assert.deepEqual(await seenBy(), [false])
    await app.people.query('begin')
    await app.people.query('select scope_enter($1, $2, null, $3)', [school.id, school.adults.dsl.adultId, app.clock.now()])
    await app.people.query('select concern_exclude($1, array[$2::uuid])', [id, deputyTwo.adultId])
    await app.people.query('commit')
    assert.deepEqual(await seenBy(), [true])
  })
})
