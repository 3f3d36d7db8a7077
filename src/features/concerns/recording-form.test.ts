import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
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
  today,
} from '../../../test/support/concern-form.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { instantOf } from '../../kernel/plain-date.ts'
import { triageRoutes } from '../triage/index.ts'
import { concernRoutes } from './routes.ts'

let holdfast: TestApp
let westPark: SchoolWithForm
let macGregor: SchoolWithForm
let westacre: SchoolWithForm
let westley: SchoolWithForm
let mmap: SchoolWithForm

before(async () => {
  holdfast = await startTestApp({ routes: [...concernRoutes, ...triageRoutes], policies: policiesByKey })
  westPark = await schoolWithForm(holdfast, 'west-park')
  macGregor = await schoolWithForm(holdfast, 'william-macgregor')
  westacre = await schoolWithForm(holdfast, 'westacre')
  westley = await schoolWithForm(holdfast, 'westley')
  mmap = await schoolWithForm(holdfast, 'mmap')
})

after(() => holdfast.close())

async function one<Row extends object>(statement: string, ...values: unknown[]): Promise<Row> {
  const [row] = await holdfast.people.query<Row & Record<string, unknown>>(statement, values)
  assert.ok(row, statement)
  return row
}

const without = (fields: Record<string, unknown>, ...names: string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name))) as Record<
    string,
    string | readonly string[]
  >

// ---- whom to ring first

test('[WP-6-01] Before any question stand 999, who is there now, the front door and the line out of hours', async () => {
  for (const { page } of [westPark, macGregor, westacre, westley, mmap]) {
    const { html } = await page.get('/concerns/new')
    const box = html.indexOf('hf-emergency')
    assert.ok(box > 0 && box < html.indexOf('<form', html.indexOf('<main')))
    const first = /<ul class="hf-contacts">([\s\S]*?)<\/ul>/.exec(html)?.[1] ?? ''
    assert.match(first, /href="tel:999"/)
    assert.ok(first.indexOf('tel:999') < first.indexOf('Dora Lind'))
    assert.match(first, /Designated Safeguarding Lead|DSL/i)
  }
  const { html } = await westPark.page.get('/concerns/new')
  assert.match(html, /Derby Careline/)
  assert.match(html, /In an emergency help the child first, and write afterwards\./)
})

test('[MM-0-03] [MM-3.2-03] A number that the school has still to confirm says so, and whoever is out is not shown as there', async () => {
  const { people } = holdfast
  const school = await schoolWithForm(holdfast, 'west-park')
  await people.query(
    `insert into absence (school_id, id, adult_id, starts_at, reason, said_by) values ($1, gen_random_uuid(), $2, '2026-11-18T07:00:00Z', 'ill', $2)`,
    [school.school.id, school.dsl.id],
  )
  const { html } = await school.page.get('/concerns/new')
  const box = html.slice(html.indexOf('hf-emergency'), html.indexOf('<form', html.indexOf('hf-emergency')))
  assert.doesNotMatch(box, /Dora Lind/)
  assert.match(box, /Demi Okafor/)
  assert.match(box, /Not confirmed: the school has still to check this contact\./)
})

test('Nobody is said to be in school at night, at the weekend or in the holidays; whoever is on duty then is said to be on duty', async () => {
  const { people, clock } = holdfast
  const school = await schoolWithForm(holdfast, 'west-park')
  const before = clock.now()
  const inSchool = await school.page.get('/concerns/new')
  assert.match(inSchool.html, /in school now/)
  const { html: recorded } = await recordByForm(school.page, leastOf(school))
  assert.match(recorded, /Dora Lind, [^<]*was told[^<]*in school now/)
  for (const at of ['2026-11-18T21:30:00Z', '2026-11-21T11:00:00Z', '2026-12-28T11:00:00Z']) {
    clock.set(instantOf(Date.parse(at)))
    const nobody = (await school.page.get('/concerns/new')).html
    assert.match(nobody, /Nobody of the safeguarding team is shown as being on duty now/)
    assert.doesNotMatch(nobody, /in school now/)
    await people.query(
      `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind, phone) values ($1, gen_random_uuid(), $2, $3, $3::timestamptz + interval '1 hour', 'out-of-hours', '01332 000111')`,
      [school.school.id, school.deputy.id, at],
    )
    for (const path of ['/concerns/new', '/concerns/urgent']) {
      const { html } = await school.page.get(path)
      assert.doesNotMatch(html, /in school now/, path)
      assert.match(html, /Demi Okafor[\s\S]{0,200}on duty now/, path)
    }
  }
  clock.set(before)
})

