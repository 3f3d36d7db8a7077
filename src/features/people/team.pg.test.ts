import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { agreeTo, waitingChangeOf } from '../../../test/support/team-changes.ts'
import { type Actor, Denied } from '../../access/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, workAs, workInBackground } from '../../work/work.ts'
import { watchTeamChanges } from './index.ts'
import { answerTeamChange } from './team-commands.ts'
import { findTeamChange } from './team-store.ts'

const school = demo.westPark
const { head, dsl, deputy, deputyTwo, teacher, teacherTwo, assistant, systemAdministrator, senco } = school.adults
type Who = Pick<DemoAdult, 'adultId'>

describe('a change of the safeguarding team', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
  })
  after(() => app.close())

  const agent = (who: Who) => app.agentFor(who.adultId)
  const as = <T>(who: Who, body: (work: Work<Actor>) => Promise<T>) =>
    workAs(app.tools, { schoolId: school.id, adultId: who.adultId as Actor['adultId'] }, app.clock.now(), async work => ({
      commit: true,
      value: await body(work),
    }))
  const page = (who: Who) => `/people/${who.adultId}`
  const propose = async (by: Who, of: Who, role = 'deputy-dsl') =>
    (await agent(by)).post(`${page(of)}/appointments/new`, { role, from: 'now' })
  const held = async (of: Who, role = 'deputy-dsl') =>
    (
      await app.people.query<{ id: string; ends_at: string | null }>(
        'select id, ends_at from appointment where adult_id = $1 and role = $2 order by starts_at desc, id',
        [of.adultId, role],
      )
    )[0]
  const told = async (who: Who) =>
    (
      await app.people.query<{ says: string }>(
        `select says from notice where adult_id = $1 and topic = 'team-change' order by told_at, id`,
        [who.adultId],
      )
    ).map(({ says }) => says)
  const answers = async (by: Who, of: Who, answer: 'agree' | 'decline', because = 'Not now') =>
    (await agent(by)).post(`/team-changes/${await waitingChangeOf(app, of)}/${answer}`, answer === 'decline' ? { because } : {})

  test('is proposed by one person and gives no right until a second agrees, whose home page asks for it; both names stand', async () => {
    assert.equal((await propose(head, assistant)).status, 303)
    const newcomer = await agent(assistant)
    assert.equal((await newcomer.get('/children')).status, 403)
    assert.match((await (await agent(head)).get(`${page(assistant)}?proposed`)).html, /waits for a second person/)
    assert.match((await (await agent(dsl)).get('/')).html, /changes? of the safeguarding team waits?/)
    assert.doesNotMatch((await (await agent(head)).get('/')).html, /change of the safeguarding team waits/)
    assert.ok((await told(dsl)).some(says => /proposes: .* as Deputy/.test(says)))
    assert.deepEqual(await told(assistant), [], 'nobody is told of a role that may never be given')

    app.pass(5)
    await agreeTo(app, assistant, dsl)
    assert.equal((await newcomer.get('/children')).status, 200)
    const { html } = await (await agent(head)).get(page(assistant))
    assert.match(html, new RegExp(`Proposed by ${head.name}, agreed by ${dsl.name}`))
    assert.equal((await told(assistant)).length, 1)
    assert.ok((await told(head)).some(says => says.includes(dsl.name)))
    const events = await app.people.events(school.id)
    const proposed = events.findLast(event => event.action === 'team-change.proposed')
    const agreed = events.findLast(event => event.action === 'team-change.agreed')
    assert.deepEqual([proposed?.actor, agreed?.actor, agreed?.facts['proposedBy']], [head.adultId, dsl.adultId, head.adultId])
    const [row] = await app.people.query<{ starts_at: string }>(
      `select starts_at from appointment where adult_id = $1 and role = 'deputy-dsl'`,
      [assistant.adultId],
    )
    assert.equal(row?.starts_at, app.clock.now(), 'it begins when the second agrees, not before')
  })

  test('is answered neither by whoever proposed it nor by whom it concerns nor by anybody else: not by page, command or database', async () => {
    assert.equal((await propose(systemAdministrator, deputyTwo, 'senior-leader')).status, 303)
    const id = await waitingChangeOf(app, deputyTwo)
    for (const who of [systemAdministrator, deputyTwo, teacher, senco]) {
      assert.ok([403, 404].includes((await (await agent(who)).post(`/team-changes/${id}/agree`)).status))
      await assert.rejects(
        as(who, work =>
          work.tx.run(
            { name: `alone_${newId<string>()}`, text: `select team_change_answer($1, true, null, $2, 'x', 'x', 'x', '/')` },
            [id, work.now],
          ),
        ),
        /a second person agrees/,
      )
    }
    assert.equal(
      (await (await agent(deputyTwo)).get(`/team-changes/${id}`)).status,
      404,
      'nobody reads what is proposed of themselves',
    )
    assert.doesNotMatch((await (await agent(deputyTwo)).get('/team-changes')).html, /Senior leader/i)
    const change = await as(systemAdministrator, work => findTeamChange(work, id))
    assert.ok(change)
    await assert.rejects(
      as(systemAdministrator, work => answerTeamChange(work, change, { agrees: true, because: null })),
      Denied,
    )
    const empty = await answers(head, deputyTwo, 'decline', '')
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Enter why/)
    assert.equal((await answers(head, deputyTwo, 'decline', 'She has enough to do')).status, 303)
    assert.equal(await held(deputyTwo, 'senior-leader'), undefined)
    assert.match((await (await agent(systemAdministrator)).get(`/team-changes/${id}`)).html, /She has enough to do/)
    assert.equal((await (await agent(dsl)).post(`/team-changes/${id}/agree`)).status, 409)
    assert.ok(
      !(await told(deputyTwo)).some(says => says.includes(deputyTwo.name)),
      'what was declined is not told to whom it concerned',
    )
  })

  test('is refused by the database alone, whoever writes it: giving, more time, less time, and an agreement used twice', async () => {
    const write = (who: Who, text: string, values: readonly unknown[]) =>
      as(who, work => work.tx.run({ name: `write_${newId<string>()}`, text }, values))
    for (const who of [head, systemAdministrator]) {
      await assert.rejects(
        write(
          who,
          `insert into appointment (school_id, id, adult_id, role, starts_at) values ($1, gen_random_uuid(), $2, 'deputy-dsl', $3)`,
          [school.id, teacher.adultId, app.clock.now()],
        ),
        /takes two people/,
      )
      const deputys = await held(deputy)
      for (const ends of ['2026-11-01', '2030-01-01'])
        await assert.rejects(
          write(who, 'update appointment set ends_at = $2 where id = $1', [deputys?.id, ends]),
          /takes two people/,
        )
    }
    await assert.rejects(
      write(
        head,
        `insert into team_change (school_id, id, kind, adult_id, role, appointment_id, starts_at, proposed_by, proposed_at, lapses_at, state)
        values ($1, gen_random_uuid(), 'give', $2, 'dsl', gen_random_uuid(), $3, $4, $3, $5, 'agreed')`,
        [school.id, teacher.adultId, app.clock.now(), head.adultId, '2027-01-01'],
      ),
      /permission denied/,
    )
    // Given until a day with two people, and ended: what was agreed then is not written again.
    const once = await (await agent(head)).post(`${page(teacherTwo)}/appointments/new`, {
      role: 'deputy-dsl',
      from: 'now',
      'ends-day': '1',
      'ends-month': '2',
      'ends-year': '2027',
    })
    assert.equal(once.status, 303)
    await agreeTo(app, teacherTwo, dsl)
    const given = await held(teacherTwo)
    assert.equal(
      (await (await agent(head)).post(`${page(teacherTwo)}/appointments/${given?.id}/end`, { why: 'left' })).status,
      303,
    )
    await assert.rejects(
      write(head, 'update appointment set ends_at = $2 where id = $1', [given?.id, given?.ends_at]),
      /takes two people/,
    )
  })

  test('more time and an earlier last day wait for a second person as well; a colleague who keeps accounts may propose them', async () => {
    const { id } = (await held(deputy)) ?? assert.fail()
    const dates = (year: string) => ({
      'starts-day': '1',
      'starts-month': '9',
      'starts-year': '2024',
      'ends-day': '31',
      'ends-month': '7',
      'ends-year': year,
    })
    const before = (await (await agent(head)).get(`${page(deputy)}/appointments/${id}`)).html
    const [day, month, year] = ['day', 'month', 'year'].map(
      part => new RegExp(`name="starts-${part}"[^>]*value="(\\d+)"`).exec(before)?.[1],
    )
    const sent = { ...dates('2027'), 'starts-day': day, 'starts-month': month, 'starts-year': year }
    assert.equal((await (await agent(systemAdministrator)).post(`${page(deputy)}/appointments/${id}`, sent)).status, 303)
    assert.equal((await held(deputy))?.ends_at, null)
    const again = await (await agent(head)).post(`${page(deputy)}/appointments/${id}`, { ...sent, 'ends-year': '2028' })
    assert.equal(again.status, 422)
    assert.match(again.html, /waits for a second person already/)
    await agreeTo(app, deputy, head)
    assert.equal((await held(deputy))?.ends_at, '2027-07-31T23:00:00.000Z')
    assert.equal(
      (await (await agent(head)).post(`${page(deputy)}/appointments/${id}`, { ...sent, 'ends-year': '2028' })).status,
      303,
    )
    assert.equal((await held(deputy))?.ends_at, '2027-07-31T23:00:00.000Z')
    assert.equal((await (await agent(head)).post(`/team-changes/${await waitingChangeOf(app, deputy)}/withdraw`)).status, 303)
  })

  test('takes a right away at once where one person says why, and a second person gives it back where it was wrong', async () => {
    await propose(head, teacher)
    await agreeTo(app, teacher, dsl)
    const reader = await agent(teacher)
    assert.equal((await reader.get('/children')).status, 200)
    const { id } = (await held(teacher)) ?? assert.fail()
    const path = `${page(teacher)}/appointments/${id}/end`
    const asked = await (await agent(systemAdministrator)).get(path)
    assert.match(asked.html, new RegExp(`Files stay open to:[^<]*${dsl.name}`))
    const empty = await (await agent(systemAdministrator)).post(path)
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Select why the role ends at once/)
    assert.equal((await reader.get('/children')).status, 200)
    app.pass(1)
    assert.equal((await (await agent(systemAdministrator)).post(path, { why: 'away' })).status, 303)
    assert.equal((await reader.get('/children')).status, 403, 'that minute')
    assert.ok((await told(dsl)).some(says => /ended at once the role of/.test(says)))
    const own = await told(teacher)
    assert.match(own.at(-1) ?? '', /has ended\.$/)
    assert.ok(own.every(says => !/must not act/.test(says)))
    assert.match((await (await agent(dsl)).get('/')).html, /changes? of the safeguarding team waits?/)

    assert.ok([403, 404].includes((await answers(systemAdministrator, teacher, 'agree')).status), 'not by whoever did it')
    assert.equal((await answers(dsl, teacher, 'decline', 'A mistake')).status, 303)
    assert.equal((await reader.get('/children')).status, 200)
    assert.equal((await held(teacher))?.ends_at, null)

    assert.equal((await (await agent(head)).post(path, { why: 'left' })).status, 303)
    assert.equal((await answers(dsl, teacher, 'agree')).status, 303)
    assert.equal((await reader.get('/children')).status, 403)
    assert.match((await (await agent(head)).get(page(teacher))).html, /it was right by/)
  })

  test('lapses when nobody answers within a fortnight, and whoever proposed it hears so', async () => {
    await propose(head, senco)
    const id = await waitingChangeOf(app, senco)
    app.pass(14 * 24 * 60 - 1)
    const look = () =>
      workInBackground(app.tools, school.id, app.clock.now(), async work => ({
        commit: true,
        value: await watchTeamChanges(work),
      }))
    assert.equal(await look(), false)
    app.pass(1)
    assert.equal(
      (await (await agent(dsl)).post(`/team-changes/${id}/agree`)).status,
      409,
      'its time is over before anybody has looked',
    )
    assert.equal(await look(), true)
    assert.match((await told(head)).at(-1) ?? '', /has lapsed/)
    assert.match((await (await agent(head)).get(`/team-changes/${id}`)).html, /Lapsed</)
    assert.equal(await held(senco), undefined)
  })
})

