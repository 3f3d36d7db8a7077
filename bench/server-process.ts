import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OpenDatabase } from '../src/platform/open-database.ts'
import type { ServerAnswer, ServerOrder } from './server.ts'

export interface ProcessorTime {
  readonly serverMs: number
  /** Undefined where the database is no process of this machine that we know. */
  readonly databaseMs: number | undefined
}

/** The product's server in its own process. */
export class ServerProcess {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  static async start(database: OpenDatabase, execArgv: readonly string[] = []): Promise<ServerProcess> {
    const file = join(dirname(fileURLToPath(import.meta.url)), 'server.js')
    const child = fork(file, [], {
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', process.env['BENCH_LOG'] ? 'inherit' : 'ignore', 'ipc'],
    })
    const order: ServerOrder = { app: database.app, jobs: database.jobs, masterKey: database.masterKey.toString('base64') }
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

/** Processor time that the processes below a postmaster have used so far; those that ended are not counted. */
export function databaseCpuMs(postmaster: number): number {
  let ticks = 0
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      if (Number(fields[1]) === postmaster) ticks += Number(fields[11]) + Number(fields[12])
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return ticks * tickMs
}
