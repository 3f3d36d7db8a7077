import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from 'node:test'
import { z } from 'zod'
import { byText } from '../src/kernel/ordering.ts'
import { repositoryRoot } from '../src/platform/repository-root.ts'
import { makeTemplate, serverVariable, startTestServer } from '../test/support/test-server.ts'

/** A test that says in its title which duties it proves. */
export interface Proof {
  readonly file: string
  readonly title: string
  readonly ids: readonly string[]
}

/** How the tests that name duties ended; the key is file and title. */
export type Results = ReadonlyMap<string, boolean>

const testFiles = '{src,test,demo}/**/*.test.{ts,tsx}'
const resultsFile = join(repositoryRoot, 'dist/conformance-results.json')
const idGroup = /\[([A-Z]{2}-[\w.-]+(?:[,\s]+[A-Z]{2}-[\w.-]+)*)\]/g
const titles = /\b(?:test|it|suite|describe)(?:\.\w+)?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g

/** The duties that a title names in square brackets. */
export function idsIn(title: string): readonly string[] {
  return [...title.matchAll(idGroup)].flatMap(([, group = '']) => group.split(/[,\s]+/))
}

/** The titles that a test file gives its tests and suites. */
export function titlesIn(source: string): readonly string[] {
  return [...source.matchAll(titles)].map(([, , title = '']) => title.replaceAll(/\\(.)/g, '$1'))
}

export function keyOf(file: string, title: string): string {
  return `${file}: ${title}`
}

/** Every test of the repository that names a duty. */
export function findProofs(): readonly Proof[] {
  return globSync(testFiles, { cwd: repositoryRoot })
    .toSorted(byText)
    .flatMap(file =>
      titlesIn(readFileSync(join(repositoryRoot, file), 'utf8')).flatMap(title => {
        const ids = idsIn(title)
        return ids.length > 0 ? [{ file, title, ids }] : []
      }),
    )
}

function compiled(file: string): string {
  return join(repositoryRoot, 'dist', file.replace(/\.tsx?$/, '.js'))
}

async function runFiles(files: readonly string[]): Promise<Results> {
  const results = new Map<string, boolean>()
  const source = new Map(files.map(file => [compiled(file), file]))
  const note = (passed: boolean) => (data: { readonly file?: string; readonly name: string; readonly skip?: unknown }) => {
    const file = source.get(data.file ?? '')
    if (!file || idsIn(data.name).length === 0) return
    const key = keyOf(file, data.name)
    // The same title on two databases, or twice in a loop: one failure is enough, and a skipped test proves nothing.
    results.set(key, passed && !data.skip && results.get(key) !== false)
  }
  const events = run({ files: [...source.keys()], concurrency: 2, timeout: 900_000 })
  events.on('test:pass', note(true)).on('test:fail', note(false))
  for await (const _event of events);
  return results
}

/** Runs the test files that name duties, on a thrown-away database, and keeps how they ended. */
export async function runProofs(proofs: readonly Proof[]): Promise<Results> {
  const server = await startTestServer()
  try {
    await makeTemplate(server.admin, 'empty')
    await makeTemplate(server.admin, 'demonstration')
    process.env[serverVariable] = JSON.stringify(server.admin)
    const results = await runFiles([...new Set(proofs.map(proof => proof.file))])
    mkdirSync(dirname(resultsFile), { recursive: true })
    writeFileSync(resultsFile, JSON.stringify([...results], undefined, 1))
    return results
  } finally {
    await server.stop()
  }
}

/** How the proofs ended when they were last run; undefined where they never were. */
export function findLastResults(): Results | undefined {
  if (!existsSync(resultsFile)) return undefined
  return new Map(z.array(z.tuple([z.string(), z.boolean()])).parse(JSON.parse(readFileSync(resultsFile, 'utf8'))))
}
