import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../demo/people.ts'
import { startTestApp, type TestApp } from '../../test/support/app.ts'
import { testPolicies } from '../../test/support/demonstration.ts'
import type { RoleId } from '../policy/roles.ts'
import { writeFileRoles } from './file-roles.ts'

let holdfast: TestApp
before(async () => {
  holdfast = await startTestApp({ template: 'demonstration', policies: testPolicies() })
})
after(() => holdfast.close())

const policies = testPolicies()
const giving = (roles: readonly RoleId[]) => ({
  keys: ['west-park'],
  profile: (...[key, on]: Parameters<typeof policies.profile>) => {
    const profile = policies.profile(key, on)
    return profile.fileRoles ? { ...profile, fileRoles: { ...profile.fileRoles, value: roles } } : profile
  },
})

test('who opens files is what the policy of the school says, in the program and in the database, and of no other school', async () => {
  const { now } = holdfast.clock
  await writeFileRoles(holdfast.database.admin, policies, now())
  const heads = [await holdfast.agentFor(demo.westPark.head.adultId), await holdfast.agentFor(demo.westley.head.adultId)]
  const statuses = () => Promise.all(heads.map(async head => (await head.get('/today')).status))
  assert.deepEqual(await statuses(), [403, 403])
  await writeFileRoles(holdfast.database.admin, giving(['dsl', 'deputy-dsl', 'headteacher']), now())
  assert.deepEqual(await statuses(), [200, 403])
  await writeFileRoles(holdfast.database.admin, policies, now())
  assert.deepEqual(await statuses(), [403, 403])
})

test('the roles that stand in are written too, so that the database guards who is given them', async () => {
  await writeFileRoles(holdfast.database.admin, policies, holdfast.clock.now())
  const [row] = await holdfast.people.query<{ roles: RoleId[]; isTeacherGuarded: boolean }>(
    `select route_roles as roles, role_is_guarded(id, 'teacher') as "isTeacherGuarded" from school where key = 'west-park'`,
  )
  for (const role of ['headteacher', 'deputy-headteacher', 'senior-leader'] as const) assert.ok(row?.roles.includes(role), role)
  assert.equal(row?.isTeacherGuarded, false)
})

test('each of the five policies says who opens files, and where the text does not, that it is a setting', () => {
  for (const key of policies.keys) {
    const { fileRoles } = policies.profile(key, '2026-11-20' as never)
    assert.ok(fileRoles, key)
    assert.ok(fileRoles.value.includes('dsl'), key)
    assert.ok(fileRoles.standing === 'setting' || fileRoles.standing === 'read', key)
  }
})
