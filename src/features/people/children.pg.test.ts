import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'
import { findChildrenFacts } from './index.ts'
import { peopleRoutes } from './routes.ts'

const app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: peopleRoutes })
after(() => app.close())
const { westPark, mmap, westley } = demo
const dsl = await app.agentFor(westPark.dsl.adultId)
const teacher = await app.agentFor(westPark.teacher.adultId)
const receptionist = await app.agentFor(westPark.receptionist.adultId)
const administrator = await app.agentFor(westPark.systemAdministrator.adultId)

const amina = `/children/${westPark.pupils.amina.childId}/details`
const newChild = {
  given: 'Rosa',
  family: "D'Angelo",
  'born-day': '27',
  'born-month': '3',
  'born-year': '2015',
  standing: 'on-roll',
  year: '7',
  class: '7A',
  home: 'derby/locality-2',
}

async function lastEvent() {
  return (await app.people.events(westPark.id)).at(-1)
}

test('a teacher finds a child by the beginning of any name, and learns the class but no birthday', async () => {
  const answer = await teacher.get('/children/find?q=yus%20ami&format=json')
  assert.deepEqual(JSON.parse(answer.html).children, [
    {
      id: westPark.pupils.amina.childId,
      name: 'Amina Yusuf',
      knownAs: null,
      yearGroup: '8',
      className: '8B',
      standing: 'on-roll',
      born: null,
    },
  ])
  assert.equal((await lastEvent())?.action, 'child.found')
})

test('two children of one name are told apart by their birthdays', async () => {
  const answer = await teacher.get('/children/find?q=lily+carter&format=json')
  const born = JSON.parse(answer.html).children.map((child: { born: string }) => child.born)
  assert.equal(born.length, 2)
  assert.ok(born.every((date: string) => /^\d{4}-\d{2}-\d{2}$/.test(date)))
  assert.match((await teacher.get('/children/find?q=lily+carter')).html, /born 30 September/)
})

