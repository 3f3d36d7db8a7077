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
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { ok, type Result, refused } from '../kernel/result.ts'
import { syncFolder } from './data-folder.ts'

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
  // A key that others on the machine can read protects nothing.
  if ((statSync(file).mode & 0o077) !== 0) return refused(`Others on this machine can read the master key: run chmod 600 ${file}`)
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== keyBytes) return refused(`${file} does not hold a master key: ${keyBytes} bytes in base64 were expected.`)
  return ok(key)
}
