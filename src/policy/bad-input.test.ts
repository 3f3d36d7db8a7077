import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { exampleTexts } from '../../test/support/example-policies.ts'
import { clockHomes } from './clock-homes.ts'
import { clocksMetBy } from './clocks.ts'
import { faultInWords } from './faults.ts'
import { readPolicies } from './load.ts'
import type { ClockName } from './profile.ts'
import { concernClocks } from './profile.ts'

const school = 'schools/example-school.yaml'
const national = 'national/example-2025.yaml'
const authority = 'authorities/exampleshire.yaml'

type Change = readonly [file: string, from: string | RegExp, to: string]

/** The faults of the example after its files were changed, as a person reads them. */
function faultsAfter(...changes: readonly Change[]): string {
  const texts = exampleTexts().map(one => {
    const text = changes.reduce((was, [file, from, to]) => (one.file === file ? was.replace(from, to) : was), one.text)
    return { ...one, text }
  })
  for (const [file] of changes)
    assert.ok(
      texts.some(one => one.file === file && !exampleTexts().some(was => was.text === one.text)),
      file,
    )
  const policies = readPolicies(texts)
  return policies.ok ? '' : policies.refusal.map(faultInWords).join('\n')
}

/** The school's file with something more in it. */
const withMore = (text: string): Change => [school, 'gaps:', `${text}\ngaps:`]
const binding = (text: string): Change => [national, 'cover:', `${text}\ncover:`]
const dsl = 'course: dsl, clock: dsl-training, says: Trained., roles: [dsl]'
const statuteOfTraining = binding(
  `training:\n  - { ${dsl}, rule: training.dsl, within: { value: no time given, source: guidance annex C }, every: { value: 2 years, source: guidance annex C } }`,
)
const training = (times: string) => withMore(`training:\n  - { ${dsl}, rule: training.own, ${times} }`)
const review = (rule: string, times: string) => `{ clock: filtering-review, rule: ${rule}, says: Reviewed., by: [dsl], ${times} }`

