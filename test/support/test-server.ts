import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import pg from 'pg'
import { debianPostgres15 } from '../../src/platform/embedded-postgres/debian.ts'
import { type Embedded, startEmbedded } from '../../src/platform/embedded-postgres/supervisor.ts'
import { ensureDatabase, migrate } from '../../src/platform/migrate.ts'
import { loadTestDemonstration } from './demonstration.ts'

/** A thrown-away PostgreSQL that tests make their databases on. */
export type TestServer = {
  readonly admin: ClientConfig
  /** Ends the server and deletes its folder. */
  stop(): Promise<void>
  /** The same without waiting, for when the program is ending. */
  abandon(): void
}

export type TemplateName = 'empty' | 'demonstration'

/** Names the server for test files that the runner starts; absent when a developer runs one file by hand. */
export const serverVariable = 'HOLDFAST_TEST_SERVER'

// Crash tests start their own server: these would make their result worthless.
const hastySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  max_wal_size: '256MB',
}

const plentyBytes = 8_000_000_000

function testServer(embedded: Embedded, folder: string): TestServer {
  const remove = (): void => {
    for (const path of [embedded.folder, folder]) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }
  return {
    admin: { host: embedded.host, port: embedded.port, user: embedded.superuser, database: 'postgres' },
    stop: async () => {
      await embedded.stop()
      remove()
    },
    abandon: () => {
      process.kill(embedded.pid(), 'SIGQUIT')
      remove()
    },
  }
}

/** Memory where there is plenty: copying a database takes 20 ms there and can take 400 on a disk. */
function temporaryFolder(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > plentyBytes ? memory : tmpdir()
}

/** Starts the PostgreSQL that Holdfast carries, in a temporary folder and without regard for power cuts. */
export async function startTestServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(temporaryFolder(), 'holdfast-test-'))
  // The server's user must pass through; what is inside closes itself.
  chmodSync(folder, 0o711)
  const say = (sentence: string): void => console.error(sentence)
  return testServer(await startEmbedded({ dataDir: join(folder, 'data'), say, temporary: true, settings: hastySettings }), folder)
}

/** Starts Debian's PostgreSQL 15 in the same way. */
export async function startTestServer15(): Promise<TestServer> {
  const embedded = await debianPostgres15(temporaryFolder(), hastySettings)
  return testServer(embedded, embedded.folder)
}

export function templateDatabase(name: TemplateName): string {
  return `template_${name}`
}

/** The URL by which another program reaches a database of a test server as its administrator. */
export function urlOf(admin: ClientConfig): string {
  const query = new URLSearchParams({ host: admin.host ?? '', port: String(admin.port ?? 5432) })
  return `postgresql://${admin.user}@/${admin.database}?${query}`
}

/** Makes the database that others are copied from: migrated, with the demonstration schools if asked. */
export async function makeTemplate(server: ClientConfig, name: TemplateName): Promise<void> {
  const database = templateDatabase(name)
  const unfinished = `${database}_unfinished`
  const admin = { ...server, database: unfinished }
  await ensureDatabase(server, unfinished)
  await migrate(admin)
  if (name === 'demonstration') await loadTestDemonstration(admin)
  await query(server, `alter database ${unfinished} rename to ${database}`)
}

/** Runs one statement on a database. */
export async function query(config: ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
