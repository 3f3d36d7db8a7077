import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { repositoryRoot } from '../platform/repository-root.ts'
import { readCommandLine } from './command-line.ts'

const known = { alone: ['--json'], valued: { '--policies': 'a folder' } }

test('whoever types a command finds their files, options and values wherever they stand', () => {
  const read = readCommandLine(['a.yaml', '--policies', 'mine', '--json', 'b.yaml'], known)
  assert.ok(read.ok)
  assert.deepEqual(read.value.rest, ['a.yaml', 'b.yaml'])
  assert.deepEqual([...read.value.options], ['--json'])
  assert.equal(read.value.values.get('--policies'), 'mine')
  const joined = readCommandLine(['--policies=mine'], known)
  assert.equal(joined.ok && joined.value.values.get('--policies'), 'mine')
})

test('whoever mistypes an option is told which they meant, and which value is missing', () => {
  for (const [words, says] of [
    [['--polices', 'x'], 'Nothing is known of --polices. Did you mean --policies? The options are --json, --policies.'],
    [['-j'], 'Nothing is known of -j. The options are --json, --policies.'],
    [['--policies'], '--policies is followed by a folder.'],
    [['--policies', '--json'], '--policies is followed by a folder.'],
    [['--json=yes'], '--json takes no value.'],
  ] as const) {
    const read = readCommandLine(words, known)
    assert.equal(read.ok ? '' : read.refusal, says)
  }
})

test('whoever asks the check of policies for help reads how it is used and how it ends, and of an unknown option what there is', () => {
  const command = join(repositoryRoot, 'dist/src/policy/check-command.js')
  const run = (...args: string[]) => spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', cwd: repositoryRoot })
  const help = run('--help')
  assert.equal(help.status, 0)
  assert.match(
    help.stdout,
    /^npm run policy:check -- \[FILE \| DIR\][\s\S]*Ends with 0 where there is no fault, with 1 .* with 2/,
  )
  const unknown = run('--shema')
  assert.equal(unknown.status, 2)
  assert.match(unknown.stderr, /^Nothing is known of --shema\. Did you mean --schema\?/)
  assert.equal(run('policies', 'more').status, 2)
})
