import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examplePolicies } from '../../test/support/example-policies.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { assumedIn, assumedInBrief, assumedInFull } from './assumed.ts'

const profile = examplePolicies().profile('example-school', '2026-01-12' as PlainDate)

test('whoever writes a policy sees what the product fills in for the school, apart from what the school has set itself', () => {
  const assumed = assumedIn(profile)
  assert.ok(assumed.settings.some(({ what, says }) => /safeguarding team shows/.test(what) && says === 'within 30 minutes'))
  assert.ok(!assumed.own.some(({ what }) => /safeguarding team shows/.test(what)))
  assert.ok(assumed.own.some(({ what }) => what === 'Nobody acknowledges a concern in time'))
  assert.ok(assumed.unverified.some(({ what }) => what === 'Emergency duty team'))
  assert.ok(assumed.national.some(({ rule }) => rule === 'referrals.answer-in-one-working-day'))
  assert.ok(assumed.gaps.some(({ says }) => says === 'The policy does not say who triages in the holidays.'))
  const text = assumedInFull(profile).join('\n')
  assert.match(
    text,
    /The product fills in, until the school chooses \(\d+\)\n[\s\S]*within 30 minutes \(triage\.acknowledge\)\. \[Times that no text gives/,
  )
  assert.match(
    text,
    /Gaps: the policy does not say \(\d+\)\n {2}The policy does not say who triages in the holidays\. \[Example School/,
  )
  assert.match(assumedInBrief('example-school', assumed), /^example-school: \d+ settings of the product, .* \d+ gaps?\.$/)
  const documents = (values: typeof assumed.own) => values.map(({ source }) => profile.documents[source?.document ?? '']?.layer)
  assert.deepEqual(new Set(documents(assumed.own)), new Set(['schools']), 'nobody else’s value counts as the school’s own')
  assert.ok(documents(assumed.authority).every(layer => layer === 'authorities'))
  assert.ok(documents(assumed.settings).every(layer => layer === 'national'))
})
