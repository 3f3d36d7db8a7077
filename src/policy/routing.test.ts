import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Route } from './profile.ts'
import { type RoleId, roleIds } from './roles.ts'
import { type Holder, whoIsTold } from './routing.ts'

const source = { document: 'policy', section: '4' }
const step = (tell: 'all' | 'first', ...roles: RoleId[]) => ({ tell, roles, says: `${tell} of ${roles.join(', ')}`, source })
const route: Route = {
  id: 'welfare',
  steps: [step('all', 'dsl', 'deputy-dsl'), step('first', 'headteacher', 'senior-leader'), step('first', 'chair-of-governors')],
  outside: ['front-door'],
}

function holder(personId: string, role: RoleId, more: Partial<Holder> = {}): Holder {
  return { personId, role, absent: false, excluded: false, ...more }
}
const people = (tells: readonly { personId: string }[]) => tells.map(({ personId }) => personId)

test('the DSL and every deputy are told at once, under the step that says so', () => {
  const { tells, stepIndex, unreached, outside } = whoIsTold(route, {
    holders: [holder('ann', 'dsl'), holder('ben', 'deputy-dsl'), holder('cy', 'deputy-dsl'), holder('hal', 'headteacher')],
  })
  assert.deepEqual(people(tells), ['ann', 'ben', 'cy'])
  assert.equal(stepIndex, 0)
  assert.equal(unreached, false)
  assert.deepEqual(outside, [])
  assert.deepEqual(tells[0], { personId: 'ann', role: 'dsl', rule: 'routing.welfare-1', says: 'all of dsl, deputy-dsl', source })
})

test('a DSL who is out is passed over, and the deputy told alone', () => {
  const { tells, passedOver } = whoIsTold(route, {
    holders: [holder('ann', 'dsl', { absent: true }), holder('ben', 'deputy-dsl')],
  })
  assert.deepEqual(people(tells), ['ben'])
  assert.deepEqual(passedOver, [{ personId: 'ann', role: 'dsl', because: 'absent' }])
})

test('where the safeguarding team is vacant or out, the head is told, and nobody after the head', () => {
  const { tells, passedOver } = whoIsTold(route, {
    holders: [holder('ann', 'dsl', { absent: true }), holder('hal', 'headteacher'), holder('sue', 'senior-leader')],
  })
  assert.deepEqual(people(tells), ['hal'])
  assert.deepEqual(passedOver, [
    { personId: 'ann', role: 'dsl', because: 'absent' },
    { personId: null, role: 'deputy-dsl', because: 'vacant' },
  ])
})

test('a head who is the subject is never told, not even as the DSL they also are', () => {
  const { tells, passedOver } = whoIsTold(route, {
    holders: [
      holder('hal', 'headteacher', { excluded: true, because: 'subject' }),
      holder('hal', 'dsl'),
      holder('cat', 'chair-of-governors'),
    ],
  })
  assert.deepEqual(people(tells), ['cat'])
  assert.deepEqual(
    passedOver.filter(({ personId }) => personId === 'hal').map(({ because }) => because),
    ['subject', 'subject'],
  )
})

test('a person who is DSL and deputy is told once, as DSL', () => {
  const { tells } = whoIsTold(route, { holders: [holder('ann', 'deputy-dsl'), holder('ann', 'dsl')] })
  assert.deepEqual(
    tells.map(({ personId, role }) => [personId, role]),
    [['ann', 'dsl']],
  )
})

test('where nobody inside may know, the concern is unreached and the outside is named', () => {
  const routing = whoIsTold(route, { holders: [holder('ann', 'dsl', { excluded: true, because: 'tied' })] })
  assert.deepEqual(routing.tells, [])
  assert.equal(routing.unreached, true)
  assert.equal(routing.stepIndex, null)
  assert.deepEqual(routing.outside, ['front-door'])
  assert.ok(routing.passedOver.some(({ personId, because }) => personId === 'ann' && because === 'tied'))
})

test('where everybody is out they are written to, and the reporter is shown the outside all the same', () => {
  const routing = whoIsTold(route, {
    holders: [holder('ann', 'dsl', { absent: true }), holder('hal', 'headteacher', { absent: true })],
  })
  assert.deepEqual(people(routing.tells), ['ann'])
  assert.equal(routing.unreached, true)
  assert.deepEqual(routing.outside, ['front-door'])
})

test('when nobody has answered the next step is told, and nobody twice', () => {
  const holders = [holder('ann', 'dsl'), holder('ann', 'headteacher'), holder('sue', 'senior-leader')]
  const first = whoIsTold(route, { holders })
  const next = whoIsTold(route, { holders, fromStep: (first.stepIndex ?? 0) + 1, alreadyTold: people(first.tells) })
  assert.deepEqual(people(next.tells), ['sue'])
  assert.deepEqual(next.passedOver, [{ personId: 'ann', role: 'headteacher', because: 'told' }])
})

const roles = fc.constantFrom<RoleId>(...roleIds.slice(8, 16))
const holders = fc.array(
  fc.record({
    personId: fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'),
    role: roles,
    absent: fc.boolean(),
    excluded: fc.boolean(),
  }),
  { maxLength: 10 },
)
const steps = fc.array(
  fc.record({
    tell: fc.constantFrom<'all' | 'first'>('all', 'first'),
    roles: fc.uniqueArray(roles, { minLength: 1, maxLength: 4 }),
    says: fc.constant('.'),
    source: fc.constant(source),
  }),
  { maxLength: 5 },
)

test('whatever the route and the people: nobody excluded is told, nobody twice, and somebody or the outside always', () => {
  fc.assert(
    fc.property(steps, holders, fc.nat(3), fc.subarray(['a', 'b', 'c']), (written, held, fromStep, alreadyTold) => {
      const routing = whoIsTold({ id: 'r', steps: written, outside: ['x'] }, { holders: held, fromStep, alreadyTold })
      const told = people(routing.tells)
      const excluded = held.filter(one => one.excluded).map(one => one.personId)
      assert.ok(told.every(person => !excluded.includes(person) && !alreadyTold.includes(person)))
      assert.equal(new Set(told).size, told.length)
      assert.ok(routing.unreached ? routing.outside.length > 0 : told.length > 0)
      assert.ok(routing.passedOver.every(({ personId }) => personId === null || !told.includes(personId)))
      const may = held.some(
        one =>
          written.slice(fromStep).some(({ roles: named }) => named.includes(one.role)) &&
          !excluded.includes(one.personId) &&
          !alreadyTold.includes(one.personId) &&
          !one.absent,
      )
      assert.equal(routing.unreached, !may)
    }),
    { numRuns: 2000 },
  )
})

test('a vacancy in front changes nothing for those behind it', () => {
  fc.assert(
    fc.property(steps, holders, (written, held) => {
      const before = whoIsTold({ id: 'r', steps: written, outside: [] }, { holders: held })
      const vacant = { tell: 'all' as const, roles: ['trainee' as RoleId], says: '.', source }
      const after = whoIsTold({ id: 'r', steps: [vacant, ...written], outside: [] }, { holders: held })
      assert.deepEqual(people(after.tells), people(before.tells))
      assert.equal(after.unreached, before.unreached)
    }),
  )
})
