import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Answer, type Fields, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf, policiesByKey, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { formToken, visitor } from '../../web/http/form-token.ts'
import { concernRoutes } from './routes.ts'

let holdfast: TestApp
let school: SchoolWithForm
let path: string

before(async () => {
  holdfast = await startTestApp({ routes: concernRoutes, policies: policiesByKey })
  school = await schoolWithForm(holdfast, 'westacre')
  path = `/report/${school.school.visitorToken}`
})

after(() => holdfast.close())

const said = {
  'other-child-1-given': 'Robin',
  'other-child-1-family': 'Ashdown',
  seen: 'Robin sat alone on the wall after dark.',
  happened: '2026-11-18',
}

async function send(fields: Fields): Promise<Answer> {
  return holdfast.stranger().post(path, { _token: formToken(school.school.visitorToken, visitor), _key: undefined, ...fields })
}

/** Goes the visitor's whole way; gives the place to which it leads. */
async function report(fields: Fields): Promise<{ readonly sent: Answer; readonly form: Fields }> {
  const opened = await holdfast.stranger().get(path)
  const check = await send({ ...hiddenFields(opened.html, path), ...said, ...fields, _do: 'check' })
  assert.equal(check.status, 200, errorsOf(check.html).join())
  const form = { ...hiddenFields(check.html, path), _do: 'submit' }
  return { sent: await send(form), form }
}

const newest = async (what: string) =>
  (
    await holdfast.people.query<Record<string, unknown>>(
      `select ${what} from concern where school_id = $1 order by id desc limit 1`,
      [school.school.id],
    )
  )[0]