test('[MM-0-01] Under urgency a child and two lines are enough; the safeguarding team has them at once and they are finished later', async () => {
  const { page, robin, dsl } = westPark
  const opened = await page.get('/concerns/urgent')
  assert.ok(opened.html.indexOf('tel:999') < opened.html.indexOf('name="seen"'))
  const hidden = hiddenFields(opened.html, '/concerns/urgent')
  const found = await page.post('/concerns/urgent', { ...hidden, 'find-child': 'robin', seen: 'Robin ran out of the gate.' })
  assert.equal(found.status, 422)
  assert.match(found.html, /Robin Ashdown/)
  assert.match(found.html, />Robin ran out of the gate\.</)
  const fields = { ...hidden, 'find-child': 'robin', child: robin, seen: 'Robin ran out of the gate.', told: dsl.id }
  const sent = await page.post('/concerns/urgent', fields)
  const again = await page.post('/concerns/urgent', fields)
  assert.equal(sent.status, 303, errorsOf(sent.html).join())
  assert.equal(again.location, sent.location)
  const recorded = await page.get(sent.location ?? '')
  assert.match(recorded.html, /Finish the record now/)
  const id = hidden['concern-id']?.[0]
  const concern = await one<{ urgent: boolean; stub: boolean; voice_told: boolean }>(
    'select urgent, stub, voice_told from concern where id = $1',
    id,
  )
  assert.deepEqual(concern, { urgent: true, stub: true, voice_told: true })
  const alerts = await holdfast.people.query<{ kind: string }>('select kind from alert where concern_id = $1', [id])
  assert.deepEqual(
    alerts.map(alert => alert.kind),
    ['urgent', 'urgent'],
  )
})

test('Under urgency a child who is not in the list is sent by the name that was typed', async () => {
  const { page } = westPark
  const hidden = hiddenFields((await page.get('/concerns/urgent')).html, '/concerns/urgent')
  const sent = await page.post('/concerns/urgent', { ...hidden, 'find-child': 'boy in a red coat', seen: 'Alone at the gate.' })
  assert.equal(sent.status, 303)
  const child = await one<{ name: string; standing: string }>(
    `select given_name || ' ' || family_name as name, standing from child c join concern_child i on i.child_id = c.id where i.concern_id = $1`,
    hidden['concern-id']?.[0],
  )
  assert.deepEqual(child, { name: 'boy in a red coat', standing: 'unidentified' })
})

test('Under urgency a child whom nobody knows is sent too, and stands in the register of what is in nobody’s file until they are found', async () => {
  const { page, dsl } = westPark
  const opened = await page.get('/concerns/urgent')
  assert.match(opened.html, /I do not know who it is/)
  const hidden = hiddenFields(opened.html, '/concerns/urgent')
  const seen = 'Somebody small cries behind the sports hall.'
  const nobody = await page.post('/concerns/urgent', { ...hidden, seen })
  assert.match(errorsOf(nobody.html).join(), /or say that you do not know/)
  const sent = await page.post('/concerns/urgent', { ...hidden, seen, 'child-unknown': 'yes' })
  assert.equal(sent.status, 303, errorsOf(sent.html).join())
  const id = hidden['concern-id']?.[0] ?? ''
  const register = await (await holdfast.agentFor(dsl.id)).get('/without-file')
  assert.equal(register.status, 200)
  assert.match(register.html, /Child not yet identified/)
  assert.match(register.html, /cries behind the sports hall/)
  assert.ok(register.html.includes(`/concerns/${id}"`))
  assert.equal((await page.get('/without-file')).status, 403)
  // Identified, it stands in that child's file and here no longer.
  await holdfast.people.query(
    `update child set standing = 'on-roll' where id in (select child_id from concern_child where concern_id = $1)`,
    [id],
  )
  assert.doesNotMatch((await (await holdfast.agentFor(dsl.id)).get('/without-file')).html, /cries behind the sports hall/)
})

// ---- from first words to a record

