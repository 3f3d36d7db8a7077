// npm run kill-nine -- --rounds 50 [--target embedded|postgres15] [--data FOLDER]
import { randomInt } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureDatabase } from '../../src/platform/migrate.ts'
import { startTestServer15, urlOf } from '../support/test-server.ts'
import { embeddedTarget } from './embedded-target.ts'
import { type CrashTarget, killedRounds } from './killed-rounds.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    target: { type: 'string', default: 'embedded' },
    data: { type: 'string' },
  },
})
const folder = values.data ?? mkdtempSync(join(tmpdir(), 'hf-kill-'))

async function postgres15(): Promise<CrashTarget> {
  const server = await startTestServer15()
  process.once('exit', () => server.abandon())
  const admin = { ...server.admin, database: 'holdfast' }
  await ensureDatabase(server.admin, 'holdfast')
  return { args: ['--data', folder, '--demonstration'], env: { DATABASE_URL: urlOf(admin) }, admin: async () => admin }
}

const target = values.target === 'postgres15' ? await postgres15() : embeddedTarget(folder)
const report = await killedRounds(
  target,
  Number(values.rounds),
  line => console.log(line),
  () => randomInt(1000) / 1000,
)
const whole = report.missing === 0 && report.doubled === 0 && report.brokenChains === 0
console.log(whole ? 'Nothing acknowledged was lost, nothing is there twice, every chain is whole.' : 'BROKEN: see above.')
process.exit(whole ? 0 : 1)