test('a search with signs in it finds nobody rather than everybody, and is shown as it was typed', async () => {
  const answer = await teacher.get(`/children/find?q=${encodeURIComponent('%_<>')}`)
  assert.match(answer.html, /Nobody was found/)
  assert.match(answer.html, /value="%_&lt;/)
  assert.deepEqual(JSON.parse((await teacher.get('/children/find?q=%25&format=json')).html), { children: [], more: false })
})

test('a teacher is not offered a child who is known only from a concern, and the team is', async () => {
  const search = '/children/find?q=brandon&format=json'
  assert.equal(JSON.parse((await teacher.get(search)).html).children.length, 0)
  assert.equal(JSON.parse((await dsl.get(search)).html).children.length, 1)
})

test('finding never leaves the school', async () => {
  assert.equal(JSON.parse((await teacher.get('/children/find?q=tyler+hibberd&format=json')).html).children.length, 0)
})

test('the list is for those who keep it: a teacher is refused, the refusal is written down', async () => {
  assert.equal((await teacher.get('/children')).status, 403)
  assert.equal((await lastEvent())?.action, 'access.denied')
  const list = await dsl.get('/children?q=yusuf')
  assert.equal(list.status, 200)
  assert.match(list.html, /Amina Yusuf/)
  assert.doesNotMatch(list.html, /Oliver Bennett/)
  assert.equal((await lastEvent())?.action, 'children.listed')
})

test('a child of another school is not found, whether the id is real or not', async () => {
  const real = await dsl.get(`/children/${mmap.pupils.tyler.childId}/details`)
  const invented = await dsl.get('/children/00000000-0000-4000-8000-000000000000/details')
  assert.equal(real.status, 404)
  assert.equal(real.html, invented.html)
  const facts = await workAs(app.tools, westPark.dsl, app.clock.now(), async work => ({
    commit: false,
    value: await findChildrenFacts(work, [mmap.pupils.tyler.childId, westPark.pupils.amina.childId]),
  }))
  assert.deepEqual(
    facts.map(child => child.childId),
    [westPark.pupils.amina.childId],
  )
})

test('the DSL sees statuses, social worker, contacts and who must not be contacted, with the reason', async () => {
  const { html, status } = await dsl.get(amina)
  assert.equal(status, 200)
  for (const part of [
    'Child protection plan',
    'Helen Stroud',
    'Hodan Yusuf',
    'Must not be contacted',
    'forbids any contact',
    'Idris Yusuf',
    'Localities 3 and 4',
  ])
    assert.ok(html.includes(part), part)
})

test('reception sees neither statuses nor contacts; the administrator sees who is barred and not why', async () => {
  const desk = (await receptionist.get(amina)).html
  for (const hidden of ['Child protection plan', 'Helen Stroud', 'Abdi Warsame', 'forbids'])
    assert.ok(!desk.includes(hidden), hidden)
  const admin = (await administrator.get(amina)).html
  assert.match(admin, /Must not be contacted/)
  assert.doesNotMatch(admin, /forbids|Child protection plan|Helen Stroud/)
  assert.equal((await receptionist.get(`/children/${westPark.pupils.amina.childId}/contacts/new`)).status, 404)
  assert.equal((await administrator.get(`/children/${westPark.pupils.amina.childId}/statuses/new`)).status, 404)
})

test('a deputy who is related to the child is outside the record, in the page and in the database', async () => {
  const deputy = await app.agentFor(westPark.deputy.adultId)
  const { childId } = westPark.pupils.zofia
  assert.equal((await deputy.get(`/children/${childId}/details`)).status, 404)
  assert.equal((await dsl.get(`/children/${childId}/details`)).status, 200)
  const count = (who: typeof westPark.deputy) =>
    workAs(app.tools, who, app.clock.now(), async work => ({
      commit: false,
      value: (
        await work.tx.db
          .selectFrom('child_contact')
          .select('id')
          .where('school_id', '=', westPark.id)
          .where('child_id', '=', childId)
          .execute()
      ).length,
    }))
  assert.equal(await count(westPark.deputy), 0)
  assert.ok((await count(westPark.dsl)) > 0)
})

test('nobody at the school can be untied from a child by hand', async () => {
  const { childId } = westPark.pupils.zofia
  await assert.rejects(
    workAs(app.tools, westPark.deputy, app.clock.now(), async work => {
      await work.tx.db
        .updateTable('child')
        .set({ tied: [] })
        .where('school_id', '=', westPark.id)
        .where('id', '=', childId)
        .execute()
      return { commit: true, value: undefined }
    }),
    /permission denied/,
  )
})

test('reception adds a child; the home with its locality is kept; a name with an apostrophe is found either way', async () => {
  const answer = await receptionist.post('/children/new', newChild)
  assert.equal(answer.status, 303)
  assert.match((await dsl.get(answer.location ?? '')).html, /Locality 2/)
  assert.equal((await lastEvent())?.action, 'child.opened')
  for (const q of ['dangelo', 'angelo', "d'ang"]) {
    const found = JSON.parse((await teacher.get(`/children/find?q=${encodeURIComponent(q)}&format=json`)).html)
    assert.equal(found.children.length, 1, q)
  }
  const again = await receptionist.post('/children/new', newChild)
  assert.equal(again.status, 422)
  assert.match(again.html, /already a child with this name and date of birth/)
})

test('pressing twice adds one child', async () => {
  const fields = { ...newChild, given: 'Twice', _key: '018f0000-0000-7000-8000-000000000001' }
  const [first, second] = [await receptionist.post('/children/new', fields), await receptionist.post('/children/new', fields)]
  assert.equal(first.location, second.location)
  assert.equal(JSON.parse((await teacher.get('/children/find?q=twice&format=json')).html).children.length, 1)
})

test('what is wrong with a new child is said at its place, and what was typed is kept', async () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ given: '' }, /Enter a first name/],
    [{ 'born-day': '30', 'born-month': '2' }, /no such date in the calendar/],
    [{ 'born-year': '2031' }, /must be in the past/],
    [{ 'born-month': '' }, /must include a month/],
    [{ 'born-year': '15' }, /4 numbers/],
    [{ standing: 'dual' }, /Enter the other school/],
    [{ standing: 'left' }, /Select how they belong/],
    [{ home: 'atlantis' }, /Choose an authority from the list/],
    [{ home: 'derbyshire/locality-2' }, /Choose an authority from the list/],
    [{ 'leaves-at': '25:10' }, /Write the time like/],
    [{ family: 'x'.repeat(201) }, /200 characters or fewer/],
  ]
  const before = (await dsl.get('/children')).html.match(/\d+ children/)?.[0]
  for (const [typed, says] of cases) {
    const answer = await receptionist.post('/children/new', { ...newChild, given: 'Wrong "one" <i>', ...typed })
    assert.equal(answer.status, 422, JSON.stringify(typed))
    assert.match(answer.html, says)
    assert.match(answer.html, /There is a problem/)
    if (!('given' in typed)) assert.match(answer.html, /value="Wrong &quot;one&quot; &lt;i/)
  }
  assert.equal((await dsl.get('/children')).html.match(/\d+ children/)?.[0], before)
})

