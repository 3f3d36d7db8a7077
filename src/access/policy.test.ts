import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { AdultId, SchoolId } from '../kernel/ids.ts'
import { type RoleId, roleIds } from '../policy/roles.ts'
import type { Actor } from './actor.ts'
import { authorise, Denied } from './permit.ts'
import { type Action, actions, check, ruleFor, type SubjectFacts } from './policy.ts'
import { situatedActors, situatedSubjects } from './situations.ts'

const someAction = fc.constantFrom(...actions)
const someAdultId = fc.constantFrom('a', 'b', 'c', 'd').map(id => id as AdultId)
const someSchool = fc.constantFrom('s1', 's2').map(id => id as SchoolId)
const someActor = fc
  .record({
    schoolId: someSchool,
    adultId: someAdultId,
    roles: fc.subarray([...roleIds]) as fc.Arbitrary<RoleId[]>,
  })
  .map(
    ({ schoolId, adultId, roles }): Actor => ({
      kind: 'adult',
      schoolId,
      adultId,
      roles,
      accountId: undefined,
      name: '',
      fileRoles: ['dsl', 'deputy-dsl'],
    }),
  )
const someFacts = fc.record({
  schoolId: someSchool,
  excluded: fc.array(someAdultId, { maxLength: 3 }),
  readers: fc.array(someAdultId, { maxLength: 2 }),
  reporterId: fc.option(someAdultId, { nil: undefined }),
  ownerId: fc.option(someAdultId, { nil: undefined }),
}) satisfies fc.Arbitrary<SubjectFacts>

describe('the permission policy', () => {
  test('nobody of another school is ever allowed anything on a record', () => {
    fc.assert(
      fc.property(someActor, someAction, someFacts, (actor, action, facts) => {
        fc.pre(actor.schoolId !== facts.schoolId)
        assert.equal(check(actor, action, facts).allowed, false)
      }),
      { numRuns: 2000 },
    )
  })

  test('whoever is outside a record is allowed their own words and nothing else, whatever their roles', () => {
    fc.assert(
      fc.property(someActor, someAction, someFacts, (actor, action, facts) => {
        fc.pre(facts.excluded.includes(actor.adultId) && !ruleFor(action).ownWords)
        assert.equal(check(actor, action, facts).allowed, false)
      }),
      { numRuns: 5000 },
    )
  })

  test('losing an appointment never adds a right', () => {
    fc.assert(
      fc.property(someActor, someAction, someFacts, (actor, action, facts) => {
        const fewer: Actor = { ...actor, roles: actor.roles.slice(1) }
        assert.ok(check(actor, action, facts).allowed || !check(fewer, action, facts).allowed)
      }),
      { numRuns: 5000 },
    )
  })

  test('a system administrator opens no welfare file', () => {
    const administrator = situatedActors.find(actor => actor.says === 'system administrator')
    assert.ok(administrator)
    const welfare = actions.filter(action =>
      /^(concern\.(read|triage|decide|acknowledge)|file\.|note\.|referral\.(make|read)|today\.)/.test(action),
    )
    assert.ok(welfare.length > 8)
    for (const action of welfare)
      for (const subject of situatedSubjects)
        assert.equal(check(administrator.someone, action, subject.facts).allowed, false, action)
  })

  test('any adult of the school records a concern without a second factor', () => {
    for (const { says, someone } of situatedActors.filter(actor => actor.someone.kind === 'adult')) {
      const verdict = check(someone, 'concern.record', undefined)
      assert.ok(verdict.allowed && !verdict.needsSecondFactor, says)
    }
  })

  test('every action is allowed to somebody in the table and refused to somebody, or it is open to all', () => {
    const everybody = situatedActors.flatMap(actor => situatedSubjects.map(subject => ({ actor, subject })))
    for (const action of actions) {
      const allowed = everybody.filter(({ actor, subject }) => check(actor.someone, action, subject.facts).allowed)
      assert.ok(allowed.length > 0, `nobody in the table may ${action}: add the person who may to situations.ts`)
      assert.ok(
        allowed.length < everybody.length || ruleFor(action).open === 'stranger',
        `nobody in the table is refused ${action}`,
      )
    }
  })

  test('every person of the table may do something and is refused something, and every post that the policy names is held by one of them', () => {
    const held = new Set(situatedActors.flatMap(({ someone }) => (someone.kind === 'adult' ? someone.roles : [])))
    for (const { says, someone } of situatedActors) {
      const cells = actions.flatMap(action => situatedSubjects.map(subject => check(someone, action, subject.facts).allowed))
      assert.ok(cells.includes(true) && cells.includes(false), says)
    }
    const named = actions.flatMap(action => ruleFor(action).who.flatMap(ground => ground.says.split(' or ')))
    const unheld = roleIds.filter(role => named.includes(role) && !held.has(role))
    assert.deepEqual(unheld, [], 'posts that the policy names and nobody in situations.ts holds')
  })

  test('every ground of every rule lets somebody of the table in', () => {
    const idle: string[] = []
    for (const action of actions)
      for (const ground of ruleFor(action).who) {
        const holds = situatedActors.some(
          ({ someone }) =>
            someone.kind === 'adult' &&
            situatedSubjects.some(({ facts }) => ground.holds(someone, facts ?? { schoolId: someone.schoolId })),
        )
        if (!holds) idle.push(`${action}: ${ground.says}`)
      }
    assert.deepEqual([...new Set(idle.map(line => line.split(': ')[1]))], ['told in the safeguarding team’s place'])
  })

  test('what two posts give together is what either gives alone', () => {
    fc.assert(
      fc.property(someActor, fc.subarray([...roleIds]), someAction, someFacts, (actor, more, action, facts) => {
        const allowed = (roles: readonly RoleId[]) => check({ ...actor, roles }, action, facts).allowed
        assert.equal(allowed([...actor.roles, ...more]), allowed(actor.roles) || allowed(more))
      }),
      { numRuns: 5000 },
    )
  })

  test('whoever has no post any more is given only what any adult, the writer, the owner and the reader have', () => {
    fc.assert(
      fc.property(someActor, someAction, someFacts, (actor, action, facts) => {
        const verdict = check({ ...actor, roles: [] }, action, {
          ...facts,
          readers: [],
          reporterId: undefined,
          ownerId: undefined,
        })
        const isForAll =
          ruleFor(action).open !== undefined || ruleFor(action).who.some(({ says }) => says === 'any adult of the school')
        assert.ok(!verdict.allowed || isForAll, action)
      }),
      { numRuns: 3000 },
    )
  })

  test('a refusal is thrown with its reason and cannot be overlooked', () => {
    const teacher: Actor = {
      kind: 'adult',
      schoolId: 's1' as SchoolId,
      adultId: 'a' as AdultId,
      roles: ['teacher'],
      accountId: undefined,
      name: '',
      fileRoles: ['dsl'],
    }
    assert.throws(
      () => authorise(teacher, 'today.open' satisfies Action),
      (error: unknown) => error instanceof Denied && error.because === 'no-ground',
    )
  })
})
