import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { type Agent, type Fields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { durationInWords } from '../../policy/duration.ts'
import { workAs, workInBackground } from '../../work/work.ts'
import { recomputeDue } from './index.ts'

const school = demo.westPark
const { dsl, deputy, head, teacher, chair } = school.adults
const [child] = school.children
assert.ok(child)
const monday = '2026-11-16T09:00:00.000Z' as Instant
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
const reasons = { because: 'Two sites now.', section: 'Governors of 10 November, minute 4' }
const send = async (adult: Pick<DemoAdult, 'adultId'>, fields: Fields) =>
  (await agent(adult)).post('/policy/changes/new', { ...reasons, ...on('from', '2026-11-16'), ...fields })
/** Sends a proposal whole and gives its page. */
const proposed = async (adult: Pick<DemoAdult, 'adultId'>, fields: Fields): Promise<string> => {
  const answer = await send(adult, { ...fields, checked: 'yes' })
  assert.equal(answer.status, 303, errorsOf(answer.html).join())
  return answer.location ?? ''
}
const approvedBy = async (adult: Pick<DemoAdult, 'adultId'>, at: string) => (await agent(adult)).post(`${at}/approve`)

test('what a school may not decide is refused at its field: laxer than statute, a time without its days, an unknown role, nobody, round, back to front, in the past', async () => {
  const refused = async (fields: Fields) => {
    const answer = await send(dsl, fields)
    assert.equal(answer.status, 422, JSON.stringify(fields))
    return errorsOf(answer.html).join('\n')
  }
  const answerTime = 'clocks/referrals.answer-in-one-working-day'
  assert.match(
    await refused({ what: answerTime, value: '3 working days' }),
    /^value: This gives more time than statute, which says within 1 working day \(.+, 6.*\)\. A school may be stricter, never laxer\.$/,
  )
  assert.match(await refused({ what: answerTime, value: '3 days' }), /^value: “3 days” is no time that a clock can count/)
  assert.match(await refused({ what: 'steps/routing.welfare-1', value: ['headmaster'] }), /^value: Select roles/)
  assert.match(await refused({ what: 'steps/routing.welfare-1' }), /^value: Select at least one role/)
  assert.match(await refused({ what: 'steps/routing.welfare-2', value: ['dsl'] }), /^value: The route would go round/)
  assert.match(
    await refused({ what: 'closures/new', says: 'Training day', ...on('begins', '2026-12-02'), ...on('ends', '2026-12-01') }),
    /^ends-day: It must not end before it begins/,
  )
  assert.match(
    await refused({ what: 'settings/cover.deputies_min', value: '2', ...on('from', '2026-11-15') }),
    /^from-day: The day must be today or later/,
  )
  assert.match(await refused({ what: 'settings/cover.deputies_min', value: 'two' }), /^value: Enter a whole number/)
  const [term] = testPolicies()
    .profile(school.key, '2026-11-16' as PlainDate)
    .calendar.terms.filter(({ from }) => from > '2026-12-01')
  assert.ok(term)
  assert.match(
    await refused({
      what: `terms/${term.name} ${term.from.slice(0, 4)}`,
      ...on('begins', `${term.from.slice(0, 4)}-01-02`),
      ...on('ends', `${term.from.slice(0, 4)}-08-01`),
    }),
    /^begins-day: .* would overlap /,
  )
  assert.deepEqual(await app.people.query('select 1 from policy_proposal'), [])
})

test('a second person approves, nobody their own, and from then on the next request runs under it, and what is recorded keeps its edition', async () => {
  const acknowledge = testPolicies()
    .profile(school.key, '2026-11-16' as PlainDate)
    .clocks.find(rule => rule.clock === 'acknowledge' && !rule.when)
  assert.ok(acknowledge)
  const before = await recordAs(app, school, teacher, concernAbout(child, { prompts: ['behaviour'] }))
  const fields = { what: `clocks/${acknowledge.rule}`, value: '25 minutes' }
  const shown = await send(dsl, fields)
  assert.equal(shown.status, 200)
  assert.match(
    textOf(shown.html),
    /What it would alter .*Each keeps the time of the policy under which it began.*Monday 16 November 2026 at 9:25am|Each keeps the time/,
  )
  const change = await proposed(dsl, fields)
  assert.match(textOf((await (await agent(dsl)).get(change)).html), /1 running clock began under this rule/)
  assert.match(textOf((await (await agent(head)).get('/')).html), /A change of our policy waits for your answer/)
  assert.doesNotMatch(textOf((await (await agent(dsl)).get('/')).html), /change of our policy/)
  for (const nobody of [dsl, deputy, teacher]) assert.notEqual((await approvedBy(nobody, change)).status, 303)
  // The same with the check of the program left out.
  const id = change.split('/').at(-1)
  for (const nobody of [dsl, deputy, teacher, chair]) {
    const number = await workAs(app.tools, { schoolId: school.id, adultId: nobody.adultId }, app.clock.now(), async work => ({
      commit: true,
      value: await work.tx.run<{ number: number | null }>(
        { name: 'test_approve', text: 'select policy_change_approve($1, $2, $3, $4, $5) as number' },
        [id, newId<string>(), 'x', '2026-11-16', app.clock.now()],
      ),
    }))
    assert.equal(number[0]?.number, null, nobody.name)
  }
  assert.equal((await approvedBy(head, change)).status, 303)
  assert.doesNotMatch(textOf((await (await agent(head)).get('/')).html), /change of our policy/)
  const again = await send(dsl, { ...fields, value: '20 minutes' })
  assert.match(
    textOf(again.html),
    /A change of this from the same day is approved already: change 1\. This one would take its place\./,
  )
  const changedRule = textOf((await (await agent(teacher)).get(`/policy/rules/${acknowledge.rule}?on=2026-11-16`)).html)
  assert.match(changedRule, /Time within 25 minutes .*The school decided it\. .*Until it was changed on 16 November 2026/)
  assert.match(changedRule, new RegExp(`keeps what stood until then\\. .*Time ${durationInWords(acknowledge.duration.value)} `))
  const later = textOf((await (await agent(teacher)).get(`/policy/rules/${acknowledge.rule}?on=2026-11-17`)).html)
  assert.doesNotMatch(later, /Until it was changed/)
  const [fresh] = await recordAfter()
  assert.equal(fresh?.rule, acknowledge.rule)
  assert.equal(fresh?.minutes, 25)
  assert.match(fresh?.source ?? '', /^School's own decision of 16 November 2026, Governors of 10 November, minute 4$/)
  assert.match(fresh?.edition ?? '', /changed by the school from 2026-11-16 \(change 1\)/)
  const [old] = await app.people.query<{ minutes: number }>(
    `select extract(epoch from due_at - basis_at)::int / 60 as minutes from clock where concern_id = $1 and name = 'acknowledge'`,
    [before],
  )
  assert.notEqual(old?.minutes, 25, 'a clock keeps the time under which it began')
  const why = textOf((await (await agent(teacher)).get(`/policy/rules/${acknowledge.rule}`)).html)
  assert.match(why, /within 25 minutes .* proposed by one person and approved by another/)
  assert.match(
    textOf((await (await agent(teacher)).get(`/policy/rules/${acknowledge.rule}?on=2026-11-15`)).html),
    /As our policy stood on 15 November 2026/,
  )
  assert.doesNotMatch(
    textOf((await (await agent(teacher)).get(`/policy/rules/${acknowledge.rule}?on=2026-11-15`)).html),
    /within 25 minutes/,
  )

  async function recordAfter() {
    assert.ok(child)
    const concern = await recordAs(app, school, teacher, concernAbout(child, { prompts: ['behaviour'] }))
    return app.people.query<{ rule: string; minutes: number; source: string; edition: string }>(
      `select k.rule, extract(epoch from k.due_at - k.basis_at)::int / 60 as minutes, k.source, c.policy_edition as edition
       from clock k join concern c on c.id = k.concern_id where k.concern_id = $1 and k.name = 'acknowledge'`,
      [concern],
    )
  }
})

test('whoever changes a time reads its sentence beside it, changes it too, and is warned where it stays as it was', async () => {
  const rule = testPolicies()
    .profile(school.key, '2026-11-16' as PlainDate)
    .clocks.find(({ clock, when }) => clock === 'acknowledge' && when)
  assert.ok(rule)
  const what = `clocks/${rule.rule}`
  const form = (await (await agent(dsl)).get(`/policy/changes/new?what=${encodeURIComponent(what)}`)).html
  const sentence = (html: string) => /<input[^>]*name="sentence"[^>]*value="([^"]*)"/.exec(html)?.[1]
  assert.equal(sentence(form), rule.says, 'as it reads today')
  const stays = { what, value: '15 minutes', sentence: rule.says }
  const warning = new RegExp(`The sentence that everybody reads stays: “${rule.says}” See that it does not say the old time\\.`)
  assert.match(textOf((await send(dsl, stays)).html), warning)
  assert.equal(sentence((await send(dsl, { ...stays, do: 'again' })).html), rule.says, 'back to the form with what was typed')
  assert.match(errorsOf((await send(dsl, { ...stays, sentence: ' ' })).html).join(), /^sentence: Enter the sentence that says it/)
  const says = 'Whoever is told of what is urgent answers within a quarter of an hour.'
  const fields = { ...stays, sentence: says }
  assert.doesNotMatch(textOf((await send(dsl, fields)).html), /the old time/)
  const change = await proposed(dsl, fields)
  const seen = textOf((await (await agent(head)).get(change)).html)
  assert.match(seen, /within 15 minutes: “Whoever is told of what is urgent answers within a quarter of an hour\.”/)
  assert.doesNotMatch(seen, /the old time/)
  assert.equal((await approvedBy(head, change)).status, 303)
  const read = textOf((await (await agent(teacher)).get(`/policy/rules/${rule.rule}`)).html)
  assert.match(read, new RegExp(`${says}.*within 15 minutes`))
})