test('[WP-6-03] A teacher finds the child, chooses a category, writes, and the DSL and the deputy are told at once', async () => {
  const { page, robin, dsl, deputy } = westPark
  const { path, hidden } = await openForm(page)
  const found = await page.post(path, { ...hidden, 'find-child': 'ashd', seen: 'Wet shoes.', _do: 'find-child' })
  assert.equal(found.status, 200)
  assert.match(found.html, new RegExp(`value="${robin}"`))
  assert.match(found.html, />Wet shoes\.</)
  const recorded = await recordByForm(page, leastOf(westPark))
  assert.equal(recorded.status, 200)
  assert.match(recorded.html, /Dora Lind, Designated Safeguarding Lead, was told at 10:00/)
  assert.match(recorded.html, /By 11am today: one of them says that they have seen it/)
  assert.match(recorded.html, /By 3:15pm today: one of them decides/)
  const told = await holdfast.people.query<{ adult_id: string }>(
    'select adult_id from alert where concern_id = $1 order by adult_id',
    [recorded.id],
  )
  assert.deepEqual(
    told.map(row => row.adult_id),
    [dsl.id, deputy.id].sort(),
  )
})

test('A simple concern takes at most 8 interactions from the home page besides writing', async () => {
  // Without a script: the link, Find, the child, what made you worried, the category, Check, Send. What is typed is writing.
  const { page, robin } = westPark
  let interactions = 1
  const { path, hidden } = await openForm(page)
  interactions += 1
  const found = await page.post(path, {
    ...hidden,
    'find-child': 'Robin',
    seen: 'Wet shoes again.',
    happened: today,
    _do: 'find-child',
  })
  const day =
    /name="happened"[^>]*value="([^"]+)"[^>]*checked/.exec(found.html)?.[1] ??
    /value="(\d{4}-\d\d-\d\d)"[^>]*checked/.exec(found.html)?.[1]
  assert.equal(day, today, 'today is chosen already')
  interactions += 3
  const again = hiddenFields(found.html, path)
  const check = await page.post(path, {
    ...again,
    'find-child': 'Robin',
    child: robin,
    seen: 'Wet shoes again.',
    prompt: 'appearance',
    category: 'neglect',
    happened: day,
    _do: 'check',
  })
  interactions += 1
  assert.equal(check.status, 303, errorsOf(check.html).join('\n'))
  const sent = await page.post(`${path}/submit`, hiddenFields((await page.get(`${path}/check`)).html, `${path}/submit`))
  interactions += 1
  assert.match(sent.location ?? '', /\/recorded$/)
  assert.ok(interactions <= 8, String(interactions))
})

test('The form is one page under 60 kB over the wire, with its style sheet and scripts', async () => {
  let bytes = 0
  const opened = await holdfast.app.inject({
    url: '/concerns/new',
    headers: { 'accept-encoding': 'gzip, br', cookie: [...westPark.page.cookies].map(pair => pair.join('=')).join('; ') },
  })
  assert.equal(opened.headers['content-encoding'], 'gzip')
  bytes += opened.rawPayload.length
  const { html } = await westPark.page.get('/concerns/new')
  for (const [, url] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
    const asset = await holdfast.app.inject({ url: url ?? '', headers: { 'accept-encoding': 'gzip, br' } })
    assert.equal(asset.statusCode, 200)
    bytes += asset.rawPayload.length
  }
  assert.ok(bytes < 60_000, `${bytes} bytes`)
})

test('Nobody can put text of their own into the compressed form by a link, and the form with its faults is not compressed', async () => {
  const cookie = [...westPark.page.cookies].map(pair => pair.join('=')).join('; ')
  const headers = { 'accept-encoding': 'gzip', cookie }
  const stranger = '0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000'
  const opened = await holdfast.app.inject({ url: `/concerns/new?child=${stranger}&behalf=chosentext&seen=chosentext`, headers })
  assert.equal(opened.headers['content-encoding'], 'gzip')
  const html = gunzipSync(opened.rawPayload).toString()
  assert.ok(!html.includes(stranger) && !html.includes('chosentext'), 'the link shows in the page')
  const { path, hidden } = await openForm(westPark.page)
  const refused = await holdfast.app.inject({
    method: 'POST',
    url: path,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...hidden, seen: 'chosentext', _do: 'check' }).toString(),
  })
  assert.equal(refused.statusCode, 422)
  assert.match(refused.payload, /chosentext/)
  assert.equal(refused.headers['content-encoding'], undefined)
})

