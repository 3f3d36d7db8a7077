import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, type Fields, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf, openForm, recordByForm, sendToCheck, today } from '../../../test/support/concern-form.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { formToken, visitor } from '../../web/http/form-token.ts'

const { mmap, westley } = demo
const { teacher, deputy, deputyTwo, head: dsl } = mmap.adults

describe('a worry for an adult of the community', () => {
  let app: TestApp
  let asTeacher: Agent
  let asDeputy: Agent
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: '2026-11-18T10:00:00.000Z' as Instant })
    await app.people.query('delete from absence')
    asTeacher = await app.agentFor(teacher.adultId)
    asDeputy = await app.agentFor(deputy.adultId)
  })
  after(() => app.close())

  const cousin: Fields = {
    'at-risk-1-name': 'Marek Dvorak',
    'at-risk-1-relation': 'cousin of a pupil in Year 10, 24 years old',
    prompt: 'modern-slavery',
    seen: 'He sleeps at the car wash and has given his passport to the owner.',
    happened: today,
  }
  const plain = (html: string) =>
    html
      .slice(html.indexOf('<main'))
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&#39;', '’')
      .replaceAll(/\s+/g, ' ')
  const rowsOf = <Row extends Record<string, unknown>>(statement: string, ...values: unknown[]) =>
    app.people.query<Row>(statement, values)
  const send = (agent: Agent, id: string, form: string, fields: Fields) =>
    agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)

  test('[MM-4.6-01] a worry about modern slavery of a pupil’s adult cousin goes to a DSL without a pupil, and whether the National Referral Mechanism is asked is answered yes or no, with the reason', async () => {
    const { html, id } = await recordByForm(asTeacher, cousin)
    assert.match(html, new RegExp(dsl.name))
    assert.deepEqual(await rowsOf('select child_id from concern_child where concern_id = $1', id), [])
    assert.deepEqual(await rowsOf('select name, involvement, adult_id from concern_adult where concern_id = $1', id), [
      { name: 'Marek Dvorak', involvement: 'at-risk', adult_id: null },
    ])
    const told = await rowsOf<{ adult_id: string }>(`select adult_id from alert where concern_id = $1 and kind = 'told'`, id)
    assert.deepEqual(told.map(row => row.adult_id).toSorted(), [dsl, deputy, deputyTwo].map(adult => adult.adultId).toSorted())
    assert.deepEqual(await rowsOf('select 1 from conduct_case where beside_concern = $1', id), [])

    const page = plain((await asDeputy.get(`/concerns/${id}`)).html)
    assert.match(page, /Marek Dvorak, an adult at risk/)
    assert.match(page, /At risk Marek Dvorak, cousin of a pupil in Year 10/)
    assert.match(page, /Decide whether a referral to the National Referral Mechanism is made: yes.*or no/)
    assert.match(page, /Front Door.*03000/)
    assert.doesNotMatch(page, /Record what parents know|Make a referral|Said to have harmed/)
    assert.match(plain((await asDeputy.get('/today')).html), /Marek Dvorak, an adult/)
    assert.match(plain((await asTeacher.get('/')).html), /Marek Dvorak, an adult/)
    assert.match(plain((await asTeacher.get(`/my-concerns/${id}`)).html), /Marek Dvorak \(cousin.*you are worried for them/)

    const triage = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no', level: 'kent.3' }
    const levels = /name="level"[^>]*value="([^"]*)"/.exec((await asDeputy.get(`/concerns/${id}/triage`)).html)?.[1] ?? ''
    const judged = await send(asDeputy, id, '/triage', {
      ...triage,
      level: levels,
      categories: 'trafficking',
      rationale: 'As told.',
    })
    assert.equal(judged.status, 303, errorsOf(judged.html).join())
    const friday = { 'next-look-day': '20', 'next-look-month': '11', 'next-look-year': '2026' }
    const decided = await send(asDeputy, id, '/decision', {
      choice: 'police',
      rationale: 'The police are first responders.',
      ...friday,
    })
    assert.equal(decided.status, 303, errorsOf(decided.html).join())
    const register = await asDeputy.get('/without-file')
    assert.match(
      plain(register.html),
      /Marek Dvorak[\s\S]*The police are first responders\./,
      'no file holds it, so the register does',
    )
    assert.deepEqual(
      await rowsOf(`select name from clock where concern_id = $1 and name in ('parent-informed', 'child-seen')`, id),
      [],
    )

    const clocks = await rowsOf<{ id: string }>(
      'select id from clock where concern_id = $1 and met_at is null and ended_at is null',
      id,
    )
    const closing = {
      summary: 'Held in work.',
      outcome: 'With the police.',
      rationale: 'Theirs.',
      'end-clock': clocks.map(row => row.id),
    }
    const early = await send(asDeputy, id, '/close', closing)
    assert.equal(early.status, 422)
    assert.match(plain(early.html), /National Referral Mechanism.*neither done nor/)
    const [step] = await rowsOf<{ id: string }>(
      `select id from pathway_step where concern_id = $1 and pathway = 'modern-slavery'`,
      id,
    )
    const answer = (fields: Fields) => send(asDeputy, id, `/steps/${step?.id}`, fields)
    assert.match(plain((await asDeputy.get(`/concerns/${id}/steps/${step?.id}`)).html), /Why a referral .* is made, or why not/)
    assert.equal((await answer({ kind: 'not-done' })).status, 422)
    assert.equal((await answer({ kind: 'done', 'with-whom': 'Kent Police' })).status, 422)
    const yes = { kind: 'done', 'with-whom': 'Kent Police, duty sergeant', says: 'His passport is kept from him.' }
    assert.equal((await answer(yes)).status, 303)
    assert.match(plain((await asDeputy.get(`/concerns/${id}`)).html), /Kent Police, duty sergeant.*His passport is kept from him/)
    assert.equal((await send(asDeputy, id, '/close', closing)).status, 303)
  })

  test('the form asks for a child as ever, takes an adult only for what the policy has for adults, and offers it at no other school', async () => {
    const wrong = await sendToCheck(asTeacher, { ...cousin, prompt: 'behaviour' })
    assert.deepEqual(errorsOf(wrong.html), [
      'prompt: Select “Modern slavery or trafficking”: a worry for an adult is recorded here only for that.',
    ])
    assert.match(wrong.html, /value="Marek Dvorak"/)
    const nobody = await sendToCheck(asTeacher, { ...cousin, 'at-risk-1-name': '', 'at-risk-1-relation': '' })
    assert.deepEqual(errorsOf(nobody.html), ['find-child: Enter the name of the child you are worried about.'])
    const nameless = await sendToCheck(asTeacher, { ...cousin, 'at-risk-1-name': '' })
    assert.deepEqual(errorsOf(nameless.html), ['at-risk-1-name: Enter a name, or “not known”.'])
    const checked = await sendToCheck(asTeacher, cousin)
    assert.match(plain((await asTeacher.get(`${checked.path}/check`)).html), /I am worried for this adult Marek Dvorak, cousin/)

    const elsewhere = await app.agentFor(westley.adults.teacher.adultId)
    assert.doesNotMatch((await elsewhere.get((await openForm(elsewhere)).path)).html, /at-risk-1-name/)
    assert.match(errorsOf((await sendToCheck(elsewhere, cousin)).html).join(), /find-child: Enter the name of the child/)
  })

  test('an adult at risk who works here is outside with their relatives, and is accused of nothing', async () => {
    const [cleaner] = await rowsOf<{ id: string; name: string }>(
      `select id, name from adult a where school_id = $1 and id <> all ($2) and not exists (select from appointment p where p.adult_id = a.id and p.role in ('dsl', 'deputy-dsl')) limit 1`,
      mmap.id,
      [teacher.adultId],
    )
    assert.ok(cleaner)
    const fields = { ...cousin, 'at-risk-1-name': cleaner.name, 'at-risk-1-relation': '' }
    const asked = await sendToCheck(asTeacher, fields)
    assert.deepEqual(
      errorsOf(asked.html).map(says => says.split(':')[0]),
      ['at-risk-1-id'],
    )
    await rowsOf(
      `insert into tie (school_id, id, adult_id, other_adult_id, kind, starts_at) values ($1, gen_random_uuid(), $2, $3, 'relative', '2020-01-01')`,
      mmap.id,
      deputy.adultId,
      cleaner.id,
    )
    const { id } = await recordByForm(asTeacher, { ...fields, 'at-risk-1-id': cleaner.id })
    const [kept] = await rowsOf<{ excluded: string[] }>('select excluded from concern where id = $1', id)
    assert.deepEqual(kept?.excluded.toSorted(), [cleaner.id, deputy.adultId].toSorted())
    const told = await rowsOf<{ adult_id: string }>('select adult_id from alert where concern_id = $1', id)
    assert.deepEqual(told.map(row => row.adult_id).toSorted(), [dsl.adultId, deputyTwo.adultId].toSorted())
    assert.equal((await asDeputy.get(`/concerns/${id}`)).status, 404)
    assert.deepEqual(await rowsOf('select 1 from conduct_case where beside_concern = $1', id), [])
    const page = plain((await (await app.agentFor(dsl.adultId)).get(`/concerns/${id}`)).html)
    assert.doesNotMatch(page, /Said to have harmed/)
    await rowsOf('delete from tie where adult_id = $1 and other_adult_id = $2', deputy.adultId, cleaner.id)
  })

  test('somebody without an account reports it by the school’s link in the same way', async () => {
    const [{ visitor_token: token } = { visitor_token: '' }] = await rowsOf<{ visitor_token: string }>(
      'select visitor_token from school where id = $1',
      mmap.id,
    )
    const path = `/report/${token}`
    const opened = await app.stranger().get(path)
    const send = (fields: Fields) => app.stranger().post(path, { _token: formToken(token, visitor), _key: undefined, ...fields })
    const check = await send({ ...hiddenFields(opened.html, path), ...cousin, _do: 'check' })
    assert.equal(check.status, 200, errorsOf(check.html).join())
    assert.match(plain(check.html), /I am worried for this adult Marek Dvorak/)
    assert.equal((await send({ ...hiddenFields(check.html, path), _do: 'submit' })).status, 303)
    const [newest] = await rowsOf<{ n: string }>(
      `select count(*) as n from concern_adult a join concern c on c.id = a.concern_id where c.outside_reporter is not null and a.involvement = 'at-risk'`,
    )
    assert.equal(Number(newest?.n), 1)
  })
})
