import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { triageRoutes } from './routes.tsx'

const school = demo.westPark
const { dsl, deputy, teacher, head } = school.adults

const answers = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
/** The reason that the school’s policy asks for where neglect is decided on without its tool. */
const noTool = {
  'answer-tool-neglect': 'not-used',
  'answer-tool-neglect-not-used-says': 'Seen by the school nurse already.',
}
const judgement = {
  ...answers,
  ...presentation,
  categories: ['neglect'],
  level: 'derby.emerging',
  rationale: 'Hungry three times this month.',
}

describe('what the safeguarding team does with a concern', () => {
  let app: TestApp
  let asDsl: Agent
  let asDeputy: Agent
  let asTeacher: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: triageRoutes, now: aFridayAfternoon })
    asDsl = await app.agentFor(dsl.adultId)
    asDeputy = await app.agentFor(deputy.adultId)
    asTeacher = await app.agentFor(teacher.adultId)
  })
  after(() => app.close())

  const record = (child = school.pupils.amina, more = {}) => recordAs(app, school, teacher, concernAbout(child, more))
  const stateOf = async (id: ConcernId) =>
    (await app.people.query<{ state: string; owner_id: string }>('select state, owner_id from concern where id = $1', [id]))[0]
  const send = (agent: Agent, id: ConcernId, form: string, fields: Record<string, string | string[]>) =>
    agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)

  test('the DSL reads what came in, and the reading marks her own alert as seen and nobody else’s', async () => {
    const id = await record()
    const page = await asDsl.get(`/concerns/${id}`)
    assert.equal(page.status, 200)
    assert.match(page.html, /I do not want to go home/)
    assert.match(page.html, /Amina Yusuf/)
    const alerts = await app.people.query<{ adult_id: string; seen: boolean }>(
      'select adult_id, seen_at is not null as seen from alert where concern_id = $1',
      [id],
    )
    assert.deepEqual(
      alerts.filter(alert => alert.seen).map(alert => alert.adult_id),
      [dsl.adultId],
    )
    assert.match(page.html, /Not seen yet/)
  })

  test('a teacher, another school’s DSL and whoever is tied to the child are told that there is no such concern', async () => {
    const id = await record()
    const zofia = await record(school.pupils.zofia)
    const other = await app.agentFor(demo.westley.adults.dsl.adultId)
    const nowhere = await asTeacher.get('/concerns/00000000-0000-4000-8000-000000000000')
    for (const answer of [
      await asTeacher.get(`/concerns/${id}`),
      await other.get(`/concerns/${id}`),
      await asDeputy.get(`/concerns/${zofia}`),
    ]) {
      assert.equal(answer.status, 404)
      assert.equal(answer.html, nowhere.html)
    }
    for (const agent of [asTeacher, other]) assert.equal((await agent.post(`/concerns/${id}/acknowledge`)).status, 404)
    assert.equal((await asDeputy.post(`/concerns/${zofia}/acknowledge`)).status, 404)
  })

  test('one press acknowledges, the clock is met, and the second to press is told who was first', async () => {
    const id = await record()
    app.pass(5)
    const first = await asDeputy.submit(`/concerns/${id}`, `/concerns/${id}/acknowledge`)
    assert.equal(first.status, 303)
    assert.deepEqual(await stateOf(id), { state: 'acknowledged', owner_id: deputy.adultId })
    const second = await asDsl.post(`/concerns/${id}/acknowledge`)
    assert.equal(second.status, 409)
    assert.match(second.html, new RegExp(deputy.name))
    const clocks = await app.people.query<{ name: string; met: boolean }>(
      `select name, met_at is not null as met from clock where concern_id = $1 and name in ('acknowledge', 'triage') order by name`,
      [id],
    )
    assert.deepEqual(clocks, [
      { name: 'acknowledge', met: true },
      { name: 'triage', met: false },
    ])
  })

  test('triage cannot be saved before the urgent questions are answered, and what was typed stays', async () => {
    const id = await record()
    const { 'safe-to-go-home': _left, ...rest } = judgement
    const answer = await send(asDsl, id, '/triage', rest)
    assert.equal(answer.status, 422)
    assert.match(answer.html, /Is it safe for the child to go home today\?/)
    assert.match(answer.html, /Hungry three times this month/)
    assert.equal((await stateOf(id))?.state, 'new')
  })

  test('a character that cannot be kept is refused in a sentence at its box: in a note for the team, and in a judgement', async () => {
    const id = await record()
    const note = await send(asDsl, id, '/addenda/new', { says: 'kept \u0000 z' })
    const judged = await send(asDsl, id, '/triage', { ...judgement, rationale: 'kept \u0000 z' })
    for (const [answer, field] of [
      [note, 'says'],
      [judged, 'rationale'],
    ] as const) {
      assert.equal(answer.status, 422)
      assert.match(answer.html, new RegExp(`href="#${field}"[^>]*>[^<]*damaged or invisible character`))
      assert.match(answer.html, /kept \uFFFD z/)
    }
    assert.deepEqual(await app.people.query('select 1 from addendum where concern_id = $1', [id]), [])
    assert.equal((await stateOf(id))?.state, 'new')
  })

  test('words that turn the line around turn only themselves around', async () => {
    const turned = '\u202Eسمعتها تبكي'
    const id = await record(school.pupils.amina, { account: { childWords: '', seen: turned, opinion: '', done: '' } })
    await send(asDsl, id, '/triage', { ...judgement, rationale: turned })
    const { html } = await asDsl.get(`/concerns/${id}`)
    const shown = [...html.matchAll(/<(\w+)([^>]*)>([^<]*\u202E[^<]*)</g)]
    assert.ok(shown.length >= 2, String(shown.length))
    for (const [whole, , attributes] of shown) assert.match(attributes ?? '', /class="[^"]*hf-words[^"]*" dir="auto"/, whole)
    const css = (await asDsl.get(/href="(\/assets\/holdfast[^"]+)"/.exec(html)?.[1] ?? '')).html
    assert.match(css, /\.hf-words\{[^}]*unicode-bidi:plaintext/)
  })

  test('[WM-4.5-08] the levels are those of the child’s home authority, and a category without a level is refused', async () => {
    const id = await record(school.pupils.callum)
    const page = await asDsl.get(`/concerns/${id}/triage`)
    assert.match(page.html, /value="derbyshire\./)
    const { level: _left, ...rest } = judgement
    const answer = await send(asDsl, id, '/triage', rest)
    assert.equal(answer.status, 422)
    assert.match(answer.html, /Select a level of need/)
  })

  test('[MM-0-07] triage keeps level, framework, edition, reasons, name and time', async () => {
    const id = await record()
    const answer = await send(asDeputy, id, '/triage', judgement)
    assert.equal(answer.status, 303)
    assert.equal(answer.location, `/concerns/${id}/decision`)
    const [row] = await app.people.query(
      'select framework, level_id, rationale, by_id, policy_edition, categories from triage where concern_id = $1',
      [id],
    )
    assert.equal(row?.['framework'], 'derby')
    assert.equal(row?.['level_id'], 'emerging')
    assert.equal(row?.['by_id'], deputy.adultId)
    assert.match(row?.['policy_edition'], /2024/)
    assert.equal((await stateOf(id))?.state, 'triaged')
  })

  test('two colleagues who triage at once: one is first, the other is told and keeps what was typed', async () => {
    const id = await record()
    const form = await asDsl.get(`/concerns/${id}/triage`)
    const revision = /name="revision" value="([^"]+)"/.exec(form.html)?.[1] ?? ''
    assert.equal((await asDeputy.post(`/concerns/${id}/triage`, { ...judgement, revision })).status, 303)
    const late = await asDsl.post(`/concerns/${id}/triage`, { ...judgement, rationale: 'My own reasons.', revision })
    assert.equal(late.status, 409)
    assert.match(late.html, /My own reasons\./)
    assert.match(late.html, new RegExp(`${deputy.name} has triaged`))
  })

  test('beside what came in stands what is known: earlier concerns, statuses, siblings, and who must not be contacted', async () => {
    await record(school.pupils.idris)
    await record()
    const id = await record()
    const { html } = await asDsl.get(`/concerns/${id}/triage`)
    assert.match(html, /other concerns?<\/strong> at this school/)
    assert.match(html, /child protection plan/)
    assert.match(html, /Idris Yusuf/)
    assert.match(html, /open concern/)
    assert.match(html, /Must not be contacted/)
    assert.match(html, /Abdi Warsame/)
  })

  test('[WA-5-61] [WM-4.5-27] not referring is refused without its reasons', async () => {
    const id = await record()
    await send(asDsl, id, '/triage', judgement)
    const blank = await send(asDsl, id, '/decision', { choice: 'no-further-action' })
    assert.equal(blank.status, 422)
    assert.match(blank.html, /Write why you decide so/)
    assert.match(blank.html, /Write why it is not referred/)
    const answer = await send(asDsl, id, '/decision', {
      choice: 'monitor',
      ...noTool,
      rationale: 'A pattern is not there yet.',
      'not-referring': 'Below the threshold; parents work with us.',
      'next-look-day': '27',
      'next-look-month': '11',
      'next-look-year': '2026',
    })
    assert.equal(answer.status, 303)
    assert.equal((await stateOf(id))?.state, 'open')
    const page = await asDsl.get(`/concerns/${id}`)
    assert.match(page.html, /Below the threshold/)
  })

  test('before a choice is made the page says what each would start', async () => {
    const id = await record()
    await send(asDsl, id, '/triage', judgement)
    const { html } = await asDsl.get(`/concerns/${id}/decision`)
    assert.match(html, /Referral in writing/)
    assert.match(html, /counted from the telephone call/)
    assert.match(html, /01332 641172/)
  })

  test('[MM-2.2-11] [WA-5-41] the head is told of the police', async () => {
    const id = await record()
    await send(asDsl, id, '/triage', judgement)
    const answer = await send(asDsl, id, '/decision', {
      choice: 'police',
      ...noTool,
      rationale: 'A crime is likely.',
      'next-look-day': '20',
      'next-look-month': '11',
      'next-look-year': '2026',
    })
    assert.equal(answer.status, 303)
    const told = await app.people.query('select kind from alert where concern_id = $1 and adult_id = $2', [id, head.adultId])
    assert.deepEqual(told, [{ kind: 'also-told' }])
    const mails = await app.people.query('select kind from outbox where concern_id = $1 and adult_id = $2', [id, head.adultId])
    assert.deepEqual(mails, [{ kind: 'alert-mail' }])
  })

  test('parents not told is a decision with its reason, and it meets the clock', async () => {
    const id = await record()
    await send(asDsl, id, '/triage', judgement)
    const page = await asDsl.get(`/concerns/${id}/parents`)
    assert.match(page.html, /Must not be contacted/)
    const blank = await send(asDsl, id, '/parents', { outcome: 'not-told' })
    assert.equal(blank.status, 422)
    assert.match(blank.html, /Write why they are not told/)
    await send(asDsl, id, '/parents', { outcome: 'not-told', says: 'She would be in danger.' })
    const clocks = await app.people.query(
      `select met_at is not null as met from clock where concern_id = $1 and name = 'parent-informed'`,
      [id],
    )
    assert.deepEqual(clocks, [{ met: true }])
  })
})
