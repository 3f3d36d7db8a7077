// Runs the compiled tests against one thrown-away PostgreSQL, then the database tests once more against PostgreSQL 15.
// Arguments: paths or beginnings of paths to run only those; --only-embedded leaves PostgreSQL 15 out, and says so;
// --also-failed NAME lets the caller's own failed step count in the closing line.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { repositoryRoot } from '../src/platform/repository-root.ts'
import { makeTemplate, serverVariable, startTestServer, startTestServer15, type TestServer } from '../test/support/test-server.ts'

type Count = { readonly passed: number; readonly failed: number; readonly skipped: number }

const concurrentFiles = 2
/** For a whole file, on a machine several times slower than a developer's; a test that hangs is still told by its name. */
const longestTestMs = 900_000
/** A run that hangs must end and say where, long before whoever waits for it gives up. */
const longestRunMs = 2_700_000

const running = new Map<string, number>()

/** Which files are being run, for whoever watches a run that says nothing for a while. */
function stillRunning(): string {
  const files = [...running].map(([file, since]) => {
    const seconds = Math.round((performance.now() - since) / 1000)
    return `${relative(repositoryRoot, file)} (${seconds} s)`
  })
  return files.join(', ') || 'nothing'
}

function killChildren(): void {
  const listed = `/proc/self/task/${process.pid}/children`
  if (!existsSync(listed)) return
  for (const child of readFileSync(listed, 'utf8').split(' ').filter(Boolean)) process.kill(Number(child), 'SIGKILL')
}

function watch(): void {
  setInterval(() => console.error(`… running: ${stillRunning()}`), 60_000).unref()
  setTimeout(() => {
    console.error(`Given up after ${longestRunMs / 60_000} minutes. Running: ${stillRunning()}`)
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), 5000).unref()
  }, longestRunMs).unref()
}

/** The source of a compiled test, from the checkout's folder; undefined for a leftover whose source is gone. */
function sourceOf(compiled: string): string | undefined {
  const stem = relative('dist', compiled).replace(/\.js$/, '')
  return [`${stem}.ts`, `${stem}.tsx`].find(path => existsSync(path))
}

function stemOf(argument: string): string {
  return relative(repositoryRoot, join(repositoryRoot, argument))
    .replace(/^dist\//, '')
    .replace(/\.(ts|tsx|js)$/, '')
}

function testFiles(filters: readonly string[]): readonly string[] {
  const stems = filters.map(stemOf)
  return globSync('dist/{src,test,demo,bench,tools,conformance}/**/*.test.js')
    .filter(compiled => {
      const source = sourceOf(compiled)
      return source !== undefined && (stems.length === 0 || stems.some(stem => source.startsWith(stem)))
    })
    .sort()
}

interface Failure {
  readonly file: string
  readonly says: string
}

/** The compiled file of a failure: with source maps on it is told by its source. */
function compiledOf(file: string): string {
  const path = relative(repositoryRoot, file)
  return join(repositoryRoot, /\.tsx?$/.test(path) ? join('dist', path.replace(/\.tsx?$/, '.js')) : path)
}

/** Told once more where the run ends, for whoever sees only the last lines of a long one. */
const failures: Failure[] = []

function reasonOf(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return (cause.stack ?? cause.message).split('\n').slice(0, 12).join('\n  ')
}

async function runFiles(files: readonly string[], atOnce: number): Promise<Count> {
  const events = run({
    files: [...files],
    concurrency: atOnce,
    timeout: longestTestMs,
    // A failed test may leave a program running that it started, and its file would never end.
    forceExit: true,
  })
  events.on('test:dequeue', ({ name, nesting }) => {
    if (nesting === 0 && name.endsWith('.test.js')) running.set(name, performance.now())
  })
  events.on('test:fail', ({ name, file, details }) => {
    // A suite fails for its tests, which are told by themselves.
    if (details.type !== 'suite')
      failures.push({
        file: file === undefined ? '' : compiledOf(file),
        says: `✖ ${name} (${file ?? 'no file'})\n  ${reasonOf(details.error)}`,
      })
  })
  events.on('test:complete', ({ name, nesting }) => {
    if (nesting === 0) running.delete(name)
  })
  let count: Count = { passed: 0, failed: 0, skipped: 0 }
  events.on('test:summary', summary => {
    // Each file has a summary of its own; the one without a file is the whole run's.
    if (summary.file !== undefined) return
    const { passed, tests, skipped, todo } = summary.counts
    count = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo }
  })
  const printed = events.compose(spec())
  for await (const chunk of printed) process.stdout.write(chunk)
  return count
}

