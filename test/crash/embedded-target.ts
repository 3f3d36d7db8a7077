import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../src/platform/config.ts'
import { openDatabase } from '../../src/platform/open-database.ts'
import type { CrashTarget } from './killed-rounds.ts'

/** The product on the database that it carries, in a folder of its own; fsync stays on. */
export function embeddedTarget(dataDir: string): CrashTarget {
  let folder = ''
  return {
    args: ['--data', dataDir],
    env: {},
    admin: async () => {
      const config = readConfig({ args: ['--data', dataDir], env: {}, nodeVersion: process.versions.node, folder: process.cwd() })
      if (!config.ok) throw new Error(config.refusal)
      const database = await openDatabase(config.value, () => {}, true)
      await database.stop()
      folder = String(database.admin.host)
      return database.admin
    },
    databasePid: async () => Number(readFileSync(join(folder, '..', 'pg18', 'postmaster.pid'), 'utf8').split('\n')[0]),
  }
}
