import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { type Agent, type Fields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { isSchoolDay } from '../../kernel/school-days.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { rearrangedRoute, routeFormOf, typedSteps } from './route-form.ts'

const school = demo.westPark
const { dsl, head, teacher, chair } = school.adults
const [child] = school.children
assert.ok(child)
const monday = '2026-11-16T09:00:00.000Z' as Instant
const today = '2026-11-16' as PlainDate
let app: TestApp

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: monday })
})
after(() => app.close())

const agent = (adult: Pick<DemoAdult, 'adultId'>): Promise<Agent> => app.agentFor(adult.adultId)
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const on = (name: string, date: string): Fields => {
  const [year = '', month = '', day = ''] = date.split('-')
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
}
const reasons = { because: 'Two sites now.', section: 'Governors of 10 November, minute 4', ...on('from', '2026-11-16') }
const welfare = { path: 'routes/welfare' }
/** The form as it opens, after these buttons, as a browser would send it. */
const form = (...presses: readonly string[]): FormValues =>
  presses.reduce<FormValues>(
    (drawn, press) => rearrangedRoute(drawn.with('do', press)) ?? drawn,
    routeFormOf(testPolicies().profile(school.key, today), {
      ...welfare,
      group: '',
      title: '',
      now: '',
      form: 'route',
      isCalendar: false,
    }),
  )
const fieldsOf = (values: FormValues): Fields =>
  Object.fromEntries(values.names().flatMap(name => (name === 'did' ? [] : [[name, [...values.all(name)]]])))
const send = async (fields: Fields) =>
  (await agent(dsl)).post('/policy/changes/new', { what: welfare.path, ...reasons, ...fields })
const approved = async (fields: Fields): Promise<string> => {
  const answer = await send({ ...fields, checked: 'yes' })
  assert.equal(answer.status, 303, errorsOf(answer.html).join())
  const at = answer.location ?? ''
  assert.notEqual((await (await agent(dsl)).post(`${at}/approve`)).status, 303, 'nobody approves what they proposed')
  assert.equal((await (await agent(head)).post(`${at}/approve`)).status, 303)
  return at
}
const refused = async (fields: Fields) => {
  const answer = await send(fields)
  assert.equal(answer.status, 422, textOf(answer.html).slice(0, 400))
  return errorsOf(answer.html).join('\n')
}
const toldOf = async (concern: string) =>
  (
    await app.people.query<{ name: string; rule: string }>(
      `select a.name, l.rule from alert l join adult a on a.school_id = l.school_id and a.id = l.adult_id where l.concern_id = $1 order by a.name`,
      [concern],
    )
  ).map(({ name, rule }) => `${name} ${rule}`)

test('buttons move a step up, down and out, and add one, without a script, and nothing is proposed by that', async () => {
  const opened = await (await agent(dsl)).get('/policy/changes/new?what=routes%2Fwelfare')
  assert.match(textOf(opened.html), /Step 1 .*Step 4 .*Add a step .*whom to ring outside/)
  const drawn = await send({ ...fieldsOf(form()), do: 'up-3' })
  assert.equal(drawn.status, 200)
  assert.match(textOf(drawn.html), /The step was moved up\. Nothing is proposed yet\./)
  assert.deepEqual(
    typedSteps(form('up-3')).map(({ roles }) => roles.join()),
    ['dsl,deputy-dsl', 'deputy-headteacher', 'headteacher', 'senior-leader'],
  )
  assert.deepEqual(
    typedSteps(form('out-2', 'add')).map(({ roles }) => roles.join()),
    ['dsl,deputy-dsl', 'deputy-headteacher', 'senior-leader', ''],
  )
  assert.deepEqual(await app.people.query('select 1 from policy_proposal'), [])
})