const againMax = 3

function isInABrowser(file: string): boolean {
  return existsSync(file) && /support\/(?:browser|desks|hands)\.js/.test(readFileSync(file, 'utf8'))
}

/**
 * Every file, and the few that failed in a browser once more, each alone: a browser on a busy machine now and then loses a key or a
 * page. What failed the first time is told all the same, and what fails twice has failed.
 */
async function runAll(files: readonly string[]): Promise<Count> {
  const before = failures.length
  const count = await runFiles(files, concurrentFiles)
  const failed = failures.slice(before)
  const again = [...new Set(failed.map(({ file }) => file))].filter(isInABrowser)
  if (again.length === 0 || again.length > againMax) return count
  console.log(`\nOnce more, alone, what failed in a browser:\n${again.join('\n')}`)
  const second = await runFiles(again, 1)
  const passedNow = failed.filter(({ file }) => again.includes(file))
  if (second.failed + second.skipped > 0 || second.passed < passedNow.length) return count
  failures.splice(before, failures.length - before, ...failed.filter(({ file }) => !again.includes(file)))
  console.log(`\nFailed once and then passed:\n${passedNow.map(({ says }) => says).join('\n')}`)
  return { ...count, passed: count.passed + passedNow.length, failed: count.failed - passedNow.length }
}

/** Without the demonstration the tests that do not need it still tell something. */
async function tryDemonstration(server: TestServer): Promise<boolean> {
  try {
    await makeTemplate(server.admin, 'demonstration')
    return true
  } catch (error) {
    console.error('The demonstration could not be loaded:', error)
    return false
  }
}

async function runOn(start: () => Promise<TestServer>, title: string, files: readonly string[]): Promise<Count> {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 }
  console.log(`\n${title}`)
  const server = await start()
  const interrupted = (): void => {
    server.abandon()
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    await makeTemplate(server.admin, 'empty')
    const whole = await tryDemonstration(server)
    process.env[serverVariable] = JSON.stringify(server.admin)
    const count = await runAll(files)
    return whole ? count : { ...count, failed: count.failed + 1 }
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await server.stop()
  }
}

async function main(): Promise<boolean> {
  process.chdir(repositoryRoot)
  const args = process.argv.slice(2)
  const onlyEmbedded = args.includes('--only-embedded')
  const alsoFailed = args.includes('--also-failed') ? args[args.indexOf('--also-failed') + 1] : undefined
  const files = testFiles(args.filter(argument => !argument.startsWith('--') && argument !== alsoFailed))
  const counts = [await runOn(startTestServer, 'On the PostgreSQL that Holdfast carries', files)]
  if (onlyEmbedded) console.log('\nNot run on PostgreSQL 15, as asked (--only-embedded).')
  else
    counts.push(
      await runOn(
        startTestServer15,
        'Once more on PostgreSQL 15',
        files.filter(file => /\.pg\.test\.js$/.test(file)),
      ),
    )
  const total = (kind: keyof Count): number => counts.reduce((sum, count) => sum + count[kind], 0)
  if (failures.length > 0) console.log(`\nWhat failed:\n${failures.map(({ says }) => says).join('\n')}`)
  if (alsoFailed !== undefined) console.log(`\n${alsoFailed} failed: see above.`)
  if (total('skipped') > 0) console.log(`\n${total('skipped')} tests were skipped, which counts as failing.`)
  if (total('passed') === 0) console.log('\nNo test ran.')
  console.log(`\ntests: ${total('passed')} passed, ${total('failed') + total('skipped')} failed`)
  return alsoFailed === undefined && total('passed') > 0 && total('failed') + total('skipped') === 0
}

watch()
process.once('exit', killChildren)
// Whatever a failed test has left open must not keep the run from ending.
process.exit((await main()) ? 0 : 1)
