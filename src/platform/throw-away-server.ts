import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import pg, { type ClientConfig } from 'pg'
import { recordedFolder } from './embedded-postgres/place.ts'
import { type Embedded, startEmbedded } from './embedded-postgres/supervisor.ts'
import { appLogin, connectionFor } from './logins.ts'
import { ensureDatabase, migrate, readMigrations } from './migrate.ts'

/** A new and empty database of the present schema, gone with its server. */
export interface ThrowAwayDatabase {
  readonly admin: ClientConfig
  /** As the program serves requests: owns nothing and is bound by row-level security. */
  readonly app: ClientConfig
}

/** A PostgreSQL of our own in a temporary folder; ending it leaves nothing behind. */
export interface ThrowAwayServer {
  newDatabase(): Promise<ThrowAwayDatabase>
  stop(): Promise<void>
}

// Nothing here has to outlast a power cut.
const hastySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '32MB' }
const template = 'rehearsal_template'
const prefix = 'holdfast-throw-away-'

function userId(): number {
  return process.getuid?.() ?? 0
}

/** The migrated cluster that others are copied from, kept between runs: it holds the schema and no row. */
function keptFolder(): string {
  const digest = createHash('sha256')
  for (const { name, sha256 } of readMigrations()) digest.update(`${name} ${sha256}\n`)
  digest.update(`${process.platform} ${process.arch} ${process.version}`)
  return join(tmpdir(), `holdfast-schema-${userId()}-${digest.digest('hex').slice(0, 24)}`)
}

/** Whether a folder in a place that all may write to is really ours. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === userId() && (found.mode & 0o022) === 0
}

function copyFolder(from: string, to: string): boolean {
  return spawnSync('cp', ['-a', from, to], { encoding: 'utf8' }).status === 0
}

const memory = '/dev/shm'
const plentyBytes = 2_000_000_000

/** Memory where there is plenty: copying a database takes a tenth of the time there. */
function temporaryFolder(): string {
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > plentyBytes ? memory : tmpdir()
}

function newFolder(): string {
  const folder = mkdtempSync(join(temporaryFolder(), prefix))
  // Whoever runs the server must pass through; what is inside closes itself.
  chmodSync(folder, userId() === 0 ? 0o711 : 0o700)
  writeFileSync(join(folder, 'holder'), String(process.pid))
  return folder
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function numberIn(file: string): number {
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) || 0 : 0
}

/** Removes what a run that was killed could not remove itself: its server and its folder. */
function sweepOrphans(): void {
  const places = [tmpdir(), memory].filter(place => existsSync(place))
  const found = places.flatMap(place => readdirSync(place).map(name => join(place, name)))
  for (const folder of found.filter(path => basename(path).startsWith(prefix))) {
    const holder = isOurs(folder) ? numberIn(join(folder, 'holder')) : 0
    if (holder === 0 || isRunning(holder)) continue
    try {
      const database = recordedFolder(join(folder, 'data'))
      const server = numberIn(join(database, 'pg18', 'postmaster.pid'))
      if (server > 0 && isRunning(server)) process.kill(server, 'SIGQUIT')
      for (const left of [database, folder]) rmSync(left, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    } catch {
      // Somebody else is sweeping the same.
    }
  }
}

interface Running {
  readonly embedded: Embedded
  readonly folder: string
  readonly admin: ClientConfig
}

async function start(folder: string, cluster?: string): Promise<Running> {
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, userId() === 0 ? 0o711 : 0o700)
  if (cluster !== undefined) {
    mkdirSync(join(dataDir, 'database'))
    if (!copyFolder(cluster, join(dataDir, 'database', 'pg18'))) throw new Error(`${cluster} could not be copied`)
  }
  const embedded = await startEmbedded({ dataDir, say: () => undefined, temporary: true, settings: hastySettings })
  return { embedded, folder, admin: { host: embedded.host, port: embedded.port, user: embedded.superuser, database: 'postgres' } }
}

function remove({ embedded, folder }: Running): void {
  for (const path of [embedded.folder, folder]) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

async function statement(config: ClientConfig, text: string): Promise<void> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

/** Makes the cluster with the present schema and puts it where the next run finds it; another run may be first. */
async function keepSchema(kept: string): Promise<void> {
  const folder = newFolder()
  const running = await start(folder)
  try {
    await ensureDatabase(running.admin, template)
    await migrate({ ...running.admin, database: template })
    await running.embedded.stop()
    const unfinished = `${kept}.${randomBytes(6).toString('hex')}`
    mkdirSync(unfinished, { mode: 0o700 })
    chmodSync(unfinished, userId() === 0 ? 0o711 : 0o700)
    if (!copyFolder(join(running.embedded.folder, 'pg18'), join(unfinished, 'pg18')))
      throw new Error('the schema could not be kept')
    try {
      renameSync(unfinished, kept)
    } catch {
      rmSync(unfinished, { recursive: true, force: true })
    }
  } finally {
    await running.embedded.stop()
    remove(running)
  }
}

async function startWithSchema(): Promise<Running> {
  const kept = keptFolder()
  if (!isOurs(kept)) await keepSchema(kept)
  const folder = newFolder()
  try {
    return await start(folder, join(kept, 'pg18'))
  } catch {
    // What was kept was swept or spoilt: make it anew.
    rmSync(folder, { recursive: true, force: true })
    rmSync(kept, { recursive: true, force: true })
    await keepSchema(kept)
    return start(newFolder(), join(kept, 'pg18'))
  }
}

function endWithTheProgram(running: Running): () => void {
  const abandon = () => {
    try {
      process.kill(running.embedded.pid(), 'SIGQUIT')
    } catch {
      // It has ended already.
    }
    remove(running)
  }
  const interrupted = () => process.exit(130)
  process.once('exit', abandon)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted)
  return () => {
    process.off('exit', abandon)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupted)
  }
}

/** Starts the PostgreSQL that Holdfast carries beside everything else that runs, with nothing in it but the schema. */
export async function startThrowAwayServer(): Promise<ThrowAwayServer> {
  sweepOrphans()
  const running = await startWithSchema()
  const forget = endWithTheProgram(running)
  let made = 0
  return {
    newDatabase: async () => {
      made += 1
      const name = `rehearsal_${made}`
      await statement(running.admin, `create database ${name} template ${template} strategy file_copy`)
      const admin = { ...running.admin, database: name }
      // A copy does not keep the original's database grants.
      await migrate(admin)
      return { admin, app: connectionFor(admin, appLogin, undefined) }
    },
    stop: async () => {
      await running.embedded.stop()
      remove(running)
      forget()
    },
  }
}
