import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { type Agent, type Fields, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf, openForm, recordByForm, sendToCheck } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'

const at = (day: string, time: string) => `2026-11-${day}T${time}:00.000Z` as Instant
const school = demo.williamMacgregor
const { teacher, teacherTwo, dsl, deputy } = school.adults
const [child, other] = school.children
assert.ok(child && other)
let app: TestApp

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('18', '08:15') })
  await app.people.query(`update concern set recorded_at = '2020-01-01T10:00:00Z'`)
})
after(() => app.close())

const agent = (adult: Pick<DemoAdult, 'adultId'>): Promise<Agent> => app.agentFor(adult.adultId)
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const list = async (adult: Pick<DemoAdult, 'adultId'>, query = '') =>
  textOf((await (await agent(adult)).get(`/late-records${query}`)).html)
const least = (more: Fields = {}): Fields => ({
  child: child.childId,
  prompt: 'appearance',
  seen: 'He came in wet shoes.',
  happened: '2026-11-18',
  location: 'Cloakroom',
  ...more,
})

test('[WM-4.1.5-04] of an event at 10:00 on Tuesday submitted at 08:15 on Wednesday the form demands the reason, and the quality report counts it late for the school and for its writer', async () => {
  app.clock.set(at('18', '08:15'))
  const page = await agent(teacher)
  const tuesday = {
    happened: 'other',
    'happened-day': '17',
    'happened-month': '11',
    'happened-year': '2026',
    'happened-time': '10:00',
  }
  const refused = await sendToCheck(page, least(tuesday))
  assert.equal(refused.status, 422)
  assert.deepEqual(errorsOf(refused.html), [
    'late-reason: Enter why you write it only now: our policy asks for it on the same day.',
  ])
  assert.match(await list(dsl), /0 of 0 records were late or delayed/)
  await recordByForm(page, least({ ...tuesday, 'late-reason': 'I was taken ill at noon.' }))
  const inTime = await recordByForm(await agent(teacherTwo), least({ child: other.childId }))
  assert.ok(inTime.id)
  const shown = await list(dsl)
  assert.match(shown, /1 of 2 records was late or delayed/)
  assert.match(shown, /Entered on a later day 1 /)
  assert.match(shown, new RegExp(`${teacher.name} 1 1 .*${teacherTwo.name} 1 0 `))
  assert.match(
    shown,
    new RegExp(`${child.name}.*Entered on a later day than the policy allows. Reason given: I was taken ill at noon\\.`),
  )
  assert.match(await list(dsl, '?period=days-7'), /1 of 2 records/)
  app.clock.set(at('30', '09:00'))
  assert.match(await list(dsl, '?period=days-7'), /0 of 0 records/, 'the period decides')
})

test('[WM-A3-3.7-01] of a disclosure that ended at 10:20 and whose write-up began at 15:00 the quality report shows a delay of 280 minutes', async () => {
  app.clock.set(at('19', '15:00'))
  const page = await agent(teacher)
  const { path, hidden } = await openForm(page)
  const disclosed = least({ prompt: 'disclosure', happened: '2026-11-19', 'ended-time': '10:20', 'child-words': '“He hits me.”' })
  // The draft is saved as the writer begins; what the browser says of the time counts for nothing.
  const saved = await page.post(`${path}/save`, { ...hidden, ...disclosed, _quiet: '1', began: '10:21' })
  assert.equal(saved.status, 200, saved.html)
  app.clock.set(at('19', '15:20'))
  const checked = await page.post(path, { ...hidden, ...disclosed, _do: 'check' })
  assert.equal(checked.status, 303, errorsOf(checked.html).join())
  const check = await page.get(`${path}/check`)
  assert.match(textOf(check.html), /The child had finished telling Thursday 19 November 2026 at 10:20/)
  const sent = await page.post(`${path}/submit`, hiddenFields(check.html, `${path}/submit`))
  assert.equal(sent.status, 303)
  const id = /^\/concerns\/(.*)\/recorded$/.exec(sent.location ?? '')?.[1] ?? ''
  const shown = await list(dsl)
  assert.match(shown, /The write-up began 280 minutes \(4 hours 40 minutes\) after the child had finished telling\./)
  assert.match(shown, /Write-up begun late after a disclosure 1 /)
  const concern = textOf((await (await agent(dsl)).get(`/concerns/${id}`)).html)
  assert.match(concern, /write-up begun 4 hours 40 minutes after the child had finished telling/i)
})

test('a write-up that begins as soon as the child has finished is not on the list, and a time without sense is asked again', async () => {
  app.clock.set(at('20', '10:30'))
  const page = await agent(teacherTwo)
  const future = await sendToCheck(page, least({ prompt: 'disclosure', happened: '2026-11-20', 'ended-time': '11:00' }))
  assert.match(errorsOf(future.html).join(), /^ended-time: The time at which the child had finished telling must be in the past/)
  const before = await list(dsl)
  await recordByForm(page, least({ prompt: 'disclosure', happened: '2026-11-20', 'ended-time': '10:20' }))
  const delayed = (text: string) => /Write-up begun late after a disclosure (\d+)/.exec(text)?.[1]
  assert.equal(delayed(await list(dsl)), delayed(before))
})

test('whoever is outside a concern has it neither in the list nor in a number; a teacher has no such page', async () => {
  app.clock.set(at('23', '08:15'))
  const numbers = async (adult: Pick<DemoAdult, 'adultId'>) => /(\d+) of (\d+) records/.exec(await list(adult))?.slice(1)
  const before = [await numbers(dsl), await numbers(deputy)].map(pair => pair?.map(Number))
  const named = { adultId: deputy.adultId, name: deputy.name, relation: '', toldAt: null, involvement: 'alleged' as const }
  await recordAs(
    app,
    school,
    teacher,
    concernAbout(child, { happenedOn: '2026-11-20' as never, lateReason: 'I was away.', adults: [named] }),
  )
  const afterwards = [await numbers(dsl), await numbers(deputy)].map(pair => pair?.map(Number))
  assert.deepEqual(
    afterwards[0],
    before[0]?.map(n => n + 1),
  )
  assert.deepEqual(afterwards[1], before[1])
  assert.equal((await (await agent(teacher)).get('/late-records')).status, 403)
})

test('a DSL of a term with many late records reads them page by page, and the numbers are of all of them', async () => {
  app.clock.set(at('24', '08:15'))
  await app.people.query(
    `insert into concern select late.* from concern c, generate_series(1, 60) n,
       jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'reference', 'LATE-' || lpad(n::text, 4, '0'))) late
       where c.late_reason = 'I was away.'`,
  )
  const page = await (await agent(dsl)).get('/late-records')
  const links = (html: string) => html.match(/href="\/concerns\/[0-9a-f-]{36}"/g)?.length
  assert.equal(links(page.html), 50)
  const [, late = ''] = /(\d+) of \d+ records were late/.exec(textOf(page.html)) ?? []
  assert.match(textOf(page.html), new RegExp(`One by one: 1 to 50 of ${late}, newest first`))
  const older = /href="([^"]*page=2[^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&')
  assert.ok(older)
  assert.equal(links((await (await agent(dsl)).get(older.replace(/#.*/, ''))).html), Number(late) - 50)
})
