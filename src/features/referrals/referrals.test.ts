import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import { todayRoutes } from '../today/index.ts'
import { triageRoutes } from '../triage/index.ts'
import { referralRoutes } from './routes.tsx'

const school = demo.westPark
const { dsl, deputy, teacher } = school.adults
const kept = { 'place-risks': 'None known', attached: 'None held' }
const asking = {
  agency: 'social-care',
  consent: 'not-sought',
  'consent-says': 'It would put her in danger.',
  asks: 'She is hurt.',
  urgent: 'yes',
  assessment: 'Early help assessment',
}
const triaged = {
  ...presentation,
  'immediate-risk': 'no',
  'safe-to-go-home': 'yes',
  medical: 'no',
  police: 'no',
  categories: 'neglect',
  level: 'derby.child-protection',
  rationale: 'Hurt.',
}
const decidedToRefer = {
  choice: 'refer',
  'answer-tool-neglect': 'not-used',
  'answer-tool-neglect-not-used-says': 'Seen by the school nurse already.',
  rationale: 'Harm is likely.',
  'next-look-day': '23',
  'next-look-month': '11',
  'next-look-year': '2026',
}
const call = { 'with-whom': 'Duty social worker', says: 'They call back today.' }

describe('a referral that is made, chased and answered', () => {
  let app: TestApp
  let asDsl: Agent

  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      routes: [...triageRoutes, ...referralRoutes, ...todayRoutes],
      now: aFridayAfternoon,
    })
    asDsl = await app.agentFor(dsl.adultId)
  })
  after(() => app.close())

  const record = (child = school.pupils.amina) => recordAs(app, school, teacher, concernAbout(child))
  const refer = async (child = school.pupils.amina, fields: Record<string, string> = {}) => {
    const concern = await record(child)
    const path = `/concerns/${concern}/referrals/new`
    const answer = await asDsl.submit(
      `${path}?agency=${fields['agency'] ?? asking.agency}&authority=${fields['authority'] ?? ''}`,
      path,
      { ...asking, ...fields },
    )
    assert.equal(answer.status, 303, answer.html)
    const id = /\/referrals\/([0-9a-f-]+)/.exec(answer.location ?? '')?.[1] ?? ''
    return { concern, id }
  }
  const step = (id: string, kind: string, fields: Record<string, string | string[]>, agent = asDsl) =>
    agent.submit(`/referrals/${id}/${kind}`, `/referrals/${id}/${kind}`, fields)
  const clocksOf = (id: string) =>
    app.people.query<{ name: string; met: boolean; ended: boolean }>(
      'select name, met_at is not null as met, ended_at is not null as ended from clock where referral_id = $1 order by name',
      [id],
    )

  test('[MM-0-08] a referral opens with the agency’s number, consent and state, and its concern cannot close while it is open', async () => {
    const { concern, id } = await refer()
    const { html } = await asDsl.get(`/referrals/${id}`)
    assert.match(html, /01332 641172/)
    assert.match(html, /01332 956606/)
    assert.match(html, /Decided, not made yet/)
    await asDsl.post(`/concerns/${concern}/acknowledge`)
    assert.match((await asDsl.get('/today')).html, /Not made yet: /)
    await asDsl.submit(`/concerns/${concern}/triage`, `/concerns/${concern}/triage`, triaged)
    await asDsl.submit(`/concerns/${concern}/decision`, `/concerns/${concern}/decision`, decidedToRefer)
    await asDsl.submit(`/concerns/${concern}/parents`, `/concerns/${concern}/parents`, { outcome: 'not-told', says: 'Danger.' })
    const closing = await asDsl.submit(`/concerns/${concern}/close`, `/concerns/${concern}/close`, {
      summary: 'Hurt.',
      outcome: 'Referred.',
      rationale: 'Done.',
    })
    assert.equal(closing.status, 422)
    assert.match(closing.html, /is not concluded/)
  })

  test('telephoned, it starts the clocks of the child’s authority from when the call was made; in writing meets them', async () => {
    const { id } = await refer()
    app.pass(50)
    const phoned = await step(id, 'phoned', { ...call, time: '14:20' })
    assert.equal(phoned.status, 303, phoned.html)
    const due = await app.people.query<{ name: string; due: string }>(
      `select name, to_char(due_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as due from clock where referral_id = $1 order by name`,
      [id],
    )
    assert.deepEqual(due, [
      { name: 'referral-answer', due: '2026-11-23 23:59' },
      { name: 'referral-written', due: '2026-11-22 14:20' },
    ])
    await step(id, 'written', { says: 'The online form.', reference: 'CS-1', ...kept })
    assert.deepEqual(await clocksOf(id), [
      { name: 'referral-answer', met: false, ended: false },
      { name: 'referral-written', met: true, ended: false },
    ])
    const page = await asDsl.get(`/referrals/${id}`)
    assert.match(page.html, /CS-1/)
    app.clock.set(aFridayAfternoon)
  })

  test('an answer that is late is chased and taken further, by the stages that the policy names', async () => {
    const { id } = await refer()
    await step(id, 'phoned', call)
    app.pass(5 * 24 * 60)
    const late = await app.agentFor(dsl.adultId)
    const { html } = await late.get(`/referrals/${id}`)
    assert.match(html, /The time for the answer has passed/)
    assert.match(html, /dispute resolution and escalation policy/)
    assert.equal((await step(id, 'escalated', { ...call, stage: '2' }, late)).status, 303)
    const [row] = await app.people.query('select state, stage from referral where id = $1', [id])
    assert.deepEqual(row, { state: 'escalated', stage: 2 })
    app.clock.set(aFridayAfternoon)
  })

  test('an answer that does not meet the child’s need starts the clock for taking it further; concluding stops what runs', async () => {
    const { id } = await refer()
    await step(id, 'phoned', call)
    await step(id, 'answered', { ...call, outcome: 'No further action', agrees: 'no' })
    assert.ok((await clocksOf(id)).some(clock => clock.name === 'referral-escalation' && !clock.met))
    await step(id, 'escalated', { ...call, stage: '1' })
    await step(id, 'answered', { ...call, outcome: 'Assessment', agrees: 'yes' })
    const unwritten = 'They took it over by telephone.'
    assert.equal((await step(id, 'concluded', { outcome: 'Child in need plan', says: 'They lead now.', unwritten })).status, 303)
    assert.ok((await clocksOf(id)).every(clock => clock.met || clock.ended))
    assert.equal((await step(id, 'concluded', {}).catch(() => ({ status: 0 }))).status, 422)
  })

  test('a call that nobody put in writing ends only with the reason why nothing written is due, which stays to be read', async () => {
    const { concern, id } = await refer()
    await step(id, 'phoned', call)
    assert.match((await asDsl.get(`/concerns/${concern}/close`)).html, /is not concluded, and the written referral is/)
    await step(id, 'answered', { ...call, outcome: 'No further action', agrees: 'yes' })
    const ending = { outcome: 'No further action', says: 'The school goes on with it.' }
    assert.match(
      (await asDsl.get(`/referrals/${id}/concluded`)).html,
      /Why no written referral is due[\s\S]*Nothing is in writing yet/,
    )
    const early = await step(id, 'concluded', { ...ending, unwritten: ' ' })
    assert.equal(early.status, 422)
    assert.match(early.html, /Record the written referral first, or write why none is due\./)
    assert.match(early.html, /The school goes on with it\./, 'what was typed stays')
    assert.ok((await clocksOf(id)).some(clock => clock.name === 'referral-written' && !clock.met && !clock.ended))
    const because = 'The front door asked for nothing in writing: advice only.'
    assert.equal((await step(id, 'concluded', { ...ending, unwritten: because })).status, 303)
    assert.match((await asDsl.get(`/referrals/${id}`)).html, /Not put in writing: The front door asked for nothing in writing/)
    const { id: other } = await refer(school.pupils.ellie)
    await step(other, 'phoned', call)
    await step(other, 'written', { says: 'The online form.', reference: 'CS-2', ...kept })
    await step(other, 'answered', { ...call, outcome: 'Assessment', agrees: 'yes' })
    assert.doesNotMatch((await asDsl.get(`/referrals/${other}/concluded`)).html, /Why no written referral is due/)
    assert.equal((await step(other, 'concluded', ending)).status, 303)
  })

  test('a step without a name or a word is refused and keeps what was typed', async () => {
    const { id } = await refer()
    const answer = await step(id, 'phoned', { says: 'They listened.', time: '23:30' })
    assert.equal(answer.status, 422)
    assert.match(answer.html, /Enter the name of the person you spoke with/)
    assert.match(answer.html, /They listened\./)
  })

  test('a character that cannot be kept is refused in a sentence at its box, when a referral is made and at each step', async () => {
    const concern = await record()
    const path = `/concerns/${concern}/referrals/new`
    const made = await asDsl.submit(`${path}?agency=${asking.agency}`, path, { ...asking, asks: 'kept \u0000 z' })
    const { id } = await refer()
    const stepped = await step(id, 'phoned', { ...call, says: 'kept \u0000 z' })
    for (const [answer, field] of [
      [made, 'asks'],
      [stepped, 'says'],
    ] as const) {
      assert.equal(answer.status, 422)
      assert.match(answer.html, new RegExp(`href="#${field}"[^>]*>[^<]*damaged or invisible character`))
      assert.match(answer.html, /kept \uFFFD z/)
    }
    assert.deepEqual(await app.people.query('select 1 from referral where concern_id = $1', [concern]), [])
  })

  test('two colleagues who record a step at once: the second is told', async () => {
    const { id } = await refer()
    const form = await asDsl.get(`/referrals/${id}/phoned`)
    const revision = /name="revision" value="([^"]+)"/.exec(form.html)?.[1] ?? ''
    const asDeputy = await app.agentFor(deputy.adultId)
    assert.equal((await asDeputy.post(`/referrals/${id}/phoned`, { ...call, revision })).status, 303)
    const late = await asDsl.post(`/referrals/${id}/phoned`, { ...call, says: 'My own words.', revision })
    assert.equal(late.status, 409)
    assert.match(late.html, /My own words\./)
  })

  test('where the child lives is asked for when nobody knows, and never assumed; the answer is kept with the child', async () => {
    const unknown = school.pupils.jayden
    await app.people.query('update child set home_authority = null, locality = null where id = $1', [unknown.childId])
    const concern = await record(unknown)
    const path = `/concerns/${concern}/referrals/new`
    const { html } = await asDsl.get(`${path}?agency=social-care`)
    assert.match(html, /Where does the child live\?/)
    assert.doesNotMatch(html, /01332 641172/)
    const blind = await asDsl.post(path, asking)
    assert.equal(blind.status, 422)
    assert.match(blind.html, /Select the authority where the child lives/)
    const made = await asDsl.submit(`${path}?agency=social-care&authority=derbyshire`, path, {
      ...asking,
      authority: 'derbyshire',
    })
    assert.equal(made.status, 303)
    const page = await asDsl.get(made.location ?? '')
    assert.match(page.html, /01629 533190/)
    const [child] = await app.people.query('select home_authority from child where id = $1', [unknown.childId])
    assert.equal(child?.['home_authority'], 'derbyshire')
  })

  test('an answer that is asked for again is on record with whom and when; the referral still waits and its clocks run on', async () => {
    const { concern, id } = await refer()
    await asDsl.post(`/concerns/${concern}/acknowledge`)
    assert.equal((await asDsl.get(`/referrals/${id}`)).html.includes(`/referrals/${id}/chased`), false, 'not before it was made')
    await step(id, 'phoned', call)
    const before = await clocksOf(id)
    app.pass(120)
    const late = await app.agentFor(dsl.adultId)
    const blank = await step(id, 'chased', { 'with-whom': '', says: '' }, late)
    assert.equal(blank.status, 422)
    assert.match(blank.html, /Enter the name of the person you asked/)
    assert.match(blank.html, /Enter their role/)
    assert.match(blank.html, /Write what was said/)
    const chased = await step(
      id,
      'chased',
      { 'with-whom': 'Iris Lowe', role: 'team manager', says: 'Allocated, no worker yet.' },
      late,
    )
    assert.equal(chased.location, `/referrals/${id}?done=chased`)
    const { html } = await late.get(chased.location ?? '')
    assert.match(html, /Recorded: asked for the answer\./)
    const story = html.slice(html.indexOf('What has happened'))
    assert.match(
      story,
      /dateTime="2026-11-20T16:10:00\.000Z"[\s\S]*?Asked for the answer[\s\S]*?Allocated, no worker yet\.[\s\S]*?With Iris Lowe, team manager\./i,
    )
    assert.ok(story.includes(`Recorded by ${dsl.name}`))
    assert.match(html, /Telephoned, waiting for an answer/)
    assert.deepEqual(await clocksOf(id), before)
    const events = await app.people.query('select kind, with_whom, says from referral_event where referral_id = $1 order by at', [
      id,
    ])
    assert.deepEqual(events.at(-1), { kind: 'chased', with_whom: 'Iris Lowe, team manager', says: 'Allocated, no worker yet.' })
    app.clock.set(aFridayAfternoon)
  })

  test('a concern whose referral is unanswered and that has nothing else due stands under “Waiting for others” on today, and leaves it with the answer', async () => {
    const { concern, id } = await refer(school.pupils.amina)
    await asDsl.post(`/concerns/${concern}/acknowledge`)
    await asDsl.submit(`/concerns/${concern}/triage`, `/concerns/${concern}/triage`, triaged)
    const decided = await asDsl.submit(`/concerns/${concern}/decision`, `/concerns/${concern}/decision`, {
      ...decidedToRefer,
      'next-look-day': '27',
    })
    assert.equal(decided.status, 303, decided.html)
    await asDsl.submit(`/concerns/${concern}/parents`, `/concerns/${concern}/parents`, { outcome: 'not-told', says: 'Danger.' })
    await step(id, 'phoned', call)
    await step(id, 'written', { says: 'The online form.', reference: 'CS-2', ...kept })
    const listOf = async () => {
      const { html } = await asDsl.get('/today?all=waiting')
      return /<h2[^>]*id="waiting">[\s\S]*?<\/section>/.exec(html)?.[0] ?? ''
    }
    const waiting = await listOf()
    assert.match(waiting, /Waiting for others \(\d+\)/)
    assert.match(waiting, new RegExp(`/concerns/${concern}"`))
    assert.match(waiting, new RegExp(`Waiting for <a[^>]*/referrals/${id}"[^>]*>\\s*[^<]*Derby`))
    await step(id, 'answered', { ...call, outcome: 'Assessment', agrees: 'yes' })
    assert.ok(!(await listOf()).includes(concern))
  })

  test('the contact of the child’s own locality is shown before and after a referral is made; an unknown one is asked for, and kept', async () => {
    const own = 'vcm3and4@derby.gov.uk'
    const others = /vcm2@derby|vcm1and5@derby/
    const concern = await record(school.pupils.amina)
    for (const agency of ['social-care', 'early-help']) {
      const asked = await asDsl.get(`/concerns/${concern}/referrals/new?agency=${agency}`)
      assert.ok(asked.html.includes(own), agency)
      assert.doesNotMatch(asked.html, others)
      assert.doesNotMatch(asked.html, /name="locality"/)
      const made = await refer(school.pupils.amina, { agency })
      for (const page of ['', '/phoned']) {
        const { html } = await asDsl.get(`/referrals/${made.id}${page}`)
        assert.ok(html.includes(own), `${agency}${page}`)
        assert.doesNotMatch(html, others)
      }
    }

    const child = school.pupils.jayden
    await app.people.query(`update child set home_authority = 'derby', locality = null where id = $1`, [child.childId])
    const unknown = await record(child)
    const path = `/concerns/${unknown}/referrals/new`
    const { html } = await asDsl.get(`${path}?agency=social-care`)
    assert.match(html, /<select[^>]*name="locality"/)
    for (const name of ['Localities 1 and 5', 'Locality 2', 'Localities 3 and 4']) assert.ok(html.includes(name), name)
    assert.match(html, /01332 641172/)
    assert.doesNotMatch(html, /vcm\w+@derby/)
    const made = await asDsl.submit(`${path}?agency=social-care`, path, { ...asking, locality: 'locality-2' })
    assert.equal(made.status, 303, made.html)
    const page = await asDsl.get(made.location ?? '')
    assert.match(page.html, /vcm2@derby\.gov\.uk/)
    assert.doesNotMatch(page.html, /vcm3and4|vcm1and5/)
    const [row] = await app.people.query('select locality from child where id = $1', [child.childId])
    assert.equal(row?.['locality'], 'locality-2')
  })

  test('a referral of a child tied to a colleague, or of another school, does not exist for them', async () => {
    const { id } = await refer(school.pupils.zofia)
    const asDeputy = await app.agentFor(deputy.adultId)
    const other = await app.agentFor(demo.westley.adults.dsl.adultId)
    const asTeacher = await app.agentFor(teacher.adultId)
    for (const agent of [asDeputy, other, asTeacher]) {
      assert.equal((await agent.get(`/referrals/${id}`)).status, 404)
      assert.equal((await agent.post(`/referrals/${id}/phoned`, call)).status, 404)
    }
  })
})
