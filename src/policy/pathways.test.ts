import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testPolicies } from '../../test/support/demonstration.ts'
import { exampleTexts } from '../../test/support/example-policies.ts'
import type { Instant, PlainDate } from '../kernel/plain-date.ts'
import { clocksStartedBy } from './clocks.ts'
import { faultInWords } from './faults.ts'
import { readPolicies } from './load.ts'
import { contactsNow, isUrgentByPathway, pathwaysFor } from './pathways.ts'

const on = '2026-11-20' as PlainDate
const policies = testPolicies()
const profileOf = (key: string) => policies.profile(key, on)

function faultsWith(pathways: string): string {
  const texts = exampleTexts().map(one =>
    one.kind === 'schools' ? { ...one, text: one.text.replace('routes:\n', `${pathways}\nroutes:\n`) } : one,
  )
  const read = readPolicies(texts)
  return read.ok ? '' : read.refusal.map(faultInWords).join('\n')
}

test('whoever writes a pathway is told of a contact, an answer, a clock or a step that nobody knows, each with its place', () => {
  const pathway = (more: string, when = 'prompts: [disclosure]') =>
    `pathways:\n  - { id: a, name: A, for: { ${when} }, source: policy 6.1, ${more} }`
  assert.equal(
    faultsWith(
      pathway(
        'contacts: [home.front-door], steps: [{ id: ring, does: Ring, within: { value: immediately, source: policy 6.1 }, late: { tell: [dsl] } }]',
      ),
    ),
    '',
  )
  assert.match(faultsWith(pathway('contacts: [nobody]')), /pathways\[0\]\.contacts\[0\]: No contact "nobody" is defined/)
  assert.match(faultsWith(pathway('contacts: [home.nowhere]')), /there are home\.front-door, home\.consultation/)
  assert.match(faultsWith(pathway('says: A', 'answers: [never.asked]')), /No question has the answer "never\.asked"/)
  assert.match(
    faultsWith(pathway('steps: [{ id: a, does: A, clock: risk-assessment }]')),
    /No rule gives the time of the clock risk-assessment/,
  )
  assert.match(faultsWith(pathway('steps: [{ id: a, does: A, after: { step: b, tries: 2 } }]')), /There is no other step "b"/)
  assert.match(faultsWith(pathway('steps: [{ id: a, does: A }, { id: a, does: A }]')), /The step "a" is given twice/)
  assert.match(faultsWith(pathway('steps: [{ id: a, does: A, late: { tell: [dsl] } }]')), /[Ww]rite within or after/)
  assert.match(faultsWith(pathway('steps: [{ id: a, does: A, roles: [teacher] }]')), /[Ww]rite by: recorder/)
  assert.match(faultsWith(pathway('says: A', '')), /names nothing/)
})

test('a pathway holds for what was reported, for a category, for an answer, in danger and from a level on', () => {
  const ids = (key: string, facts: Omit<Parameters<typeof pathwaysFor>[1], 'prompts'> & { prompts?: readonly string[] }) =>
    pathwaysFor(profileOf(key), { prompts: [], ...facts }).map(({ id }) => id)
  assert.deepEqual(ids('west-park', {}), [])
  assert.deepEqual(ids('west-park', { prompts: ['fgm-known'] }), ['fgm-known'])
  assert.deepEqual(ids('west-park', { categories: ['honour-based-abuse'] }), ['honour-based'])
  assert.deepEqual(ids('west-park', { answers: ['crime.yes'], danger: true }), ['danger', 'crime'])
  assert.deepEqual(ids('mmap', { level: 4 }), ['threshold-met'])
  assert.deepEqual(ids('mmap', { level: 3 }), [])
  assert.equal(isUrgentByPathway(profileOf('william-macgregor'), ['sexual-harassment']), true)
  assert.equal(isUrgentByPathway(profileOf('william-macgregor'), ['behaviour']), false)
})

test('whom to ring follows where the child lives and the hour; while nobody knows where, no authority is assumed', () => {
  const ring = (key: string, contacts: readonly string[], home: string | undefined, at: string) =>
    contactsNow(profileOf(key), contacts, home, at as Instant).map(
      ({ contact, isOpen }) => `${contact.key}${isOpen === false ? ' closed' : ''}`,
    )
  const derby = ['derby.front-door', 'derby.out-of-hours']
  assert.deepEqual(ring('west-park', ['home.front-door'], 'derby', '2026-11-20T10:00:00Z'), derby)
  assert.deepEqual(ring('west-park', ['home.front-door'], 'derby', '2026-11-20T19:40:00Z'), [
    'derby.out-of-hours',
    'derby.front-door closed',
  ])
  assert.deepEqual(ring('west-park', ['home.front-door'], 'derbyshire', '2026-11-20T10:00:00Z'), ['derbyshire.front-door'])
  assert.deepEqual(ring('west-park', ['police', 'home.prevent'], 'derbyshire', '2026-11-20T10:00:00Z'), [
    'police',
    'derbyshire.prevent',
  ])
  assert.deepEqual(ring('west-park', ['home.front-door'], undefined, '2026-11-20T10:00:00Z'), [
    'derby.front-door',
    'derbyshire.front-door',
  ])
})

test('only a teacher who records a known case owes the police a report, by five on the next working day', () => {
  const recorded = { event: 'concern.recorded', at: '2025-01-17T14:10:00.000Z' as Instant } as const
  const due = (key: string, prompts: readonly string[], role: 'teacher' | 'teaching-assistant') =>
    clocksStartedBy(policies.profile(key, '2025-01-17' as PlainDate), recorded, { prompts, roles: [role] }).find(
      ({ clock }) => clock === 'fgm-police-report',
    )?.due
  assert.equal(due('west-park', ['fgm-known'], 'teacher'), '2025-01-20T17:00:00.000Z')
  assert.equal(due('west-park', ['fgm-known'], 'teaching-assistant'), undefined)
  assert.equal(due('west-park', ['fgm-suspected'], 'teacher'), undefined)
  assert.equal(due('william-macgregor', ['fgm-suspected'], 'teaching-assistant'), '2025-01-20T17:00:00.000Z')
})
