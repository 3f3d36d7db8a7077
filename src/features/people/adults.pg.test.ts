import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { agreeTo } from '../../../test/support/team-changes.ts'
import { workAs } from '../../work/work.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import { isAdultOfSchool } from './index.ts'
import { peopleRoutes } from './routes.ts'

const app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: peopleRoutes })
after(() => app.close())
const { westPark, westley } = demo
const head = await app.agentFor(westPark.head.adultId)
const dsl = await app.agentFor(westPark.dsl.adultId)
const teacher = await app.agentFor(westPark.teacher.adultId)

function page(adult: { readonly adultId: string }): string {
  return `/people/${adult.adultId}`
}

async function appointmentOf(adult: { readonly adultId: string }, role: string): Promise<string> {
  const rows = await app.people.query<{ id: string }>('select id from appointment where adult_id = $1 and role = $2', [
    adult.adultId,
    role,
  ])
  return rows[0]?.id ?? ''
}

async function lastEvent() {
  return (await app.people.events(westPark.id)).at(-1)
}

test('the head sees everybody with the titles that this school uses; a teacher sees nobody', async () => {
  const list = await head.get('/people')
  assert.match(list.html, /Ruth Adeyemi/)
  assert.match(list.html, /Designated Safeguarding Lead/)
  assert.match(list.html, /Farah Siddiqui<\/a> <strong[^>]*>Out/)
  assert.equal((await teacher.get('/people')).status, 403)
  assert.equal((await teacher.get(page(westPark.dsl))).status, 404)
})

test('a post that the policy names and nobody holds stands above the list, and on no list of a search', async () => {
  const westacreHead = await app.agentFor(demo.westacre.head.adultId)
  assert.match((await westacreHead.get('/people')).html, /Nobody holds: Online Safety Lead\. Our policy names this post/)
  assert.doesNotMatch((await westacreHead.get('/people?q=Dean')).html, /Nobody holds/)
  assert.doesNotMatch((await head.get('/people')).html, /Nobody holds/)
})

test('an adult of another school is not found', async () => {
  assert.equal((await head.get(page(westley.dsl))).status, 404)
  assert.equal((await head.post(`${page(westley.dsl)}/appointments/new`, { role: 'dsl', from: 'now' })).status, 404)
})

test('who holds which role now is told with who is out, and without those whose post has ended', async () => {
  const holders = await workAs(app.tools, westPark.teacher, app.clock.now(), async work => ({
    commit: false,
    value: await findRoleHolders(work, ['dsl', 'deputy-dsl']),
  }))
  assert.deepEqual(holders.map(holder => [holder.name, holder.role, holder.absent]).toSorted(), [
    ['Daniel Kowalczyk', 'deputy-dsl', false],
    ['Farah Siddiqui', 'deputy-dsl', true],
    ['Ruth Adeyemi', 'dsl', false],
  ])
  const known = await workAs(app.tools, westPark.teacher, app.clock.now(), async work => ({
    commit: false,
    value: [await isAdultOfSchool(work, westPark.head.adultId), await isAdultOfSchool(work, westley.head.adultId)],
  }))
  assert.deepEqual(known, [true, false])
})

test('a right begins with its appointment and ends with it, that minute', async () => {
  const newcomer = await app.agentFor(westPark.assistant.adultId)
  assert.equal((await newcomer.get('/children')).status, 403)
  assert.equal((await head.post(`${page(westPark.assistant)}/appointments/new`, { role: 'deputy-dsl', from: 'now' })).status, 303)
  assert.equal((await lastEvent())?.action, 'team-change.proposed')
  await agreeTo(app, westPark.assistant, westPark.dsl)
  assert.equal((await lastEvent())?.action, 'team-change.agreed')
  assert.equal((await newcomer.get('/children')).status, 200)
  const id = await appointmentOf(westPark.assistant, 'deputy-dsl')
  assert.equal((await head.post(`${page(westPark.assistant)}/appointments/${id}/end`, { why: 'left' })).status, 303)
  assert.equal((await lastEvent())?.action, 'appointment.ended')
  assert.equal((await newcomer.get('/children')).status, 403)
  assert.equal((await head.post(`${page(westPark.assistant)}/appointments/${id}/end`)).status, 409)
})