test('what the head proposes the DSL or the chair approves; a rejection needs its reason and is kept; a later day waits', async () => {
  const gap = testPolicies()
    .profile(school.key, '2026-11-16' as PlainDate)
    .gaps.at(-1)
  assert.ok(gap)
  const change = await proposed(head, { what: `gaps/${gap.key}`, value: 'Reviewed each September.', ...on('from', '2026-12-01') })
  assert.equal((await approvedBy(head, change)).status, 409)
  const empty = await (await agent(dsl)).post(`${change}/reject`)
  assert.equal(empty.status, 422)
  assert.equal((await approvedBy(chair, change)).status, 303)
  const page = async () => textOf((await (await agent(dsl)).get('/policy')).html)
  assert.ok((await page()).includes(gap.says), 'it holds from its day on')
  app.clock.set('2026-12-01T09:00:00.000Z' as Instant)
  assert.match(await page(), /Where the policy says nothing, the school has decided .*Reviewed each September\./)
  const list = textOf((await (await agent(dsl)).get('/policy/changes')).html)
  assert.ok(list.includes(`Settled: ${gap.says}`), 'in words, and as settled')
  assert.doesNotMatch(list, /gaps: /)
  app.clock.set(monday)
  const second = await proposed(dsl, { what: 'settings/mailbox.checked_by', value: '9:30am' })
  const step = await proposed(dsl, { what: 'steps/routing.welfare-2', value: ['chair-of-governors'] })
  assert.match(
    textOf((await (await agent(head)).get(step)).html),
    new RegExp(`By today’s appointments: .*2\\. ${head.name}.*2\\. ${chair.name}`),
  )
  assert.equal((await (await agent(head)).post(`${second}/reject`, { because: 'Nobody is here then.' })).status, 303)
  assert.match(textOf((await (await agent(dsl)).get(second)).html), /Rejected .*Nobody is here then\./)
  assert.equal((await approvedBy(head, second)).status, 409)
  assert.equal((await (await agent(dsl)).post(`${step}/withdraw`)).status, 303)
})

