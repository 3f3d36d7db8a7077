import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examplePolicies } from '../../test/support/example-policies.ts'
import { toInstant } from '../kernel/london-time.ts'
import type { LocalTime, PlainDate } from '../kernel/plain-date.ts'
import { whatChoiceStarts } from './choices.ts'
import { clocksMetBy, clocksStartedBy } from './clocks.ts'
import type { ClockRule, Duration, Profile } from './profile.ts'
import { referralDestination } from './referral-destination.ts'
import { ruleDocuments, ruleRegistry } from './rule-registry.ts'
import { rulesDocument } from './rules-document.ts'

const policies = examplePolicies()
const profile = policies.profile('example-school', '2025-11-21' as PlainDate)
const on = (date: string, time: string) => toInstant(date as PlainDate, time as LocalTime)
const at = on('2025-11-21', '14:10')
const dues = (clocks: readonly { clock: string; due: string | null }[]) =>
  Object.fromEntries(clocks.map(({ clock, due }) => [clock, due]))

function withRule(rule: Partial<ClockRule> & Pick<ClockRule, 'clock' | 'rule'>, value: Duration): Profile {
  const duration = {
    value,
    source: { document: 'policy', section: '9' },
    from: '2025-09-01' as PlainDate,
    standing: 'stated' as const,
  }
  return { ...profile, clocks: [...profile.clocks, { says: 'More.', ...rule, duration }] }
}

test('recording a concern starts the clocks of the school, each with its rule and source', () => {
  const clocks = clocksStartedBy(profile, { event: 'concern.recorded', at }, { childLeavesAt: '15:05' as LocalTime })
  assert.deepEqual(dues(clocks), {
    'record-written': '2025-11-21T15:05:00.000Z',
    acknowledge: '2025-11-21T14:40:00.000Z',
    triage: '2025-11-21T23:59:59.000Z',
  })
  const triage = clocks.find(({ clock }) => clock === 'triage')
  assert.equal(triage?.rule, 'triage.same-day')
  assert.deepEqual(triage?.source, { document: 'policy', section: '5.1' })
  assert.equal(triage?.standing, 'read')
  assert.equal(clocks.find(({ clock }) => clock === 'acknowledge')?.standing, 'setting')
})

test('an urgent concern starts the alert as well, met by having told somebody by voice', () => {
  const event = { event: 'concern.recorded', at, toldByVoiceAt: on('2025-11-21', '13:50') } as const
  const clocks = clocksStartedBy(profile, event, { urgent: true })
  assert.equal(dues(clocks)['urgent-alert'], '2025-11-21T13:50:00.000Z')
  assert.deepEqual(clocksMetBy(event), ['record-written', 'urgent-alert'])
  assert.deepEqual(clocksMetBy({ event: 'concern.recorded', at }), ['record-written'])
})

test('told by voice yesterday, the record has been due since yesterday', () => {
  const clocks = clocksStartedBy(profile, { event: 'concern.recorded', at, toldByVoiceAt: on('2025-11-20', '10:00') })
  assert.equal(dues(clocks)['record-written'], '2025-11-20T15:15:00.000Z')
  assert.equal(dues(clocks)['triage'], '2025-11-21T23:59:59.000Z')
})

test('a stub leaves the record to be written until it is finished', () => {
  assert.deepEqual(clocksMetBy({ event: 'concern.recorded', at, stub: true }), [])
  assert.deepEqual(clocksMetBy({ event: 'concern.completed', at }), ['record-written'])
})

test('of several rules for one clock the strictest holds, and only those whose facts hold', () => {
  const stricter = withRule(
    { clock: 'triage', rule: 'triage.injury', when: { prompts: ['injury'] } },
    { unit: 'hours', count: 1 },
  )
  const triage = (prompts: string[]) =>
    clocksStartedBy(stricter, { event: 'concern.recorded', at }, { prompts }).find(({ clock }) => clock === 'triage')
  assert.equal(triage(['injury', 'online'])?.rule, 'triage.injury')
  assert.equal(triage(['online'])?.rule, 'triage.same-day')
})

test('parents who are to be told at once are told from the recording on, and not from the triage', () => {
  const atOnce = withRule(
    { clock: 'parent-informed', rule: 'triage.at-once', when: { prompts: ['disclosure'] } },
    { unit: 'immediately' },
  )
  const started = (event: 'concern.recorded' | 'concern.triaged', prompts: string[]) =>
    clocksStartedBy(atOnce, { event, at }, { prompts }).find(({ clock }) => clock === 'parent-informed')
  assert.equal(started('concern.recorded', ['disclosure'])?.due, at)
  assert.equal(started('concern.triaged', ['disclosure']), undefined)
  assert.equal(started('concern.recorded', ['injury']), undefined)
  assert.equal(started('concern.triaged', ['injury'])?.due, null)
})

