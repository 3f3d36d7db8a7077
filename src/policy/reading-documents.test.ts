import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultInWords } from './faults.ts'
import { findPolicyTexts, readPolicies } from './load.ts'

function faultsAfter(school: string, from: string, to: string): string {
  const texts = findPolicyTexts('policies').map(one => {
    if (one.kind !== 'schools' || one.key !== school) return one
    assert.ok(one.text.includes(from))
    return { ...one, text: one.text.replace(from, to) }
  })
  const read = readPolicies(texts)
  return read.ok ? '' : read.refusal.map(faultInWords).join('\n')
}

test('a document to be read that no file names is refused with its place and the names there are; so is a right answer that is no choice', () => {
  const mmap = faultsAfter('mmap', 'document: guidance-annex-b', 'document: guidance-annex-q')
  assert.match(mmap, /schools\/mmap\.yaml:\d+:\d+.*reading\[\d+\]\.document.*"guidance-annex-q"/)
  assert.match(mmap, /guidance-annex-b, /)
  assert.match(faultsAfter('mmap', 'document: pupil-acceptable-use', 'document: rules'), /devices\.document.*"rules"/)
  const trust = 'william-macgregor'
  assert.match(faultsAfter(trust, 'right: at-once', 'right: soon'), /understanding\[1\]\.right.*"soon" is none of the choices/)
  assert.match(
    faultsAfter(trust, 'document: attendance-policy\n    asks', 'document: x\n    asks'),
    /understanding\[1\]\.document/,
  )
})