test("[WY-11d-02] [WM-A3-3.7-02] The child's exact words, what was seen, the writer's view and what was done are kept apart, in any script", async () => {
  const words = {
    'child-words': '“لا أريد العودة إلى البيت” 😟\n<b>he said</b>',
    seen: 'Robin cried.\r\nShe hid.',
    opinion: 'I think she is afraid.',
    done: 'I stayed with her.',
  }
  const { page } = westacre
  const sent = await sendToCheck(page, { ...leastOf(westacre), ...words })
  const check = await page.get(`${sent.path}/check`)
  assert.match(check.html, /&lt;b>he said&lt;\/b>|&lt;b&gt;he said&lt;\/b&gt;/)
  assert.match(check.html, /dir="auto"/)
  const { id } = await recordByForm(page, { ...leastOf(westacre), ...words })
  const account = await one('select child_words, seen, opinion, done from concern_account where concern_id = $1', id)
  assert.deepEqual(account, {
    child_words: words['child-words'],
    seen: 'Robin cried.\nShe hid.',
    opinion: words.opinion,
    done: words.done,
  })
})

test('[WM-7.2-01] [MM-1.1-01] Several children each have their own part; one who is not on roll becomes known to the safeguarding team alone', async () => {
  const { page, robin, kim, school } = mmap
  const recorded = await recordByForm(page, {
    ...leastOf(mmap),
    child: [robin, kim],
    [`involvement-${kim}`]: 'alleged',
    'other-child-1-given': 'Jo',
    'other-child-1-family': 'Ashdown',
    'other-child-1-standing': 'not-on-roll',
    'other-child-1-involvement': 'sibling',
    'harmer-1-name': 'Ray Stone',
    'harmer-1-relation': 'neighbour',
    'harmer-2-name': 'Pat Stone',
    'witness-1-name': 'Lee Fenn',
    'witness-1-relation': 'bus driver',
  })
  const involved = await holdfast.people.query<{ given_name: string; involvement: string }>(
    'select c.given_name, i.involvement from concern_child i join child c on c.id = i.child_id where i.concern_id = $1 order by 1',
    [recorded.id],
  )
  assert.deepEqual(involved, [
    { given_name: 'Jo', involvement: 'sibling' },
    { given_name: 'Kim', involvement: 'alleged' },
    { given_name: 'Robin', involvement: 'subject' },
  ])
  const adults = await holdfast.people.query<{ name: string; involvement: string }>(
    'select name, involvement from concern_adult where concern_id = $1 order by n',
    [recorded.id],
  )
  assert.deepEqual(
    adults.map(adult => `${adult.name} ${adult.involvement}`),
    ['Ray Stone alleged', 'Pat Stone alleged', 'Lee Fenn witness'],
  )
  const other = await holdfast.agentFor((await holdfast.people.addAdult(school)).id)
  const { path, hidden } = await openForm(other)
  const found = await other.post(path, { ...hidden, 'find-child': 'Jo Ashdown', _do: 'find-child' })
  assert.match(found.html, /No child here has the name “Jo Ashdown”/)
})

test('[WA-9-07] Who wrote it and when are set by the clock and the sign-in, whatever the form says', async () => {
  const { page, teacher } = westley
  const { id } = await recordByForm(page, { ...leastOf(westley), recorded_at: '2020-01-01', reporter: 'somebody else' })
  const concern = await one('select reporter_id, written_by, recorded_at from concern where id = $1', id)
  assert.deepEqual(concern, { reporter_id: teacher.id, written_by: teacher.id, recorded_at: '2026-11-18T10:00:00.000Z' })
})

test('Whom the writer told by voice, and at what time, is kept', async () => {
  const { page, dsl } = westPark
  const { id } = await recordByForm(page, {
    ...leastOf(westPark),
    prompt: 'disclosure',
    voice: 'yes',
    told: dsl.id,
    'told-time': '9.40am',
  })
  const told = await one('select adult_id, name, told_at from concern_adult where concern_id = $1', id)
  assert.deepEqual(told, { adult_id: dsl.id, name: 'Dora Lind', told_at: '2026-11-18T09:40:00.000Z' })
})

// ---- what each policy asks for

