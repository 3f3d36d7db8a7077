import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { embeddedTarget } from './embedded-target.ts'
import { killedRounds } from './killed-rounds.ts'

// A smoke of what `npm run kill-nine` does fifty times.
test('what a teacher was told is recorded survives kill -9 of the product and of its database, once, with the chain whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hf-kill-'))
  try {
    const report = await killedRounds(
      embeddedTarget(folder),
      4,
      () => {},
      () => randomInt(1000) / 1000,
    )
    assert.ok(report.acknowledged > 0, 'something was acknowledged')
    assert.deepEqual(
      { missing: report.missing, doubled: report.doubled, brokenChains: report.brokenChains },
      { missing: 0, doubled: 0, brokenChains: 0 },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