test('[WA-5-71] [WP-A1-02] An adult without an account records a concern by the school’s link, and the DSL is told at once', async () => {
  const { sent } = await report({ 'reporter-name': 'Bo Larch, kitchen', 'reporter-contact': '07700 900123' })
  assert.equal(sent.status, 303)
  assert.match(sent.location ?? '', /\/done\/[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  const done = await holdfast.stranger().get(sent.location ?? '')
  assert.match(done.html, /Thank you\. It is recorded/)
  assert.match(done.html, /01902 555392|tel:/)
  assert.deepEqual(await newest('reporter_id, written_by, outside_reporter, outside_contact'), {
    reporter_id: null,
    written_by: null,
    outside_reporter: 'Bo Larch, kitchen',
    outside_contact: '07700 900123',
  })
  const told = await holdfast.people.query<{ adult_id: string }>(
    'select a.adult_id from alert a join concern c on c.id = a.concern_id where c.school_id = $1 and c.outside_reporter is not null',
    [school.school.id],
  )
  assert.deepEqual(told.map(row => row.adult_id).sort(), [school.dsl.id, school.deputy.id].sort())
})

test('A visitor is told who will read it and that nothing is kept before it is sent, and is shown no names and no search', async () => {
  const { html } = await holdfast.stranger().get(path)
  assert.match(html, /They will read it\./)
  assert.match(html, /Nothing is saved until you send it/)
  assert.match(html, /href="tel:999"/)
  assert.match(html, /Yellow concern form/)
  assert.doesNotMatch(html, /Dora Lind|Demi Okafor|Hugh Petty|find-child|Robin Ashdown/)
  const tried = await send({
    ...said,
    'find-child': 'Robin',
    child: school.robin,
    'find-staff': 'Petty',
    'staff-involved': 'yes',
    _do: 'find-child',
  })
  assert.ok(!tried.html.includes(school.robin) && !tried.html.includes('Hugh Petty'))
})

test('A child whom a visitor names is not taken for the child of that name on roll', async () => {
  await report({ child: school.robin })
  const children = await holdfast.people.query<{ child_id: string; standing: string }>(
    'select i.child_id, c.standing from concern_child i join child c on c.id = i.child_id where i.school_id = $1',
    [school.school.id],
  )
  assert.ok(children.every(child => child.child_id !== school.robin && child.standing === 'unidentified'))
})

test('An adult of the school whom a visitor names is outside it, and the visitor is not told whether there is such a person', async () => {
  const named = await report({ 'staff-involved': 'yes', 'find-staff': 'Mrs Lind' })
  const rows = await holdfast.people.query<{ excluded: string[] }>(
    'select excluded from concern where school_id = $1 order by id desc limit 1',
    [school.school.id],
  )
  assert.deepEqual(rows[0]?.excluded, [school.dsl.id])
  const told = await holdfast.people.query<{ adult_id: string }>(
    'select adult_id from alert where concern_id = (select id from concern where school_id = $1 order by id desc limit 1)',
    [school.school.id],
  )
  assert.deepEqual(
    told.map(row => row.adult_id),
    [school.deputy.id],
  )
  const check = await send({ ...named.form, _key: undefined, _do: 'check' })
  assert.match(check.html, /Mrs Lind/)
  assert.doesNotMatch(check.html, /Dora/)
  const nobody = await report({ 'staff-involved': 'yes', 'find-staff': 'Mrs Nobody' })
  assert.equal(nobody.sent.status, 303)
})

test('Somebody who works here is outside it also where a visitor names them among those who do not, and no page differs by it', async () => {
  const pages: string[] = []
  for (const [name, outside] of [
    ['Dora Lind', [school.dsl.id]],
    ['Dara Lond', []],
  ] as const) {
    const { form } = await report({ 'harmer-1-name': name, 'harmer-1-id': school.dsl.id })
    const rows = await holdfast.people.query<{ excluded: string[] }>(
      'select excluded from concern where school_id = $1 order by id desc limit 1',
      [school.school.id],
    )
    assert.deepEqual(rows[0]?.excluded, outside)
    for (const step of ['check', 'stay']) {
      const { html } = await send({ ...form, 'concern-id': 'x', _key: undefined, _do: step })
      assert.doesNotMatch(html, /Is “/)
      pages.push(html.replaceAll(name, 'NAME').replaceAll(/[0-9a-f-]{36}/g, 'ID'))
    }
  }
  assert.equal(pages[0], pages[2])
  assert.equal(pages[1], pages[3])
  assert.match(pages[1] ?? '', /If this is somebody who works here, they will not see it/)
})

test('What a visitor sends with a form token that no longer holds comes back in the form with a sentence, and is sent from there', async () => {
  const count = async () => (await holdfast.people.query('select 1 from concern where school_id = $1', [school.school.id])).length
  const before = await count()
  const opened = await holdfast.stranger().get(path)
  for (const [token, step] of [
    ['visitor.old', 'check'],
    [undefined, 'check'],
    ['\u0000', 'submit'],
  ] as const) {
    const late = await send({
      ...hiddenFields(opened.html, path),
      ...said,
      'reporter-name': 'Bo “Bee” <Larch>',
      'harmer-1-name': 'A man at the gate',
      _token: token,
      _do: step,
    })
    assert.equal(late.status, 409)
    assert.match(late.html, /What you wrote has not been sent/)
    for (const kept of ['value="Ashdown"', 'Robin sat alone on the wall after dark.', 'A man at the gate', '&lt;Larch>'])
      assert.ok(late.html.includes(kept), kept)
    assert.equal(await count(), before)
    const check = await send({ ...hiddenFields(late.html, path), ...said, _do: 'check' })
    assert.equal(check.status, 200, errorsOf(check.html).join())
  }
  const late = await send({ ...hiddenFields(opened.html, path), ...said, _token: 'old', _do: 'submit' })
  const check = await send({ ...hiddenFields(late.html, path), ...said, _do: 'check' })
  assert.equal((await send({ ...hiddenFields(check.html, path), _do: 'submit' })).status, 303)
  assert.equal(await count(), before + 1)
  const foreign = await holdfast.stranger().post(path, { ...said, _do: 'submit' }, { origin: 'https://elsewhere.example' })
  assert.equal(foreign.status, 409)
  assert.doesNotMatch(foreign.html, /on the wall/)
})

test('A second press, also from another tab, is one concern with one reference', async () => {
  const { sent, form } = await report({})
  const count = async () => (await holdfast.people.query('select 1 from concern where school_id = $1', [school.school.id])).length
  const before = await count()
  assert.equal((await send(form)).location, sent.location)
  assert.equal(await count(), before)
})

test('A visitor’s form with faults comes back with everything in it; a wrong link is no page', async () => {
  const empty = await send({ 'concern-id': '', seen: 'Only this', happened: '2026-11-18', location: 'The wall', _do: 'check' })
  assert.equal(empty.status, 422)
  assert.deepEqual(errorsOf(empty.html), ['other-child-1-given: Enter the name of the child, or describe the child.'])
  assert.match(empty.html, /value="The wall"/)
  assert.equal((await holdfast.stranger().get('/report/not-a-school')).status, 404)
  assert.equal((await holdfast.stranger().get(`${path}/done/nothing`)).status, 404)
})

// ---- worried about an adult

test('[WP-A1-01] Whoever is worried about an adult is shown whom the policy names, for staff and for the head, and the lines outside; nothing can be written', async () => {
  const people = await schoolWithForm(holdfast, 'west-park')
  await holdfast.people.addAdult(people.school, { name: 'Chidi Obi', roles: ['chair-of-governors'] })
  const { html, status } = await people.page.get('/worried-about-an-adult')
  assert.equal(status, 200)
  const main = html.slice(html.indexOf('<main'))
  assert.match(main, /Holdfast cannot record this yet\. Nothing on this page is kept/)
  assert.ok(main.indexOf('Hugh Petty') < main.indexOf('Chidi Obi'))
  assert.match(main, /If it is about the first of these people, go to the next\./)
  assert.match(main, /LADO/)
  assert.match(main, /0800 028 0285/)
  assert.match(main, /Monday to Friday, 8am to 8pm/)
  assert.doesNotMatch(main, /<form|<textarea|<input/)
  assert.doesNotMatch(main.slice(0, main.indexOf('(whistleblowing)')), /Nobody holds this office now/)
  const { html: asVisitor } = await holdfast.stranger().get(`/report/${people.school.visitorToken}/about-an-adult`)
  assert.match(asVisitor, /Chair of Trustees/)
  assert.doesNotMatch(asVisitor, /Hugh Petty|Chidi Obi|Dora Lind/)
})

test('[MM-1.1-03] a supply teacher who came at 08:20 and scanned the code of the reception records at once and at the end of the day, and reads no case', async () => {
  const mmap = await schoolWithForm(holdfast, 'mmap')
  const code = `/report/${mmap.school.visitorToken}`
  const supply = holdfast.stranger()
  const token = formToken(mmap.school.visitorToken, visitor)
  const recordAt = async (time: string) => {
    holdfast.clock.set(`2026-11-18T${time}:00.000Z` as Instant)
    const opened = (await supply.get(code)).html
    const fields = {
      ...hiddenFields(opened, code),
      ...said,
      prompt: 'behaviour',
      'reporter-name': 'Ines Marlowe, supply',
      _token: token,
      _key: undefined,
    }
    const check = await supply.post(code, { ...fields, _do: 'check' })
    assert.equal(check.status, 200, errorsOf(check.html).join())
    const sent = await supply.post(code, { ...hiddenFields(check.html, code), _do: 'submit' })
    assert.match(sent.location ?? '', /\/done\/[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  }
  await recordAt('08:20')
  await recordAt('16:59')
  const cases = await holdfast.people.query<{ id: string; outside_reporter: string }>(
    'select id, outside_reporter from concern where school_id = $1',
    [mmap.school.id],
  )
  assert.deepEqual(
    cases.map(one => one.outside_reporter),
    ['Ines Marlowe, supply', 'Ines Marlowe, supply'],
  )
  for (const { id } of cases)
    for (const address of [`/concerns/${id}`, `/my-concerns/${id}`, `/concerns/${id}/evidence`, `${code}/${id}`]) {
      const answer = await supply.get(address)
      assert.ok(answer.status === 404 || /^\/sign-in/.test(answer.location ?? ''), `${address} answers ${answer.status}`)
      assert.doesNotMatch(answer.html, /Robin|sat alone on the wall/)
    }
})