test('After a disclosure, or where it is urgent, the policy asks whether somebody was told by voice', async () => {
  const asked = 'voice: Select whether you have told somebody by voice.'
  const disclosure = await sendToCheck(westPark.page, { ...leastOf(westPark), prompt: 'disclosure' })
  assert.deepEqual(errorsOf(disclosure.html), [asked])
  const urgent = await sendToCheck(macGregor.page, { ...leastOf(macGregor), urgent: 'yes' })
  assert.deepEqual(errorsOf(urgent.html), [asked])
  const calm = await sendToCheck(macGregor.page, leastOf(macGregor))
  assert.equal(calm.status, 303)
})

test('Each school asks for what its own policy asks for, and for nothing more', async () => {
  const missing = async (school: SchoolWithForm, name: string) =>
    errorsOf((await sendToCheck(school.page, without(leastOf(school), name))).html)
  assert.deepEqual(await missing(westPark, 'category'), ['category: Select the category that fits best.'])
  assert.deepEqual(await missing(westacre, 'category'), [])
  assert.deepEqual(await missing(mmap, 'prompt'), ['prompt: Select what made you worried.'])
  assert.deepEqual(await missing(westPark, 'prompt'), [])
  assert.deepEqual(await missing(macGregor, 'location'), ['location: Enter where it happened.'])
  assert.deepEqual(await missing(westPark, 'location'), [])
  assert.deepEqual(await missing(westley, 'opinion'), ['opinion: Enter what you think and why it worries you.'])
})

test('[WA-9-01] An injury that was seen is shown on the body map, with the explanation given', async () => {
  for (const school of [mmap, westacre]) {
    const { page } = school
    const bare = await sendToCheck(page, { ...leastOf(school), prompt: 'injury' })
    assert.deepEqual(errorsOf(bare.html), ['injury: Show the injury on the body map, or say that you have not seen it yourself.'])
    const unseen = await sendToCheck(page, { ...leastOf(school), prompt: 'injury', 'injury-unseen': 'yes' })
    assert.equal(unseen.status, 303)
  }
})

test('[WM-A3-3.7-07] [MM-3.2-01] [WA-5-68] Beside the box for the child’s words stands that secrecy cannot be promised and that questions stay open', async () => {
  const beside = async ({ page }: SchoolWithForm) => {
    const { html } = await page.get('/concerns/new')
    const at = html.indexOf('name="child-words"')
    return html.slice(at, html.indexOf('</aside>', at))
  }
  assert.match(await beside(mmap), /Do not promise to keep it secret\./)
  assert.match(await beside(mmap), /ask openly: tell, explain, describe/)
  assert.match(await beside(westacre), /You cannot promise secrecy\./)
  assert.match(await beside(macGregor), /Do not promise to keep it to yourself\./)
  assert.match(await beside(westPark), /You may not keep it secret\./)
  assert.match(await beside(westPark), /Never have a child write a statement or sign your record\./)
})

test('The reminders about parents, statements and passing it on stand where they are needed', async () => {
  const html = async ({ page }: SchoolWithForm) => (await page.get('/concerns/new')).html
  assert.match(await html(westacre), /Do not talk to parents before you have spoken with the DSL\./)
  assert.match(await html(westley), /Do not speak to the parents if that may make things worse for the child\./)
  assert.match(await html(westPark), /Never have a child write a statement/)
  assert.match(await html(mmap), /Do not assume that somebody else has passed it on\./)
})

test('Every form says never to look at, copy or attach an image of a child, and takes no file', async () => {
  for (const { page } of [westPark, macGregor, westacre, westley, mmap]) {
    const { html } = await page.get('/concerns/new')
    assert.match(html, /Never look at, copy, photograph or attach an image of a child\. This form takes none\./)
    assert.match(html, /What to do instead/)
    assert.doesNotMatch(html, /type="file"/)
  }
})

test('[WA-5-64] [WP-6-09] [WP-A1-02] [MM-2.3-02] [WM-4.1.1-01] Any adult of the school can report an unease without a disclosure and without being sure', async () => {
  const { people } = holdfast
  for (const role of ['volunteer', 'governor', 'contractor', 'supply', 'teaching-assistant', 'trainee'] as const) {
    const adult = await people.addAdult(westPark.school, { roles: [role] })
    const page = await holdfast.agentFor(adult.id, { secondFactor: false })
    const recorded = await recordByForm(page, {
      child: westPark.robin,
      category: 'other',
      opinion: 'Something is not right; I cannot say what.',
      happened: 'unsure',
      'happened-says': 'since half-term',
    })
    assert.equal(recorded.status, 200)
  }
})

// ---- adults of the school in it

