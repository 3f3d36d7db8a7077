import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { ok, type Result, refused } from '../kernel/result.ts'
import { syncFolder } from '../platform/data-folder.ts'
import { type CheckpointKey, readCheckpointKey } from './checkpoint.ts'

/** The key that signs checkpoints: made on first use, a file of its owner outside the database. */
export function openCheckpointKey(file: string): Result<CheckpointKey, string> {
  if (!existsSync(file)) {
    try {
      const folder = dirname(file)
      if (!existsSync(folder)) {
        mkdirSync(folder, { recursive: true })
        chmodSync(folder, 0o700)
      }
      const { privateKey } = generateKeyPairSync('ed25519')
      const descriptor = openSync(file, 'wx', 0o600)
      writeSync(descriptor, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
      fsyncSync(descriptor)
      closeSync(descriptor)
      syncFolder(folder)
    } catch (error) {
      if (!existsSync(file))
        return refused(
          `The key that signs checkpoints of the audit trail cannot be written to ${file}: name another file in CHECKPOINT_KEY_FILE. (${error instanceof Error ? Reflect.get(error, 'code') : ''})`,
        )
    }
  }
  if ((statSync(file).mode & 0o077) !== 0)
    return refused(`Others on this machine can read the key that signs checkpoints: run chmod 600 ${file}`)
  const key = readCheckpointKey(readFileSync(file, 'utf8'))
  return key.ok ? ok(key.value) : refused(`${file} is not the key that signs checkpoints: ${key.refusal}.`)
}
