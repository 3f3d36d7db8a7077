import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  errorsOf,
  leastOf,
  openForm,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
  sendToCheck,
} from '../../../test/support/concern-form.ts'
import { newId } from '../../platform/identifiers.ts'
import { identityRoutes } from '../identity/routes.ts'
import { concernRoutes } from './routes.ts'

let holdfast: TestApp
let school: SchoolWithForm
let elsewhere: SchoolWithForm

before(async () => {
  holdfast = await startTestApp({ routes: [...concernRoutes, ...identityRoutes], policies: policiesByKey })
  school = await schoolWithForm(holdfast, 'westacre')
  elsewhere = await schoolWithForm(holdfast, 'west-park')
})

after(() => holdfast.close())

const count = async (table: 'concern' | 'child') =>
  (await holdfast.people.query<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n

/** Sends the form with something bad in it: a sentence comes back at its place, and nothing is recorded. */
async function refusedWith(
  fields: Record<string, string | readonly string[]>,
): Promise<{ readonly errors: readonly string[]; readonly html: string }> {
  const before = [await count('concern'), await count('child')]
  const sent = await sendToCheck(school.page, { ...leastOf(school), ...fields })
  assert.equal(sent.status, 422)
  assert.deepEqual([await count('concern'), await count('child')], before)
  for (const field of errorsOf(sent.html).map(error => error.split(':')[0])) assert.ok(sent.html.includes(`id="${field}"`), field)
  return { errors: errorsOf(sent.html), html: sent.html }
}

test('An empty account gets a sentence at its place', async () => {
  const { errors } = await refusedWith({ seen: ' \n ', opinion: '' })
  assert.deepEqual(errors, [
    'child-words: Enter what the child said, what you saw or heard, or why you are worried: at least one of the three boxes.',
  ])
})

test('An account of a megabyte gets a sentence, and every word of it is still there', async () => {
  const huge = 'wörd '.repeat(200_000)
  const { errors, html } = await refusedWith({ seen: huge })
  assert.deepEqual(errors, [
    'seen: What I saw or heard must be 50,000 characters or fewer. Keep what matters most here, and add the rest afterwards.',
  ])
  assert.ok(html.includes(huge))
})

test('A control character gets a sentence that names the box and the place', async () => {
  const { errors } = await refusedWith({ done: 'I rang home\u0007 and waited' })
  assert.deepEqual(errors, [
    'done: What I did contains a damaged or invisible character that cannot be kept, just after “I rang home”. Delete that place and type it again.',
  ])
  const name = await refusedWith({ 'witness-1-name': '\u0000Lee' })
  assert.match(
    name.errors.join(),
    /^witness-1-name: The name contains a damaged or invisible character that cannot be kept, at its beginning/,
  )
})

test('Right-to-left words, emoji, tabs and line breaks are kept as they were typed', async () => {
  const seen = 'مرحبا\t😟👩‍👧\nשלום'
  const { id } = await recordByForm(school.page, { ...leastOf(school), seen })
  const rows = await holdfast.people.query<{ seen: string }>('select seen from concern_account where concern_id = $1', [id])
  assert.equal(rows[0]?.seen, seen)
})

test('Markup is shown as text, in the form and when it is checked', async () => {
  const seen = '</textarea><script>alert(1)</script>'
  const { html } = await refusedWith({ seen, happened: 'never' })
  assert.ok(!html.includes('<script>alert'))
  const { path } = await sendToCheck(school.page, { ...leastOf(school), seen, location: '"><img src=x onerror=alert(1)>' })
  const check = await school.page.get(`${path}/check`)
  assert.ok(!check.html.includes('<script>alert') && !check.html.includes('<img src=x'))
})

test('A day in the future, 30 February, half a date and a time to come are each refused in words', async () => {
  const on = (day: string, month: string, year: string) => ({
    happened: 'other',
    'happened-day': day,
    'happened-month': month,
    'happened-year': year,
  })
  assert.deepEqual((await refusedWith(on('19', '11', '2026'))).errors, [
    'happened-day: The day it happened must be today or in the past.',
  ])
  assert.deepEqual((await refusedWith(on('30', '2', '2026'))).errors, [
    'happened-day: There is no such date in the calendar. Check the day and the month.',
  ])
  assert.deepEqual((await refusedWith(on('3', '', '2026'))).errors, ['happened-day: The date must include a month.'])
  assert.deepEqual((await refusedWith(on('3', 'May', '2026'))).errors, [
    'happened-day: Write the date in numbers, like 27 3 2026.',
  ])
  assert.deepEqual((await refusedWith(on('3', '5', '26'))).errors, ['happened-day: The year must have 4 numbers, like 2026.'])
  assert.deepEqual((await refusedWith({ happened: '2026-11-19' })).errors, ['happened: Select when it happened.'])
  assert.deepEqual((await refusedWith({ 'happened-time': '11am' })).errors, [
    'happened-time: The time must be in the past: it is 10:00 now.',
  ])
  assert.deepEqual((await refusedWith({ 'happened-time': '2:15' })).errors, [
    'happened-time: Say whether 2:15 was in the morning or the afternoon, like 2:15am or 2:15pm.',
  ])
  assert.deepEqual((await refusedWith({ happened: 'unsure' })).errors, [
    'happened-says: Enter when it happened in your own words, such as “since the summer holidays”.',
  ])
})

test('A child of another school by a guessed id, and an id that is no child, are one answer that names nobody', async () => {
  const says = ['find-child: Choose the child from the list again.']
  const theirs = await refusedWith({ child: elsewhere.kim })
  const none = await refusedWith({ child: newId<string>() })
  const broken = await refusedWith({ child: "x' or 1=1" })
  assert.deepEqual([theirs.errors, none.errors, broken.errors], [says, says, says])
  assert.doesNotMatch(theirs.html, /Kim|Birchall/)
  const found = await school.page.post((await openForm(school.page)).path, {
    'find-child': 'kim',
    _do: 'find-child',
    _tab: 'a',
    _version: '0',
  })
  assert.doesNotMatch(found.html, new RegExp(elsewhere.kim))
})

test('An adult of another school by a guessed id is not taken', async () => {
  const { errors, html } = await refusedWith({ 'staff-involved': 'yes', staff: elsewhere.head.id })
  assert.equal(errors[0], 'find-staff: Choose the adult from the list again.')
  assert.ok(!html.includes(elsewhere.head.id))
})

test('A prompt, a category or an involvement that the policy does not have is asked for again', async () => {
  assert.deepEqual((await refusedWith({ prompt: 'witchcraft' })).errors, [
    'prompt: Select what made you worried from the list again.',
  ])
  const { robin } = school
  assert.deepEqual((await refusedWith({ [`involvement-${robin}`]: 'boss' })).errors, [
    `involvement-${robin}: Select how Robin Ashdown is involved.`,
  ])
  const sent = await sendToCheck(elsewhere.page, { ...leastOf(elsewhere), category: 'neglect-of-duty' })
  assert.deepEqual(errorsOf(sent.html), ['category: Select the category from the list again.'])
})

test('A mark outside the body is refused at its place', async () => {
  const mark = {
    'mark.region': 'front:head',
    'mark.x': '9999',
    'mark.y': '9999',
    'mark.description': 'bruise',
    'mark.size': '',
    'mark.colour': '',
    'mark.explanation': '',
    'mark.child': '',
  }
  const { errors } = await refusedWith({ prompt: 'injury', ...mark })
  assert.match(errors.join(), /^mark-1-region: /)
})

test('A form without a child, or with nobody to worry about, is refused', async () => {
  assert.deepEqual((await refusedWith({ child: [] })).errors, ['find-child: Enter the name of the child you are worried about.'])
  assert.deepEqual((await refusedWith({ [`involvement-${school.robin}`]: 'witness' })).errors, [
    'find-child: Select at least one child whom you are worried about.',
  ])
  assert.deepEqual((await refusedWith({ 'find-child': 'Zebedee' })).errors, [
    'find-child: No child here has the name “Zebedee”. Check the spelling, or describe the child below.',
  ])
})

test('After a refusal everything that was typed and chosen is still in the form', async () => {
  const { html } = await refusedWith({
    'child-words': 'he said “no”',
    happened: 'other',
    'happened-day': '30',
    'happened-month': '2',
    'happened-year': '2026',
    location: 'Gym & yard',
    'witness-2-name': 'Second witness',
    urgent: 'yes',
    behalf: 'yes',
    'behalf-name': 'Sue <Carr>',
  })
  for (const kept of ['he said “no”', 'value="30"', 'value="Gym &amp; yard"', 'value="Second witness"', 'Robin Ashdown'])
    assert.ok(html.includes(kept), kept)
  assert.match(html, /name="urgent"[^>]*checked/)
  assert.match(html, /name="behalf"[^>]*checked/)
  assert.match(html, /value="Sue (&lt;|<)Carr/)
})

// ---- once, and for the writer alone

test('However often Send is pressed, from whichever tab, it is one concern', async () => {
  const { page } = school
  const { path } = await sendToCheck(page, leastOf(school))
  const first = await page.get(`${path}/check`)
  const second = await page.get(`${path}/check`)
  const sent = await Promise.all(
    [first, first, second].map(tab => page.post(`${path}/submit`, hiddenFields(tab.html, `${path}/submit`))),
  )
  const places = new Set(sent.map(answer => answer.location))
  assert.equal(places.size, 1, sent.map(answer => answer.status).join())
  const later = await page.post(`${path}/submit`, { _version: '1' })
  assert.deepEqual([later.status, later.location], [303, sent[0]?.location])
  const id = path.split('/').at(-1)
  const rows = await holdfast.people.query('select 1 from concern where id = $1', [id])
  const alerts = await holdfast.people.query('select 1 from alert where concern_id = $1', [id])
  assert.deepEqual([rows.length, alerts.length], [1, 2])
  assert.equal((await page.get(path)).location, sent[0]?.location)
})

test('Another colleague cannot open, change, throw away or send a draft, nor see where a concern went', async () => {
  const { page } = school
  const { path } = await sendToCheck(page, leastOf(school))
  const colleague = await holdfast.agentFor(school.dsl.id)
  for (const other of [colleague, await holdfast.agentFor(elsewhere.teacher.id)])
    for (const below of ['', '/check', '/discard']) assert.equal((await other.get(path + below)).status, 404)
  const fields = { ...leastOf(school), seen: 'Written over it', _tab: 'z', _version: '1', _quiet: '1', _do: 'save' }
  for (const below of ['/save', '/submit', '/discard']) assert.equal((await colleague.post(path + below, fields)).status, 404)
  const elsewhereKept = await colleague.post(path, fields)
  assert.ok(elsewhereKept.status === 303 && !elsewhereKept.location?.startsWith(path), 'what they typed is a draft of their own')
  assert.match((await page.get(path)).html, /wet shoes/)
  const { id } = await recordByForm(page, leastOf(school))
  for (const other of [await holdfast.agentFor(school.head.id), await holdfast.agentFor(elsewhere.teacher.id)])
    assert.equal((await other.get(`/concerns/${id}/recorded`)).status, 404)
})

test('A form whose token is stale is kept for its writer, comes back whole after signing in, and is sent', async () => {
  const writer = await holdfast.agentFor(school.teacher.id)
  const { path, hidden } = await openForm(writer)
  const typed = { ...hidden, ...leastOf(school), seen: 'She said “no” <twice>\nand cried.', location: 'Gym & yard' }
  const token = await writer.formToken()
  await holdfast.people.query('update session set ended_at = $2 where account_id = $1 and ended_at is null', [
    school.teacher.account,
    holdfast.clock.now(),
  ])
  const before = await count('concern')
  const late = await holdfast.stranger().post(path, { ...typed, _token: token, _do: 'check' })
  assert.equal(late.status, 401)
  assert.match(late.html, /Not sent yet, but kept safe/)
  assert.equal(await count('concern'), before)

  const back = await holdfast.agentFor(school.teacher.id)
  const keptAt = /next=(\/kept-forms\/[0-9a-f-]+)"/.exec(late.html)?.[1] ?? ''
  assert.match((await back.get(keptAt)).html, /She said “no”/)
  const restored = await back.submit(keptAt, path)
  assert.deepEqual([restored.status, restored.location], [303, `${path}?saved`])
  const form = await back.get(path)
  assert.match(form.html, /She said “no” &lt;twice>\nand cried\./)
  assert.match(form.html, /value="Gym &amp; yard"/)
  const check = await back.get(`${path}/check`)
  const sent = await back.post(`${path}/submit`, hiddenFields(check.html, `${path}/submit`))
  assert.match(sent.location ?? '', /\/recorded$/, sent.html)
  const id = /^\/concerns\/(.*)\/recorded$/.exec(sent.location ?? '')?.[1]
  const rows = await holdfast.people.query<{ seen: string }>('select seen from concern_account where concern_id = $1', [id])
  assert.equal(rows[0]?.seen, 'She said “no” <twice>\nand cried.')
  assert.equal((await back.get(keptAt)).status, 404)
  school = { ...school, page: back }
})

test('A form whose token belongs to nobody is not taken, and nothing is recorded', async () => {
  const { path, hidden } = await openForm(school.page)
  const before = await count('concern')
  const sent = await school.page.post(path, { ...hidden, ...leastOf(school), _token: 'old', _do: 'check' })
  assert.equal(sent.status, 409)
  assert.equal((await school.page.get(path)).status, 404)
  assert.equal(await count('concern'), before)
})