test('names are kept without control characters and direction tricks', async () => {
  const answer = await receptionist.post('/children/new', { ...newChild, given: 'Li\u0007 \u202Ely', family: 'Δοκιμή 🦉' })
  assert.equal(answer.status, 303)
  assert.match((await dsl.get(answer.location ?? '')).html, /Li ly Δοκιμή 🦉/)
})

test('a child of another school can be changed by nobody here', async () => {
  const answer = await dsl.post(`/children/${westley.pupils.jamie.childId}/details/edit`, newChild)
  assert.equal(answer.status, 404)
  const sibling = await dsl.post(`/children/${westPark.pupils.amina.childId}/siblings/new`, {
    sibling: westley.pupils.jamie.childId,
    q: 'jamie',
  })
  assert.equal(sibling.status, 409)
})

test('a change to a child is traced by the names of the facts, never by what they say', async () => {
  const path = `/children/${westPark.pupils.lily.childId}/details/edit`
  const answer = await dsl.submit(path, path, {
    given: 'Lily',
    family: 'Carter',
    standing: 'left',
    'other-school-left': 'Moor End School',
    year: '7',
    class: '7A',
    'born-day': '30',
    'born-month': '9',
    'born-year': '2014',
    home: 'derby/locality-2',
  })
  assert.equal(answer.status, 303)
  const event = await lastEvent()
  assert.equal(event?.action, 'child.changed')
  assert.match(JSON.stringify(event?.facts['fields']), /standing/)
  assert.doesNotMatch(JSON.stringify(event), /Moor End|Carter/)
})

test('a child nobody knew is identified, and the trail says so', async () => {
  const { childId } = westPark.pupils.unidentified
  assert.match((await dsl.get(`/children/${childId}/details`)).html, /Nobody knows yet who this is/)
  assert.equal((await receptionist.get(`/children/${childId}/details`)).status, 404)
  const answer = await dsl.post(`/children/${childId}/details/edit`, {
    given: 'Kezia',
    family: 'Holm',
    standing: 'not-on-roll',
    home: '',
  })
  assert.equal(answer.status, 303)
  assert.equal((await lastEvent())?.action, 'child.identified')
})

test('a contact is barred only with a reason, and taken off the list with a trace', async () => {
  const child = `/children/${westPark.pupils.callum.childId}`
  const typed = {
    name: 'Ray Braithwaite',
    relation: 'Uncle',
    phone: '07700 900999',
    priority: '2',
    barred: 'yes',
    'barred-reason': '',
  }
  const refused = await dsl.post(`${child}/contacts/new`, typed)
  assert.equal(refused.status, 422)
  assert.match(refused.html, /Enter why this person must not be contacted/)
  assert.match(refused.html, /value="Ray Braithwaite"/)
  assert.equal((await dsl.post(`${child}/contacts/new`, { ...typed, 'barred-reason': 'Said by social care.' })).status, 303)
  const html = (await dsl.get(`${child}/details`)).html
  assert.match(html, /Said by social care/)
  const contact = /contacts\/([0-9a-f-]{36})\/end[^>]*>Remove<span[^>]*> Ray/.exec(html)?.[1]
  assert.ok(contact)
  assert.match((await dsl.get(`${child}/contacts/${contact}/end`)).html, /Nobody will be warned any more/)
  assert.equal((await dsl.post(`${child}/contacts/${contact}/end`)).status, 303)
  assert.doesNotMatch((await dsl.get(`${child}/details`)).html, /Ray Braithwaite/)
  assert.doesNotMatch(JSON.stringify(await app.people.events(westPark.id)), /Braithwaite|Said by/)
})

test('a child may live in two places, or move', async () => {
  const child = `/children/${westPark.pupils.ellie.childId}`
  const old =
    (
      await app.people.query<{ id: string }>('select id from child_address where child_id = $1', [westPark.pupils.ellie.childId])
    )[0]?.id ?? ''
  const typed = {
    address: '9 Other Street\nDerby',
    says: 'With her aunt',
    'starts-day': '1',
    'starts-month': '11',
    'starts-year': '2026',
  }
  assert.equal((await dsl.post(`${child}/addresses/new`, { ...typed, replaces: old })).status, 303)
  const html = (await dsl.get(`${child}/details`)).html
  assert.match(html, /With her aunt/)
  assert.match(html, /to 1 November 2026/)
  assert.equal((await dsl.post(`${child}/addresses/new`, { ...typed, address: ' ' })).status, 422)
})

