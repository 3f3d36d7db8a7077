import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, suite, test } from 'node:test'
import { openMasterKey } from './master-key.ts'

suite('The master key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-key-'))
  after(() => rmSync(folder, { recursive: true }))

  test('is made on the first start, for the owner alone, and is the same ever after', () => {
    const file = join(folder, 'first/keys/master.key')
    const made = openMasterKey(file, true)
    assert.ok(made.ok)
    assert.equal(made.value.length, 32)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(statSync(dirname(file)).mode & 0o777, 0o700)
    assert.deepEqual(readdirSync(dirname(file)), ['master.key'])
    assert.deepEqual(openMasterKey(file, false), made)
  })

  test('is never made anew beside a database that the lost one sealed', () => {
    const answer = openMasterKey(join(folder, 'lost.key'), false)
    assert.ok(!answer.ok)
    assert.match(answer.refusal, /missing/)
  })

  test('is refused when others on the machine can read it', () => {
    const file = join(folder, 'open.key')
    openMasterKey(file, true)
    chmodSync(file, 0o644)
    const answer = openMasterKey(file, false)
    assert.ok(!answer.ok)
    assert.match(answer.refusal, /chmod 600/)
  })

  test('is refused when it is cut short', () => {
    const file = join(folder, 'short.key')
    writeFileSync(file, 'c2hvcnQ=\n', { mode: 0o600 })
    const answer = openMasterKey(file, false)
    assert.ok(!answer.ok)
    assert.match(answer.refusal, /does not hold a master key/)
  })
})