test('when the calendar changes, clocks in school days that run are computed again in the background, and the audit has the old and the new', async () => {
  const id = newId<string>()
  await app.people.query(
    `insert into clock (school_id, id, name, rule, says, source, standing, basis_at, duration_unit, duration_count, due_at, area, breached_at)
     values ($1, $2, 'triage', 'x.y', 'x', 'x', 'stated', $3, 'school-days', 3, '2026-11-19T23:59:59.000Z', 'school', null)`,
    [school.id, id, monday],
  )
  const ofCase = newId<string>()
  await app.people.query(
    `insert into clock (school_id, id, name, rule, says, source, standing, basis_at, duration_unit, duration_count, due_at, area, subject_kind, subject_id)
     values ($1, $2, 'conduct-shared-upward', 'x.y', 'x', 'x', 'stated', $3, 'school-days', 3, '2026-11-19T23:59:59.000Z', 'conduct', 'case', $2)`,
    [school.id, ofCase, monday],
  )
  const recompute = () =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await recomputeDue(work) }))
  await recompute()
  assert.equal(await recompute(), 0)
  const closure = { what: 'closures/new', says: 'Burst pipe', ...on('begins', '2026-11-18'), ...on('ends', '2026-11-18') }
  assert.match(textOf((await send(dsl, closure)).html), /running clocks? would be due at another moment/)
  const change = await proposed(dsl, closure)
  assert.equal((await approvedBy(head, change)).status, 303)
  assert.ok((await recompute()) >= 1)
  const [clock] = await app.people.query<{ due: string }>(`select due_at::date::text as due from clock where id = $1`, [id])
  assert.equal(clock?.due, '2026-11-20')
  assert.equal(await recompute(), 0)
  const noted = await app.people.query<{ body: string }>(
    `select body::text as body from audit_entry where body::text like '%clock.recomputed%' and body::text like $1`,
    [`%${id}%`],
  )
  assert.equal(noted.length, 1)
  const notedOfCase = await app.people.query<{ chain: string }>(`select chain from audit_entry where body::text like $1`, [
    `%${ofCase}%`,
  ])
  assert.deepEqual(notedOfCase, [{ chain: 'conduct' }], 'the main trail does not tell that there is a case')
  assert.match(noted[0]?.body ?? '', /2026-11-19T23:59:59.*2026-11-20T23:59:59|2026-11-20T23:59:59.*2026-11-19T23:59:59/)
})

