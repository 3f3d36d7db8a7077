import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'

const school = demo.westPark
const { dsl, deputy, teacher } = school.adults

describe('what was not referred, and what was put right', () => {
  let app: TestApp
  let asDsl: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aFridayAfternoon })
    asDsl = await app.agentFor(dsl.adultId)
  })
  after(() => app.close())

  const send = (agent: Agent, id: ConcernId, form: string, fields: Record<string, string | string[]>) =>
    agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)
  const judged = async (child = school.pupils.amina, more = {}) => {
    const id = await recordAs(app, school, teacher, concernAbout(child, { prompts: ['behaviour'], ...more }))
    const answers = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no', ...presentation }
    const triage = { ...answers, categories: 'emotional-abuse', level: 'derby.emerging', rationale: 'Low for a week.' }
    assert.equal((await send(asDsl, id, '/triage', triage)).status, 303)
    return id
  }
  const decision = {
    choice: 'pastoral',
    rationale: 'A key adult each morning.',
    'not-referring': 'No harm is likely while her aunt has her.',
    'next-look-day': '27',
    'next-look-month': '11',
    'next-look-year': '2026',
  }
  const clocksOf = async (id: ConcernId) =>
    (
      await app.people.query<{ id: string }>(
        `select id from clock where concern_id = $1 and met_at is null and ended_at is null and name <> 'parent-informed'`,
        [id],
      )
    ).map(row => row.id)
  const closing = async (id: ConcernId, fields: Record<string, string | string[]> = {}) => {
    await send(asDsl, id, '/parents', { outcome: 'told', who: 'Her aunt', says: 'She knows and agrees.' })
    return send(asDsl, id, '/close', {
      summary: 'Low in spirits after her grandmother died.',
      outcome: 'She has a key adult.',
      rationale: 'Nothing more to do.',
      'end-clock': await clocksOf(id),
      ...fields,
    })
  }
  const stateOf = async (id: ConcernId) =>
    (await app.people.query<{ state: string }>('select state from concern where id = $1', [id]))[0]?.state

  test('[WP-6-35] closing with “not referred to social care” and no reason is refused; with one it stands in the register by agency and reason', async () => {
    const id = await judged()
    assert.equal((await send(asDsl, id, '/decision', decision)).status, 303)
    const blank = await closing(id, { 'not-referred': 'social-care', 'not-referred-social-care': '   ' })
    assert.equal(blank.status, 422)
    assert.match(
      blank.html,
      /href="#not-referred-social-care"[^>]*>Write why it is not referred: Children(&#39;|')s social care\./,
    )
    assert.match(blank.html, /Low in spirits after her grandmother died/, 'what was typed stays')
    assert.equal(await stateOf(id), 'open')

    const done = await closing(id, {
      'not-referred': ['social-care', 'prevent'],
      'not-referred-social-care': 'Her needs are met in school and by her aunt.',
      'not-referred-prevent': 'The slogan was a football song.',
    })
    assert.equal(done.status, 303)
    assert.equal(await stateOf(id), 'closed')
    const register = (await asDsl.get('/not-referred')).html
    assert.match(register, /Amina Yusuf[^<]*: Children(&#39;|')s social care/)
    assert.match(register, /Her needs are met in school and by her aunt\./)
    assert.match(register, /Amina Yusuf[^<]*: Prevent/)
    assert.match(register, /The slogan was a football song\./)
    assert.match(register, /No harm is likely while her aunt has her\./, 'the decision before it stands there too')
    const page = (await asDsl.get(`/concerns/${id}`)).html
    assert.match(page, /Not referred: Prevent[\s\S]*football song/)
  })

  test('[WP-6-35] deciding without the reason for an agency that is named is refused, and so is one that contradicts the choice', async () => {
    const id = await judged()
    for (const [fields, says] of [
      [{ 'not-referring': ' ' }, /Write why it is not referred to social care/],
      [{ 'not-referred': 'prevent' }, /Write why it is not referred: Prevent\./],
      [
        { choice: 'police', 'not-referred': 'police', 'not-referred-police': 'No crime.' },
        /You decided to turn to them\. Take this out, or decide otherwise\./,
      ],
    ] as const) {
      const answer = await send(asDsl, id, '/decision', { ...decision, ...fields })
      assert.equal(answer.status, 422)
      assert.match(answer.html, says)
    }
    assert.equal(await stateOf(id), 'triaged')
    const typedOnly = await send(asDsl, id, '/decision', { ...decision, 'not-referred-police': 'No crime is likely.' })
    assert.equal(typedOnly.status, 303, 'without JavaScript the reason alone is the choice')
    const rows = await app.people.query('select agency, reason from not_referred where concern_id = $1 order by agency', [id])
    assert.deepEqual(rows, [
      { agency: 'police', reason: 'No crime is likely.' },
      { agency: 'social-care', reason: decision['not-referring'] },
    ])
  })

  test('[WP-6-35] a decision is corrected by an amendment beside it: the first stays, in the concern and in the register, and the database changes neither', async () => {
    const id = await judged()
    await send(asDsl, id, '/decision', { ...decision, 'not-referring': 'Her mother is told and agrees.' })
    const path = '/amendments/new'
    const [row] = await app.people.query<{ id: string }>('select id from decision where concern_id = $1', [id])
    const empty = await send(asDsl, id, path, { of: row?.id ?? '', says: ' ', because: '' })
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Write what is right\.[\s\S]*Write why it is corrected\./)
    app.pass(5)
    const asDeputy = await app.agentFor(deputy.adultId)
    const says = 'It was her aunt who agreed; her mother could not be reached.'
    assert.equal((await send(asDeputy, id, path, { of: row?.id ?? '', says, because: 'Two calls were mixed up.' })).status, 303)
    for (const page of [`/concerns/${id}`, '/not-referred']) {
      const { html } = await asDsl.get(page)
      assert.match(html, /Her mother is told and agrees\.[\s\S]*It was her aunt who agreed[\s\S]*Two calls were mixed up/)
      assert.match(html, new RegExp(`Two calls were mixed up[\\s\\S]{0,120}${deputy.name}`))
    }
    const [concern] = await app.people.query<{ school_id: string }>('select school_id from concern where id = $1', [id])
    assert.equal(concern?.school_id, school.id)
    const rights = await app.people.query<{ table_name: string; privilege_type: string }>(
      `select table_name, privilege_type from information_schema.role_table_grants
       where grantee = 'holdfast_app' and table_name in ('triage', 'decision', 'not_referred', 'amendment') and privilege_type in ('UPDATE', 'DELETE')`,
    )
    assert.deepEqual(rights, [])
    const columns = await app.people.query(
      `select 1 from information_schema.column_privileges
       where grantee = 'holdfast_app' and table_name in ('triage', 'decision', 'not_referred', 'amendment') and privilege_type = 'UPDATE'`,
    )
    assert.deepEqual(columns, [])
    const events = await app.people.events(school.id)
    assert.ok(events.some(event => event.action === 'concern.amended' && event.actor === deputy.adultId))
  })

  test('the register is narrowed by days and agency, says so on paper, is audited, and hides what its reader is outside of', async () => {
    const id = await judged(school.pupils.zofia)
    await send(asDsl, id, '/decision', {
      ...decision,
      'not-referring': 'Zofia is safe at home.',
      'not-referred': 'police',
      'not-referred-police': 'Nothing was broken.',
    })
    const only = (query: string) => asDsl.get(`/not-referred?${query}`)
    const police = (await only('agency=police')).html
    assert.match(police, /Nothing was broken\./)
    assert.doesNotMatch(police, /Zofia is safe at home\./)
    assert.match(police, /\d+ decisions?, Police/)
    const later = await only('from-day=21&from-month=11&from-year=2026')
    assert.doesNotMatch(later.html, /Nothing was broken\./)
    assert.match(later.html, /0 decisions since 21 November 2026/)
    assert.match((await only('to-day=31&to-month=2&to-year=2026')).html, /There is no such date/)
    const outside = (await (await app.agentFor(deputy.adultId)).get('/not-referred')).html
    assert.doesNotMatch(outside, /Zofia|Nothing was broken/, 'she is tied to the child')
    assert.equal((await (await app.agentFor(teacher.adultId)).get('/not-referred')).status, 403)
    const events = await app.people.events(school.id)
    assert.ok(events.some(event => event.action === 'not-referred.opened' && event.facts['agency'] === 'police'))
  })
})