test('telling parents has no time in this text, so it starts with nothing due', () => {
  const [clock] = clocksStartedBy(profile, { event: 'concern.triaged', at }, { level: 2 })
  assert.equal(clock?.clock, 'parent-informed')
  assert.equal(clock?.due, null)
  assert.deepEqual(clocksMetBy({ event: 'parents.not-informed', at }), ['parent-informed'])
})

test('a referral by telephone is to be written as its authority asks, and answered within a working day', () => {
  const phoned = { event: 'referral.phoned', at, to: 'social-care' } as const
  assert.deepEqual(dues(clocksStartedBy(profile, phoned, { homeAuthority: 'exampleshire' })), {
    'referral-written': '2025-11-23T14:10:00.000Z',
    'referral-answer': '2025-11-24T23:59:59.000Z',
  })
  assert.deepEqual(dues(clocksStartedBy(profile, phoned, { homeAuthority: 'elsewhere' })), {
    'referral-answer': '2025-11-24T23:59:59.000Z',
  })
  assert.deepEqual(clocksStartedBy(profile, { event: 'referral.phoned', at, to: 'police' }), [])
})

test('a form that follows a call does not start the answer anew', () => {
  assert.deepEqual(clocksStartedBy(profile, { event: 'referral.written', at, to: 'social-care', phoned: true }), [])
  assert.equal(clocksStartedBy(profile, { event: 'referral.written', at, to: 'social-care' })[0]?.clock, 'referral-answer')
  assert.deepEqual(clocksMetBy({ event: 'referral.written', at, to: 'social-care' }), ['referral-written'])
})

test('no answer, or one that the school disagrees with, starts the escalation', () => {
  assert.equal(clocksStartedBy(profile, { event: 'referral.unanswered', at })[0]?.clock, 'referral-escalation')
  assert.equal(clocksStartedBy(profile, { event: 'referral.answered', at, disagreed: true })[0]?.clock, 'referral-escalation')
  assert.deepEqual(clocksStartedBy(profile, { event: 'referral.answered', at }), [])
})

test('before a DSL refers, the page can say what that starts, whom it tells and where it goes', () => {
  const consequences = whatChoiceStarts(profile, 'refer', { at, level: 4, homeAuthority: 'exampleshire' })
  assert.deepEqual(
    consequences.clocks.map(({ clock, upon }) => [clock, upon]),
    [
      ['referral-written', 'telephoning'],
      ['referral-answer', 'telephoning'],
      ['referral-escalation', 'no-answer'],
    ],
  )
  assert.deepEqual(
    consequences.alsoTold.map(({ roles }) => roles),
    [['headteacher']],
  )
  assert.ok(consequences.destination?.kind === 'found')
  assert.deepEqual(whatChoiceStarts(profile, 'refer', { at, level: 2 }).alsoTold, [])
  for (const choice of ['no-further-action', 'monitor', 'pastoral', 'early-help', 'police'] as const) {
    assert.deepEqual(whatChoiceStarts(profile, choice, { at }).clocks, [])
    assert.ok(whatChoiceStarts(profile, choice, { at }).asks.length > 0)
  }
})

test('a referral goes where the child lives; an authority that is not known is asked for, never assumed', () => {
  const known = referralDestination(profile, 'exampleshire')
  assert.ok(known.kind === 'found' && known.frontDoor.phone === '01632 960001' && known.askLocality?.length === 1)
  const placed = referralDestination(profile, 'exampleshire', 'north')
  assert.ok(placed.kind === 'found' && placed.locality?.name === 'North locality' && placed.askLocality === undefined)
  assert.equal(referralDestination(profile, undefined).kind, 'ask')
  const elsewhere = referralDestination(profile, 'atlantis')
  assert.ok(elsewhere.kind === 'ask' && elsewhere.because === 'authority-not-in-policies')
  const lost = referralDestination(profile, 'exampleshire', 'south')
  assert.ok(lost.kind === 'ask' && lost.because === 'locality-not-known-there')
})

test('every rule of the product has its own id, a sentence and a source', () => {
  assert.equal(new Set(ruleRegistry.map(({ id }) => id)).size, ruleRegistry.length)
  for (const { id, says, source } of ruleRegistry) {
    assert.match(id, /^[a-z]+\.[a-z-]+$/)
    assert.match(says, /\.$/)
    assert.ok(ruleDocuments[source.document] && source.section)
  }
})

test('the page of rules names every rule of the product and of the school with its source', () => {
  const text = rulesDocument(policies, '2025-11-21' as PlainDate)
  for (const id of [
    ...ruleRegistry.map(rule => rule.id),
    ...profile.clocks.map(({ rule }) => rule),
    'routing.welfare-1',
    'routing.conduct-about-head-2',
  ])
    assert.ok(text.includes(`\`${id}\``), id)
  assert.ok(text.includes('Example Trust safeguarding policy, 9.2'))
})