test('when a child goes home at another time, or the school day ends at another, what is due before that child leaves is counted anew', async () => {
  app.clock.set('2026-11-19T09:00:00.000Z' as Instant)
  const recompute = () =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await recomputeDue(work) }))
  const child = school.pupils.amina
  const path = `/children/${child.childId}/details/edit`
  const details = { given: 'Amina', family: 'Yusuf', standing: 'on-roll', year: '8', class: '8B', home: 'derby/locality-3-and-4' }
  const leavesAt = async (time: string) => {
    const answer = await (await agent(dsl)).submit(path, path, { ...details, ...on('born', '2013-03-14'), 'leaves-at': time })
    assert.equal(answer.status, 303, errorsOf(answer.html).join())
  }
  await leavesAt('')
  const concern = await recordAs(app, school, teacher, concernAbout(child, { prompts: ['disclosure'], urgent: true }))
  const owed = (unit: string, count: number | null, due: string) =>
    app.people.query(
      `insert into clock (school_id, id, concern_id, name, rule, says, source, standing, basis_at, duration_unit, duration_count, due_at, area)
       values ($1, $2, $3, 'child-seen', 'x.y', 'x', 'x', 'stated', $4, $5, $6, $7, 'welfare')`,
      [school.id, newId<string>(), concern, app.clock.now(), unit, count, due],
    )
  await owed('before-child-leaves', null, '2026-11-19T15:15:00.000Z')
  await owed('minutes-before-child-leaves', 45, '2026-11-19T14:30:00.000Z')
  await recompute()
  const dues = async () =>
    (
      await app.people.query<{ due: string }>(
        `select distinct to_char((due_at at time zone 'Europe/London') + make_interval(mins => case duration_unit when 'minutes-before-child-leaves' then duration_count else 0 end), 'HH24:MI') as due
         from clock where concern_id = $1 and duration_unit like '%before-child-leaves' and met_at is null`,
        [concern],
      )
    ).map(({ due }) => due)
  assert.deepEqual(await dues(), ['15:15'])
  await leavesAt('13:40')
  assert.ok((await recompute()) >= 1)
  assert.deepEqual(await dues(), ['13:40'])
  assert.equal(await recompute(), 0)
  await leavesAt('')
  await recompute()
  assert.deepEqual(await dues(), ['15:15'])
  const earlier = { what: 'settings/calendar.day_ends', value: '2:30pm', ...on('from', '2026-11-19') }
  assert.match(textOf((await send(dsl, earlier)).html), /running clocks? would be due at another moment/)
  assert.equal((await approvedBy(head, await proposed(dsl, earlier))).status, 303)
  assert.ok((await recompute()) >= 1)
  assert.deepEqual(await dues(), ['14:30'])
})
