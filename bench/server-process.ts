import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { appLogin } from '../src/platform/logins.ts'
import type { OpenDatabase } from '../src/platform/open-database.ts'
import type { ServerAnswer, ServerOrder } from './server.ts'

/** The product's server in its own process. */
export class ServerProcess {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  static async start(
    database: OpenDatabase,
    execArgv: readonly string[] = [],
    planted?: ServerOrder['planted'],
  ): Promise<ServerProcess> {
    const file = join(dirname(fileURLToPath(import.meta.url)), 'server.js')
    const child = fork(file, [], {
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', process.env['BENCH_LOG'] ? 'inherit' : 'ignore', 'ipc'],
    })
    const masterKey = database.masterKey.toString('base64')
    const order: ServerOrder = { app: database.app, jobs: database.jobs, masterKey, ...(planted ? { planted } : {}) }
    child.send(order)
    const answer = await answerOf(child)
    if (!('port' in answer)) throw new Error('the server did not say its port')
    return new ServerProcess(child, answer.port)
  }

  async usage(): Promise<{ readonly cpuMs: number; readonly residentBytes: number }> {
    this.#child.send('usage')
    const answer = await answerOf(this.#child)
    if (!('cpuMs' in answer)) throw new Error('the server did not say what it used')
    return answer
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#child.once('exit', resolve))
    this.#child.disconnect()
    await ended
  }
}

function answerOf(child: ChildProcess): Promise<ServerAnswer> {
  return new Promise((resolve, reject) => {
    const died = () => reject(new Error('the server ended'))
    child.once('exit', died)
    child.once('message', message => {
      child.off('exit', died)
      resolve(message as ServerAnswer)
    })
  })
}

const tickMs = 10

/** Processor time so far of the connections that serve requests, where the database runs on this machine. */
export async function databaseCpuMs(admin: pg.Client): Promise<number | undefined> {
  const { rows } = await admin.query<{ pid: number }>(`select pid from pg_stat_activity where usename = $1`, [appLogin])
  const ticks = rows.map(({ pid }) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return Number(fields[11]) + Number(fields[12])
    } catch {
      return Number.NaN
    }
  })
  const sum = ticks.reduce((all, one) => all + one, 0) * tickMs
  return Number.isNaN(sum) ? undefined : sum
}
