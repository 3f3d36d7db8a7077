import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, type DemoSchool, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { NewConcern } from '../concerns/model.ts'
import { todayRoutes } from '../today/index.ts'
import { triageRoutes } from './index.ts'

const answers = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
const friday = { 'next-look-day': '27', 'next-look-month': '11', 'next-look-year': '2026' }

/** One school's lead at work: what each school's own policy makes of the same steps. */
describe('triage by each school’s own policy', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      routes: [...triageRoutes, ...todayRoutes],
      now: aFridayAfternoon,
    })
  })
  after(() => app.close())

  async function at(school: DemoSchool, lead: DemoAdult, teacher: DemoAdult) {
    const agent = await app.agentFor(lead.adultId)
    return {
      agent,
      record: (child: { childId: NewConcern['children'][number]['childId'] }, more: Partial<NewConcern> = {}) =>
        recordAs(app, school, teacher, concernAbout(child, more)),
      send: (id: string, form: string, fields: Record<string, string | string[]>) =>
        agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields),
    }
  }

  const macgregor = demo.williamMacgregor
  const atMacgregor = () => at(macgregor, macgregor.adults.dsl, macgregor.adults.teacher)

  test('[WM-4.5-05] [WM-11.1-02] a child of Warwickshire is judged by Warwickshire’s levels, one of Birmingham by Birmingham’s', async () => {
    const { agent, record, send } = await atMacgregor()
    const george = await record(macgregor.pupils.george)
    assert.match((await agent.get(`/concerns/${george}/triage`)).html, /Warwickshire levels of need/)
    const [level] = testPolicies()
      .profile('william-macgregor', '2026-11-20' as never)
      .otherLevels.filter(({ authority }) => authority === 'warwickshire')
    const judged = await send(george, '/triage', {
      ...answers,
      categories: 'neglect',
      level: `warwickshire.${level?.levels[0]?.id}`,
      rationale: 'Hungry.',
    })
    assert.equal(judged.status, 303)
    const [row] = await app.people.query('select framework, level_id, policy_edition from triage where concern_id = $1', [george])
    assert.equal(row?.['framework'], 'warwickshire')
    assert.ok(level?.levels[0] && row?.['level_id'] === level.levels[0].id)
    assert.match(row?.['policy_edition'], /2024-09-01/)
    const fatima = await record(macgregor.pupils.fatima)
    assert.match((await agent.get(`/concerns/${fatima}/triage`)).html, /Right Help, Right Time/)
  })

  test('[WM-4.5-26] the advice that was sought stands beside the decision, with who decided and when', async () => {
    const { agent, record, send } = await atMacgregor()
    const id = await record(macgregor.pupils.noah)
    const profile = testPolicies().profile('william-macgregor', '2026-11-20' as never)
    await send(id, '/triage', {
      ...answers,
      categories: 'neglect',
      level: `staffordshire.${profile.levels.levels[1]?.id}`,
      rationale: 'Hungry.',
    })
    await send(id, '/decision', {
      choice: 'early-help',
      rationale: 'Several small needs.',
      'not-referring': 'The front door advised early help.',
      advice: 'Duty social worker at 11:40, reference SW-77.',
      ...friday,
    })
    const { html } = await agent.get(`/concerns/${id}`)
    assert.match(html, /Duty social worker at 11:40, reference SW-77\./)
    assert.match(html, new RegExp(`Decision by ${macgregor.adults.dsl.name}`))
  })

  test('[MM-2.2-11] [WA-5-41] where the head is the lead, the record says that the same holder knows, and no message goes round', async () => {
    const school = demo.westacre
    const { agent, record, send } = await at(school, school.adults.head, school.adults.teacher)
    const id = await record(school.pupils.maisie)
    const level = testPolicies()
      .profile('westacre', '2026-11-20' as never)
      .levels.levels.find(({ statutory }) => statutory === 'child-protection')
    await send(id, '/triage', {
      ...answers,
      categories: 'neglect',
      level: `wolverhampton.${level?.id}`,
      rationale: 'Hurt.',
      'answer-trusted-adult': 'Her teacher, until 15:15',
    })
    await app.people.query('update outbox set drained_at = at where concern_id = $1', [id])
    assert.equal((await send(id, '/decision', { choice: 'refer', rationale: 'Harm is likely.', ...friday })).status, 303)
    assert.match((await agent.get(`/concerns/${id}`)).html, /the same holder took this step/)
    const mails = await app.people.query('select 1 from outbox where concern_id = $1 and drained_at is null', [id])
    assert.equal(mails.length, 0)
  })

  test('[MM-0-05] the lead is shown by when the child leaves, answers whether it is safe, and the record keeps who did and what was done', async () => {
    const school = demo.mmap
    const { agent, record, send } = await at(
      school,
      school.adults.head,
      Object.values(school.adults).find(adult => adult.roles.includes('teacher')) ?? school.adults.head,
    )
    await app.people.query('update child set leaves_at = $2 where id = $1', [school.pupils.jack.childId, '15:00'])
    const id = await record(school.pupils.jack)
    await agent.post(`/concerns/${id}/acknowledge`)
    assert.match((await agent.get('/today')).html, /First decision: due today at 15:00/)
    app.pass(60)
    assert.match((await agent.get('/today')).html, /First decision: overdue by 10 minutes/)
    const level = testPolicies().profile('mmap', '2026-11-20' as never).levels.levels[2]
    const judgement = {
      ...answers,
      'safe-to-go-home': 'no',
      categories: 'abuse-neglect',
      level: `kent.${level?.id}`,
      rationale: 'Afraid.',
    }
    const silent = await send(id, '/triage', judgement)
    assert.equal(silent.status, 422)
    assert.match(silent.html, /Write what was done about the danger/)
    assert.match(silent.html, /Ring now/)
    assert.equal((await send(id, '/triage', { ...judgement, 'urgent-says': 'His aunt came at 14:55.' })).status, 303)
    const [audit] = await app.people.query<{ body: string; actor_id: string }>(
      `select body, actor_id from audit_entry where subject_id = $1 and action = 'concern.triaged'`,
      [id],
    )
    assert.equal(audit?.actor_id, school.adults.head.adultId)
    assert.match(audit?.body ?? '', /"safeToGoHome":"no"/)
    assert.match((await agent.get(`/concerns/${id}`)).html, /His aunt came at 14:55\./)
    app.clock.set(aFridayAfternoon)
  })

  test('[MM-1.3-01] [MM-6-03] the policy’s own list holds several categories at once, and something online is noted as known to a head who leads', async () => {
    const school = demo.mmap
    const { agent, record, send } = await at(school, school.adults.head, school.adults.head)
    const id = await record(school.pupils.jack)
    const level = testPolicies().profile('mmap', '2026-11-20' as never).levels.levels[2]
    const categories = ['child-criminal-exploitation', 'county-lines', 'missing-home', 'online-safety']
    await send(id, '/triage', {
      ...answers,
      categories,
      'main-category': 'county-lines',
      level: `kent.${level?.id}`,
      rationale: 'New phone, new friends.',
    })
    const [row] = await app.people.query<{ categories: string[] }>('select categories from triage where concern_id = $1', [id])
    assert.deepEqual(row?.categories.toSorted(), categories.toSorted())
    const { html } = await agent.get(`/concerns/${id}`)
    assert.match(html, /County lines and gangs/)
    assert.match(
      html,
      /The head hears of online safety concerns where that fits\. Informed already: the same holder took this step/,
    )
  })

  test('[WY-11-01] three small concerns of before stand beside the fourth, with their number', async () => {
    const school = demo.westley
    const { agent, record } = await at(school, school.adults.dsl, school.adults.teacher)
    for (let n = 0; n < 3; n += 1) await record(school.pupils.skye)
    const { html } = await agent.get(`/concerns/${await record(school.pupils.skye)}/triage`)
    assert.match(html, /3 other concerns/)
    assert.equal([...html.matchAll(/\(New\)/g)].length, 3)
  })

  const park = demo.westPark
  const atPark = () => at(park, park.adults.dsl, park.adults.teacher)
  const noTool = { 'answer-tool-neglect': 'not-used', 'answer-tool-neglect-not-used-says': 'Seen by the school nurse.' }
  const judged = {
    ...answers,
    ...presentation,
    categories: ['neglect'],
    level: 'derby.emerging',
    rationale: 'Hungry three times.',
  }

  test('[MM-3.1-01] [WY-7-01] several categories hold at once, and the reporter’s own stays beside them', async () => {
    const { agent, record, send } = await atPark()
    const id = await record(park.pupils.amina, { category: 'family' })
    await send(id, '/triage', {
      ...judged,
      categories: ['neglect', 'emotional-abuse', 'domestic-abuse'],
      'main-category': 'neglect',
    })
    const { html } = await agent.get(`/concerns/${id}`)
    assert.match(html, /Emotional abuse; Neglect; Domestic abuse|Neglect; Emotional abuse; Domestic abuse/)
    assert.match(html, /Home and family/)
  })

  test('[WA-11-02] another level is judged anew with reasons, every judgement is kept, and a referral decided is due until it is made', async () => {
    const { agent, record, send } = await atPark()
    const id = await record(park.pupils.amina)
    await send(id, '/triage', judged)
    await send(id, '/decision', {
      choice: 'pastoral',
      ...noTool,
      rationale: 'A mentor.',
      'not-referring': 'Below the threshold.',
      ...friday,
    })
    const { rationale: _left, ...silent } = { ...judged, level: 'derby.child-protection' }
    assert.equal((await send(id, '/triage', silent)).status, 422)
    assert.equal((await send(id, '/triage', { ...silent, rationale: 'She was hit.' })).status, 303)
    await send(id, '/decision', { choice: 'refer', rationale: 'Harm is likely.', ...noTool, ...friday })
    const { html } = await agent.get(`/concerns/${id}`)
    assert.match(html, /Emerging needs/)
    assert.match(html, /Child protection concerns/)
    assert.match(html, /Make the referral now/)
    assert.match((await agent.get('/today')).html, /A referral was decided and none is recorded/)
  })

  test('[WM-4.1.5-01] a new concern stands on today for everybody of the team, and for no other colleague', async () => {
    const { record, agent } = await atMacgregor()
    const id = await record(macgregor.pupils.ava)
    const { deputy, deputyTwo, senco, teacherTwo } = macgregor.adults
    for (const reader of [agent, await app.agentFor(deputy.adultId), await app.agentFor(deputyTwo.adultId)])
      assert.match((await reader.get('/today')).html, new RegExp(id))
    for (const adult of [senco, teacherTwo]) {
      const other = await app.agentFor(adult.adultId)
      assert.equal((await other.get('/today')).status, 403)
      assert.equal((await other.get(`/concerns/${id}`)).status, 404)
    }
  })

  test('whoever is outside a concern that they reported themselves finds nothing of it on today', async () => {
    const { deputy } = park.adults
    const id = await recordAs(app, park, deputy, concernAbout(park.pupils.zofia))
    const asDeputy = await app.agentFor(deputy.adultId)
    assert.doesNotMatch((await asDeputy.get('/today')).html, new RegExp(id))
    const { agent } = await atPark()
    assert.match((await agent.get('/today?all=new')).html, new RegExp(id))
  })

  test('today takes at most five round trips and names no word of what was written', async () => {
    const { agent, record } = await atPark()
    await record(park.pupils.amina)
    const { html } = await agent.get('/today')
    assert.doesNotMatch(html, /I do not want to go home|maths/)
    assert.match(html, /Nobody has opened it/)
    assert.match(html, /Colleagues who are out/)
  })
})