test('An adult of the school whom it is partly about is outside it from that moment, even the DSL', async () => {
  const { page, dsl, deputy } = westPark
  const typed = await sendToCheck(page, { ...leastOf(westPark), 'staff-involved': 'yes', 'find-staff': 'dora' })
  assert.deepEqual(errorsOf(typed.html), [
    'find-staff: Select which adult you mean by “dora”, or say that they are not in the list.',
  ])
  assert.match(typed.html, new RegExp(`value="${dsl.id}"`))
  assert.match(typed.html, /cannot see it or hear of it here, whatever their role/)
  const recorded = await recordByForm(page, {
    ...leastOf(westPark),
    'staff-involved': 'yes',
    'find-staff': 'dora',
    staff: dsl.id,
  })
  assert.doesNotMatch(recorded.html, /Dora Lind/)
  assert.match(recorded.html, /Demi Okafor/)
  const told = await holdfast.people.query<{ adult_id: string }>('select adult_id from alert where concern_id = $1', [
    recorded.id,
  ])
  assert.deepEqual(
    told.map(row => row.adult_id),
    [deputy.id],
  )
})

test('A name among those who do not work here is asked about where somebody here bears it: nobody stays inside by silence', async () => {
  const { page, dsl, deputy } = westPark
  const outsideOf = async (id: string) =>
    (await holdfast.people.query<{ excluded: string[] }>('select excluded from concern where id = $1', [id]))[0]?.excluded
  for (const name of ['dora LIND', 'Mrs Lind', 'Dora Mary Lind']) {
    const silent = await sendToCheck(page, { ...leastOf(westPark), 'harmer-1-name': name })
    assert.equal(silent.status, 422)
    assert.deepEqual(errorsOf(silent.html), [`harmer-1-id: Select whether “${name}” is somebody who works or helps here.`])
    assert.match(silent.html, new RegExp(`id="harmer-1-id"[^>]*value="${dsl.id}"`))
  }
  const yes = await recordByForm(page, { ...leastOf(westPark), 'harmer-1-name': 'Mrs Lind', 'harmer-1-id': dsl.id })
  assert.deepEqual(await outsideOf(yes.id), [dsl.id])
  assert.match(yes.html, new RegExp(deputy.name))
  const no = await recordByForm(page, {
    ...leastOf(westPark),
    'harmer-1-name': 'Mrs Lind',
    'harmer-1-relation': 'a neighbour',
    'harmer-1-id': 'none: mrs lind',
  })
  assert.deepEqual(await outsideOf(no.id), [])
  const other = { ...leastOf(westPark), 'harmer-1-name': 'Hugh Petty', 'harmer-1-id': 'none: mrs lind' }
  assert.equal((await sendToCheck(page, other)).status, 422, 'what was said of one name does not hold for another')
  const unasked = { ...leastOf(westPark), 'harmer-1-name': 'Ray Lind', 'harmer-1-relation': 'stepfather' }
  assert.equal((await sendToCheck(page, unasked)).status, 303, 'a family name alone is not a match')
  const already = { ...leastOf(westPark), 'staff-involved': 'yes', staff: dsl.id, 'harmer-1-name': 'Dora Lind' }
  assert.equal((await sendToCheck(page, already)).status, 303)
})

test('A name typed under a question that was not answered is not passed over, and “none of these” holds for one name', async () => {
  const { page } = westPark
  const unanswered = await sendToCheck(page, { ...leastOf(westPark), 'find-staff': 'Dora Lind' })
  assert.deepEqual(errorsOf(unanswered.html), [
    'staff-involved: Select whether the worry is partly about an adult who works or helps here.',
  ])
  const stale = { ...leastOf(westPark), 'staff-involved': 'yes', 'find-staff': 'dora', 'staff-unlisted': 'none: somebody else' }
  assert.equal((await sendToCheck(page, stale)).status, 422)
  assert.equal((await sendToCheck(page, { ...stale, 'staff-unlisted': 'none: dora' })).status, 303)
})

test('Before sending, what made the writer worried is not answered with “Nobody” where nothing was ticked', async () => {
  const school = await schoolWithForm(holdfast, 'westacre')
  const { path, status } = await sendToCheck(school.page, { ...leastOf(school), prompt: undefined } as never)
  assert.equal(status, 303)
  const { html } = await school.page.get(`${path}/check`)
  assert.match(html, /What made you worried<\/dt>[\s\S]*?You did not say/)
})