test('whoever moves a step reads its sentence before and after, is asked to check what was written for another place, and so is whoever approves', async () => {
  const drawn = textOf((await send({ ...fieldsOf(form()), do: 'up-3' })).html)
  assert.match(
    drawn,
    /Step 2 .*In words Check this sentence: it was written for step 3, and others are told here or before now\./,
  )
  assert.equal(drawn.split('Check this sentence').length, 3, 'the two that changed places, and no other')
  assert.doesNotMatch(textOf((await (await agent(dsl)).get('/policy/changes/new?what=routes%2Fwelfare')).html), /Check this/)
  const checked = await send(fieldsOf(form('up-3')))
  const shown = textOf(checked.html)
  assert.match(
    shown,
    /what people will read .*Read the sentences of steps 2 and 3 again.* Now .*Headteacher\. If neither is there, .* Then .*Deputy Head\. If the head is away too, the deputy head\. Check this sentence: it was written for step 3.*Headteacher\. If neither is there, .*Check this sentence: it was written for step 2/,
  )
  // Back to the form with all that was typed; then with sentences that are true.
  const again = await send({ ...fieldsOf(form('up-3')), checked: 'yes', do: 'again' })
  assert.equal(again.status, 200)
  assert.match(again.html, /value="Two sites now\."/)
  const reworded = { 'step-2-says': 'If neither is there, the deputy head.', 'step-3-says': 'Then the head.' }
  assert.doesNotMatch(textOf((await send({ ...fieldsOf(form('up-3')), ...reworded })).html), /Check this sentence|again: “if/)

  const answer = await send({ ...fieldsOf(form('up-3')), checked: 'yes' })
  const at = answer.location ?? ''
  assert.match(
    textOf((await (await agent(head)).get(at)).html),
    /Read the sentences of steps 2 and 3 again.*Then .*Check this sentence/,
  )
  assert.equal((await (await agent(dsl)).post(`${at}/withdraw`)).status, 303)
  await app.people.query('delete from policy_proposal')
})

test('a route that goes round, ends nowhere, tells nobody at a step, or leaves out whom guidance has told first is refused at its place with what to do', async () => {
  assert.match(await refused({ ...fieldsOf(form()), outside: '' }), /^outside: Select whom to ring .* must not end nowhere/)
  assert.match(await refused({ ...fieldsOf(form()), outside: 'nobody.here' }), /^outside: Select contacts that the policy has/)
  assert.match(
    await refused({ ...fieldsOf(form()), 'step-2-role': 'dsl' }),
    /^step-2-role: The route would go round: step 2 .* Name somebody else in it, or take the step out\./,
  )
  assert.match(await refused({ ...fieldsOf(form()), 'step-3-role': '' }), /^step-3-role: Select who is told at step 3/)
  assert.match(await refused({ ...fieldsOf(form()), 'step-3-says': '' }), /^step-3-says: Enter in words/)
  assert.match(
    await refused(fieldsOf(form('up-2'))),
    /^step-1-role: The route is laxer than statutory guidance: .*DSL or a deputy \(.+, 3 .*\)\. Let step 1 tell one of: dsl, deputy-dsl\./,
  )
  assert.match(await refused(fieldsOf(form())), /This is what holds now/)
  assert.deepEqual(await app.people.query('select 1 from policy_proposal'), [])
})

