import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examplePolicies, exampleTexts } from '../../test/support/example-policies.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { faultInWords } from './faults.ts'
import { loadPolicies, readPolicies } from './load.ts'

const on = (date: string) => date as PlainDate

/** The faults of the example after one of its files was changed, as a person reads them. */
function faultsAfter(file: string, from: string | RegExp, to: string): string[] {
  const texts = exampleTexts().map(one => (one.file === file ? { ...one, text: one.text.replace(from, to) } : one))
  assert.notDeepEqual(texts, exampleTexts(), 'the change hit nothing')
  const policies = readPolicies(texts)
  return policies.ok ? [] : policies.refusal.map(faultInWords)
}

const school = 'schools/example-school.yaml'

test('the examples in the guide for policy writers are read without a fault', () => {
  const profile = examplePolicies().profile('example-school', on('2026-01-12'))
  assert.equal(profile.levels.levels.length, 4)
  assert.deepEqual(profile.conduct.chains.find(({ key }) => key === 'conduct')?.outside, ['exampleshire.lado'])
  assert.equal(profile.conduct.chains.find(({ key }) => key === 'about-head')?.steps[0]?.source.document, 'example-trust.policy')
  assert.equal(profile.concern.voiceFirst.standing, 'setting')
  assert.deepEqual(profile.contacts['exampleshire.front-door']?.open?.[0]?.days, [1, 2, 3, 4, 5])
  assert.deepEqual(
    profile.calendar.closures.map(({ from }) => from),
    ['2025-10-27', '2025-11-28'],
  )
})

test('a question without options, an effect without its time, an unknown word to look for and a question given twice are said to whoever writes the policy', () => {
  const with_ = (text: string) => faultsAfter(school, 'routes:\n', `${text}\nroutes:\n`).join(' ')
  const question = (more: string) => `questions:\n  - { id: tool, at: decision, asks: Which tool, source: policy 6.1, ${more} }`
  assert.equal(with_(question('kind: words, required: true')), '')
  assert.match(with_(question('kind: one')), /kind one or several has options/)
  assert.match(
    with_(`${question('kind: words')}\n  - { id: tool, at: triage, asks: Again, kind: line, source: policy 6.1 }`),
    /given twice/,
  )
  const asked = (more: string, option: string) =>
    with_(
      `questions:\n  - { id: told, asks: Was it said, kind: one, source: policy 6.1, ${more}, options: [{ id: a, name: A, ${option} }] }`,
    )
  const inForm = 'at: recording, prompts: [disclosure]'
  assert.equal(asked(inForm, 'starts: { action: Explain it, due: same day }, holds: parents, rings: true'), '')
  assert.match(asked(inForm, 'starts: { action: Explain it }'), /starts: An action has a day, .* Write due beside an action/)
  assert.match(asked(inForm, 'starts: { action: Explain it, due: no time given }'), /Write a due that gives one/)
  assert.match(asked(inForm, 'starts: { action: A, clock: child-seen }'), /either an action or a clock/)
  assert.match(asked('at: triage', 'rings: true'), /Take them out or ask at recording/)
  assert.match(asked('at: recording, categories: [neglect]', 'hint: A'), /Say with prompts where it is asked/)
  assert.match(asked(inForm, 'adds: [neglect]'), /[Aa]dds is for questions at triage/)
  const clockless = asked(inForm, 'starts: { clock: child-seen }')
  assert.match(clockless, /No rule is given for the clock child-seen\. Give its time/)
  assert.match(clockless, /Nothing says who is told when the clock child-seen runs out\. Give an entry with on: child-seen/)
  const sign = '{ id: a, name: A, kind: words, words: [Kni.e], within_weeks: 4 }'
  const group = `signs:\n  - { id: g, title: G, says: Look again, together: 2, source: policy 6.1, signs: [${sign}] }`
  assert.match(with_(group), /lower-case letters/)
})

test('a question about a category that the school does not have is not asked there', () => {
  const ask = (category: string) =>
    `questions:\n  - { id: tool, at: triage, asks: Which, kind: line, source: guidance part one, categories: [${category}] }\nclocks:`
  const asked = (category: string) => {
    const national = exampleTexts().find(({ kind }) => kind === 'national')
    assert.ok(national)
    const text = national.text.replace('clocks:', ask(category))
    const policies = readPolicies(
      exampleTexts().map(one => (one === national || one.file === national.file ? { ...one, text } : one)),
    )
    assert.ok(policies.ok)
    return policies.value.profile('example-school', on('2026-01-12')).questions.map(({ id }) => id)
  }
  assert.deepEqual(asked('neglect'), ['tool'])
  assert.deepEqual(asked('county-lines'), [])
})

