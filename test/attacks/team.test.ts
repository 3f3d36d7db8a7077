import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import pg from 'pg'
import { type DemoAdult, demo } from '../../demo/people.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { testPolicies } from '../support/demonstration.ts'
import { agreeTo, waitingChangeOf } from '../support/team-changes.ts'

const school = demo.westPark
const { head, dsl, deputyTwo, chair, assistant, teacher, teacherTwo, systemAdministrator, senco } = school.adults
type Who = Pick<DemoAdult, 'adultId'>

suite('Somebody who wants to open files and asks nobody', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
  })
  after(() => app.close())
  beforeEach(() => app.pass(1))

  const sends = async (by: Who, path: string, fields: Record<string, string> = {}) =>
    (await app.agentFor(by.adultId)).post(path, fields)
  const gives = (by: Who, of: Who, role: string) => sends(by, `/people/${of.adultId}/appointments/new`, { role, from: 'now' })
  const ends = (by: Who, of: Who, id: string) => sends(by, `/people/${of.adultId}/appointments/${id}/end`, { why: 'away' })
  const opensFiles = async (who: Who) => (await (await app.agentFor(who.adultId)).get('/children')).status === 200
  const held = async (of: Who, role: string) =>
    (
      await app.people.query<{ id: string; ends_at: string | null }>(
        'select id, ends_at from appointment where adult_id = $1 and role = $2 order by starts_at desc, id limit 1',
        [of.adultId, role],
      )
    )[0]

  /** One statement of whoever holds the database’s login in somebody's scope, with no page and no command before it; `without` takes a guard away first. */
  async function alone(who: Who, text: string, values: readonly unknown[], without = ''): Promise<unknown> {
    const client = new pg.Client(app.database.admin)
    await client.connect()
    try {
      await client.query('begin')
      if (without !== '') await client.query(without)
      await client.query('set local role holdfast_app')
      await client.query('select scope_enter($1, $2, null, $3)', [school.id, who.adultId, app.clock.now()])
      const { rows } = await client.query<{ answer: unknown }>(text, [...values])
      return rows[0]?.answer
    } finally {
      await client.end()
    }
  }

  test('a head who makes an administrator of an account of their own, ends everybody’s roles and lets it agree, makes no administrator', async () => {
    const puppet = await gives(head, teacherTwo, 'system-administrator')
    assert.match(puppet.location ?? '', /\?proposed$/)
    assert.equal((await sends(teacherTwo, `/team-changes/${await waitingChangeOf(app, teacherTwo)}/agree`)).status, 404)
    const holders = await app.people.query<{ id: string; adultId: Who['adultId'] }>(
      `select p.id, p.adult_id as "adultId" from appointment p join school s on s.id = p.school_id where s.id = $1 and p.adult_id <> $2
        and p.role = any (array_append(s.file_roles, 'second-approver')) and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3)`,
      [school.id, head.adultId, app.clock.now()],
    )
    for (const { id, adultId } of holders) assert.equal((await ends(head, { adultId }, id)).status, 303)
    assert.equal((await gives(head, assistant, 'deputy-dsl')).status, 303)
    const proposed = await waitingChangeOf(app, assistant)
    assert.equal((await sends(teacherTwo, `/team-changes/${proposed}/agree`)).status, 404)
    assert.equal(await opensFiles(assistant), false)
    assert.equal((await sends(head, `/team-changes/${proposed}/withdraw`)).status, 303)

    const write = `insert into appointment (school_id, id, adult_id, role, starts_at) values ($1, gen_random_uuid(), $2, 'system-administrator', $3) returning role as answer`
    const values = [school.id, teacherTwo.adultId, app.clock.now()]
    await assert.rejects(alone(head, write, values), /takes two people/)
    const asItWas = `create or replace function role_takes_two(p_school uuid, p_role text) returns boolean language sql stable as 'select role_is_guarded(p_school, p_role)'`
    assert.equal(await alone(head, write, values, asItWas), 'system-administrator')

    const givesBack = async (by: Who, of: Who) =>
      (await sends(by, `/team-changes/${await waitingChangeOf(app, of)}/decline`, { because: 'Without a reason' })).status
    assert.equal(await givesBack(systemAdministrator, dsl), 303)
    for (const { adultId } of holders.filter(one => one.adultId !== dsl.adultId))
      assert.equal(await givesBack(dsl, { adultId }), 303)
    assert.equal(await opensFiles(dsl), true, 'the administrator gave back what the head had ended')
  })

  test('nobody agrees for themselves: not a second approver to what they proposed as administrator, nor anybody to what is about them, nor twice', async () => {
    await gives(head, chair, 'second-approver')
    await agreeTo(app, chair, dsl)
    assert.ok([403, 404].includes((await gives(chair, assistant, 'deputy-dsl')).status), 'one who only approves proposes nothing')
    await gives(head, chair, 'system-administrator')
    await agreeTo(app, chair, dsl)
    assert.equal((await gives(chair, assistant, 'deputy-dsl')).status, 303)
    const proposed = await waitingChangeOf(app, assistant)
    assert.equal((await sends(chair, `/team-changes/${proposed}/agree`)).status, 404)
    const answer = `select team_change_answer($1, true, null, $2, 'x', 'x', 'x', '/') as answer`
    await assert.rejects(alone(chair, answer, [proposed, app.clock.now()]), /a second person agrees/)
    const anybody = `create or replace function team_answerers(v team_change, p_now timestamptz) returns setof uuid language sql as 'select scope_adult()'; alter table team_change drop constraint team_change_two_people`
    assert.deepEqual(await alone(chair, answer, [proposed, app.clock.now()], anybody), { state: 'agreed' })
    assert.ok([403, 422].includes((await gives(chair, chair, 'deputy-dsl')).status))
    await assert.rejects(
      alone(
        chair,
        `select team_change_propose(gen_random_uuid(), 'give', $1, 'deputy-dsl', gen_random_uuid(), $2, null, $2, $2::timestamptz + interval '1 day', 'x', 'x', '/') as answer`,
        [chair.adultId, app.clock.now()],
      ),
      /nobody changes the safeguarding team so/,
    )
    assert.equal((await sends(dsl, `/team-changes/${proposed}/agree`)).status, 303)
    assert.equal((await sends(dsl, `/team-changes/${proposed}/agree`)).status, 409)
    const given = (await held(assistant, 'deputy-dsl')) ?? assert.fail()
    assert.equal((await ends(head, assistant, given.id)).status, 303)
    assert.equal(
      (await sends(dsl, `/team-changes/${proposed}/agree`)).status,
      409,
      'what was agreed and ended is not agreed again',
    )
    assert.equal(await opensFiles(assistant), false)
    await agreeTo(app, assistant, dsl)
  })

  test('an agreement to what has changed since, or was ended since, or another appointment beside the agreed one, is worth nothing', async () => {
    await gives(head, senco, 'deputy-dsl')
    await agreeTo(app, senco, dsl)
    const { id } = (await held(senco, 'deputy-dsl')) ?? assert.fail()
    const starts = (
      await app.people.query<{ day: string }>(
        `select to_char(starts_at at time zone 'Europe/London', 'FMDD-FMMM-YYYY') as day from appointment where id = $1`,
        [id],
      )
    )[0]
    const [day, month, year] = (starts?.day ?? '').split('-')
    const longer = {
      'starts-day': day ?? '',
      'starts-month': month ?? '',
      'starts-year': year ?? '',
      'ends-day': '31',
      'ends-month': '7',
      'ends-year': '2030',
    }
    assert.equal((await sends(systemAdministrator, `/people/${senco.adultId}/appointments/${id}`, longer)).status, 303)
    const stale = await waitingChangeOf(app, senco)
    app.pass(1)
    assert.equal((await ends(head, senco, id)).status, 303)
    assert.equal((await sends(dsl, `/team-changes/${stale}/agree`)).status, 409)
    assert.equal(await opensFiles(senco), false)
    // Behind the program’s back the first still stands open: even so it is not written over what is.
    const answer = `select team_change_answer($1, true, null, $2, 'x', 'x', 'x', '/') as answer`
    const open = `update team_change set state = 'open' where id = '${stale}'`
    assert.deepEqual(await alone(dsl, answer, [stale, app.clock.now()], open), { fault: 'changed-since' })
    const beside = `insert into appointment (school_id, id, adult_id, role, starts_at, ends_at) select school_id, gen_random_uuid(), adult_id, role, starts_at, ends_at from appointment where id = $1 returning role as answer`
    await assert.rejects(alone(head, beside, [id]), /takes two people/)
    assert.equal(await alone(head, beside, [id], 'drop trigger appointment_guard on appointment'), 'deputy-dsl')
    await agreeTo(app, senco, dsl)
  })

  test('the login of the program alone, as an administrator, turns no role into another, moves no account, and writes no agreement', async () => {
    const of = (await held(teacher, 'teacher')) ?? assert.fail()
    const refused: readonly (readonly [string, readonly unknown[]])[] = [
      [`update appointment set role = 'dsl' where id = $1`, [of.id]],
      [`update appointment set adult_id = $2 where id = $1`, [of.id, assistant.adultId]],
      ['delete from appointment where id = $1', [of.id]],
      ['update adult set account_id = null where id = $1', [dsl.adultId]],
      [`update school set file_roles = '{system-administrator}' where id = $1`, [school.id]],
      [`update school set route_roles = '{}' where id = $1`, [school.id]],
      [`update team_change set role = 'dsl' where school_id = $1`, [school.id]],
      ['select team_change_apply(v, $2) from team_change v where school_id = $1', [school.id, app.clock.now()]],
      [`select team_tell($1, array[$2::uuid], 'x', 'x', '/', false, $3)`, [school.id, dsl.adultId, app.clock.now()]],
    ]
    for (const [text, values] of refused) {
      await assert.rejects(alone(systemAdministrator, text, values), /permission denied/, text)
      // The agreement that is written past its function meets the guard of the appointment as well.
      if (!text.includes('team_change_apply')) await alone(systemAdministrator, text, values, 'alter role holdfast_app superuser')
    }
    const twin = `insert into adult (school_id, id, account_id, name, email, kind, created_at)
      select school_id, $2, account_id, 'A twin', 'twin@example.org', 'staff', created_at from adult where id = $1 returning name as answer`
    await assert.rejects(alone(systemAdministrator, twin, [dsl.adultId, newId()]), /duplicate key|permission denied/)
    assert.equal(await opensFiles(deputyTwo), true)
  })
})