const refused: readonly (readonly [about: string, changes: readonly Change[], expected: RegExp])[] = [
  [
    'a chain that goes round',
    [
      [school, 'goes_on_with: conduct', 'goes_on_with: conduct'],
      [school, '      outside: [exampleshire.lado]\n    - id: practice', '      goes_on_with: low-level\n    - id: practice'],
    ],
    /^schools\/example-school\.yaml:\d+:\d+ conduct\.chains\[0\]\.goes_on_with: The chain goes round: low-level, conduct, low-level\. Let it go on only/m,
  ],
  [
    'a chain that ends nowhere',
    [[school, '      outside: [exampleshire.lado]\n    - id: practice', '    - id: practice']],
    /:\d+:\d+ conduct\.chains\[1\]: The chain ends nowhere\. Name under outside/,
  ],
  [
    'a route for children that ends nowhere',
    [[school, 'outside: [exampleshire.front-door]', 'outside: []']],
    /^schools\/example-school\.yaml:\d+:3 routes\.welfare: The route ends nowhere\. Name under outside the contact/m,
  ],
  [
    'a clock of a training that stands among those of events, which nothing meets',
    [[school, 'clock: triage\n', 'clock: dsl-training\n']],
    /^schools\/example-school\.yaml:\d+:\d+ clocks\[2\]\.clock: Nothing that stands under clocks ever meets the clock dsl-training: it would run for ever\. Write it under training, or use one of: urgent-alert/m,
  ],
  [
    'a clock of events that stands among reviews, which nothing meets',
    [withMore('reviews:\n  - { clock: triage, rule: a.b, says: x, by: [dsl], within: { value: 1 year, source: policy 1 } }')],
    /reviews\[0\]\.clock: Nothing that stands under reviews ever meets the clock triage.* Write it under clocks/,
  ],
  [
    'a clock that nothing in the product meets',
    [[school, 'clock: triage\n', 'clock: break-glass-review\n']],
    /clocks\[2\]\.clock: Nothing .* meets the clock break-glass-review.* Nothing in the product meets it yet: take it out and write a gap/,
  ],
  [
    'a document to read that is not there',
    [
      withMore(
        'reading:\n  - { document: code, clock: policy-reading, rule: a.b, says: x, roles: [teacher], signature: [read], within: { value: no time given, source: policy 1 } }',
      ),
    ],
    /reading\[0\]\.document: No document "code" is there to read: nobody could sign for it\. Add it under reading_documents/,
  ],
  [
    'documents that cover one another',
    [
      withMore(
        'reading_documents:\n  - { id: a, title: A, kind: other, covers: [b], source: policy 1 }\n  - { id: b, title: B, kind: other, covers: [a], source: policy 1 }',
      ),
    ],
    /reading_documents\[0\]\.covers: "a" covers itself by way of others/,
  ],
  [
    'steps of a pathway that wait for one another',
    [
      withMore(
        'pathways:\n  - id: p\n    name: P\n    for: { by_hand: true }\n    source: policy 1\n    steps:\n      - { id: a, does: A, after: { step: b, tries: 1 } }\n      - { id: b, does: B, after: { step: a, tries: 1 } }',
      ),
    ],
    /pathways\[0\]\.steps\[0\]\.after: The steps wait for one another: "a" never opens\. Let one of them open at once/,
  ],
  [
    'a training that comes back later than statute says',
    [
      statuteOfTraining,
      training('within: { value: no time given, source: policy 1 }, every: { value: 3 years, source: policy 1 }'),
    ],
    /^schools\/example-school\.yaml:\d+:\d+ training\[0\]\.every: training\.own \(within 3 years\) gives more time than statutory guidance does \(within 2 years; Keeping children safe in education, annex C\)\. A school may be stricter/m,
  ],
  [
    'a training that statute has done again and the school once',
    [statuteOfTraining, training('within: { value: no time given, source: policy 1 }')],
    /training\[0\]: training\.own is done once; statutory guidance has it done again within 2 years .* Write every beside within, such as `every: \{ value: 2 years, source: \.\.\. \}`/,
  ],
  [
    'a review that comes later than statute says',
    [
      binding(`reviews:\n  - ${review('a.b', 'within: { value: 1 year, source: guidance part two }')}`),
      withMore(`reviews:\n  - ${review('a.c', 'within: { value: 18 months, source: policy 1 }')}`),
    ],
    /reviews\[0\]\.within: a\.c \(within 18 months\) gives more time than statutory guidance does \(within 1 year/,
  ],
  [
    'two values for one date of a setting',
    [
      [
        national,
        'deputies_min: { value: 1, source: settings cover, setting: true }',
        'deputies_min: [{ value: 1, source: settings cover }, { value: 2, from: 2025-09-01, source: settings cover }]',
      ],
    ],
    /^national\/example-2025\.yaml:\d+:\d+ cover\.deputies_min\[1\]: Two values are given for 2025-09-01\. Give each value its own from/m,
  ],
  [
    'a file that goes later than statute says in a week with a weekend in it',
    [
      [
        national,
        '\nclocks:\n',
        '\nclocks:\n  - { clock: file-transfer, rule: a.b, says: Sent., within: { value: 5 calendar days, source: guidance annex C }, owner: [dsl] }\n',
      ],
      [
        school,
        '\nclocks:\n',
        '\nclocks:\n  - { clock: file-transfer, rule: a.c, says: Sent., within: { value: 5 working days, source: policy 1 }, owner: [dsl] }\n',
      ],
    ],
    /clocks\[0\]\.within: file-transfer \(within 5 working days\) gives more time than statutory guidance does \(within 5 calendar days/,
  ],
  [
    'units that fit nothing that comes back, no adult and no urgent matter, all at once',
    [
      training('within: { value: before child leaves, source: policy 1 }, every: { value: 2 minutes, source: policy 1 }'),
      [
        school,
        '\nclocks:\n',
        '\nclocks:\n  - { clock: referral-answer, rule: a.c, says: Answered., within: { value: 2 terms, source: policy 1 } }\n',
      ],
    ],
    /clocks\[0\]\.within\.value: "2 terms" does not fit referral-answer\. Count it in hours or days[\s\S]*training\[0\]\.within\.value: "before child leaves" does not fit dsl-training\. No child comes or leaves there[\s\S]*training\[0\]\.every\.value: "2 minutes" does not fit dsl-training, which comes back\. Count it in days, weeks/,
  ],
  [
    'a telling that comes years later than what it tells of',
    [
      withMore(
        'pathways:\n  - id: p\n    name: P\n    for: { by_hand: true }\n    source: policy 1\n    steps:\n      - { id: a, does: A, late: { tell: [dsl], after: 3 years, source: policy 1 } }',
      ),
    ],
    /pathways\[0\]\.steps\[0\]\.late\.after: "3 years" does not fit a\. Count it in hours or days/,
  ],
  [
    'a question given twice from one day on',
    [
      withMore(
        'questions:\n  - { id: q, at: triage, asks: A, kind: line, from: 2026-01-01, source: policy 1 }\n  - { id: q, at: triage, asks: B, kind: line, from: 2026-01-01, source: policy 1 }',
      ),
    ],
    /questions\[1\]\.id: id "q" from "2026-01-01" is given twice/,
  ],
  [
    'a single word where a list stands',
    [[school, 'roles: [dsl, deputy-dsl]', 'roles: dsl']],
    /steps\[0\]\.roles: Here stands "dsl" instead of a list\. Write it in brackets: `roles: \[dsl\]`/,
  ],
  [
    'a time without its entry',
    [[school, 'within: { value: immediately, source: policy 4.1 }', 'within: 1 working day']],
    /within: Here stands "1 working day" .* Write `within: \{ value: 1 working day, source: \.\.\. \}`/,
  ],
  [
    'a section that names no document',
    [[school, 'source: policy 4.2', 'source: 4.2']],
    /"4\.2" names no document\. Write the document's key, .* as in `source: policy 4\.2`/,
  ],
  [
    'an empty list',
    [[school, 'roles: [dsl, deputy-dsl]', 'roles: []']],
    /roles has an empty list\. Fill it in, or take roles out\. As in `roles: /,
  ],
  [
    'yes for true',
    [[school, 'urgent: true', 'urgent: yes']],
    /Here stands "yes" instead of true or false\. Write `urgent: true` or/,
  ],
  [
    'a mistyped purpose',
    [[authority, '{ lado: lado', '{ laddo: lado']],
    /directory\.laddo: .* Did you mean lado\? Known here: consultation/,
  ],
  [
    'a rule id in words',
    [[school, 'rule: concerns.urgent-alert', 'rule: Urgent']],
    /"Urgent" does not fit here\. A rule id is <feature>\.<name>/,
  ],
  [
    'a sentence with a colon outside quotes',
    [[school, 'says: The DSL and all', 'says: The DSL: all']],
    /:\d+:\d+ This is not well-formed YAML\. Here stands: The DSL: all.* Put a sentence with a colon in it into quotes/,
  ],
]

suite('Whoever writes a policy is told, with its place and its remedy, of', () => {
  for (const [about, changes, expected] of refused)
    test(about, () => {
      const found = faultsAfter(...changes.filter(([, from, to]) => from !== to))
      assert.match(found, expected)
    })
})

test('what a national file marks as a setting or unverified binds no school, nor does a text that came after the value had ended', () => {
  const lax = training('within: { value: no time given, source: policy 1 }, every: { value: 3 years, source: policy 1 }')
  const weak = statuteOfTraining[2].replace('every: { value: 2 years,', 'every: { value: 2 years, unverified: true,')
  assert.equal(faultsAfter([statuteOfTraining[0], statuteOfTraining[1], weak], lax), '')
  const ended = training(
    'within: { value: no time given, source: policy 1 }, every: [{ value: 3 years, source: policy 1, from: 2020-01-01 }, { value: 2 years, from: 2025-09-01, source: policy 1 }]',
  )
  assert.equal(faultsAfter(statuteOfTraining, ended), '')
})

test('each clock that a policy file may write under clocks is met by something that happens in the product', () => {
  const sources = readdirSync('src/features', { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('words'))
    .map(name => readFileSync(join('src/features', name), 'utf8'))
    .join('\n')
  const at = '2026-11-20T10:00:00.000Z' as Parameters<typeof clocksMetBy>[0]['at']
  const events = [
    { event: 'concern.recorded', at, toldByVoiceAt: at },
    { event: 'concern.triaged', at },
    { event: 'parents.informed', at },
    { event: 'referral.written', at, to: 'social-care' },
    { event: 'referral.answered', at },
    { event: 'referral.escalated', at },
    { event: 'child.seen', at },
  ] as const
  const met = new Set<ClockName>(events.flatMap(event => clocksMetBy(event)))
  for (const [clock, homes] of Object.entries(clockHomes) as [ClockName, readonly string[]][]) {
    if (!homes.includes('clocks') || met.has(clock)) continue
    assert.match(sources, new RegExp(`'${clock}'`), `${clock} is met nowhere`)
  }
  assert.ok(concernClocks.every(clock => clockHomes[clock].includes('clocks')))
})