test('every source of a profile names a document of its document list', () => {
  const profile = examplePolicies().profile('example-school', on('2026-01-12'))
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { source } = value as { source?: { document: string; section: string } }
    if (source) assert.ok(profile.documents[source.document] && source.section, JSON.stringify(source))
    Object.values(value).forEach(visit)
  }
  visit(profile)
})

test('the profile is the same object between two changes, and another after a later edition', () => {
  const policies = examplePolicies()
  assert.equal(policies.profile('example-school', on('2025-09-02')), policies.profile('example-school', on('2026-05-05')))
  assert.throws(() => policies.profile('nowhere', on('2026-05-05')))
})

test('a dated series gives the value of the day, and a decision of last year keeps the old one', () => {
  const texts = exampleTexts().map(one =>
    one.file === school ? { ...one, text: one.text.replace('date: 2025-09-01', 'date: 2024-09-01') } : one,
  )
  const earlier = texts.map(one =>
    one.kind === 'national' ? { ...one, text: one.text.replace('date: 2025-09-01', 'date: 2024-09-01') } : one,
  )
  const policies = readPolicies(earlier)
  assert.ok(policies.ok)
  const triage = (date: string) =>
    policies.value.profile('example-school', on(date)).clocks.find(({ clock }) => clock === 'triage')?.duration.value.unit
  assert.equal(triage('2024-10-01'), 'close-of-next-working-day')
  assert.equal(triage('2025-09-01'), 'same-day')
  assert.equal(triage('2019-01-01'), 'close-of-next-working-day')
})

const faults: [about: string, file: string, from: string | RegExp, to: string, expected: RegExp][] = [
  [
    'a value without a source',
    school,
    ', source: policy 4.2 }',
    ' }',
    /^schools\/example-school\.yaml:\d+:\d+ concern\.required\[1\]\.source: source is missing\. Write it as in `source: policy 6\.2`: where/,
  ],
  [
    'a source without a section',
    school,
    'source: policy 4.2',
    'source: policy',
    /"policy" names no section\. Write the document's key/,
  ],
  [
    'a source naming a document that is not there',
    school,
    'source: policy 4.2',
    'source: polciy 4.2',
    /required\[1\]\.source: No document "polciy" is defined in this file\. Its documents are policy, settings/,
  ],
  [
    'an unknown unit',
    school,
    'value: before child leaves',
    'value: 3 fortnights',
    /clocks\[1\]\.within\.value: "3 fortnights" has no known unit.*N working days.*no time given/,
  ],
  ['bare days', school, 'value: before child leaves', 'value: 5 days', /Say which days are meant/],
  [
    'an unknown role',
    school,
    'roles: [dsl, deputy-dsl]',
    'roles: [dsl, deputy]',
    /steps\[0\]\.roles\[1\]: "deputy" is not a known role\. Did you mean deputy-dsl\? Use one of: teacher/,
  ],
  [
    'an unknown key',
    school,
    'paper_form:',
    'paperform:',
    /:\d+:3 concern\.paperform: Nothing is known of "paperform" here\. Did you mean paper_form\? Known here: required, prompts/,
  ],
  ['an unknown key at the top', school, 'emergency:', 'emergancy:', /:\d+:1 emergancy: Nothing is known/],
  [
    'a contact that nobody defines',
    school,
    'contact: exampleshire.front-door',
    'contact: exampleshire.back-door',
    /emergency\[1\]\.contact: No contact "exampleshire\.back-door" is defined/,
  ],
  [
    'a route to nobody',
    school,
    /welfare:\n.*\n.*\n.*\n.*outside: \[exampleshire\.front-door\]/,
    'welfare: { steps: [], outside: [] }',
    /routes\.welfare: The route leads to nobody\. Give it a step, and name under outside/,
  ],
  [
    'two values for one date',
    school,
    'from: 2024-09-01',
    'from: 2025-09-01',
    /clocks\[2\]\.within\[1\]: Two values are given for 2025-09-01/,
  ],
  ['30 February', school, 'from: 2025-11-28', 'from: 2026-02-30', /2026-02-30 is not a date of the calendar/],
  [
    'a term that ends before it begins',
    'authorities/exampleshire.yaml',
    'to: 2026-03-27',
    'to: 2025-03-27',
    /terms\[1\]\.to: It ends on 2025-03-27, before it begins on 2026-01-05/,
  ],
  [
    'a part day without school',
    school,
    'closures:',
    `part_days:\n    - { date: 2025-11-29, ends: "13:00", says: Early }\n  closures:`,
    /part_days\[0\]\.date: There is no school on 2025-11-29/,
  ],
  [
    'a part day that ends with the others',
    school,
    'closures:',
    `part_days:\n    - { date: 2025-11-27, ends: "19:00", says: Early }\n  closures:`,
    /part_days\[0\]\.ends: The part day ends at 19:00, not within the school day/,
  ],
  [
    'terms that overlap',
    'authorities/exampleshire.yaml',
    'from: 2026-01-05',
    'from: 2025-12-01',
    /Spring 2026 overlaps Autumn 2025/,
  ],
  [
    'a rule given twice',
    school,
    'rule: triage.same-day',
    'rule: concerns.urgent-alert',
    /rule "concerns\.urgent-alert" is given twice/,
  ],
  [
    'a level given twice',
    'authorities/exampleshire.yaml',
    'id: intensive, position: 3',
    'id: early-help, position: 3',
    /id "early-help" is given twice/,
  ],
  ['a school day that ends before it starts', school, '"15:15"', '"08:15"', /ends at 08:15, before it starts at 08:45/],
  [
    'a section read as a number',
    school,
    'source: policy 4.2',
    'source: { document: policy, section: 4.10 }',
    /4\.1 is read as a number, not as text\. Put it in quotes/,
  ],
  [
    'an authority without a file',
    school,
    'authority: exampleshire',
    'authority: atlantis',
    /There is no file authorities\/atlantis\.yaml/,
  ],
  [
    'a part that nobody gives',
    school,
    /routes:[\s\S]*?(?=also_told)/,
    '',
    /The route is missing\. Say who is told of a worry about a child/,
  ],
  [
    'a time laxer than statute',
    school,
    'clock: referral-escalation',
    'clock: referral-answer',
    /referral-answer \(no time given\) gives more time than statutory guidance/,
  ],
  ['YAML that is none', school, 'team:', 'team: [', /This is not well-formed YAML/],
]