test('an appointment that ends on a day lasts through that day and not a minute longer', async () => {
  const fields = {
    role: 'deputy-dsl',
    from: 'date',
    'starts-day': '18',
    'starts-month': '11',
    'starts-year': '2026',
    'ends-day': '19',
    'ends-month': '11',
    'ends-year': '2026',
  }
  assert.equal((await head.post(`${page(westPark.teacherTwo)}/appointments/new`, fields)).status, 303)
  await agreeTo(app, westPark.teacherTwo, westPark.dsl)
  const agent = await app.agentFor(westPark.teacherTwo.adultId)
  const now = app.clock.now()
  app.clock.set('2026-11-19T23:59:00.000Z' as typeof now)
  const late = await app.agentFor(westPark.teacherTwo.adultId)
  assert.equal((await late.get('/children')).status, 200)
  app.pass(1)
  assert.equal((await late.get('/children')).status, 403)
  app.clock.set(now)
  assert.equal((await agent.get('/children')).status, 200)
})

test('what is wrong with an appointment is said at its place', async () => {
  const path = `${page(westPark.senco)}/appointments/new`
  const typed = { role: 'senior-leader', from: 'date', 'starts-day': '30', 'starts-month': '2', 'starts-year': '2027' }
  const cases: [Record<string, string>, RegExp][] = [
    [{}, /no such date in the calendar/],
    [{ 'starts-day': '' }, /must include a day/],
    [{ from: '' }, /Select from when/],
    [{ role: 'emperor', 'starts-day': '1' }, /Select a role/],
    [{ 'starts-day': '1', 'ends-day': '27', 'ends-month': '2', 'ends-year': '2027' }, /must be after the start/],
    [{ role: 'senco', 'starts-day': '1' }, /hold this role already/],
  ]
  for (const [fields, says] of cases) {
    const answer = await head.post(path, { ...typed, 'starts-month': fields['starts-day'] === '1' ? '3' : '2', ...fields })
    assert.equal(answer.status, 422, JSON.stringify(fields))
    assert.match(answer.html, says)
    assert.match(answer.html, /value="2027"/)
  }
})

test('dates of an appointment are changed, and a moment within the first day is kept', async () => {
  const id = await appointmentOf(westPark.designatedTeacher, 'designated-teacher')
  const path = `${page(westPark.designatedTeacher)}/appointments/${id}`
  const html = (await head.get(path)).html
  assert.match(html, /value="2024"/)
  const answer = await head.post(path, {
    'starts-day': '1',
    'starts-month': '9',
    'starts-year': '2024',
    'ends-day': '31',
    'ends-month': '12',
    'ends-year': '2026',
  })
  assert.equal(answer.status, 303)
  assert.match((await head.get(page(westPark.designatedTeacher))).html, /until the end of 31 December 2026/)
})

test('nobody gives themselves a role: not the head, not the administrator', async () => {
  for (const person of [westPark.head, westPark.systemAdministrator]) {
    const agent = await app.agentFor(person.adultId)
    const answer = await agent.post(`${page(person)}/appointments/new`, { role: 'dsl', from: 'now' })
    assert.equal(answer.status, 422)
    assert.match(answer.html, /cannot give yourself a role/)
  }
})

test('an administrator makes no reader of an account alone: not by a new role, and not by one that had ended', async () => {
  const administrator = await app.agentFor(westPark.systemAdministrator.adultId)
  const receptionist = await app.agentFor(westPark.receptionist.adultId)
  for (const role of ['deputy-dsl', 'headteacher', 'senior-leader', 'second-approver']) {
    const answer = await administrator.post(`${page(westPark.receptionist)}/appointments/new`, { role, from: 'now' })
    assert.match(answer.location ?? '', /proposed$/)
    assert.equal(await appointmentOf(westPark.receptionist, role), '')
  }
  assert.notEqual((await receptionist.get('/today')).status, 200)
  const ended = await appointmentOf(westPark.assistant, 'deputy-dsl')
  const longer = {
    'starts-day': '1',
    'starts-month': '9',
    'starts-year': '2026',
    'ends-day': '',
    'ends-month': '',
    'ends-year': '',
  }
  const again = await administrator.post(`${page(westPark.assistant)}/appointments/${ended}`, longer)
  assert.match(again.location ?? '', /proposed$/)
  assert.equal((await (await app.agentFor(westPark.assistant.adultId)).get('/children')).status, 403)
  await assert.rejects(
    workAs(app.tools, westPark.systemAdministrator, app.clock.now(), async work => {
      await work.tx.run(
        {
          name: 'test_reader',
          text: `insert into appointment (school_id, id, adult_id, role, starts_at) values ($1, gen_random_uuid(), $2, 'dsl', $3)`,
        },
        [westPark.id, westPark.receptionist.adultId, work.now],
      )
      return { commit: true, value: undefined }
    }),
    /takes two people/,
  )
})

