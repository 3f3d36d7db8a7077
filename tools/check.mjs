// Style and types of the whole checkout; both are reported, so that one run shows everything.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const steps = [
  ['tools/biome.mjs', 'check', '.'],
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'],
  ['node_modules/typescript/bin/tsc', '-p', 'src/web/islands/tsconfig.json', '--noEmit'],
]
let failures = 0
for (const [program, ...args] of steps) {
  const result = spawnSync(process.execPath, [join(root, program), ...args], { cwd: root, stdio: 'inherit' })
  if (result.status !== 0) failures += 1
}
process.exit(failures === 0 ? 0 : 1)
