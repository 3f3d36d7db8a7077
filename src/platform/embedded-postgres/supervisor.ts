import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { type Binaries, embeddedBinaries } from './binaries.ts'
import { clusterFolder, findPlace, type Place, placesElsewhere, socketFolder } from './place.ts'
import { connect, end, isServerOf, launch, makeCluster, readTrace, socketPort, superuser } from './server.ts'

export type EmbeddedOptions = {
  readonly dataDir: string
  /** Told, in a sentence, whatever the person who starts it should know. */
  readonly say: (sentence: string) => void
  /** Use the server of a Holdfast that is running, and leave it running; for commands beside it. */
  readonly beside?: boolean
  /** The cluster is thrown away afterwards: it may live in a temporary folder and need not survive a power cut. */
  readonly temporary?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

/** A running database: `host` is the folder of its Unix socket. */
export type Embedded = {
  readonly host: string
  readonly port: number
  readonly superuser: string
  /** Holds the cluster and the server's log. */
  readonly folder: string
  /** The server's process: another one after it was started again. */
  pid(): number
  stop(): Promise<void>
}

/** Another Holdfast serves people from this data folder. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning'
}

type Running = {
  readonly client: pg.Client
  readonly host: string
  readonly port: number
  readonly pid: number
  readonly shared: boolean
}

const reviveEveryMs = 500

/** Holdfasts that watch over this server, ourselves left out. A killed one vanishes a moment after its process. */
async function otherSupervisors(client: pg.Client): Promise<number> {
  const answer = await client.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where application_name = 'holdfast supervisor' and pid <> pg_backend_pid()`,
  )
  return answer.rows[0]?.n ?? 0
}

async function isShared(client: pg.Client, patience: number): Promise<boolean> {
  for (let attempt = 0; attempt < patience; attempt += 1) {
    if ((await otherSupervisors(client)) === 0) return false
    await pause(100)
  }
  return true
}

/** Takes over the server that is running on the cluster, if there is one and it is of the version we would start. */
async function adopt(place: Place, binaries: Binaries, options: EmbeddedOptions): Promise<Running | undefined> {
  const cluster = clusterFolder(place)
  const trace = readTrace(cluster)
  if (trace === undefined || !isServerOf(trace.pid, cluster)) return undefined
  const client = await connect(trace.socketFolder, trace.port, () => false)
  if (client === undefined) {
    // Alive without its socket: something swept the temporary folder.
    await end(trace.pid, cluster)
    return undefined
  }
  const shared = await isShared(client, options.beside === true ? 1 : 10)
  if (shared && options.beside !== true) {
    await client.end()
    throw new AlreadyRunning(`Holdfast is already running on ${options.dataDir}: stop it first, or choose another --data folder.`)
  }
  const version = await client.query<{ server_version: string }>('show server_version')
  if (!shared && version.rows[0]?.server_version !== binaries.version) {
    await client.end()
    await end(trace.pid, cluster)
    return undefined
  }
  return { client, host: trace.socketFolder, port: trace.port, pid: trace.pid, shared }
}

async function start(place: Place, binaries: Binaries, options: EmbeddedOptions, host: string): Promise<Running> {
  const cluster = clusterFolder(place)
  if (!existsSync(join(cluster, 'PG_VERSION'))) makeCluster(binaries, place.identity, cluster, options.temporary !== true)
  const client = await launch({
    binaries,
    identity: place.identity,
    cluster,
    socketFolder: host,
    logFile: join(place.folder, 'postgresql.log'),
    settings: options.settings ?? {},
  })
  const pid = readTrace(cluster)?.pid
  if (pid === undefined) throw new Error(`PostgreSQL started on ${cluster} without leaving its process id.`)
  return { client, host, port: socketPort, pid, shared: false }
}

/** Says whether a connection keeps the program running. */
function holdOpen(client: pg.Client, hold: boolean): void {
  // pg offers both on its clients and its types leave them out.
  const method: unknown = Reflect.get(client, hold ? 'ref' : 'unref')
  if (typeof method === 'function') method.call(client)
}

/** Keeps a server up: one that ends by itself is started again on the same socket. */
function supervise(place: Place, binaries: Binaries, options: EmbeddedOptions, first: Running): Embedded {
  let running = first
  let stopping = false
  let reviving: Promise<void> = Promise.resolve()

  async function revive(): Promise<void> {
    while (!stopping) {
      try {
        running = (await adopt(place, binaries, options)) ?? (await start(place, binaries, options, first.host))
        options.say('The database had stopped and was started again.')
        watch()
        return
      } catch {
        await pause(reviveEveryMs, undefined, { ref: false })
      }
    }
  }

  function watch(): void {
    if (running.shared) return
    running.client.once('end', () => {
      if (!stopping) reviving = revive()
    })
    // Watching alone must not keep a finished program alive.
    holdOpen(running.client, false)
  }

  async function stop(): Promise<void> {
    if (stopping) return
    stopping = true
    await reviving
    holdOpen(running.client, true)
    await running.client.end().catch(() => undefined)
    if (running.shared) return
    await end(running.pid, clusterFolder(place))
    if (!running.host.startsWith(place.folder)) rmSync(running.host, { recursive: true, force: true })
  }

  watch()
  return { host: first.host, port: first.port, superuser, folder: place.folder, pid: () => running.pid, stop }
}

/** Starts the embedded PostgreSQL on a data folder, making the cluster the first time, or takes over one that outlived us. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir)
  const temporary = options.temporary === true
  const place = findPlace(dataDir, temporary, options.say)
  const binaries = embeddedBinaries(place.identity, placesElsewhere(dataDir, temporary), options.say)
  const running = (await adopt(place, binaries, options)) ?? (await start(place, binaries, options, socketFolder(place)))
  return supervise(place, binaries, options, running)
}
