import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleTexts } from '../../test/support/example-policies.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { type ConductFacts, chainFor } from './conduct.ts'
import { faultInWords } from './faults.ts'
import { loadPolicies, readPolicies } from './load.ts'
import type { RoleId } from './roles.ts'

const policies = loadPolicies('policies')
if (!policies.ok) throw new Error(policies.refusal.map(faultInWords).join('\n'))
const loaded = policies.value

/** Steps in short: `first headteacher, dsl` for a step, and the first contact outside. */
function chain(
  school: string,
  holds: readonly RoleId[],
  more: Partial<ConductFacts> & { readonly relativesHold?: readonly RoleId[] } = {},
) {
  const { relativesHold = [], ...facts } = more
  const found = chainFor(loaded.profile(school, '2026-11-20' as PlainDate).conduct, {
    kind: 'conduct',
    believed: 'unsure',
    conflictOfInterest: false,
    subjects: [{ roles: holds, relativesHold }],
    ...facts,
  })
  return [...found.steps.map(step => `${step.tell} ${step.roles.join(', ')}`), found.outside[0]]
}

const low = { believed: 'low-level' } as const
const practice = { kind: 'practice' } as const

test('a concern about an adult follows the chain that each of the five policies prints for that adult', () => {
  const ladder = ['first chief-executive', 'first chair-of-trustees', 'staffordshire.lado']
  assert.deepEqual(chain('william-macgregor', ['headteacher', 'dsl']), ['first director-of-education', ...ladder])
  assert.deepEqual(chain('william-macgregor', ['director-of-education']), ladder)
  assert.deepEqual(chain('william-macgregor', ['chief-executive']), ladder.slice(1))
  assert.deepEqual(chain('william-macgregor', ['central-staff']), [
    'first chief-operating-officer, chief-executive',
    ...ladder.slice(1),
  ])
  assert.equal(chain('william-macgregor', ['teacher'], low)[0], 'first headteacher')

  assert.deepEqual(chain('westacre', ['headteacher']), ['first chair-of-governors', 'wolverhampton.lado'])
  assert.deepEqual(chain('westacre', ['volunteer'], low), ['first headteacher', 'wolverhampton.lado'])

  assert.deepEqual(chain('westley', ['teacher']), ['first headteacher, deputy-headteacher', 'suffolk.lado'])
  assert.deepEqual(chain('westley', ['headteacher'], low), ['first director-of-education', 'suffolk.lado'])
  assert.deepEqual(chain('westley', ['support-staff'], { relativesHold: ['headteacher'] }), [
    'first director-of-education',
    'suffolk.lado',
  ])
  assert.equal(chain('westley', ['teacher'], low)[0], 'first dsl, deputy-dsl')
  assert.equal(chain('westley', ['dsl'], low)[0], 'first headteacher, deputy-headteacher')
  assert.equal(chain('westley', ['dsl', 'headteacher'], low)[0], 'first director-of-education')
  assert.equal(chain('westley', ['central-staff'], low)[0], 'first trust-safeguarding-lead')

  assert.deepEqual(chain('west-park', ['teacher']), ['first headteacher', 'first dsl', 'derby.lado'])
  assert.deepEqual(chain('west-park', ['headteacher']), ['first chair-of-governors', 'derby.lado'])
  assert.deepEqual(chain('west-park', ['teacher'], { conflictOfInterest: true }), ['derby.lado'])
  assert.deepEqual(chain('west-park', ['teacher'], { relativesHold: ['headteacher'] }), ['derby.lado'])
  assert.equal(chain('west-park', ['teacher'], low)[0], 'first dsl, headteacher')
  assert.equal(chain('west-park', ['dsl'], low)[0], 'first headteacher, chair-of-governors')
  assert.equal(chain('west-park', ['headteacher'], low)[0], 'first chair-of-governors, dsl')
  // What the head may not have goes past them at either level.
  for (const facts of [{ relativesHold: ['headteacher'] }, { conflictOfInterest: true }] as const)
    assert.deepEqual(chain('west-park', ['teacher'], { ...low, ...facts })[0], 'first dsl, chair-of-governors')
  assert.equal(chain('west-park', ['dsl'], { ...low, relativesHold: ['headteacher'] })[0], 'first dsl, chair-of-governors')

  assert.deepEqual(chain('mmap', ['supply'], low), ['first headteacher', 'kent.lado'])
  assert.deepEqual(chain('mmap', ['headteacher', 'dsl']), ['first chair-of-governors', 'kent.lado'])
})

test('where a text passes a worry on to somebody and names nobody in their place, the policy says so among what it leaves open', () => {
  const gaps = (school: string) =>
    loaded
      .profile(school, '2026-11-20' as PlainDate)
      .gaps.map(({ key }) => key)
      .filter(key => /^passed-on-|^low-level-head-outside$/.test(key))
  assert.deepEqual(gaps('westley'), ['passed-on-about-dsl-low-level-director-of-education'])
  assert.deepEqual(gaps('west-park'), ['low-level-head-outside'], 'the chair is read in the place of the head, and it is said')
  assert.deepEqual(gaps('mmap'), [])
})

test('a worry about how the school works goes where the policy sends it, and never by way of a concern about an adult', () => {
  assert.deepEqual(chain('westacre', [], practice), ['all headteacher, chair-of-governors', 'nspcc-whistleblowing'])
  assert.equal(chain('westley', [], practice)[0], 'first headteacher, chair-of-governors')
  assert.equal(chain('west-park', ['headteacher'], practice)[0], 'first chair-of-governors')
  assert.equal(chain('mmap', ['dsl'], practice)[0], 'first chair-of-governors')
  assert.equal(chain('william-macgregor', ['headteacher'], practice)[0], 'first director-of-education')
})

/** The faults of the example after its trust's or its school's chains were changed. */
function faultsAfter(file: string, from: string, to: string): string {
  const texts = exampleTexts().map(one => (one.file === file ? { ...one, text: one.text.replace(from, to) } : one))
  const read = readPolicies(texts)
  return read.ok ? '' : read.refusal.map(faultInWords).join('\n')
}

test('a chain that goes round, ends nowhere, goes on with nothing or names nobody known is refused with its place', () => {
  const trust = 'trusts/example-trust.yaml'
  const school = 'schools/example-school.yaml'
  const head = 'outside: [exampleshire.lado]'
  assert.match(
    faultsAfter(trust, head, 'goes_on_with: about-head'),
    /conduct\.chains\[0\]\.goes_on_with.*goes round: about-chief-executive, about-head/,
  )
  assert.match(faultsAfter(trust, head, ''), /conduct\.chains\[0\].*ends nowhere/)
  assert.match(faultsAfter(trust, 'goes_on_with: about-chief-executive', 'goes_on_with: nowhere'), /There is no chain "nowhere"/)
  assert.match(faultsAfter(trust, 'holds: [headteacher]', 'holds: [head]'), /"head" is not a known role/)
  assert.match(faultsAfter(trust, 'id: about-head', 'id: about-chief-executive'), /given twice/)
  assert.match(faultsAfter(school, 'kind: practice', 'kind: conduct\n      believed: [unsure]'), /for each of the two kinds/)
  assert.match(
    faultsAfter(school, 'roles: [headteacher, senior-leader]', 'roles: [dsl]'),
    /goes round: this step leads back to dsl/,
  )
})
