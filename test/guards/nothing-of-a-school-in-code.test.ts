import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { suite, test } from 'node:test'
import { parse } from 'yaml'
import type { PlainDate } from '../../src/kernel/plain-date.ts'
import { repositoryRoot } from '../../src/platform/repository-root.ts'
import { testPolicies } from '../support/demonstration.ts'
import { parseSource, type SourceFile, sourceFiles } from './source-files.ts'

/** What one school is, has or is called belongs to its policy: here are the words by which a program would know it. */
type Word = { readonly says: string; readonly pattern: RegExp }

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

function keysIn(folder: string): string[] {
  return readdirSync(join(repositoryRoot, 'policies', folder)).map(file => basename(file, '.yaml'))
}

/** What schools, trusts and authorities are called. */
function names(): string[] {
  return ['schools', 'trusts', 'authorities'].flatMap(folder =>
    keysIn(folder).flatMap(key => {
      const file = parse(readFileSync(join(repositoryRoot, 'policies', folder, `${key}.yaml`), 'utf8')) as {
        readonly name?: string
        readonly school?: { readonly name?: string }
      }
      return file.school?.name ?? file.name ?? []
    }),
  )
}

/** Times of the product itself, which no policy gives: how long a session lasts, a form is kept, a list reaches back. */
const timesOfTheProduct: readonly string[] = [
  'sessionIdleMinutes',
  'freshFactorMinutes',
  'challengeMinutes',
  'providerAnswerMinutes',
  'sessionHours',
  'forgottenAfterHours',
  'invitationDays',
  'teamProposalDays',
  'keptFormDays',
  'shownDays',
  'lookedThroughDays',
  'habitDays',
  'shortWhileMinutes',
  'onItsWayDays',
  'firstUseWithinDays',
  'leastDays',
  'longestInDays',
  'oldestInMonths',
  // A rehearsal's DSL looks again in a week; a leaver of the first fortnight of a term has left at its start.
  'looksAgainInDays',
  'startedWithinDays',
]

/** What one school calls a role; a title that two of them use is everybody's. */
function ownTitles(): string[] {
  const policies = testPolicies()
  const titles = policies.keys.flatMap(key => [
    ...new Set(policies.profile(key, '2026-11-18' as PlainDate).team.map(({ title }) => title)),
  ])
  return titles.filter(title => title.includes(' ') && titles.indexOf(title) === titles.lastIndexOf(title))
}

const words: readonly Word[] = [
  {
    says: 'the key of a school, a trust or an authority',
    pattern: new RegExp(
      `['"\`](?:${[...keysIn('schools'), ...keysIn('trusts'), ...keysIn('authorities')].map(escaped).join('|')})['"\`]`,
      'g',
    ),
  },
  {
    // 999, 101 and 111 are the country's own; whole numbers begin with nought or +44.
    says: 'a telephone number',
    pattern: /(?<![\w.-])(?:\+44[ \d()]{9,}|\(?0(?:[1-357-9]\d{2,4})\)?[ -]?\d{3}[ -]?\d{3,4})(?![\w.])/g,
  },
  {
    says: 'a question of which school it is',
    pattern: /\b(?:school(?:\.key|Key)?|profile\.key|profileKey|authorityKey) *[!=]==? *['"`]\w/g,
  },
  {
    says: 'the name of a school, a trust or an authority',
    pattern: new RegExp(names().map(escaped).join('|'), 'g'),
  },
  {
    says: 'a time that a policy gives',
    pattern:
      /(['"`])\d+ (?:minutes|hours?|(?:calendar|working|school) days?|weeks?|months?|terms?|years?)(?: before child leaves)?\1|\bunit: ['"`][a-z-]+['"`],\s*count: \d/g,
  },
  {
    says: 'a time of its own that no list of the product’s times has',
    pattern: new RegExp(
      `\\bconst (?!(?:${timesOfTheProduct.join('|')})\\b)\\w*(?:Minutes|Hours|Days|Weeks|Months|Terms|Years)\\b(?:: \\w+)? = \\d`,
      'g',
    ),
  },
  { says: 'a school’s title of a role', pattern: new RegExp(ownTitles().map(escaped).join('|'), 'g') },
]

function faultsOf(file: SourceFile): string[] {
  return words.flatMap(({ says, pattern }) =>
    [...file.code.matchAll(pattern)].map(([found]) => `${file.path} holds ${says}: ${found}`),
  )
}

suite('Whoever brings Holdfast to a sixth school', () => {
  test('writes a policy and changes no program: no school stands in the code', () => {
    const files = sourceFiles().filter(({ path }) => path.startsWith('src/') && !/\.test\.tsx?$/.test(path))
    assert.ok(files.length > 150)
    assert.deepEqual(files.flatMap(faultsOf), [])
  })

  for (const planted of [
    `if (school.key === 'west-park') return`,
    `if (school === 'another') return`,
    `const says = '${names()[0]} says so'`,
    `const within = parseDuration('5 working days')`,
    `const within = { unit: 'working-days', count: 5 }`,
    `const answerWithinDays = 3`,
    `const ring = '01332 641172'`,
    `const ring = '+44 1332 641172'`,
    `const ring = '(0115) 876 4800'`,
    `const ring = '0800 028 0285'`,
    `const title = '${ownTitles()[0]}'`,
  ])
    test(`would notice “${planted}”`, () => {
      assert.notEqual(faultsOf(parseSource('src/work/a.ts', planted)).length, 0)
    })

  test('does not mistake dates, ids and comments for numbers to ring', () => {
    for (const harmless of [
      `const id = '00000000-0000-4000-8000-000000000000'`,
      `const at = '2026-11-18T10:00:00.000Z'`,
      '// 01332 641172',
      `const n = 0.123456`,
    ])
      assert.deepEqual(faultsOf(parseSource('src/work/a.ts', harmless)), [])
  })
})