test('another order, a step more and one less hold from their day once a second person approves: whose alerts go where is shown before, and what was recorded keeps its edition', async () => {
  const earlier = await recordAs(app, school, teacher, concernAbout(child, { prompts: ['behaviour'] }))
  const earlierTold = await toldOf(earlier)
  const added = {
    ...fieldsOf(form('up-4', 'up-3', 'out-4', 'add')),
    'step-4-role': ['chair-of-governors'],
    'step-4-tell': 'all',
    'step-4-says': 'Where none of them answers, the chair.',
    ...on('from', '2026-11-17'),
  }
  const shown = textOf((await send(added)).html)
  assert.match(shown, /Then 1\. .* 2\. .*enior.* 3\. .*ead.* 4\. .*hair.*then outside/)
  assert.match(shown, new RegExp(`Leads now to Would lead to .*2\\. ${head.name}.*4\\. ${chair.name}`))
  assert.match(shown, /1 concern waits to be acknowledged\. If nobody does, the next to hear was: .*It would be: /)
  const at = await approved(added)
  assert.match(textOf((await (await agent(teacher)).get('/policy/rules/routing.welfare-4')).html), /senior/i)
  app.clock.set('2026-11-17T09:00:00.000Z' as Instant)
  const rule = textOf((await (await agent(teacher)).get('/policy/rules/routing.welfare-4')).html)
  assert.match(rule, /Where none of them answers, the chair\./)
  assert.match(rule, /School's own decision of 16 November 2026/)
  // With the team and whoever stands next away, the new order is the one that is followed.
  await app.people.query(
    `insert into absence (school_id, id, adult_id, starts_at, reason, said_by)
     select $1, gen_random_uuid(), a.adult_id, '2026-11-17T00:00:00Z', 'out', $2 from appointment a
     where a.school_id = $1 and a.role in ('dsl', 'deputy-dsl')`,
    [school.id, head.adultId],
  )
  const later = await recordAs(app, school, teacher, concernAbout(child, { prompts: ['behaviour'] }))
  const [edition] = await app.people.query<{ was: string; is: string }>(
    `select (select policy_edition from concern where id = $1) as was, (select policy_edition from concern where id = $2) as is`,
    [earlier, later],
  )
  assert.doesNotMatch(edition?.was ?? '', /changed by the school/)
  assert.match(edition?.is ?? '', /changed by the school from 2026-11-17 \(change 1\)/)
  assert.match((await toldOf(later)).join('\n'), /routing\.welfare-2$/m)
  assert.deepEqual(await toldOf(earlier), earlierTold)
  assert.equal((await (await agent(head)).post(`${at}/approve`)).status, 409)
})

test('a closure is taken out of the calendar, in whole or by one of its days, and a day that is none is refused', async () => {
  app.clock.set('2026-11-18T09:00:00.000Z' as Instant)
  const what = 'reopened/2027-02-15'
  const opened = (await (await agent(dsl)).get(`/policy/changes/new?what=${encodeURIComponent(what)}`)).html
  assert.match(textOf(opened), /Take out a closure: Half term, 15 February 2027 to 19 February 2027/)
  assert.match(opened, /name="begins-day"[^>]*value="15"|value="15"[^>]*name="begins-day"/)
  const day = (date: string): Fields => ({ what, ...on('begins', date), ...on('ends', date), ...on('from', '2026-11-18') })
  assert.match(await refused(day('2027-02-22')), /^begins-day: The calendar has no closure of all of these days/)
  await approved(day('2027-02-17'))
  const calendar = async () => {
    const decided = await app.people.query<{ path: string; value: unknown; number: number; document: string; section: string }>(
      'select path, value, number, document, section from policy_value order by number',
    )
    const policy = testPolicies().decide(
      school.key,
      decided.map(one => ({ ...one, from: '2026-11-18' as PlainDate })),
    )
    assert.ok(policy.ok)
    return policy.value.profile('2026-11-18' as PlainDate).calendar
  }
  const attended = async () => ['2027-02-15', '2027-02-16', '2027-02-17', '2027-02-18'].filter(date => isSchoolDayOf(date))
  let known = await calendar()
  const isSchoolDayOf = (date: string) => isSchoolDay(date as PlainDate, known)
  assert.deepEqual(await attended(), ['2027-02-17'])
  // Closed again: of two decisions about a day the later holds.
  await approved({
    what: 'closures/new',
    says: 'Burst pipe',
    ...on('begins', '2027-02-17'),
    ...on('ends', '2027-02-17'),
    ...on('from', '2026-11-18'),
  })
  known = await calendar()
  assert.deepEqual(await attended(), [])
})
