import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { killedRounds } from './killed-rounds.ts'
import { startPostgres15 } from './postgres15-target.ts'

// A smoke of what `npm run kill-nine -- --target postgres15` does fifty times.
test('what a teacher was told is recorded on PostgreSQL 15 survives kill -9 of the product and of a process of the server, once, with the chain whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hf-kill-15-'))
  const postgres15 = await startPostgres15(folder)
  try {
    const report = await killedRounds(
      postgres15.target,
      2,
      () => {},
      () => 0.5,
    )
    assert.ok(report.acknowledged > 0, 'something was acknowledged')
    assert.deepEqual(
      { missing: report.missing, doubled: report.doubled, brokenChains: report.brokenChains },
      { missing: 0, doubled: 0, brokenChains: 0 },
    )
  } finally {
    await postgres15.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
