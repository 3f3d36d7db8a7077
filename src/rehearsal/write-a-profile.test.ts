import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { PlainDate } from '../kernel/plain-date.ts'
import { repositoryRoot } from '../platform/repository-root.ts'
import { startThrowAwayServer } from '../platform/throw-away-server.ts'
import { durationForms, parseDuration } from '../policy/duration.ts'
import { faultInWords } from '../policy/faults.ts'
import { findPolicyTexts, type PolicyText, readPolicies } from '../policy/load.ts'
import { eventKinds } from './events/index.ts'
import { play } from './play.ts'
import { contextOf, readRehearsal } from './reading.ts'

const page = readFileSync(join(repositoryRoot, 'docs/write-a-profile.md'), 'utf8')

const shipped = findPolicyTexts(join(repositoryRoot, 'policies'))

/** What the guide adds to the school's file further on, under the part that it names or at the end. */
function withAdditions(text: string): string {
  const additions = [...page.matchAll(/```yaml\n# add to schools\/larkhill\.yaml(?: under (\w+))?\n([\s\S]*?)```/g)]
  assert.equal(additions.length, 2)
  return additions.reduce(
    (was, [, part, more = '']) => (part === undefined ? `${was}\n${more}` : was.replace(`\n${part}:\n`, `\n${part}:\n${more}`)),
    text,
  )
}

const faultsWith = (school: string, authority?: string): string => {
  const own = authority === undefined ? printed('authorities') : printed('authorities').map(one => ({ ...one, text: authority }))
  const policies = readPolicies([...shipped, ...own, ...printed('schools').map(one => ({ ...one, text: school }))])
  return policies.ok ? '' : policies.refusal.map(faultInWords).join('\n')
}

function printed(kind: string): readonly PolicyText[] {
  const blocks = [...page.matchAll(/```yaml\n# (authorities|schools)\/(\S+)\.yaml\n([\s\S]*?)```/g)]
  return blocks.flatMap(([, folder, key = '', text = '']) =>
    folder === kind ? [{ kind, key, file: `${kind}/${key}.yaml`, text } as PolicyText] : [],
  )
}

test('a school that writes what the guide prints has a working profile beside the others, and can rehearse under it', async () => {
  const texts = findPolicyTexts(join(repositoryRoot, 'policies'))
  const policies = readPolicies([...texts, ...printed('authorities'), ...printed('schools')])
  assert.ok(policies.ok, policies.ok ? '' : policies.refusal.map(faultInWords).join('\n'))
  const profile = policies.value.profile('larkhill', '2026-11-20' as PlainDate)
  assert.deepEqual(
    profile.routes.welfare.steps.map(step => step.roles),
    [['dsl', 'deputy-dsl'], ['headteacher']],
  )
  assert.equal(profile.contacts['fenshire.lado']?.phone, '01632 960103')

  const [, rehearsal = ''] = /```yaml\n# rehearsals\/\S+\n([\s\S]*?)```/.exec(page) ?? []
  const read = readRehearsal('guide', rehearsal, contextOf(eventKinds, policies.value))
  assert.ok(read.ok, read.ok ? '' : read.refusal.map(faultInWords).join('\n'))
  const server = await startThrowAwayServer()
  try {
    const database = await server.newDatabase()
    const { steps } = await play(read.value, { policies: policies.value, kinds: eventKinds, database })
    assert.deepEqual(
      steps[0]?.tells.map(tell => tell.person),
      ['deputy'],
      'the DSL is out',
    )
    assert.equal(steps[0]?.starts.find(({ clock }) => clock === 'record-written')?.due, '2026-11-20T15:15:00Z')
  } finally {
    await server.stop()
  }
})