test('a status begins and ends on days that make sense', async () => {
  const child = `/children/${westPark.pupils.mason.childId}`
  const typed = {
    status: 'looked-after',
    'starts-day': '2',
    'starts-month': '11',
    'starts-year': '2026',
    authority: 'derby',
    'worker-name': 'Ann Other',
    'worker-phone': '01632 960999',
  }
  const wrong = await dsl.post(`${child}/statuses/new`, { ...typed, 'ends-day': '1', 'ends-month': '11', 'ends-year': '2026' })
  assert.match(wrong.html, /must not be before the first/)
  assert.match((await dsl.post(`${child}/statuses/new`, { ...typed, 'starts-year': '2027' })).html, /today or earlier/)
  assert.equal((await dsl.post(`${child}/statuses/new`, typed)).status, 303)
  const html = (await dsl.get(`${child}/details`)).html
  assert.match(html, /Looked after by a local authority/)
  const status = /statuses\/([0-9a-f-]{36})"/.exec(html)?.[1]
  const ended = await dsl.post(`${child}/statuses/${status}`, {
    ...typed,
    'ends-day': '10',
    'ends-month': '11',
    'ends-year': '2026',
  })
  assert.equal(ended.status, 303)
  assert.match((await dsl.get(`${child}/details`)).html, /2 November 2026 to 10 November 2026/)
})

test('brothers and sisters are so to each other', async () => {
  const [a, b] = [westPark.pupils.freya.childId, westPark.pupils.dylan.childId]
  assert.equal((await dsl.post(`/children/${a}/siblings/new`, { sibling: b, q: 'dylan' })).status, 303)
  assert.match((await dsl.get(`/children/${b}/details`)).html, /Freya Lindqvist/)
  assert.equal((await dsl.post(`/children/${a}/siblings/new`, { sibling: b, q: 'dylan' })).status, 409)
  assert.equal((await dsl.post(`/children/${b}/siblings/${a}/remove`)).status, 303)
  const facts = await workAs(app.tools, westPark.dsl, app.clock.now(), async work => ({
    commit: false,
    value: await findChildrenFacts(work, [a as ChildId]),
  }))
  assert.deepEqual(facts[0]?.siblings, [])
})

test('a child known only from a concern is shown to nobody of the team who is outside that concern', async () => {
  const { school, deputy } = { school: westPark, deputy: westPark.adults.deputy }
  const childId = newId<ChildId>()
  const concern = concernAbout(
    { childId },
    {
      newChildren: [
        { childId, givenName: 'Quillon', familyName: 'Unseen', description: 'Seen in a blue car.', standing: 'not-on-roll' },
      ],
      adults: [{ adultId: deputy.adultId, name: deputy.name, relation: '', involvement: 'alleged', toldAt: null }],
    },
  )
  await recordAs(app, school, westPark.teacher, concern)
  const asDeputy = await app.agentFor(deputy.adultId)
  for (const path of ['/children?q=quillon', '/children/find?q=quillon', '/children/find?q=quillon&format=json']) {
    assert.match((await dsl.get(path)).html, /Unseen/, path)
    assert.doesNotMatch((await asDeputy.get(path)).html, /Unseen/, path)
  }
  assert.equal((await dsl.get(`/children/${childId}/details`)).status, 200)
  assert.equal((await asDeputy.get(`/children/${childId}/details`)).status, 404)
  await app.people.query('insert into sibling (school_id, child_id, sibling_id) values ($1, $2, $3), ($1, $3, $2)', [
    westPark.id,
    westPark.pupils.amina.childId,
    childId,
  ])
  assert.match((await dsl.get(amina)).html, /Unseen/)
  for (const outside of [asDeputy, receptionist]) assert.doesNotMatch((await outside.get(amina)).html, /Unseen/)
})

test('whoever keeps the roll or the staff learns from no message that a child is known from a concern', async () => {
  const childId = newId<ChildId>()
  const concern = concernAbout(
    { childId },
    { newChildren: [{ childId, givenName: 'Idris', familyName: 'Hidden', description: '', standing: 'not-on-roll' }] },
  )
  await recordAs(app, westPark, westPark.teacher, concern)
  await app.people.query('update child set born = $2 where id = $1', [childId, '2015-03-04'])
  await app.people.query(
    `insert into tie (school_id, id, adult_id, child_id, kind, starts_at) values ($1, $2, $3, $4, 'relative', $5)`,
    [westPark.id, newId<string>(), westPark.assistant.adultId, childId, app.clock.now()],
  )
  const adult = `/people/${westPark.assistant.adultId}`
  assert.match((await dsl.get(adult)).html, /Idris Hidden/)
  assert.doesNotMatch((await administrator.get(adult)).html, /Idris|Since|<strong><\/strong>/)
  const same = { ...newChild, given: 'Idris', family: 'Hidden', 'born-day': '4', 'born-month': '3', 'born-year': '2015' }
  assert.equal((await dsl.post('/children/new', same)).status, 422)
  assert.equal((await receptionist.post('/children/new', same)).status, 303)
})