test('the DSL sees people but appoints nobody', async () => {
  assert.equal((await dsl.get(page(westPark.teacher))).status, 200)
  assert.equal((await dsl.post(`${page(westPark.teacher)}/appointments/new`, { role: 'dsl', from: 'now' })).status, 404)
  assert.equal((await dsl.get('/people/new')).status, 403)
})

test('a new adult has no rights until they are appointed', async () => {
  const wrong = await head.post('/people/new', { name: ' ', kind: 'king', email: 'nobody' })
  assert.equal(wrong.status, 422)
  for (const says of [/Enter a name/, /Select who they are/, /Enter an email address/]) assert.match(wrong.html, says)
  const two = await head.post('/people/new', {
    name: 'Odette Marlow',
    kind: 'volunteer',
    email: 'odette@example.org,thief@example.org',
  })
  assert.match(two.html, /Enter an email address/)
  assert.match(two.html, /odette@example\.org,thief@example\.org/)
  const added = await head.post('/people/new', {
    name: 'Odette Marlow',
    kind: 'volunteer',
    job: 'Choir',
    email: 'Odette@Example.org',
  })
  assert.equal(added.status, 303)
  const html = (await head.get(added.location ?? '')).html
  assert.match(html, /None yet\. Every right comes from a role/)
  assert.match(html, /odette@example\.org/)
})

test('a tie shuts the adult out of the child’s record at once, and nobody ends their own', async () => {
  const path = `${page(westPark.dsl)}/ties/new`
  const { childId } = westPark.pupils.jayden
  assert.match((await dsl.get(`${path}?q=jayden`)).html, /Jayden Osei/)
  const file = `/children/${childId}/details`
  assert.equal((await dsl.get(file)).status, 200)
  assert.equal((await dsl.post(path, { q: 'jayden', to: `child/${childId}`, kind: 'relative' })).status, 303)
  assert.equal((await lastEvent())?.action, 'tie.declared')
  assert.equal((await dsl.get(file)).status, 404)
  assert.match((await dsl.post(path, { q: 'jayden', to: `child/${childId}`, kind: 'relative' })).html, /in the record already/)
  const [tie] = await app.people.query<{ id: string }>('select id from tie where child_id = $1 and adult_id = $2', [
    childId,
    westPark.dsl.adultId,
  ])
  const own = await dsl.post(`${page(westPark.dsl)}/ties/${tie?.id}/end`)
  assert.equal(own.status, 409)
  assert.match(own.html, /cannot end a tie of your own/)
  assert.equal((await head.post(`${page(westPark.dsl)}/ties/${tie?.id}/end`)).status, 303)
  assert.equal((await dsl.get(file)).status, 200)
})

test('a tie to a child of another school cannot be declared, nor one to oneself', async () => {
  const path = `${page(westPark.deputy)}/ties/new`
  const other = await head.post(path, { q: 'x', to: `child/${westley.pupils.jamie.childId}`, kind: 'parent' })
  assert.equal(other.status, 422)
  assert.match(other.html, /Choose a child of this school/)
  assert.match(
    (await head.post(path, { q: 'x', to: `adult/${westPark.deputy.adultId}`, kind: 'household' })).html,
    /nobody is tied to themselves/,
  )
  assert.equal((await head.post(path, { q: 'x', to: `adult/${westPark.senco.adultId}`, kind: 'household' })).status, 303)
  assert.match((await head.get(page(westPark.senco))).html, /Daniel Kowalczyk/)
})
