// npm run kill-nine -- --rounds 50 [--target embedded|postgres15] [--data FOLDER]
import { randomInt } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { embeddedTarget } from './embedded-target.ts'
import { killedRounds } from './killed-rounds.ts'
import { startPostgres15 } from './postgres15-target.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    target: { type: 'string', default: 'embedded' },
    data: { type: 'string' },
  },
})
const folder = values.data ?? mkdtempSync(join(tmpdir(), 'hf-kill-'))

const postgres15 = values.target === 'postgres15' ? await startPostgres15(folder) : undefined
const target = postgres15?.target ?? embeddedTarget(folder)
const report = await killedRounds(
  target,
  Number(values.rounds),
  line => console.log(line),
  () => randomInt(1000) / 1000,
)
const whole = report.missing === 0 && report.doubled === 0 && report.brokenChains === 0
console.log(whole ? 'Nothing acknowledged was lost, nothing is there twice, every chain is whole.' : 'BROKEN: see above.')
await postgres15?.stop()
process.exit(whole ? 0 : 1)
