import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import type { PlainDate } from '../src/kernel/plain-date.ts'
import { isPassword } from '../src/platform/passwords.ts'
import { workAs } from '../src/work/work.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { demonstrationLoadedAt, testPolicies, testSealing, testTools } from '../test/support/demonstration.ts'
import { DemonstrationRefused, loadDemonstration } from './load.ts'
import { demo, demonstrationPassword, demoSchools } from './people.ts'

const database = await createTestDatabase('demonstration')
const admin = new pg.Client(database.admin)
await admin.connect()
const tools = testTools(database.app)
after(async () => {
  await admin.end()
  await tools.database.close()
})

async function numbers(statement: string): Promise<Record<string, number>> {
  const { rows } = await admin.query<{ key: string; n: number }>(statement)
  return Object.fromEntries(rows.map(row => [row.key, Number(row.n)]))
}

test('each of the five schools has between 25 and 40 children, and the people its policy names, but for one vacant post', async () => {
  const children = await numbers('select s.key, count(*) as n from child c join school s on s.id = c.school_id group by 1')
  assert.equal(Object.keys(children).length, 5)
  for (const [key, count] of Object.entries(children)) assert.ok(count >= 25 && count <= 42, `${key} has ${count} children`)
  for (const school of demoSchools) {
    const held = new Set(Object.values(school.adults).flatMap(adult => adult.roles))
    const named = testPolicies()
      .profile(school.key, '2026-11-20' as PlainDate)
      .team.map(member => member.role)
    assert.deepEqual(
      named.filter(role => !held.has(role)),
      school.key === 'westacre' ? ['online-safety-lead'] : [],
      `roles at ${school.key} that nobody holds`,
    )
  }
})

test('a DSL, a head and an administrator have an authenticator, and a teacher has a password alone', async () => {
  const { rows } = await admin.query<{ id: string; password_hash: string; code_secret_sealed: Buffer | null }>(
    'select id, password_hash, code_secret_sealed from account',
  )
  const accountOf = (id: string | undefined) => rows.find(row => row.id === id)
  for (const person of [demo.westPark.dsl, demo.westPark.head, demo.westPark.systemAdministrator, demo.westacre.head]) {
    const sealed = accountOf(person.accountId)?.code_secret_sealed
    assert.ok(sealed, `${person.name} has no authenticator`)
    assert.equal(testSealing.open(`account:${person.accountId}`, 'code-secret', sealed).toString(), person.codeSecret)
  }
  const teacher = accountOf(demo.westPark.teacher.accountId)
  assert.equal(teacher?.code_secret_sealed, null)
  assert.equal(await isPassword(teacher?.password_hash, demonstrationPassword), true)
})

test('a supply teacher at two schools is one account and two adults', async () => {
  assert.equal(demo.westacre.supply.accountId, demo.williamMacgregor.supply.accountId)
  assert.notEqual(demo.westacre.supply.adultId, demo.williamMacgregor.supply.adultId)
})

test('a teacher who is a parent is tied to the child from the first moment', async () => {
  const { rows } = await admin.query<{ tied: string[]; ties: number }>(
    'select tied, (select count(*) from tie t where t.child_id = c.id) as ties from child c where id = $1',
    [demo.westPark.pupils.zara.childId],
  )
  assert.deepEqual(rows[0], { tied: [demo.westPark.parentTeacher.adultId], ties: 1 })
})

test('a deputy whose post has ended holds no such role any more', async () => {
  const roles = await workAs(tools, demo.westPark.formerDeputy, demonstrationLoadedAt, async work => ({
    commit: false,
    value: work.someone.roles,
  }))
  assert.deepEqual(roles, ['teacher'])
})

test('the five schools meet what makes a school day hard', async () => {
  const count = async (statement: string) =>
    (await numbers(`select 'n' as key, count(*) as n from (${statement}) as found`))['n'] ?? 0
  const holds = (role: string) => `select adult_id from appointment where role = '${role}' and ends_at is null`
  const variety = {
    'dual enrolment': `select from child where standing = 'dual'`,
    'two authorities': `select school_id from child group by 1 having count(distinct home_authority) > 1`,
    siblings: 'select from sibling',
    'same names': 'select from child group by school_id, given_name, family_name having count(*) > 1',
    'a member of staff who is a parent': `select from tie join adult a on a.id = tie.adult_id where tie.kind = 'parent' and a.kind = 'staff'`,
    'a head who is the DSL': `${holds('headteacher')} intersect ${holds('dsl')}`,
    'a barred contact': 'select from child_contact where barred',
    'a vacancy': `select school_id, role from appointment where role = 'online-safety-lead' group by 1, 2 having bool_and(ends_at is not null)`,
  }
  for (const [name, statement] of Object.entries(variety)) assert.ok((await count(statement)) > 0, name)
})

test("every home authority of a child is one to which the school's policy sends referrals", async () => {
  const { rows } = await admin.query<{ key: string; home_authority: string }>(
    'select distinct s.key, c.home_authority from child c join school s on s.id = c.school_id where home_authority is not null',
  )
  for (const { key, home_authority: home } of rows) {
    const known = testPolicies()
      .profile(key, '2026-11-20' as PlainDate)
      .referrals.map(referral => referral.authority)
    assert.ok(known.includes(home), `${key} does not know ${home}`)
  }
})

test('the demonstration is never loaded twice, nor beside anything', async () => {
  await assert.rejects(loadDemonstration(tools, database.admin, demonstrationLoadedAt), DemonstrationRefused)
})