test('what the guide says of names, of times, of the calendar, of editions and of authorities without a LADO holds', () => {
  const [school] = printed('schools')
  const [authority] = printed('authorities')
  assert.ok(school && authority)
  assert.equal(faultsWith(withAdditions(school.text)), '')
  assert.match(
    faultsWith(withAdditions(school.text).replace('    name: A child who is neglected\n', '')),
    /pathways\[0\]\.name: name is missing/,
  )

  const [, times = ''] = /### Every form of a time\n([\s\S]*?)\n## /.exec(page) ?? []
  for (const form of durationForms) assert.ok(times.includes(`\`${form}\``), form)
  for (const [, written = ''] of times.matchAll(/`((?:N |\d|by |end |before |close |same |no |immediately)[^`]*)`/g))
    assert.ok(parseDuration(written.replace(/^N /, '3 ')), written)

  const editions = shipped.filter(({ kind, key }) => kind === 'national' && key !== 'settings').map(({ key }) => key)
  const [, cited = ''] = /The editions are\s+([^.]*)\./.exec(page) ?? []
  assert.deepEqual([...cited.matchAll(/`([a-z0-9-]+)`/g)].map(([, key]) => key).toSorted(), editions.toSorted())
  const citing = (value: string) =>
    school.text.replace('\nteam:', `\nguidance_cited: { value: ${value}, source: policy 1 }\nteam:`)
  assert.equal(faultsWith(citing('keeping-children-safe-2025')), '')
  assert.match(faultsWith(citing('guidance')), /No edition of the guidance stands in national\/guidance\.yaml/)

  const without = school.text
    .replaceAll('outside: [fenshire.lado]', 'outside: [nspcc-whistleblowing]')
    .replace(/ {2}- clock: lado-contact[\s\S]*?(?=calendar:)/, '')
  assert.equal(faultsWith(without, authority.text.replace(/^directory:.*\n/m, '').replace(/^ {2}lado:.*\n/m, '')), '')

  const policies = readPolicies([...shipped, authority, { ...school, text: withAdditions(school.text) }])
  assert.ok(policies.ok)
  const { calendar, clocks } = policies.value.profile('larkhill', '2026-11-20' as PlainDate)
  assert.deepEqual(
    [calendar.terms.map(({ name, standing }) => [name, standing]), calendar.sources.dayEnds.standing],
    [[['Autumn 2026', 'stated']], 'stated'],
  )
  assert.deepEqual([...new Set(calendar.closures.map(({ standing }) => standing))], ['setting'])
  assert.ok(clocks.some(({ rule }) => rule === 'concerns.written-the-same-day'))
})

test('every category that the guide calls given is one that a national file means', () => {
  const [, given = ''] = /it means these ids: ([^;]*);/.exec(page) ?? []
  const settings = shipped
    .filter(({ kind }) => kind === 'national')
    .map(({ text }) => text)
    .join('\n')
  for (const [, id = ''] of given.matchAll(/`([a-z-]+)`/g))
    assert.match(settings, new RegExp(`categories: \\[[^\\]]*\\b${id}\\b`), id)
})

test('a copy of the policies is checked where it lies, and a file by itself is refused and not passed over', () => {
  const copy = mkdtempSync(join(tmpdir(), 'profile-'))
  const check = (path: string) =>
    spawnSync(process.execPath, ['dist/src/policy/check-command.js', path], { cwd: repositoryRoot, encoding: 'utf8' })
  try {
    cpSync(join(repositoryRoot, 'policies'), copy, { recursive: true })
    for (const { file, text } of [...printed('authorities'), ...printed('schools')]) writeFileSync(join(copy, file), text)
    const whole = check(join(copy, 'schools/larkhill.yaml'))
    assert.deepEqual([whole.status, whole.stderr], [0, ''])
    writeFileSync(join(copy, 'larkhill.yaml'), 'nothing: of a policy\n')
    const alone = check(join(copy, 'larkhill.yaml'))
    assert.equal(alone.status, 2)
    assert.match(alone.stderr, /cannot be checked by itself: .* Copy the whole folder policies/)
  } finally {
    rmSync(copy, { recursive: true })
  }
})

test('every file to which the guide sends a writer is there', () => {
  const named = [...page.matchAll(/`((?:schools|trusts|authorities)\/[a-z-]+\.yaml)`/g)].flatMap(([, file]) => file ?? [])
  assert.ok(named.length > 5)
  const there = [...shipped, ...printed('authorities'), ...printed('schools')]
  const missing = named.filter(file => !there.some(text => text.file.endsWith(file)))
  assert.deepEqual(missing, [])
})