test('Where nobody inside can be given it, the concern is kept and the reporter sees the numbers outside', async () => {
  const school = await schoolWithForm(holdfast, 'west-park')
  const { page, dsl, deputy, head } = school
  const recorded = await recordByForm(page, { ...leastOf(school), 'staff-involved': 'yes', staff: [dsl.id, deputy.id, head.id] })
  assert.match(recorded.html, /Nobody in school can be given this just now/)
  assert.match(recorded.html, /01332 641172/)
  assert.match(recorded.html, new RegExp(`/concerns/${recorded.id}/direct-referral`))
})

// ---- writing for somebody else

test('[WA-9-11] A paper form is entered with both names, both times and its scan, and goes to the DSL at once', async () => {
  const { page, teacher } = westacre
  const behalf = {
    behalf: 'yes',
    'behalf-name': 'Sue Carr, supply teacher',
    'behalf-reason': 'paper-form',
    'behalf-day': '17',
    'behalf-month': '11',
    'behalf-year': '2026',
    'behalf-time': '2:30pm',
  }
  const recorded = await recordByForm(page, { ...leastOf(westacre), ...behalf })
  const concern = await one(
    'select on_behalf_of, on_behalf_reason, first_written_at, recorded_at, written_by from concern where id = $1',
    recorded.id,
  )
  assert.deepEqual(concern, {
    on_behalf_of: 'Sue Carr, supply teacher',
    on_behalf_reason: 'paper-form',
    first_written_at: '2026-11-17T14:30:00.000Z',
    recorded_at: '2026-11-18T10:00:00.000Z',
    written_by: teacher.id,
  })
  assert.match(recorded.html, /Attach the scan of the form or letter/)
  assert.match(recorded.html, /Dora Lind/)
})

test('A paper form needs the day on which it was written; every part that is missing is asked for at its place', async () => {
  const { page } = westacre
  const sent = await sendToCheck(page, { ...leastOf(westacre), behalf: 'yes', 'behalf-reason': 'paper-form' })
  assert.deepEqual(errorsOf(sent.html), [
    'behalf-name: Enter the name of the person you write for.',
    'behalf-day: Enter the day it was first written or said.',
  ])
})

// ---- when, and what happens that day

test('[WM-7.10-02] Whoever writes on a later day than the policy allows says why, and both times are kept', async () => {
  const yesterday = { happened: 'other', 'happened-day': '17', 'happened-month': '11', 'happened-year': '2026' }
  const asked = 'late-reason: Enter why you write it only now: our policy asks for it on the same day.'
  for (const school of [macGregor, westPark]) {
    const bare = await sendToCheck(school.page, { ...leastOf(school), ...yesterday })
    assert.deepEqual(errorsOf(bare.html), [asked])
    const { id } = await recordByForm(school.page, { ...leastOf(school), ...yesterday, 'late-reason': 'The child told me today' })
    const row = await one('select happened_on::text, recorded_at, late_reason from concern where id = $1', id)
    assert.deepEqual(row, {
      happened_on: '2026-11-17',
      recorded_at: '2026-11-18T10:00:00.000Z',
      late_reason: 'The child told me today',
    })
  }
  const sameDay = await sendToCheck(macGregor.page, leastOf(macGregor))
  assert.equal(sameDay.status, 303)
  const noTime = await sendToCheck(mmap.page, { ...leastOf(mmap), ...yesterday })
  assert.equal(noTime.status, 303, errorsOf(noTime.html).join())
})

test('[WY-11d-01] [WA-9-03] A paper form entered later keeps when it was written, when it was typed, and who typed it', async () => {
  const { page, teacher } = westley
  const { id } = await recordByForm(page, {
    ...leastOf(westley),
    behalf: 'yes',
    'behalf-name': 'Ann Reed, midday supervisor',
    'behalf-reason': 'paper-form',
    'behalf-day': '18',
    'behalf-month': '11',
    'behalf-year': '2026',
    'behalf-time': '9.10am',
  })
  const row = await one('select on_behalf_of, written_by, first_written_at, recorded_at from concern where id = $1', id)
  assert.deepEqual(row, {
    on_behalf_of: 'Ann Reed, midday supervisor',
    written_by: teacher.id,
    first_written_at: '2026-11-18T09:10:00.000Z',
    recorded_at: '2026-11-18T10:00:00.000Z',
  })
})

