import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { syncFolder } from '../data-folder.ts'
import type { Binaries } from './binaries.ts'
import { type Identity, runAs, serverEnvironment } from './identity.ts'

/** What PostgreSQL's `postmaster.pid` tells of the server that runs, or ran, on a cluster. */
export type ServerTrace = { readonly pid: number; readonly port: number; readonly socketFolder: string }

/** Where and as whom to start a server. */
export type LaunchPlan = {
  readonly binaries: Binaries
  readonly identity: Identity
  readonly cluster: string
  readonly socketFolder: string
  readonly logFile: string
  readonly settings: Readonly<Record<string, string>>
}

export const superuser = 'postgres'
export const socketPort = 5432

const longestRecoveryMs = 600_000
const launchAttempts = 8
const longestLogBytes = 5_000_000

const durableSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  max_connections: '60',
  shared_buffers: '128MB',
  random_page_cost: '1.1',
  // Plans made for an empty table hold until it is analysed, and a new installation fills in minutes.
  autovacuum_naptime: '15s',
  jit: 'off',
  timezone: 'UTC',
  // A failing statement and its DETAIL line hold names.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_checkpoints: 'off',
}

function initdbArguments(binaries: Binaries, folder: string, durable: boolean, ctype: string): readonly string[] {
  const args = ['-D', folder, '-U', superuser, '--auth-local=trust', '--auth-host=reject', '-E', 'UTF8', '--data-checksums']
  args.push('--locale=C', `--lc-ctype=${ctype}`)
  // Letters beyond ASCII fold to lower case the same on every machine; older versions must take the machine's locale.
  if (Number.parseInt(binaries.version, 10) >= 17) args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (!durable) args.push('--no-sync')
  return args
}

/** Makes a cluster beside its place and renames it, so that half a cluster is never taken for one. */
export function makeCluster(binaries: Binaries, identity: Identity, cluster: string, durable: boolean): void {
  const unfinished = `${cluster}.tmp`
  let complaint = ''
  for (const ctype of ['C.UTF-8', 'en_GB.UTF-8', 'en_US.UTF-8', 'C']) {
    rmSync(unfinished, { recursive: true, force: true })
    const made = runAs(identity, join(binaries.folder, 'initdb'), initdbArguments(binaries, unfinished, durable, ctype))
    if (made.status === 0) {
      renameSync(unfinished, cluster)
      syncFolder(dirname(cluster))
      return
    }
    complaint = made.stderr || String(made.error)
  }
  throw new Error(`PostgreSQL could not make its folder ${cluster}: ${complaint.trim()}`)
}

/** Reads which server a cluster belongs to, if one left its mark. */
export function readTrace(cluster: string): ServerTrace | undefined {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , , port, socketFolder] = readFileSync(file, 'utf8').split('\n')
  if (!pid || !port || !socketFolder) return undefined
  return { pid: Number(pid), port: Number(port), socketFolder }
}

/** Whether a process with this id is a server on this cluster: ids are used again after a reboot. */
export function isServerOf(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0)
    const commandLine = `/proc/${pid}/cmdline`
    return !existsSync('/proc/self') || readFileSync(commandLine, 'utf8').split('\0').includes(cluster)
  } catch {
    return false
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Connects as the superuser, waiting while the server recovers; undefined if nobody answers. */
export async function connect(host: string, port: number, isAlive: () => boolean): Promise<pg.Client | undefined> {
  const deadlineMs = performance.now() + longestRecoveryMs
  while (performance.now() < deadlineMs) {
    const client = new pg.Client({ host, port, user: superuser, database: 'postgres', application_name: 'holdfast supervisor' })
    // A lost server reports itself here; without a listener Node would end the process.
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      const starting = errorCode(error) === '57P03'
      if (!starting && !isAlive()) return undefined
      await pause(15)
    }
  }
  return undefined
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n')
}

function openLog(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat !== undefined && stat.size > longestLogBytes) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

/** Starts a server and returns the supervisor's connection when it takes connections. */
export async function launch(plan: LaunchPlan): Promise<pg.Client> {
  for (let attempt = 1; attempt < launchAttempts; attempt += 1) {
    const client = await tryLaunch(plan)
    if (client !== undefined) return client
    // The children of a killed server keep its memory for a moment.
    await pause(250)
  }
  const client = await tryLaunch(plan)
  if (client === undefined) throw new Error(`PostgreSQL did not start on ${plan.cluster}:\n${lastLines(plan.logFile)}`)
  return client
}

async function tryLaunch(plan: LaunchPlan): Promise<pg.Client | undefined> {
  const settings = { ...durableSettings, unix_socket_directories: plan.socketFolder, port: String(socketPort), ...plan.settings }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [...plan.identity.prefix, join(plan.binaries.folder, 'postgres'), '-D', plan.cluster, ...options]
  const log = openLog(plan.logFile)
  // Detached: an interrupt at the keyboard must reach us first, so that requests end before their database does.
  const child = spawn(command[0] ?? '', command.slice(1), {
    ...plan.identity.user,
    cwd: '/',
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', () => {
    ended = true
  })
  child.unref()
  return connect(plan.socketFolder, socketPort, () => !ended)
}

/** Ends a server the orderly way, breaking off sessions that are still open, and waits until it is gone. */
export async function end(pid: number, cluster: string): Promise<void> {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return
  }
  const deadlineMs = performance.now() + 60_000
  while (isServerOf(pid, cluster) && performance.now() < deadlineMs) await pause(10)
}