for (const [about, file, from, to, expected] of faults) {
  test(`whoever writes a policy is told of ${about}, with its place and its remedy`, () => {
    const found = faultsAfter(file, from, to)
    assert.ok(
      found.some(fault => expected.test(fault)),
      found.join('\n') || 'no fault',
    )
  })
}

test('a clock for which nobody gives a rule is named', () => {
  const found = faultsAfter(school, /\n {2}- clock: parent-informed[\s\S]*?(?=\n {2}- clock)/, '')
  assert.match(
    found.join('\n'),
    /No rule is given for the clock parent-informed\. Give its time; where the text gives none, write `no time given`/,
  )
})

test('every fault is listed at once, in the order of the files, and nothing is loaded', () => {
  const texts = exampleTexts().map(one => ({ ...one, text: one.text.replaceAll('source: policy ', 'source: polciy ') }))
  const policies = readPolicies(texts)
  assert.ok(!policies.ok)
  const count = texts.map(one => one.text.split('source: polciy ').length - 1).reduce((sum, one) => sum + one, 0)
  assert.equal(policies.refusal.length, count)
  assert.ok(policies.refusal.every(fault => fault.line > 1 && fault.remedy !== ''))
})

test('a fault in one file does not hide those of the next, nor blame files that are sound', () => {
  const texts = exampleTexts().map(one => {
    if (one.kind === 'authorities') return { ...one, text: one.text.replace('name: Exampleshire County Council', 'nmae: x') }
    return one.kind === 'schools' ? { ...one, text: one.text.replace('value: before child leaves', 'value: soon') } : one
  })
  const policies = readPolicies(texts)
  assert.ok(!policies.ok)
  assert.deepEqual(
    policies.refusal.map(({ file, path }) => `${file} ${path}`),
    ['authorities/exampleshire.yaml name', 'authorities/exampleshire.yaml nmae', `${school} clocks[1].within.value`],
  )
})

test('a folder without a school is no policy', () => {
  const policies = loadPolicies('no-such-folder')
  assert.ok(!policies.ok)
})
