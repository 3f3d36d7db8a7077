// Compiles the server (tsc), the browser islands (tsc with DOM types) and the stylesheet (sass) into dist/.
// Skips everything when no source is newer than the last build, so that a second start costs nothing.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const stamp = join(dist, '.built')
const sources = ['src', 'test', 'demo', 'bench', 'tools', 'conformance', 'package-lock.json', 'tsconfig.json']

/** Newest modification time below a path, in milliseconds. */
function newestMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), stat.mtimeMs)
}

const newest = Math.max(...sources.map(source => newestMs(join(root, source))))
if (process.argv.includes('--if-stale') && existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= newest) process.exit(0)

function run(command, args) {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', command), ...args], { cwd: root, stdio: 'inherit' })
  if (result.status !== 0) process.exit(result.status ?? 1)
}

run('typescript/bin/tsc', ['-p', 'tsconfig.json'])
if (existsSync(join(root, 'src/web/islands/tsconfig.json'))) run('typescript/bin/tsc', ['-p', 'src/web/islands/tsconfig.json'])
mkdirSync(join(dist, 'assets'), { recursive: true })
if (existsSync(join(root, 'src/web/holdfast.scss'))) {
  run('sass/sass.js', [
    '--no-source-map',
    '--style=compressed',
    '--quiet-deps',
    '--load-path=node_modules',
    'src/web/holdfast.scss',
    'dist/assets/holdfast.css',
  ])
}
cpSync(join(root, 'src/web/static'), join(dist, 'assets'), { recursive: true })
for (const name of readdirSync(join(dist, 'assets'))) {
  if (name.endsWith('.br')) continue
  writeFileSync(join(dist, 'assets', `${name}.br`), brotliCompressSync(readFileSync(join(dist, 'assets', name))))
}
writeFileSync(stamp, String(newest))
