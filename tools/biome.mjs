// Biome's own package lists platform packages that are not all published, which breaks `npm ci`;
// so we depend on the platform's binary and find it here.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const manifest = createRequire(import.meta.url).resolve(`@biomejs/cli-${process.platform}-${process.arch}/package.json`)
const result = spawnSync(join(dirname(manifest), 'biome'), process.argv.slice(2), { stdio: 'inherit' })
process.exit(result.status ?? 1)
