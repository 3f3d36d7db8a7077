import { tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { debianPostgres15 } from '../../src/platform/embedded-postgres/debian.ts'
import { appLogin } from '../../src/platform/logins.ts'
import { ensureDatabase } from '../../src/platform/migrate.ts'
import { urlOf } from '../support/test-server.ts'
import type { CrashTarget } from './killed-rounds.ts'

const recoversWithinMs = 60_000

/**
 * The product on a PostgreSQL 15 of its own that keeps its word about what is written. Where one of the server's processes is
 * killed, the server throws its memory away, ends every session and recovers from its log.
 */
export async function startPostgres15(dataDir: string): Promise<{ readonly target: CrashTarget; stop(): Promise<void> }> {
  const server = await debianPostgres15(tmpdir())
  const postgres = { host: server.host, port: server.port, user: server.superuser, database: 'postgres' }
  const admin = { ...postgres, database: 'holdfast' }
  await ensureDatabase(postgres, 'holdfast')
  const ask = async (statement: string, values: readonly unknown[] = []): Promise<unknown> => {
    const client = new pg.Client(admin)
    client.on('error', () => {})
    try {
      await client.connect()
      return (await client.query<{ answer: unknown }>(statement, [...values])).rows[0]?.answer
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const target: CrashTarget = {
    args: ['--data', dataDir, '--demonstration'],
    env: { DATABASE_URL: urlOf(admin) },
    admin: async () => admin,
    databasePid: async () => {
      const pid = await ask('select pid as answer from pg_stat_activity where usename = $1 limit 1', [appLogin])
      if (typeof pid !== 'number') throw new Error('the product has no session at the server')
      return pid
    },
    recovered: async () => {
      const deadlineMs = performance.now() + recoversWithinMs
      while (!(await ask('select true as answer').catch(() => false))) {
        if (performance.now() > deadlineMs) throw new Error('the server did not recover')
        await pause(50)
      }
    },
  }
  return { target, stop: server.stop }
}