describe('at a school with one leader', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
    // The head is the only one left who opens files or leads.
    await app.people.query(
      `update appointment set ends_at = $2 where school_id = $1 and role in ('dsl', 'deputy-dsl', 'second-approver') and (ends_at is null or ends_at > $2)`,
      [school.id, app.clock.now()],
    )
    app.pass(1)
  })
  after(() => app.close())

  test('somebody of the trust or the governing body is named to agree, sees nothing else, and from then on answers', async () => {
    const asHead = await app.agentFor(head.adultId)
    const approver = school.adults.chair
    assert.equal(
      (await asHead.post(`/people/${approver.adultId}/appointments/new`, { role: 'second-approver', from: 'now' })).status,
      303,
    )
    const naming = await waitingChangeOf(app, approver)
    assert.equal((await asHead.post(`/team-changes/${naming}/agree`)).status, 404, 'the head alone names nobody')
    await agreeTo(app, approver, systemAdministrator)

    assert.equal(
      (await asHead.post(`/people/${deputy.adultId}/appointments/new`, { role: 'deputy-dsl', from: 'now' })).status,
      303,
    )
    const id = await waitingChangeOf(app, deputy)
    const administrator = await app.agentFor(systemAdministrator.adultId)
    assert.equal(
      (await administrator.post(`/team-changes/${id}/agree`)).status,
      404,
      'once somebody is named, the administrator answers no more',
    )
    const asApprover = await app.agentFor(approver.adultId)
    assert.match((await asApprover.get('/')).html, /A change of the safeguarding team waits/)
    assert.equal((await asApprover.post(`/team-changes/${id}/agree`)).status, 303)
    assert.equal((await (await app.agentFor(deputy.adultId)).get('/children')).status, 200)
    for (const closed of ['/children', '/today', `/children/${school.pupils.amina.childId}`, '/people'])
      assert.ok([403, 404].includes((await asApprover.get(closed)).status), closed)
    const [held] = await app.people.query<{ id: string }>(
      `select id from appointment where adult_id = $1 and role = 'deputy-dsl' and ends_at is null`,
      [deputy.adultId],
    )
    const end = await asHead.get(`/people/${deputy.adultId}/appointments/${held?.id}/end`)
    assert.match(end.html, /Nobody would be left who opens files/)
    assert.match(end.html, new RegExp(`${approver.name} is told, and can give the role back`))
  })

  test('the first, when nobody else was ever there who could agree, come in without a second; it says so beside them', async () => {
    const { id, head: only, adults } = demo.westley
    await app.people.query('update adult set account_id = null where school_id = $1 and id not in ($2, $3)', [
      id,
      only.adultId,
      adults.teacherTwo.adultId,
    ])
    const asOnly = await app.agentFor(only.adultId)
    const path = `/people/${adults.teacher.adultId}`
    assert.equal((await asOnly.post(`${path}/appointments/new`, { role: 'deputy-dsl', from: 'now' })).location, path)
    assert.match((await asOnly.get(path)).html, /when nobody else was there to agree/)
  })
})
