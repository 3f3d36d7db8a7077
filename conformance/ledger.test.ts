import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { repositoryRoot } from '../src/platform/repository-root.ts'
import { readAnswered, readLedger } from './ledger.ts'
import { findProofs, idsIn, titlesIn } from './proofs.ts'
import { standingOf } from './standing.ts'

const duties = readLedger()
const known = new Set(duties.map(duty => duty.id))

test('Whoever reads the ledger finds every duty once', () => {
  assert.equal(duties.length, 1052)
  assert.equal(known.size, duties.length)
})

test('Whoever writes a test can name only duties that the ledger holds', () => {
  const strangers = findProofs().flatMap(proof => proof.ids.filter(id => !known.has(id)).map(id => `${proof.file} names ${id}`))
  assert.deepEqual(strangers, [])
})

test('Nobody can answer more than one duty in twenty, or one that is not there', () => {
  const answered = [...readAnswered().keys()]
  assert.ok(answered.length <= duties.length / 20, `${answered.length} answered`)
  assert.deepEqual(
    answered.filter(id => !known.has(id)),
    [],
  )
})

test('Whoever names several duties in one title has them all counted', () => {
  // Spelled in parts, so that this example is not itself taken for a proof.
  const [first, second] = ['WP-6-02', 'WM-A3-3.7-05']
  assert.deepEqual(idsIn(`[${first}] [${second}] the DSL is told`), [first, second])
  assert.deepEqual(idsIn(`[${first}, ${second}] the DSL is told`), [first, second])
  assert.deepEqual(idsIn('the list [of names] is short'), [])
  assert.deepEqual(titlesIn(`${'te'}st('it\\'s told', () => {})\nsu${'ite'}("two", f)`), ["it's told", 'two'])
})

test('A duty whose test failed is open again, and says which', () => {
  const [duty] = duties
  assert.ok(duty)
  const proof = { file: 'a.test.ts', title: `[${duty.id}] is told`, ids: [duty.id] }
  const stateAfter = (results: Map<string, boolean> | undefined) => standingOf([duty], [proof], new Map(), results)[0]
  assert.equal(stateAfter(undefined)?.state, 'proved')
  assert.equal(stateAfter(new Map([[`a.test.ts: ${proof.title}`, true]]))?.state, 'proved')
  assert.equal(stateAfter(new Map([[`a.test.ts: ${proof.title}`, false]]))?.state, 'open')
  assert.equal(stateAfter(new Map())?.state, 'open', 'not run is not proved')
})

test('A duty counts only by tests that are run: none that names one is skipped or put off', () => {
  const putOff = /\b(?:test|it|suite|describe)\.(?:skip|todo|only)\b|\{\s*(?:skip|todo|only)\s*[:,}]/
  const files = [...new Set(findProofs().map(proof => proof.file))]
  assert.ok(files.length > 0)
  assert.deepEqual(
    files.filter(file => putOff.test(readFileSync(join(repositoryRoot, file), 'utf8'))),
    [],
  )
})
