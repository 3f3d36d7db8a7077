import { existsSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { type Config, holdsDatabase } from './config.ts'
import { ensureDataFolder } from './data-folder.ts'
import { startEmbedded } from './embedded-postgres/supervisor.ts'
import { findMasterKeyId } from './installation-keys.ts'
import { appLogin, connectionFor, jobsLogin } from './logins.ts'
import { openMasterKey, readMasterKeys, settleMasterKey } from './master-key.ts'
import { ensureDatabase, isMigrated } from './migrate.ts'

/** The installation's database with the connections that each part of the program may use, and its master key. */
export interface OpenDatabase {
  /** Migrations and verification; never serves a request. */
  readonly admin: ClientConfig
  readonly app: ClientConfig
  readonly jobs: ClientConfig
  readonly masterKey: Buffer
  /** The master key as its file has it now, and beside it the next one while they are being changed. */
  readMasterKeys(): readonly Buffer[]
  /** The key of the logins' passwords, at a server that asks for them. */
  readonly loginKey: Buffer | undefined
  stop(): Promise<void>
}

/** What keeps the program from starting, as a sentence for the person who starts it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

const databaseName = 'holdfast'

/** Whether there is anything that a key was made for; a server is asked only where no key is there. */
async function holdsHoldfast({ database, dataDir, masterKeyFile }: Config): Promise<boolean> {
  if (database.kind === 'embedded') return holdsDatabase(dataDir)
  return !existsSync(masterKeyFile) && isMigrated(database.admin)
}

/** Before anything is written: a key that was changed elsewhere is refused, and its logins are not brought back. */
async function settled(config: Config, admin: ClientConfig, key: Buffer): Promise<Buffer> {
  const master = settleMasterKey(config.masterKeyFile, key, await findMasterKeyId(admin))
  if (!master.ok) throw new CannotStart(master.refusal)
  return master.value
}

/** Starts the embedded database, or reaches the server that DATABASE_URL names. `beside` joins a Holdfast that is running. */
export async function openDatabase(config: Config, say: (sentence: string) => void, beside = false): Promise<OpenDatabase> {
  ensureDataFolder(config.dataDir)
  const key = openMasterKey(config.masterKeyFile, !beside && !(await holdsHoldfast(config)))
  if (!key.ok) throw new CannotStart(key.refusal)
  if (config.database.kind === 'server') {
    const { admin } = config.database
    const master = await settled(config, admin, key.value)
    return {
      admin,
      app: connectionFor(admin, appLogin, master),
      jobs: connectionFor(admin, jobsLogin, master),
      masterKey: master,
      readMasterKeys: () => readMasterKeys(config.masterKeyFile),
      loginKey: master,
      stop: async () => {},
    }
  }
  const embedded = await startEmbedded({ dataDir: config.dataDir, say, beside })
  const admin = { host: embedded.host, port: embedded.port, user: embedded.superuser, database: databaseName }
  await ensureDatabase(admin, databaseName)
  const masterKey = await settled(config, admin, key.value).catch(async (error: unknown) => {
    await embedded.stop()
    throw error
  })
  return {
    admin,
    app: connectionFor(admin, appLogin, undefined),
    jobs: connectionFor(admin, jobsLogin, undefined),
    masterKey,
    readMasterKeys: () => readMasterKeys(config.masterKeyFile),
    loginKey: undefined,
    stop: embedded.stop,
  }
}
