import { createPublicKey } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import { configOrExit, holdsDatabase } from '../platform/config.ts'
import { CannotStart, openDatabase } from '../platform/open-database.ts'
import { findCheckpoints, publicTextOf, readSpokenDigest } from './checkpoint.ts'
import type { Handed } from './evidence.ts'

/** The command's own options, taken out of what it was given; the rest says which database. */
export interface Options {
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly rest: readonly string[]
}

/** Takes `--name value` out of the arguments, and names alone where they stand in `flags`. */
export function takeOptions(args: readonly string[], names: readonly string[], flags: readonly string[] = []): Options {
  const values = new Map<string, string[]>()
  const rest: string[] = []
  const queue = [...args]
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    const [name = '', joined] = arg.replace(/^--/, '').split(/=(.*)/s)
    if (arg.startsWith('--') && flags.includes(name)) values.set(name, [''])
    else if (arg.startsWith('--') && names.includes(name)) {
      const value = joined ?? queue.shift()
      if (value === undefined || value === '') throw new CannotStart(`--${name} needs something after it.`)
      values.set(name, [...(values.get(name) ?? []), value])
    } else rest.push(arg)
  }
  return { values, rest }
}

/** The database that a command reads, and how to leave it. A server needs no master key to be read from. */
export async function databaseToRead(args: readonly string[]): Promise<{ admin: ClientConfig; stop(): Promise<void> }> {
  const config = configOrExit(args)
  if (config.database.kind === 'server' && !existsSync(config.masterKeyFile) && !holdsDatabase(config.dataDir))
    return { admin: config.database.admin, stop: async () => {} }
  return openDatabase(config, () => {}, true)
}

function textOf(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CannotStart(`${what} ${file} cannot be read.`)
  }
}

function filesOf(given: string): readonly string[] {
  if (!existsSync(given)) throw new CannotStart(`--checkpoints names ${given}, which is not there.`)
  if (!statSync(given).isDirectory()) return [given]
  return readdirSync(given, { recursive: true, withFileTypes: true })
    .filter(one => one.isFile() && !one.name.startsWith('.'))
    .map(one => join(one.parentPath, one.name))
    .sort()
}

function checkpointsIn(file: string) {
  const { found, left } = findCheckpoints(textOf(file, 'The checkpoint'))
  if (left > 0 || found.length === 0)
    throw new CannotStart(
      `${file} holds no whole checkpoint: it was cut off or changed, or is something else. Nothing was checked.`,
    )
  return found
}

function keyOf(given: string): string {
  const text = existsSync(given) ? textOf(given, 'The key').trim() : given.trim()
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return text
  try {
    const key = createPublicKey(text)
    if (key.asymmetricKeyType === 'ed25519') return publicTextOf(key)
  } catch {
    // Said below.
  }
  throw new CannotStart('--key must be the 43 letters that the school was given, or a file that holds them.')
}

function digestOf(given: string): string {
  const digest = readSpokenDigest(given)
  if (digest === undefined) throw new CannotStart(`${given} is no digest of a checkpoint: 16 letters and figures were expected.`)
  return digest
}

/** What was handed in with the command. */
export function handedWith({ values }: Options): Handed {
  return {
    checkpoints: (values.get('checkpoints') ?? []).flatMap(filesOf).flatMap(checkpointsIn),
    digests: (values.get('digest') ?? []).map(digestOf),
    keys: (values.get('key') ?? []).map(keyOf),
  }
}
