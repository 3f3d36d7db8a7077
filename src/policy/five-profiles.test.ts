import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { toInstant } from '../kernel/london-time.ts'
import type { LocalTime, PlainDate } from '../kernel/plain-date.ts'
import { jsonSchemas } from './check-command.ts'
import { clocksStartedBy } from './clocks.ts'
import { faultInWords } from './faults.ts'
import { loadPolicies } from './load.ts'
import { referralDestination } from './referral-destination.ts'

const loaded = loadPolicies('policies')
const friday = '2026-11-20' as PlainDate

test('the five schools each have a whole policy', () => {
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.refusal.map(faultInWords).join('\n'))
  assert.deepEqual(loaded.value.keys.toSorted(), ['mmap', 'west-park', 'westacre', 'westley', 'william-macgregor'])
})

for (const key of loaded.ok ? loaded.value.keys : []) {
  const profile = loaded.ok ? loaded.value.profile(key, friday) : assert.fail()

  test(`at ${key} every value names a document that the profile lists`, () => {
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      const { source } = value as { source?: { document: string; section: string } }
      if (source) assert.ok(profile.documents[source.document] && source.section, JSON.stringify(source))
      Object.values(value).forEach(visit)
    }
    visit(profile)
  })

  test(`at ${key} somebody hears when a concern is not acknowledged, triaged or decided, when no DSL can be reached and when nobody leads`, () => {
    for (const on of ['acknowledgement', 'triage', 'decision', 'unreachable'])
      assert.ok(
        profile.unanswered.some(rule => rule.on === on && rule.tell.length > 0 && rule.source.section !== ''),
        on,
      )
    assert.ok(profile.unanswered.some(rule => rule.ask.length > 0))
    assert.ok(profile.lead && profile.lead.holdersMax === 1 && profile.lead.vacancyTold.length > 1)
  })

  test(`at ${key} the terms are published to the summer of 2029`, () => {
    assert.ok((profile.calendar.terms.at(-1)?.to ?? '') >= '2029-07-01')
  })

  test(`at ${key} every contact that a page shows is there, and at the end of each route somebody outside can be rung`, () => {
    const emergency = profile.emergency.map(({ contact }) => profile.contacts[contact])
    assert.ok(emergency.length > 0 && emergency.every(contact => contact !== undefined))
    assert.ok(emergency.some(contact => contact?.phone === '999'))
    for (const route of Object.values(profile.routes)) {
      assert.ok(
        route.outside.every(name => profile.contacts[name] !== undefined),
        route.id,
      )
      assert.ok(
        route.outside.some(name => profile.contacts[name]?.phone !== undefined),
        route.id,
      )
    }
  })

  test(`at ${key} a child of the school's own authority is referred to that authority`, () => {
    const destination = referralDestination(profile, profile.school.authority)
    assert.ok(destination.kind === 'found' && destination.destination.authority === profile.school.authority)
  })
}

test('at West Park a worry of ten past two is written before the child leaves at a quarter past three', () => {
  const profile = loaded.ok ? loaded.value.profile('west-park', friday) : assert.fail()
  const event = { event: 'concern.recorded', at: toInstant(friday, '14:10' as LocalTime) } as const
  const written = clocksStartedBy(profile, event, { urgent: true, childLeavesAt: '15:15' as LocalTime }).find(
    ({ clock }) => clock === 'record-written',
  )
  assert.equal(written?.due, '2026-11-20T15:15:00.000Z')
})

test('editors find the schemas as the language has them', () => {
  for (const [kind, schema] of Object.entries(jsonSchemas()))
    assert.deepEqual(
      JSON.parse(readFileSync(`policies/schema/${kind}.schema.json`, 'utf8')),
      JSON.parse(JSON.stringify(schema)),
      kind,
    )
})