test('[WY-11b-01] After a disclosure the form asks what the child was told of what comes next, and somebody decides before the school day ends', async () => {
  const { page, dsl } = westPark
  assert.match((await page.get('/concerns/new')).html, /What you told the child about what happens next/)
  const told = { prompt: 'disclosure', voice: 'yes', told: dsl.id, 'told-time': '9:50am', 'child-words': '“Dad hits me.”' }
  const recorded = await recordByForm(page, { ...leastOf(westPark), ...told })
  assert.match(recorded.html, /By 3:15pm today: one of them decides what happens next\./)
})

test('[WY-10-01] [MM-3.1-03] [WM-6.1-01] What comes up online, through a friend, overheard, in a change of mood or from a parent reaches the safeguarding team at once', async () => {
  const prompts = { online: westacre, witnessed: westPark, behaviour: macGregor, disclosure: westley }
  for (const [prompt, school] of Object.entries(prompts)) {
    const voice = { voice: 'yes', told: school.dsl.id, 'told-time': '9:55am' }
    const { id } = await recordByForm(school.page, {
      ...leastOf(school),
      prompt,
      ...voice,
      child: [school.robin, school.kim],
      [`involvement-${school.kim}`]: 'witness',
    })
    const alerts = await holdfast.people.query<{ told_at: string; adult_id: string }>(
      'select told_at, adult_id from alert where concern_id = $1',
      [id],
    )
    assert.ok(alerts.some(alert => alert.adult_id === school.dsl.id))
    assert.ok(alerts.every(alert => new Date(alert.told_at).toISOString() === '2026-11-18T10:00:00.000Z'))
  }
  assert.match((await mmap.page.get('/concerns/new')).html, /Also of a parent or between parent and child/)
})

test('[WY-11d-03] [WM-A3-3.7-08] Why it worries the writer has a box of its own, apart from the facts, and is asked for where the policy wants it', async () => {
  const { html } = await westley.page.get('/concerns/new')
  assert.match(html, /Say what about it worries you and why\./)
  const empty = await sendToCheck(westley.page, without(leastOf(westley), 'opinion'))
  assert.deepEqual(errorsOf(empty.html), ['opinion: Enter what you think and why it worries you.'])
})

test('[WA-8-03] [WY-11a-01] [WM-A3-3.7-04] Beside the child’s words stand the school’s own rules for asking', async () => {
  const beside = async (school: SchoolWithForm) => (await school.page.get('/concerns/new')).html
  assert.match(await beside(westacre), /ask openly or not at all; suggest nothing/)
  assert.match(await beside(westley), /Do not lead and do not investigate\./)
  assert.match(await beside(macGregor), /Open questions only, such as where, what and when\. Never lead\./)
})

test('[WA-9-05] Two children of one name are told apart by year and class', async () => {
  const { people } = holdfast
  const twin = await people.addChild(westacre.school, { given: 'Robin', family: 'Ashdown' })
  await people.query(`update child set year_group = 'Year 2', class_name = '2B' where id = $1`, [twin])
  const { path, hidden } = await openForm(westacre.page)
  const found = await westacre.page.post(path, { ...hidden, 'find-child': 'robin ashdown', _do: 'find-child' })
  assert.match(found.html, /Year 2, 2B/)
  assert.ok(found.html.includes(twin) && found.html.includes(westacre.robin))
})

test('[WA-8-06] [MM-0-12] After sending, the policy’s last words stand there: notes are handed over, and who is not content knows where to go', async () => {
  assert.match((await recordByForm(westacre.page, leastOf(westacre))).html, /Leave no notes lying about; hand them to the DSL\./)
  assert.match(
    (await recordByForm(mmap.page, leastOf(mmap))).html,
    /escalation procedure and then whistleblowing are open to you/,
  )
})

test('[MM-0-04] The prompts are the policy’s own, in its words', async () => {
  const names = async (school: SchoolWithForm) =>
    [...(await school.page.get('/concerns/new')).html.matchAll(/name="prompt"[^>]*value="([^"]+)"/g)].map(([, id]) => id)
  const ids = (key: string) => policiesByKey.profile(key, '2026-11-18' as PlainDate).concern.prompts.map(prompt => prompt.id)
  assert.deepEqual(await names(mmap), ids('mmap'))
  assert.deepEqual(await names(westley), ids('westley'))
})
