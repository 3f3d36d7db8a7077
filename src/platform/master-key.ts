import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { ok, type Result, refused } from '../kernel/result.ts'
import { syncFolder } from './data-folder.ts'
import { masterKeyId } from './key-ring.ts'

const keyBytes = 32

function writeNewKey(file: string): void {
  const folder = dirname(file)
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o700)
  }
  const unfinished = `${file}.${process.pid}.tmp`
  const descriptor = openSync(unfinished, 'wx', 0o600)
  writeSync(descriptor, `${randomBytes(keyBytes).toString('base64')}\n`)
  fsyncSync(descriptor)
  closeSync(descriptor)
  try {
    // Unlike a rename, a link never replaces a key that another start made in between.
    linkSync(unfinished, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(unfinished)
  }
  syncFolder(folder)
}

/**
 * Reads the installation's master key, making one on the first start. `mayCreate` must be false where a database exists
 * already: a new key would open nothing that the old one sealed.
 */
export function openMasterKey(file: string, mayCreate: boolean): Result<Buffer, string> {
  if (!existsSync(file)) {
    if (!mayCreate)
      return refused(
        `The master key ${file} is missing, and the database cannot be opened without it: bring it back from its copy.`,
      )
    writeNewKey(file)
  }
  return readKey(file)
}

function readKey(file: string): Result<Buffer, string> {
  // A key that others on the machine can read protects nothing.
  if ((statSync(file).mode & 0o077) !== 0) return refused(`Others on this machine can read the master key: run chmod 600 ${file}`)
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== keyBytes) return refused(`${file} does not hold a master key: ${keyBytes} bytes in base64 were expected.`)
  return ok(key)
}

/** Where the next master key waits until every data key is wrapped under it. */
const nextOf = (file: string) => `${file}.next`

/** The next master key, made unless an earlier try left one. */
export function prepareNextKey(file: string): Result<Buffer, string> {
  const next = nextOf(file)
  if (!existsSync(next)) writeNewKey(next)
  return readKey(next)
}

/** The present master key, and the next one where they are being changed. */
export function readMasterKeys(file: string): readonly Buffer[] {
  return [file, nextOf(file)]
    .filter(path => existsSync(path))
    .map(readKey)
    .flatMap(read => (read.ok ? [read.value] : []))
}

/** Puts the next master key in the place of the former, which stays beside it under its name: older backups open with it alone. */
export function putNextInPlace(file: string): string {
  const former = readKey(file)
  const kept = `${file}.former-${former.ok ? masterKeyId(former.value).slice(0, 8) : 'unknown'}`
  if (!existsSync(kept)) linkSync(file, kept)
  renameSync(nextOf(file), file)
  syncFolder(dirname(file))
  return kept
}

/**
 * The master key that a database is sealed under, by its name there. A change of keys that was cut off after the database
 * had it is finished here; any other key is refused.
 */
export function settleMasterKey(file: string, present: Buffer, id: string | undefined): Result<Buffer, string> {
  if (id === undefined || masterKeyId(present) === id) return ok(present)
  const next = existsSync(nextOf(file)) ? readKey(nextOf(file)) : undefined
  if (!next?.ok || masterKeyId(next.value) !== id)
    return refused(
      `The master key ${file} is not the one that this database is sealed under: it was changed, or belongs to another. Bring back the present one from its copy.`,
    )
  putNextInPlace(file)
  return ok(next.value)
}
